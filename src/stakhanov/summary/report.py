"""The report of a run: one page of words, charts and tables that needs nothing else."""

from __future__ import annotations

import math
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from stakhanov.foundation.files import write_atomically
from stakhanov.summary.figures import STEP, Figures, Line
from stakhanov.summary.fit import fit_table
from stakhanov.summary.fit_section import fit_section
from stakhanov.summary.open_run import NotInRun, OpenRun
from stakhanov.summary.page import number, page, section
from stakhanov.summary.questions import Answer, answers
from stakhanov.summary.record_section import record_section

if TYPE_CHECKING:
    from stakhanov.engine.results import Run

PER_SHIFT = "norm-units a shift"


def write(run: Run, path: Path | str) -> None:
    """Write the report of a run. Raises BadInput if the run's record cannot be read."""
    write_atomically(Path(path), html_of(run).encode())


def html_of(run: Run) -> str:
    """The report of a run as one HTML page. Raises BadInput if its record cannot be read."""
    opened = OpenRun.of(run)
    figures = Figures(opened)
    rows = fit_table(run)
    parts = [
        _head(opened),
        _output(opened, figures),
        _fulfilment(opened, figures),
        _norms_and_pay(opened, figures),
        _records(figures),
        _people(figures),
        _padding(opened, figures),
        fit_section(rows) if rows else "",
        _questions(answers(run)),
        record_section(opened),
    ]
    title = opened.campaign.campaign.title or opened.campaign.campaign.name
    return page(f"{title} - report", "\n".join(filter(None, parts)))


def _head(opened: OpenRun) -> str:
    about, run = opened.campaign.campaign, opened.run
    shown = [
        ("Worker-shifts", _short(run.worker_shifts)),
        ("Reported above true", _percent(_padded(opened))),
        ("Last mean norm, first = 1", number(_last(opened, "norm_level"))),
        ("Mean fulfilment", _percent(_mean(opened, "fulfilment_mean"))),
        ("Reports below the norm", _percent(_mean(opened, "below_norm_share"))),
        ("Inequality of pay, Gini", number(_mean(opened, "pay_gini"))),
    ]
    numbers = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in shown
    )
    return (
        f'<header>\n<p class="kicker">{escape(about.title or about.name)}</p>\n'
        f"<h1>{escape(headline(opened))}</h1>\n"
        f'<p class="lead">{escape(about.summary)}</p>\n'
        f'<p class="soft">{escape(_scope(opened))}</p>\n'
        f'<dl class="numbers">{numbers}</dl>\n</header>'
    )


def headline(opened: OpenRun) -> str:
    """The run in one sentence with its numbers."""
    years = opened.years()
    if len(years) < 2:
        return (
            f"In our model a worker reported {_mean(opened, 'reported_output'):.2f} norm-units a"
            f" shift and produced {_mean(opened, 'true_output'):.2f}"
        )
    first, last = opened.year(years[0]), opened.year(years[-1])

    said, verb = [], ""
    for name, measure in (
        ("output per shift", "true_output"),
        ("reported output", "reported_output"),
        ("the plan", "plan"),
    ):
        ratio = opened.mean(measure, last) / opened.mean(measure, first) - 1.0
        again, verb = verb, "grew" if ratio >= 0.0 else "fell"
        amount = f"{abs(100.0 * ratio):.1f} %" if math.isfinite(ratio) else "an unknown amount"
        said.append(f"{name} by {amount}" if again == verb else f"{name} {verb} by {amount}")
    return f"In our model {said[0]} from {years[0]} to {years[-1]}, {said[1]} and {said[2]}"


def _scope(opened: OpenRun) -> str:
    record = opened.run.record
    workers, periods = record.get("workers"), opened.periods
    force = record.get("workforce", {}).get("workforce", {})
    name = force.get("title") or force.get("name") or "a workforce"
    return (
        f"One run: {number(workers)} {'worker' if workers == 1 else 'workers'} at the most"
        f" ({name}), {periods} {'period' if periods == 1 else 'periods'}, seed"
        f" {record.get('seed')}. Everything on this page is the run's own; 1 norm-unit is 100 % of"
        " the first norm."
    )


def _output(opened: OpenRun, figures: Figures) -> str:
    output = figures.over_time(
        "Output per worker and shift",
        [
            Line("reported_output", "reported", "line-1", width=5.0),
            Line("true_output", "true", "line-2"),
            Line("plan", "plan", "line-3", dashed=True),
        ],
        unit=PER_SHIFT,
    )
    fulfilment = figures.over_time(
        "Mean fulfilment of norms",
        [Line("fulfilment_mean", "fulfilment", "line-1", scale=100.0)],
        unit="% of the norm in force",
        zero=False,
    )
    workers = figures.over_time(
        "People at work", [Line("workers", "people", "line-2")], unit="in the run", form="~s"
    )
    years = opened.years()
    last = opened.year(years[-1]) if years else slice(0, opened.periods)
    level = opened.mean("reported_output", last) / opened.mean("plan", last)
    said = (
        f"Of what was reported, {_percent(_padded(opened))} was never produced. The plan is the"
        " first period's report, grown as the campaign demands;"
        f" {f'in {years[-1]}' if years else 'over the run'} reports stood at {100.0 * level:.1f} %"
        " of it."
    )
    return section("Output against the plan", said, [output, fulfilment, workers])


def _fulfilment(opened: OpenRun, figures: Figures) -> str:
    spans = _spans(opened)
    try:
        counts = [opened.counts(kind, span) for _, span in spans for kind in ("reported", "true")]
    except NotInRun:
        return ""
    high = 160
    for counted in counts:
        within = counted[:300].cumsum() < 0.995 * counted.sum()
        high = max(high, math.ceil((int(within.sum()) + 1) / 20) * 20)
    high = min(high, 300)
    top = max(float(str(figures.shares(span, high)["value"].max())) for _, span in spans)
    shown = [figures.fulfilment(span, when, 1.08 * top, high) for when, span in spans]
    said = (
        f"Workers by how far they fulfilled their norm in a period, in bars of {STEP} points. The"
        " dashed mark is the norm; where red stands above the blue outline, reports were padded."
    )
    return section("Around the norm", said, shown)


def _spans(opened: OpenRun) -> list[tuple[str, slice]]:
    """The first, the middle and the last year of a run, or all of a short one."""
    years = opened.years()
    if not years:
        return [("The whole run", slice(0, opened.periods))]
    chosen = sorted({years[0], years[len(years) // 2], years[-1]})
    return [(str(year), opened.year(year)) for year in chosen]


def _norms_and_pay(opened: OpenRun, figures: Figures) -> str:
    minor = opened.campaign.campaign.currency.minor
    norms = figures.over_time(
        "Norms",
        [
            Line("norm_level", "mean norm", "line-1"),
            Line("true_output", "true output", "line-2"),
            Line("technology", "technology", "line-3", dashed=True),
        ],
        unit="first norm = 1; start = 1",
    )
    pay = figures.over_time(
        "Pay in a period",
        [
            Line("pay_p90", "highest tenth", "line-3", dashed=True),
            Line("pay_mean", "mean", "line-1"),
            Line("pay_p10", "lowest tenth", "line-2"),
        ],
        unit=minor,
        form="~s",
        caption="From the tenth to the ninetieth percentile.",
    )
    shares = figures.over_time(
        "Below, at and far above",
        [
            Line("below_norm_share", "below", "line-2", scale=100.0),
            Line("at_norm_share", "100-102 %", "line-3", dashed=True, scale=100.0),
            Line("stakhanovite_share", "title's mark", "line-1", scale=100.0),
        ],
        unit="% of reports",
    )
    return section("Norms and pay", "", [norms, pay, shares])


def _records(figures: Figures) -> str:
    drawn = figures.records()
    if drawn is None:
        return section("Records", "This run has no records.", [])
    belief = figures.over_time(
        "Publicity and belief",
        [
            Line("exposure", "reached", "line-2", scale=100.0),
            Line("credibility", "belief", "line-1", scale=100.0),
        ],
        unit="%",
    )
    held = figures.over_time(
        "What people hold themselves to",
        [
            Line("aspiration_mean", "aspiration", "line-3", dashed=True),
            Line("true_output", "true output", "line-2"),
        ],
        unit=PER_SHIFT,
    )
    said = (
        "A record is credited to one name. Where a crew stood behind it, the output per head is"
        " what the name could have done."
    )
    return section("Records", said, [drawn, belief, held])


def _people(figures: Figures) -> str:
    mood = figures.over_time(
        "Morale and trust",
        [Line("morale_mean", "morale", "line-1"), Line("trust_mean", "trust", "line-2")],
        unit="1 = neutral",
        zero=False,
    )
    strain = figures.over_time(
        "Strain", [Line("strain_mean", "strain", "line-1")], unit="1 halves productivity"
    )
    leaving = figures.over_time(
        "Quits and accidents",
        [
            Line("quit_rate", "quits", "line-1", scale=100.0),
            Line("accident_rate", "accidents", "line-2", scale=100.0),
        ],
        unit="% of workers in a period",
    )
    return section("What it did to people", "", [mood, strain, leaving])


def _padding(opened: OpenRun, figures: Figures) -> str:
    padded = figures.over_time(
        "Padding",
        [Line("padded_share", "padded", "line-1", scale=100.0)],
        unit="% of reported output",
    )
    caught = figures.over_time(
        "Caught by audits",
        [Line("audited_caught_share", "caught", "line-2", scale=100.0)],
        unit="% of padded reports",
    )
    storming = figures.over_time(
        "Storming",
        [Line("storming_index", "storming", "line-3")],
        unit="last third of the period, 1 = even",
    )
    said = (
        f"Over the whole run {_percent(_padded(opened))} of reported output was padded; audits"
        f" found out {_percent(_mean(opened, 'audited_caught_share'))} of padded reports."
    )
    return section("Padding, audits and storming", said, [padded, caught, storming])


def _questions(answered: tuple[Answer, ...]) -> str:
    parts = []
    for answer in answered:
        sentences = (re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(s)) for s in answer.sentences)
        said = "".join(f"<p>{sentence}</p>" for sentence in sentences)
        parts.append(f"<h3>{escape(answer.question)}</h3>\n{said}")
    return section("Three questions", "", [], "\n".join(parts))


def _mean(opened: OpenRun, measure: str) -> float:
    """A measure over the whole run."""
    return float(opened.run.measures[measure]["value"])


def _padded(opened: OpenRun) -> float:
    return _mean(opened, "padded_share")


def _last(opened: OpenRun, measure: str) -> float:
    return float(opened.column(measure)[-1])


def _short(count: int) -> str:
    """A large count with its unit in words."""
    for size, word in ((10**9, "billion"), (10**6, "million")):
        if count >= size:
            return f"{count / size:.1f} {word}"
    return f"{count:,}"


def _percent(share: float) -> str:
    return f"{100.0 * share:.3g} %" if math.isfinite(share) else "none"
