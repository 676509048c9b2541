"""How far the plan was met: reports and true output as shares of it, and how often it was reached."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from stakhanov.engine.shown import percent, period_of
from stakhanov.summary.open_run import OpenRun

#: A report this far below the plan, as a share of it, still reaches it: rounding.
ROUNDING = 1e-9


@dataclass(frozen=True)
class PlanMet:
    """The plan of a run and what came of it; shares of the plan, not a number where it asks for nothing."""

    reported: float  # in the last whole year, else over the run
    true: float
    first: float  # reported, in the first whole year
    mean: float  # reported, mean over the periods
    reached: int  # periods in which reports reached the plan
    periods: int
    when: str  # "in 1940", or "over the run"
    word: str  # what a period is called

    @classmethod
    def of(cls, opened: OpenRun) -> PlanMet:
        """Read a run."""
        years, whole = opened.years(), slice(0, opened.periods)
        first = opened.year(years[0]) if years else whole
        last = opened.year(years[-1]) if years else whole
        plan, reported = opened.column("plan"), opened.column("reported_output")
        asked = plan > 0.0
        shares = reported[asked] / plan[asked]
        return cls(
            reported=share_of_plan(opened, "reported_output", last),
            true=share_of_plan(opened, "true_output", last),
            first=share_of_plan(opened, "reported_output", first),
            mean=float(np.mean(shares)) if shares.size else math.nan,
            reached=int(np.count_nonzero(shares >= 1.0 - ROUNDING)),
            periods=opened.periods,
            when=f"in {years[-1]}" if years else "over the run",
            word=period_of(opened.campaign),
        )

    @property
    def known(self) -> bool:
        """Whether the plan asks for anything that reports could be held against."""
        return math.isfinite(self.reported)

    @property
    def often(self) -> str:
        """In how many periods reports reached the plan: 1 of 96 months."""
        return f"{self.reached} of {self.periods} {self.word}{'' if self.periods == 1 else 's'}"

    @property
    def sentence(self) -> str:
        """The level against the plan and how often it was reached, without a full stop."""
        if not self.known:
            return "the plan asked for nothing that reports could be held against"
        level = percent(self.reported)
        return f"reports stood at {level} of the plan {self.when} and reached it in {self.often}"


def share_of_plan(opened: OpenRun, measure: str, span: slice) -> float:
    """A measure over a span of periods as a share of the plan; not a number where the plan is nothing."""
    plan = opened.mean("plan", span)
    return opened.mean(measure, span) / plan if plan > 0.0 else math.nan
