"""Reports counted in bins around a line: how wide to look, and what to do with whole units."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from stakhanov.evidence.sample import Numbers, Sample, Whole

#: A spread is measured between these quantiles of fulfilment, so that one wild report does not count.
INNER = (0.02, 0.98)
#: Half the window of a local fit, in spreads, times reports to the power below: the rate of a local cubic
#: fit (Fan and Gijbels 1996, 4.2); the factor keeps the bias below half a standard error where reports
#: follow the law of the plan period with ability of log spread 0.12 to 0.25.
FACTOR, POWER = 3.3, -1.0 / 9.0
WIDEST = 0.25
#: A norm is a whole number of units if it is within so much of one.
FUZZ = 1e-6
#: Beyond this a number in double precision has no digits left that could be counted.
LARGEST_COUNT = 1e11
#: Why nothing can be said where an interval by worker would have no two degrees of freedom.
FEW_WORKERS = "needs reports of three workers close to the norm"


@dataclass(frozen=True)
class Counts:
    """Reports counted by cluster (rows) and bin (columns); bins are so wide, and start at `left`."""

    table: Numbers
    left: float
    width: float

    @property
    def places(self) -> Numbers:
        """The middle of every bin."""
        return self.left + self.width * (np.arange(self.table.shape[1], dtype=np.float64) + 0.5)

    @property
    def total(self) -> Numbers:
        """Reports in every bin."""
        total: Numbers = self.table.sum(axis=0)
        return total


def count(
    values: Numbers, cluster: Whole, clusters: int, *, left: float, width: float, bins: int
) -> Counts:
    """Count values by cluster and bin; a value on an edge belongs to the bin above it."""
    place = np.floor(np.round((values - left) / width, 6))
    inside = (place >= 0) & (place < bins)
    index = cluster[inside] * bins + place[inside].astype(np.int64)
    table = np.bincount(index, minlength=clusters * bins).reshape(clusters, bins)
    return Counts(table.astype(np.float64), left, width)


def around(sample: Sample, half: float, bins: int) -> Counts:
    """Fulfilment from `half` below the norm to `half` above it, in bins that part at the norm."""
    width = 2.0 * half / bins
    values = spread_out(sample)
    return count(values, sample.cluster, sample.clusters, left=1.0 - half, width=width, bins=bins)


def window(fulfilment: Numbers) -> float:
    """Half the window in which a local cubic fit sees no bend that is not there.

    It ends where reports end: a share of patients cannot exceed one, and behind that edge is no curve.
    """
    low, high = np.quantile(fulfilment, INNER)
    inner = fulfilment[(fulfilment >= low) & (fulfilment <= high)]
    spread = float(inner.std())
    edge = min(float(fulfilment.max()) - 1.0, 1.0 - float(fulfilment.min()))
    wanted = FACTOR * spread * math.exp(POWER * math.log(fulfilment.size))
    return max(min(wanted, WIDEST, edge), 0.0)


def one_sided(fulfilment: Numbers) -> str:
    """Why nothing can be said of the line where reports end at it; nothing where they lie on both sides."""
    at = int(np.count_nonzero(fulfilment == 1.0))
    if fulfilment.max() <= 1.0:
        return (
            f"no report is above the norm, {at} are exactly at it: no curve goes through the norm"
        )
    if fulfilment.min() >= 1.0:
        return (
            f"no report is below the norm, {at} are exactly at it: no curve goes through the norm"
        )
    return ""


def unit_of(values: Numbers) -> float | None:
    """The unit in which values were counted (1, 0.5, 0.01 ...); none if they are not counts."""
    some = values[:: max(1, values.size // 50_000)]
    if np.abs(some).max(initial=0.0) > LARGEST_COUNT:
        return None
    for decimals in range(5):
        scaled = some * 10.0**decimals
        whole = np.rint(scaled)
        if np.all(np.abs(scaled - whole) < 1e-6 * np.maximum(1.0, np.abs(scaled))):
            step = int(np.gcd.reduce(np.abs(whole).astype(np.int64)))
            return step / 10.0**decimals if step else None
    return None


def spread_out(sample: Sample) -> Numbers:
    """Fulfilment; where reports are in units, each spread evenly over one unit, none across the norm.

    Units make heaps that a smooth curve takes for jumps where bins hold now more of them, now fewer. The first
    unit that reaches the norm begins at it, the others lie end to end on both sides: what is short stays short,
    and no stretch holds more units than another.
    """
    unit = unit_of(sample.reported)
    if unit is None:
        return sample.fulfilment
    reaching = np.ceil(sample.norm / unit - FUZZ) * unit
    share = sample.luck("units").random(sample.reports)
    spread = 1.0 + (sample.reported - reaching + unit * share) / sample.norm
    short = sample.fulfilment < 1.0
    return np.where(short, np.minimum(spread, 1.0 - 1e-6), np.maximum(spread, 1.0))
