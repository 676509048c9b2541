"""The fit table: what a run says beside what history says, the rows that do not fit included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stakhanov.summary.open_run import NotInRun, OpenRun
from stakhanov.summary.readings import read
from stakhanov.summary.targets import (
    TRUST,
    History,
    Target,
    Uncovered,
    history_names,
    load_history,
)

if TYPE_CHECKING:
    from stakhanov.engine.results import Run

NOT_COVERED = "not covered"


@dataclass(frozen=True)
class FitRow:
    """One figure of history beside the run's."""

    id: str
    target: str
    role: str  # given to the campaign, tuned to, tested, or not covered
    history: str  # the figure as the source has it
    low: float | None
    high: float | None
    model: float | None  # none where the model or the run does not reach
    inside: bool | None  # whether the run lies in the band; none where there is no number
    unit: str
    source: str
    trust: str
    note: str


def fit_table(run: Run, history: History | None = None) -> list[FitRow]:
    """What the run says to every figure of a history, and the figures that the model leaves out.

    Without a history the one that bears the campaign's name; no rows if there is none.
    Raises BadInput if a history or the run's record cannot be read.
    """
    return fit_rows(OpenRun.of(run), history)


def fit_rows(opened: OpenRun, history: History | None = None) -> list[FitRow]:
    """The same for a run that is open already."""
    chosen = history if history is not None else history_of(opened.run)
    if chosen is None:
        return []
    rows = [_row(opened, chosen, target) for target in chosen.targets]
    return rows + [_uncovered(chosen, entry) for entry in chosen.uncovered]


def history_of(run: Run) -> History | None:
    """The history of the run's campaign, if there is one."""
    name = run.record["campaign"]["campaign"]["name"]
    return load_history(name) if name in history_names() else None


def fit_sentence(rows: list[FitRow]) -> str:
    """How many figures fit, by what the campaign knew of them."""
    parts = []
    for role, said in (
        ("given", "given to the campaign"),
        ("tuned", "tuned to"),
        ("tested", "tested"),
    ):
        held = [row for row in rows if row.role == role and row.inside is not None]
        if held:
            parts.append(f"{sum(bool(row.inside) for row in held)} of {len(held)} {said}")
    left = sum(row.role == NOT_COVERED for row in rows)
    if not parts:
        return "No figure of history can be held against this run."
    counted = "1 figure is" if left == 1 else f"{left} figures are"
    return f"Inside the band: {', '.join(parts)}; {counted} not covered by the model."


def _row(opened: OpenRun, history: History, target: Target) -> FitRow:
    model: float | None
    try:
        model, reason = read(opened, target.model), ""
    except NotInRun as missing:
        model, reason = None, f"{missing}"
    return FitRow(
        id=target.id,
        target=target.title,
        role=target.role,
        history=target.said or f"{target.value:g}",
        low=target.low,
        high=target.high,
        model=model,
        inside=None if model is None else _inside(target, model),
        unit=target.unit,
        source=_cited(history, target.source),
        trust=TRUST[target.trust],
        note="; ".join(filter(None, (reason, target.note))),
    )


def _inside(target: Target, model: float) -> bool:
    low = target.low if target.low is not None else model
    high = target.high if target.high is not None else model
    return low <= model <= high


def _uncovered(history: History, entry: Uncovered) -> FitRow:
    return FitRow(
        id=entry.id,
        target=entry.title,
        role=NOT_COVERED,
        history=entry.said,
        low=None,
        high=None,
        model=None,
        inside=None,
        unit="",
        source=_cited(history, entry.source),
        trust=TRUST[entry.trust],
        note=entry.reason,
    )


def _cited(history: History, keys: str) -> str:
    """The works behind the keys, separated by semicolons."""
    known = history.history.sources
    return "; ".join(known[key.strip()] for key in keys.split(";") if key.strip())
