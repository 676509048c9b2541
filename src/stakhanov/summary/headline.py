"""A run in one sentence."""

from __future__ import annotations

import math

from stakhanov.engine.shown import percent
from stakhanov.summary.open_run import OpenRun, over
from stakhanov.summary.plan_met import PlanMet

#: Growth rates that differ by less are told as one.
SAME = 0.005


def headline(opened: OpenRun) -> str:
    """The run in one sentence with its numbers: the plan first, growth second with its base named."""
    years = opened.years()
    if len(years) < 2:
        return (
            f"In our model a worker reported {opened.measured('reported_output'):.2f} norm-units a"
            f" shift and produced {opened.measured('true_output'):.2f}"
        )
    made, reported = (growth(opened, measure) for measure in ("true_output", "reported_output"))
    said = f"In our model {PlanMet.of(opened).sentence}; output per shift {_changed(made)}"
    base = f"from its mean of {years[0]}"
    if not abs(made - reported) < SAME and _changed(made) != _changed(reported):
        return f"{said} {base}, on paper it {_changed(reported)}"
    return f"{said} {base}"


def growth(opened: OpenRun, measure: str) -> float:
    """A measure's change from the first year to the last, as a share."""
    years = opened.years()
    first, last = (opened.mean(measure, opened.year(year)) for year in (years[0], years[-1]))
    return over(last, first) - 1.0


def _changed(growth: float) -> str:
    if not math.isfinite(growth):
        return "changed by an unknown amount"
    return f"{'grew' if growth >= 0.0 else 'fell'} by {percent(abs(growth))}"
