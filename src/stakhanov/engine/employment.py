"""How many people are at work: the dated sizes of the workforce, scaled to the places of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.layout import Layout

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.engine.inputs import Inputs
    from stakhanov.workforce import Workforce


def size_at(campaign: Campaign, workforce: Workforce, period: float) -> float:
    """People at work in a period: straight between the dated sizes, level before and after them."""
    sizes = workforce.size.workers
    if isinstance(sizes, int):
        return float(sizes)
    periods = [float(campaign.period_of(entry.at)) for entry in sizes]
    return float(np.interp(period, periods, [float(entry.workers) for entry in sizes]))


def largest(workforce: Workforce) -> int:
    """The most people at work at any date."""
    sizes = workforce.size.workers
    return sizes if isinstance(sizes, int) else max(entry.workers for entry in sizes)


def employed_by_branch(inputs: Inputs, layout: Layout, period: int) -> NDArray[np.int64]:
    """People at work by branch: each branch's places times the share of the largest size, at least one."""
    share = size_at(inputs.campaign, inputs.workforce, period) / inputs.peak
    places = np.diff(layout.workers_of_branch)
    exact = np.floor(places * share + 0.5).astype(np.int64)
    return np.minimum(np.maximum(exact, 1), places)
