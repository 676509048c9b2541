"""How many people are at work: the dated sizes of the workforce, scaled to the places of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.layout import Layout

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce


def size_at(campaign: Campaign, workforce: Workforce, period: float) -> float:
    """People at work in a period: straight between the dated sizes, level before and after them."""
    sizes = workforce.size.workers
    if isinstance(sizes, int):
        return float(sizes)
    periods = [float(campaign.period_of(entry.at)) for entry in sizes]
    return float(np.interp(period, periods, [float(entry.workers) for entry in sizes]))


def largest(campaign: Campaign, workforce: Workforce, periods: int) -> int:
    """The most people at work at any time of a run."""
    return int(round(max(size_at(campaign, workforce, period) for period in range(max(periods, 1)))))


def employed_by_branch(
    campaign: Campaign, workforce: Workforce, layout: Layout, period: int, peak: float
) -> NDArray[np.int64]:
    """People at work by branch: each branch's places times the share of the largest size."""
    share = size_at(campaign, workforce, period) / peak
    places = np.diff(layout.workers_of_branch)
    return np.minimum(np.floor(places * share + 0.5).astype(np.int64), places)
