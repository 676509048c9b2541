"""What stands on the time axis of a run, and what happened there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from stakhanov.charts import Across, Event
from stakhanov.charts.over_time import Series, Time
from stakhanov.engine.drawing import time_of
from stakhanov.summary.open_run import OpenRun

#: A rise of the mean norm in one period that is told on a chart, as a share.
TOLD_RISE = 0.03


@dataclass(frozen=True)
class Timeline:
    """The time axis of one run."""

    opened: OpenRun

    @cached_property
    def time(self) -> Time:
        """Where every period stands and what it is called."""
        return time_of(self.opened.calendar)

    @property
    def by_year(self) -> bool:
        """Whether the axis counts calendar years; else periods from 1."""
        return self.opened.calendar.by_year

    def place(self, period: float) -> float:
        """Where a period stands: its calendar year and the part of it gone by, or its number."""
        return self.opened.calendar.place(period)

    def name(self, period: int) -> str:
        """What a period is called: Mar 1936, or period 3."""
        return self.opened.calendar.name(period)

    @property
    def across(self) -> Across:
        """The axis from the first period to the last."""
        return self.time.across

    def table(self, series: Series) -> pl.DataFrame:
        """Series over all periods as a table: x, series, value."""
        return self.time.table(series)

    def numbers(self, series: Series) -> pl.DataFrame:
        """The same for readers: one row a period, one column a series."""
        return self.time.numbers(series)

    def spans(self, measure: np.ndarray) -> tuple[tuple[str, float], tuple[str, float]] | None:
        """The first and the last year with the measure's mean in each; periods in short runs."""
        if self.opened.periods < 2:
            return None
        if self.by_year:
            years = self.opened.years()
            first, last = (
                (f"{year}", float(np.mean(measure[self.opened.year(year)])))
                for year in (years[0], years[-1])
            )
            return first, last
        return ("the first period", float(measure[0])), ("the last", float(measure[-1]))

    def events(self) -> list[Event]:
        """When norms rose at once, the day changed, and the first record was staged."""
        return sorted([*self._rises(), *self._days(), *self._staged()], key=lambda one: one.x)

    def _rises(self) -> list[Event]:
        level = self.opened.column("norm_level")
        found = []
        for period in range(1, len(level)):
            rise = level[period] / level[period - 1] - 1.0
            if rise >= TOLD_RISE:
                found.append(Event(self.place(period), f"norms +{100.0 * rise:.0f} %"))
        return found

    def _days(self) -> list[Event]:
        hours = [
            self.opened.campaign.in_force(period).plan.hours
            for period in range(self.opened.periods)
        ]
        found = []
        for period in range(1, len(hours)):
            if hours[period] != hours[period - 1]:
                word = "longer" if hours[period] > hours[period - 1] else "shorter"
                found.append(Event(self.place(period), f"{word} day"))
        return found

    def _staged(self) -> list[Event]:
        first = self.opened.run.records.filter(pl.col("staged"))["period"].min()
        return [] if first is None else [Event(self.place(int(str(first))), "staged record")]
