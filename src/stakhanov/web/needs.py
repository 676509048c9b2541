"""What a run that somebody wants would need, told before it is begun."""

from __future__ import annotations

from dataclasses import dataclass

from stakhanov.campaign import Campaign
from stakhanov.engine.estimate import Estimate, estimate_of, gigabytes
from stakhanov.foundation.problem import Problem
from stakhanov.web.settings import Settings

MINUTE, HOUR = 60.0, 3600.0


@dataclass(frozen=True)
class Needs:
    """The estimate of one run on this machine, in words."""

    estimate: Estimate

    @property
    def said(self) -> str:
        """Time and memory, as far as can be said before the start."""
        time, memory = _time(self.estimate.seconds), gigabytes(self.estimate.memory_bytes)
        return (
            f"it would take about {time} and {memory}; the command line runs what its machine holds"
        )

    def problems(self, settings: Settings) -> list[Problem]:
        """Refused where it would take longer than a run may; otherwise nothing."""
        if self.estimate.seconds <= settings.most_seconds:
            return []
        must = f"must be done within {settings.most_seconds:g} s on this site"
        found = f"about {_time(self.estimate.seconds)}"
        return [Problem("run", must, found, "fewer workers or periods")]


def needs_of(campaign: Campaign, workers: int, periods: int) -> Needs:
    """What a run of so many workers and periods would need, no report kept of anybody."""
    shifts = campaign.plan.shifts_per_period
    return Needs(estimate_of(workers, periods, shifts, sample=0))


def _time(seconds: float) -> str:
    """A long time as people read it."""
    if seconds < 2 * MINUTE:
        return f"{seconds:.0f} s"
    if seconds < 2 * HOUR:
        return f"{seconds / MINUTE:.0f} minutes"
    return f"{seconds / HOUR:,.0f} hours"
