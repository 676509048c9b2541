"""The report of a run: one page of words, charts and tables that needs nothing else."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from stakhanov.foundation.files import write_atomically
from stakhanov.summary.figures import Figures
from stakhanov.summary.fit import FitRow, fit_table
from stakhanov.summary.fit_section import fit_section
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.page import Drawn, number, page, section
from stakhanov.summary.questions import Answer, answers
from stakhanov.summary.record_section import record_section
from stakhanov.summary.sections import (
    measured,
    norm_section,
    output_section,
    padding_section,
    pay_section,
    people_section,
    records_section,
    terms_section,
)
from stakhanov.summary.shown import percent

if TYPE_CHECKING:
    from stakhanov.engine.results import Run

#: Growth rates that differ by less are told as one.
SAME = 0.005


def write(
    run: Run,
    path: Path | str,
    fit: Sequence[FitRow] | None = None,
    answered: Sequence[Answer] | None = None,
    warnings: Sequence[str] = (),
) -> None:
    """Write the report of a run. Raises BadInput if the run's record cannot be read.

    `fit` and `answered` are worked out from the run unless given; `warnings` are sentences that the
    reader must see first.
    """
    html = html_of(run, fit=fit, answered=answered, warnings=warnings)
    write_atomically(Path(path), html.encode())


def html_of(
    run: Run,
    *,
    fit: Sequence[FitRow] | None = None,
    answered: Sequence[Answer] | None = None,
    warnings: Sequence[str] = (),
) -> str:
    """The report of a run as one HTML page. Raises BadInput if its record cannot be read."""
    opened = OpenRun.of(run)
    figures, drawn = Figures(opened), Drawn()
    rows = list(fit_table(run) if fit is None else fit)
    parts = [
        _head(opened, warnings),
        output_section(opened, figures, drawn),
        norm_section(opened, figures, drawn),
        pay_section(figures, drawn),
        records_section(opened, figures, drawn),
        people_section(figures, drawn),
        padding_section(opened, figures, drawn),
        fit_section(rows) if rows else "",
        _questions(answers(run) if answered is None else answered),
        terms_section(),
        record_section(opened),
    ]
    title = opened.campaign.campaign.title or opened.campaign.campaign.name
    return page(f"{title} - report", "\n".join(filter(None, parts)))


def headline(opened: OpenRun) -> str:
    """The run in one sentence with its numbers."""
    years = opened.years()
    if len(years) < 2:
        return (
            f"In our model a worker reported {measured(opened, 'reported_output'):.2f} norm-units a"
            f" shift and produced {measured(opened, 'true_output'):.2f}"
        )
    made, reported, asked = (
        _growth(opened, measure) for measure in ("true_output", "reported_output", "plan")
    )
    said = f"In our model output per shift {_changed(made)} from {years[0]} to {years[-1]}"
    if not abs(made - reported) < SAME:
        return f"{said}, on paper it {_changed(reported)}; the plan {_asked(asked)}"
    return f"{said}; the plan {_asked(asked)}"


def _head(opened: OpenRun, warnings: Sequence[str]) -> str:
    about = opened.campaign.campaign
    numbers = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in _key_numbers(opened)
    )
    told = "".join(f"<li>{escape(warning)}</li>" for warning in warnings)
    warned = f'<div class="warnings" role="note"><ul>{told}</ul></div>\n' if told else ""
    lead = f'<p class="lead">{escape(about.summary)}</p>\n' if about.summary else ""
    return (
        f'<header>\n<p class="kicker">{escape(about.title or about.name)}</p>\n'
        f"<h1>{escape(headline(opened))}</h1>\n{lead}{warned}"
        f'<p class="soft">{escape(_scope(opened))}</p>\n'
        f'<dl class="numbers">{numbers}</dl>\n</header>'
    )


def _key_numbers(opened: OpenRun) -> list[tuple[str, str]]:
    """The figures that a reader looks for first."""
    years = opened.years()
    first: list[tuple[str, str]] = []
    if len(years) > 1:
        span = f"{years[0]}-{years[-1]}"
        first = [
            (f"true output per shift, {span}", percent(_growth(opened, "true_output"), sign=True)),
            (
                f"equipment, given to the run, {span}",
                percent(_growth(opened, "technology"), sign=True),
            ),
            (f"norms, {span}", percent(_growth(opened, "norm_level"), sign=True)),
        ]
    else:
        first = [("mean fulfilment, as reported", percent(measured(opened, "fulfilment_mean")))]
    return [
        *first,
        ("of reports below the norm", percent(measured(opened, "below_norm_share"))),
        ("of reported output padded", percent(measured(opened, "padded_share"))),
        ("of people quit in a period", percent(measured(opened, "quit_rate"))),
    ]


def _growth(opened: OpenRun, measure: str) -> float:
    """A measure's change from the first year to the last, as a share."""
    years = opened.years()
    first, last = (opened.mean(measure, opened.year(year)) for year in (years[0], years[-1]))
    return last / first - 1.0 if first else math.nan


def _changed(growth: float) -> str:
    if not math.isfinite(growth):
        return "changed by an unknown amount"
    return f"{'grew' if growth >= 0.0 else 'fell'} by {percent(abs(growth))}"


def _asked(growth: float) -> str:
    if abs(growth) < SAME:
        return "asked for no growth"
    return f"asked for {percent(growth)}" if growth > 0.0 else f"let it fall by {percent(-growth)}"


def _scope(opened: OpenRun) -> str:
    record = opened.run.record
    workers, periods = record.get("workers"), opened.periods
    force = record.get("workforce", {}).get("workforce", {})
    name = force.get("title") or force.get("name") or "a workforce"
    people = f"{workers:,}" if isinstance(workers, int) else number(workers)
    return (
        f"One run: {people} {'worker' if workers == 1 else 'workers'} at the most"
        f" ({name}), {periods} {'period' if periods == 1 else 'periods'}, seed"
        f" {record.get('seed')}. Everything on this page is the run's own; 1 norm-unit is 100 % of"
        " the first norm."
    )


def _questions(answered: Sequence[Answer]) -> str:
    parts = []
    for answer in answered:
        sentences = (re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(s)) for s in answer.sentences)
        said = "".join(f"<p>{sentence}</p>" for sentence in sentences)
        parts.append(f"<h3>{escape(answer.question)}</h3>\n{said}")
    return section("Three questions", "", *parts) if parts else ""
