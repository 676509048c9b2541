"""Breaches: where a campaign or a run goes beyond its limits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from stakhanov.campaign.campaign import Campaign


class Breach(NamedTuple):
    """One limit that is not kept: what it is, what was found, and from which period on."""

    address: str
    limit: float
    found: float
    period: int
    sentence: str  # what must hold; found what

    def __str__(self) -> str:
        """The sentence under its address."""
        return f"{self.address}: {self.sentence}"


def hours_beyond(campaign: Campaign, periods: int | None = None) -> list[Breach]:
    """Where the day is longer than the limit then in force: a breach for each stretch of periods.

    `periods` is the length of a run, the plan's unless told.
    """
    breaches = []
    before: tuple[float, float | None] = (0.0, None)
    for period in range(campaign.length if periods is None else periods):
        rules = campaign.in_force(period)
        hours, limit = now = (rules.plan.hours, rules.limits.hours)
        if now != before and limit is not None and hours > limit:
            since = "" if period == 0 else f" from {campaign.when(period)} on"
            said = f"the day must be at most {limit:g} times the first; found {hours:.4g}{since}"
            breaches.append(Breach("limits.hours", limit, hours, period, said))
        before = now
    return breaches


def strain_beyond(campaign: Campaign, strain: Iterable[float]) -> list[Breach]:
    """Where mean strain passes the limit then in force; one breach for all such periods.

    `strain` is the mean over everybody at work, one value for each period.
    """
    beyond = [
        (period, limit, found)
        for period, found in enumerate(strain)
        if (limit := campaign.in_force(period).limits.strain) is not None and found > limit
    ]
    if not beyond:
        return []
    first, (_, limit, worst) = beyond[0][0], max(beyond, key=lambda row: row[2] - row[1])
    often = "1 period" if len(beyond) == 1 else f"{len(beyond)} periods"
    said = (
        f"mean strain must be at most {limit:g}; found {worst:.3g}, beyond it in {often} "
        f"from {campaign.when(first)} on"
    )
    return [Breach("limits.strain", limit, worst, first, said)]
