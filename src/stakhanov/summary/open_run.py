"""A run opened for reading: its periods by date, means over months, fulfilment by rank."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.campaign import Campaign, checked
from stakhanov.campaign.calendar import Calendar
from stakhanov.foundation.address import leaves

if TYPE_CHECKING:
    from stakhanov.engine.results import Run

EVERYBODY = "all"


class NotInRun(Exception):
    """What was asked for is not in the run; the message says why, in a few words."""


def over(value: float, base: float) -> float:
    """One number over another; not a number where the other is nothing."""
    return value / base if base else math.nan


@dataclass(frozen=True)
class OpenRun:
    """One run with the campaign that it was a run of."""

    run: Run
    campaign: Campaign

    @classmethod
    def of(cls, run: Run) -> OpenRun:
        """Open a run. Raises BadInput if its record holds no campaign that can be read."""
        return cls(run, checked(run.record["campaign"]))

    @cached_property
    def periods(self) -> int:
        """Periods that the run went through."""
        last = self.run.series["period"].max()
        return 0 if last is None else int(str(last)) + 1

    @cached_property
    def _columns(self) -> dict[tuple[str, str], NDArray[np.float64]]:
        table = self.run.series.sort("period")
        columns = {}
        for (measure, branch), rows in table.group_by(["measure", "branch"]):
            column = np.full(self.periods, np.nan)
            column[rows["period"].to_numpy()] = rows["value"].to_numpy()
            columns[str(measure), str(branch)] = column
        return columns

    def column(self, measure: str, branch: str = EVERYBODY) -> NDArray[np.float64]:
        """One series over all periods. Raises NotInRun."""
        try:
            return self._columns[measure, branch]
        except KeyError:
            known = {b for m, b in self._columns if m == measure}
            reason = f"no branch {branch}" if known else f"no series {measure}"
            raise NotInRun(f"the run has {reason}") from None

    def measured(self, measure: str) -> float:
        """A measure of the whole run."""
        return float(self.run.measures[measure]["value"])

    def branches(self) -> list[str]:
        """The branches of the run, in the order of its workforce."""
        found = set(self.run.series["branch"].unique()) - {EVERYBODY}
        listed = self.run.record.get("workforce", {}).get("branches", [])
        order = {str(branch["name"]): place for place, branch in enumerate(listed)}
        return sorted(found, key=lambda branch: (order.get(branch, len(order)), branch))

    def product(self, measures: Iterable[str], branch: str = EVERYBODY) -> NDArray[np.float64]:
        """Several series multiplied with each other."""
        columns = [self.column(measure, branch) for measure in measures]
        return np.asarray(np.prod(columns, axis=0))

    def span(self, months: tuple[date, date]) -> slice:
        """The periods of some months, first and last included. Raises NotInRun outside the run."""
        first, last = (self.campaign.period_of(month) for month in months)
        if first < 0:
            raise NotInRun(f"the run begins in {self.campaign.campaign.start.year}")
        if last >= self.periods:
            end = self.campaign.date_of(self.periods - 1)
            raise NotInRun(f"the run ends in {end.year}")
        return slice(first, last + 1)

    def mean(self, measure: str, span: slice, branch: str = EVERYBODY) -> float:
        """Mean of a series over a span of periods."""
        return float(np.mean(self.column(measure, branch)[span]))

    @cached_property
    def calendar(self) -> Calendar:
        """The run's periods by year."""
        return Calendar(self.campaign, self.periods)

    def years(self) -> list[int]:
        """Calendar years of which the run has every period."""
        return self.calendar.years

    def year(self, year: int) -> slice:
        """The periods of a calendar year."""
        return self.calendar.year(year)

    def rule(self, address: str, when: date | int) -> Any:
        """The value of a rule as it stood at a date. Raises NotInRun."""
        return self.rule_in(address, self.campaign.period_of(when))

    def rule_in(self, address: str, period: int) -> Any:
        """The value of a rule as it stood in a period. Raises NotInRun."""
        found = leaves(self.campaign.in_force(period).plain())
        if address not in found:
            raise NotInRun(f"the campaign has no {address}")
        return found[address]

    @cached_property
    def titled(self) -> bool:
        """Whether a title is worth anything in any period: published, and an honour."""
        rules = (self.campaign.in_force(period).publicity for period in range(self.periods))
        return any(one.intensity > 0.0 and one.esteem.value > 0.0 for one in rules)

    def mean_rule(self, address: str, span: slice) -> float:
        """Mean of a rule over a span of periods."""
        values = [float(self.rule_in(address, period)) for period in range(span.start, span.stop)]
        return sum(values) / len(values)

    def counts(self, kind: str, span: slice) -> NDArray[np.int64]:
        """Worker-periods by per cent of the norm, the last entry open. `kind`: true or reported."""
        inside = pl.col("period").is_between(span.start, span.stop - 1) & (pl.col("kind") == kind)
        rows = self.run.histogram.filter(inside).group_by("bin").agg(pl.col("count").sum())
        if rows.is_empty():
            raise NotInRun("the run has no histogram of these months")
        counts = np.zeros(max(301, int(rows["bin"].to_numpy().max()) + 1), dtype=np.int64)
        counts[rows["bin"].to_numpy()] = rows["count"].to_numpy()
        return counts

    def fulfilment_at(self, rank: float, kind: str, span: slice) -> float:
        """Fulfilment below which a share `rank` of worker-periods lies, in norms."""
        counts = self.counts(kind, span)
        cumulated = np.cumsum(counts).astype(float)
        goal = rank * float(cumulated[-1])
        place = int(np.searchsorted(cumulated, goal))
        before = float(cumulated[place - 1]) if place else 0.0
        return (place + (goal - before) / max(float(counts[place]), 1.0)) / 100.0
