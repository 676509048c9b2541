"""Means with their intervals, over replicates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """A mean and the edges between which its 95 % interval lies; no edges where they are unknown."""

    mean: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """How wide the interval is."""
        return self.high - self.low

    def plain(self) -> dict[str, float]:
        """As scripts read it."""
        return {"value": self.mean, "low": self.low, "high": self.high}


def interval_of(values: Sequence[float] | NDArray[np.float64]) -> Interval:
    """Student's t interval of the mean of independent values.

    One value has no interval; values that are all equal have one of no width.
    """
    sample = np.asarray(values, np.float64)
    if sample.size == 0:
        return Interval(math.nan, math.nan, math.nan)
    apart = sample - sample[0]  # exactly nought where all are equal
    mean = float(sample[0] + np.mean(apart))
    if sample.size < 2:
        return Interval(mean, math.nan, math.nan)
    half = half_width(float(np.std(apart, ddof=1)), sample.size)
    return Interval(mean, mean - half, mean + half)


def half_width(spread: float, number: int) -> float:
    """Half of the interval's width, from the standard deviation of so many values."""
    return float(stdtrit(number - 1, 0.5 + LEVEL / 2.0)) * spread / math.sqrt(number)
