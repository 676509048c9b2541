"""What a mock test would bring: a range, never one number, and nothing while too little is known.

An item of a sort is right with p = g + (1 - g) R: R the chance to recall it, g the chance to guess it. Of
the expected score the variance is that of drawing right and wrong, plus the square of how far such
predictions are off.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: Below so many reviewed items, or less than this share of the exam's weight reviewed, nothing is
#: predicted.
LEAST_ITEMS = 20
LEAST_COVER = 0.5
#: Calibration error of stock FSRS-6 by user, RMSE (bins) of the published benchmark, until the learner's
#: own is known.
STOCK_ERROR = 0.09
#: From so many mock tests on, how far predictions were off is the learner's own.
OWN_FROM = 3
#: Of so many tests the score should fall into the range; of a normal distribution that many lie within so
#: many standard deviations.
LEVEL = 0.95
WIDE = 1.959964


@dataclass(frozen=True)
class Pool:
    """The items of one sort: chance to be right of each one reviewed, how many were not, and the exam's share.

    `first` is the chance for an item never asked; `items` and `weight` are those of the exam's blueprint.
    """

    reviewed: Sequence[float]
    unseen: int
    first: float
    items: int
    weight: float

    @property
    def cover(self) -> float:
        """The share of the pool that was reviewed."""
        size = len(self.reviewed) + self.unseen
        return len(self.reviewed) / size if size else 0.0

    @property
    def mean(self) -> float:
        """The chance to be right on an item drawn from the pool."""
        size = len(self.reviewed) + self.unseen
        return (sum(self.reviewed) + self.unseen * self.first) / size if size else 0.0


@dataclass(frozen=True)
class Range:
    """Shares of the score from 0 to 1 between which 95 of 100 such tests would fall, if the model holds."""

    low: float
    high: float
    middle: float

    def points(self, whole: int) -> tuple[int, int]:
        """The range in points of so many, rounded outward."""
        return math.floor(self.low * whole + 1e-9), math.ceil(self.high * whole - 1e-9)


def right(recall: float, guess: float) -> float:
    """The chance to be right on an item that is recalled with a chance, and else guessed."""
    return guess + (1.0 - guess) * recall


def predicted(pools: Mapping[str, Pool], error: float = STOCK_ERROR) -> Range | str:
    """The range of the score, or the sentence that says why there is none yet."""
    whole = sum(pool.weight for pool in pools.values())
    reviewed = sum(len(pool.reviewed) for pool in pools.values())
    cover = sum(pool.weight * pool.cover for pool in pools.values()) / whole if whole else 0.0
    if reviewed < LEAST_ITEMS or cover < LEAST_COVER:
        return (
            f"not enough data yet: {reviewed} of at least {LEAST_ITEMS} items reviewed, "
            f"{100 * cover:.0f} % of the exam's weight of at least {100 * LEAST_COVER:.0f} %"
        )
    return band(
        [
            (pool.mean, pool.weight / whole / pool.items)
            for pool in pools.values()
            for _ in range(pool.items)
        ],
        error,
    )


def band(items: Sequence[tuple[float, float]], error: float = STOCK_ERROR) -> Range:
    """The range for items, each with its chance to be right and its weight; weights sum to 1."""
    middle = sum(chance * weight for chance, weight in items)
    spread = sum(weight * weight * chance * (1.0 - chance) for chance, weight in items)
    half = WIDE * math.sqrt(spread + error * error)
    return Range(max(0.0, middle - half), min(1.0, middle + half), middle)


def own_error(past: Sequence[tuple[float, float]]) -> float:
    """How far predictions were off, from pairs of predicted and actual shares; the stock value before three."""
    if len(past) < OWN_FROM:
        return STOCK_ERROR
    return math.sqrt(sum((said - was) ** 2 for said, was in past) / len(past))
