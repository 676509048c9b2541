"""The calendar of a run: which periods make a year, where each stands on an axis, what it is called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from stakhanov.campaign.campaign import MONTHS, Campaign

#: Runs with fewer whole years are told by period, others by calendar year.
BY_YEAR = 2


@dataclass(frozen=True)
class Calendar:
    """So many periods under a campaign."""

    campaign: Campaign
    periods: int

    @cached_property
    def _year_of(self) -> list[int]:
        return [self.campaign.date_of(period).year for period in range(self.periods)]

    @cached_property
    def years(self) -> list[int]:
        """Calendar years with all their periods."""
        counted = Counter(self._year_of)
        size = self.campaign.plan.periods_per_year
        return [year for year, count in sorted(counted.items()) if count >= size]

    def year(self, year: int) -> slice:
        """The periods of a calendar year."""
        return slice(self._year_of.index(year), self.periods - self._year_of[::-1].index(year))

    @property
    def by_year(self) -> bool:
        """Whether an axis counts calendar years; else periods from 1."""
        return len(self.years) >= BY_YEAR

    def place(self, period: float) -> float:
        """Where a period stands: its calendar year and the part of it gone by, or its number."""
        if not self.by_year:
            return period + 1.0
        start = self.campaign.campaign.start
        size = self.campaign.plan.periods_per_year
        return start.year + (start.timetuple().tm_yday - 1) / 365.25 + period / size

    def name(self, period: int) -> str:
        """What a period is called: Mar 1936, or period 3."""
        if not self.by_year:
            return f"period {period + 1}"
        begins = self.campaign.date_of(period)
        if self.campaign.plan.periods_per_year == MONTHS:
            return f"{_MONTHS[begins.month - 1]} {begins.year}"
        return begins.isoformat()


#: In English whatever the machine speaks: the page is in English.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
