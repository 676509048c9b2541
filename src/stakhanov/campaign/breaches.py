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


def strain_beyond(campaign: Campaign, strain: Iterable[tuple[int, str, float]]) -> list[Breach]:
    """Where mean strain passes the limit then in force: a breach for each branch.

    `strain` is (period, branch, mean strain), in the order of periods.
    """
    beyond: dict[str, list[tuple[int, float, float]]] = {}
    for period, branch, found in strain:
        limit = campaign.in_force(period).limits.strain
        if limit is not None and found > limit:
            beyond.setdefault(branch, []).append((period, limit, found))
    return [_strained(campaign, branch, rows) for branch, rows in beyond.items()]


def _strained(campaign: Campaign, branch: str, rows: list[tuple[int, float, float]]) -> Breach:
    first = rows[0][0]
    _, limit, worst = max(rows, key=lambda row: row[2] - row[1])
    often = "1 period" if len(rows) == 1 else f"{len(rows)} periods"
    said = (
        f"the mean strain of a branch must be at most {limit:g}; found {worst:.3g} in {branch}, "
        f"beyond it in {often} from {campaign.when(first)} on"
    )
    return Breach("limits.strain", limit, worst, first, said)
