"""Run the flagship and write what it says into docs/explanation/flagship.md, or check the page.

    python docs/generate/flagship.py           run (minutes) and write
    python docs/generate/flagship.py --check   exit 1 where the page has not every figure of history

Results are promised to the bit on one type of processor only, so a check does not run anything.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import stakhanov
from stakhanov.campaign import Campaign
from stakhanov.campaign.norms import Order
from stakhanov.foundation.markdown import piped
from stakhanov.summary.fit import FitRow, fit_sentence, fit_table
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.questions import answers
from stakhanov.summary.targets import load_history

PAGE = Path(__file__).resolve().parent.parent / "explanation" / "flagship.md"
BEGIN = "<!-- results: written by docs/generate/flagship.py -->"
END = "<!-- end of the results -->"
NAME = "stakhanovite-1935"
WORKERS = 100_000
SEED = 1
HIGHER = (
    0.42  # 1.09 over .77: the run's fulfilment at the start over the one that follows from Gosplan
)
WORKED = 5.5  # hours of seven
ROUNDING = 2.1e-5  # reports are told in whole thousandths of a norm over 25 shifts
#: Figures that an assumption might move, in the words of a column.
DOUBTFUL = {
    "fulfilment-1932": "fulfilment at the start, building, %",
    "fulfilment-1937": "fulfilment 1937, building, %",
    "below-norm-1937": "below the norm 1937, building, %",
    "pass-through": "pass-through, building",
    "pay-stakhanovites": "pay of Stakhanovites over the mean",
}


def arms() -> Iterator[tuple[str, Campaign]]:
    """The campaign, and the same with one rule out."""
    campaign = stakhanov.load(NAME)
    yield "as it was", campaign
    yield "no publicity", campaign.held({"publicity.intensity": 0.0})
    ordinary = campaign.norms.revision.up
    yield "no revisions of 1936, 1937 and 1939", campaign.held({"norms.revision.up": ordinary})
    yield "norms never move", campaign.held({"norms.revision.up": 0.0, "norms.orders": []})
    yield "no technology", campaign.held({"technology.growth": 0.0})
    yield "pay by time", campaign.held({"pay.piece_share": 0.0})


def other_assumptions() -> Iterator[tuple[str, Campaign]]:
    """The campaign under assumptions that could mend what does not fit."""
    campaign = stakhanov.load(NAME)
    higher = Order(at=campaign.campaign.start, rise=HIGHER, branch="construction")
    orders = [order.model_dump(exclude_none=True) for order in (higher, *campaign.norms.orders)]
    first = f"norms in building {100 * HIGHER:.0f} % higher from the first day"
    yield first, campaign.with_({"norms.orders": orders})
    basis = campaign.held({"norms.revision.basis": "best-tenth"})
    yield "norms that follow the best tenth", basis
    yield "everything paid by the piece", campaign.held({"pay.piece_share": 1.0})


def assumption_row(name: str, rows: list[FitRow]) -> list[str]:
    """The figures in question under one assumption, and how many figures fit."""
    by_id = {row.id: row for row in rows}
    cells = []
    for key in DOUBTFUL:
        row = by_id[key]
        shown = _number(row.model)
        cells.append(shown if row.inside else f"**{shown}**")
    for roles in (("given", "tuned"), ("tested",)):
        held = [row for row in rows if row.role in roles]
        cells.append(f"{sum(bool(row.inside) for row in held)} of {len(held)}")
    return [name, *cells]


def padding_lines(run: stakhanov.Run) -> list[str]:
    """How many reports were lifted to the norm, and by how much."""
    reports = run.reports
    lift = (reports["reported"] - reports["true"]) / reports["norm"]
    lifted = lift.filter(lift > ROUNDING)
    return [
        f"**Padding.** In our model {100 * len(lifted) / len(lift):.1f} % of the reports were lifted"
        f" to the norm, by {100 * float(lifted.mean() or 0.0):.1f} % of it on average: many reports"  # type: ignore[arg-type]
        " and little output. It is the worker's own month that is padded; a whole works is not."
    ]


def lost_hours(rows: list[FitRow]) -> list[str]:
    """What fulfilment in building would read if the hours of waiting were counted."""
    share = WORKED / 7.0
    by_id = {row.id: row.model or float("nan") for row in rows}
    then, first = (share * by_id[key] for key in ("fulfilment-1937", "fulfilment-1932"))
    return [
        "The model's builders work all day. With five and a half hours worked of seven, the middle"
        " of what the decree of 11 March 1939 says of them, the same work would be"
        f" {then:.0f} % of the norms of a full day in 1937 and {first:.0f} % at the start; the share"
        " below the norm would then be far larger than a fifth."
    ]


def fit_lines(rows: list[FitRow]) -> list[str]:
    """The fit table, and what the model leaves out."""
    inside = {True: "yes", False: "**no**", None: ""}
    said = [
        [
            row.role,
            row.target,
            row.history,
            _number(row.model),
            band(row),
            inside[row.inside],
            row.unit,
            row.trust,
        ]
        for row in rows
        if row.role != "not covered"
    ]
    left = [[row.target, row.history, row.note] for row in rows if row.role == "not covered"]
    head = ["role", "figure", "history", "run", "band", "inside", "unit", "what it rests on"]
    return [
        *piped(head, said),
        "",
        fit_sentence(rows),
        "",
        "Not covered:",
        "",
        *piped(["figure", "history", "why"], left),
    ]


def band(row: FitRow) -> str:
    """The band in words."""
    if row.high is None:
        return f"at least {row.low:g}"
    if row.low is None:
        return f"at most {row.high:g}"
    return f"{row.low:g} to {row.high:g}" if row.low < row.high else f"{row.low:g}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def arm_row(name: str, opened: OpenRun) -> list[str]:
    """One arm of the experiments: growth, and people in 1937 and 1940."""
    first, then, last = (opened.year(year) for year in (1933, 1937, 1940))
    growth = opened.mean("true_output", then) / opened.mean("true_output", first) - 1.0
    cells = [f"{100.0 * growth:+.1f} %"]
    for measure in ("effort_mean", "morale_mean", "trust_mean"):
        cells += [f"{opened.mean(measure, then):.3f}"]
    cells += [f"{100.0 * opened.mean('quit_rate', then):.2f} %"]
    cells += [f"{opened.mean('trust_mean', last):.3f}"]
    return [name, *cells]


def results() -> list[str]:
    """Everything between the marks."""
    table, lines, mended, hours = [], [], [], []
    for name, campaign in arms():
        run = stakhanov.simulate(campaign, workers=WORKERS, seed=SEED)
        table.append(arm_row(name, OpenRun.of(run)))
        if name == "as it was":
            fitted = fit_table(run)
            lines = fit_lines(fitted)
            for answer in answers(run):
                lines += ["", f"**{answer.question}** {' '.join(answer.sentences)}"]
            lines += ["", *padding_lines(run)]
            mended = [assumption_row(name, fitted)]
            hours = lost_hours(fitted)
    for name, campaign in other_assumptions():
        run = stakhanov.simulate(campaign, workers=WORKERS, seed=SEED)
        mended.append(assumption_row(name, fit_table(run)))
    head = [
        "arm",
        "true output a shift, 1937 over 1933",
        "effort 1937",
        "morale 1937",
        "trust 1937",
        "quits a month 1937",
        "trust 1940",
    ]
    return [
        f"One run of {WORKERS:,} workers, seed {SEED}, workforce `soviet-industry`. Given: the"
        " campaign was told. Tuned: an assumed number was set to it. Tested: neither.",
        "",
        *lines,
        "",
        "The same people and the same luck with one rule out, in our model:",
        "",
        *piped(head, table),
        "",
        "Other assumptions, tried against the figures that do not fit (bold: outside the band):",
        "",
        *piped(
            ["assumption", *DOUBTFUL.values(), "given and tuned inside", "tested inside"], mended
        ),
        "",
        *hours,
    ]


def main() -> int:
    """Write or check; 1 where a check misses a figure."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    now, after = rest.split(END)
    if "--check" in sys.argv[1:]:
        history = load_history(NAME)
        figures = [entry.title for entry in (*history.targets, *history.uncovered)]
        missing = [title for title in figures if f"| {title} |" not in now]
        for title in missing:
            sys.stderr.write(f"{PAGE.name}: must have the figure {title!r}; run without --check\n")
        return int(bool(missing))
    renewed = "\n".join([BEGIN, "", *results(), "", END])
    PAGE.write_text(f"{before}{renewed}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
