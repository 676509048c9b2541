"""Strain and hours that no goal can buy: the campaign's `limits`, or what people bear already."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign

Values = NDArray[np.float64]
STRAIN = "strain_mean"
#: Rounding of sums, no more: what equals the limit is within it.
DUST = 1e-12


@dataclass(frozen=True)
class Limit:
    """One limit: what it is in every period, and whether the campaign states it."""

    by_period: Values  # not a number in periods without one
    stated: bool

    @property
    def largest(self) -> float:
        """What is allowed where most is allowed."""
        known = self.by_period[np.isfinite(self.by_period)]
        return float(known.max()) if known.size else math.inf

    def excess(self, values: Values) -> float:
        """How far values by period go beyond it where they go farthest; at most 0 within it."""
        beyond = values - np.where(np.isnan(self.by_period), np.inf, self.by_period)
        worst = float(np.max(beyond))
        return math.inf if math.isnan(worst) else (0.0 if 0.0 < worst <= DUST else worst)


def hours_of(campaign: Campaign, periods: int) -> Values:
    """The length of the day in every period."""
    return np.array([campaign.in_force(one).plan.hours for one in range(periods)])


def hours_limit(campaign: Campaign, periods: int) -> Limit:
    """The longest day: as stated, period by period; else the longest that the campaign has already."""
    stated = _stated(campaign, periods, "hours")
    if stated is not None:
        return Limit(stated, stated=True)
    return Limit(np.full(periods, hours_of(campaign, periods).max()), stated=False)


def strain_limit(campaign: Campaign, periods: int) -> Limit | None:
    """The largest mean strain as stated, period by period; none where the campaign does not say."""
    stated = _stated(campaign, periods, "strain")
    return None if stated is None else Limit(stated, stated=True)


def own_strain(strain: Values) -> Limit:
    """The largest mean strain of a run of the campaign as it is, where nothing is stated."""
    return Limit(np.full(strain.size, np.max(strain)), stated=False)


def _stated(campaign: Campaign, periods: int, name: str) -> Values | None:
    found: list[Any] = [getattr(campaign.in_force(one).limits, name) for one in range(periods)]
    if all(one is None for one in found):
        return None
    return np.array([math.nan if one is None else one for one in found])
