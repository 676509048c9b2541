"""What a period leaves in the books: sums and histograms, by branch, in whole numbers.

Sums are of whole numbers (quantities in units of 2^-20), so that the order of adding cannot matter: any
number of threads and any block size give the same bits. Tallies of branches and of periods add up.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

UNIT = float(2**20)
FULFILMENT_BINS = 301  # one per cent each from 0, the last holds 300 % and more
PAY_BINS = 1001  # one per cent of the reference each
OUTPUT_BINS = 1501  # one per cent of a norm-unit a shift each

Counts = NDArray[np.int64]


def whole(values: NDArray[np.floating]) -> NDArray[np.int64]:
    """Quantities as whole multiples of 2^-20, rounded half up."""
    return np.floor(np.asarray(values, np.float64) * UNIT + 0.5).astype(np.int64)


def _bins(number: int) -> Counts:
    return np.zeros(number, dtype=np.int64)


@dataclass
class Tally:
    """Sums over worker-periods. Quantities (by name) are multiples of 2^-20, counts are counts."""

    quantities: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    true: Counts = field(default_factory=lambda: _bins(FULFILMENT_BINS))
    reported: Counts = field(default_factory=lambda: _bins(FULFILMENT_BINS))
    pay: Counts = field(default_factory=lambda: _bins(PAY_BINS))
    output: Counts = field(default_factory=lambda: _bins(OUTPUT_BINS))

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            _added(self.quantities, other.quantities),
            _added(self.counts, other.counts),
            self.true + other.true,
            self.reported + other.reported,
            self.pay + other.pay,
            self.output + other.output,
        )

    def quantity(self, name: str) -> float:
        """A sum in its own unit."""
        return self.quantities.get(name, 0) / UNIT

    def count(self, name: str) -> int:
        """A count."""
        return self.counts.get(name, 0)

    def mean(self, name: str, per: str = "workers") -> float:
        """A quantity per worker-period, or per another count; nan when nobody is there."""
        number = self.count(per)
        return self.quantity(name) / number if number else float("nan")

    def share(self, name: str, of: str = "workers") -> float:
        """One count as a share of another; nan of nothing."""
        number = self.count(of)
        return self.count(name) / number if number else float("nan")


def _added(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in one.keys() | other.keys()}


def quantile(bins: Counts, share: float) -> float:
    """The quantile of a histogram, in bins, straight between a bin's edges; 0 of an empty one."""
    total = int(bins.sum())
    if total == 0:
        return 0.0
    cumulated = np.cumsum(bins)
    bin_number = int(np.searchsorted(cumulated, share * total))
    before = int(cumulated[bin_number - 1]) if bin_number else 0
    return bin_number + (share * total - before) / int(bins[bin_number])


def gini(bins: Counts) -> float:
    """Gini coefficient of a quantity counted in equal bins, each taken at its middle."""
    total = int(bins.sum())
    if total == 0:
        return float("nan")
    amounts = (np.arange(bins.size) + 0.5) * bins
    below = np.concatenate(([0.0], np.cumsum(amounts)))
    area = float((bins * (below[1:] + below[:-1])).sum())
    return float(1.0 - area / (total * amounts.sum()))


def binned(values: NDArray[np.floating], number: int) -> Counts:
    """Counts of values given in bins; the last bin holds all beyond, the first all below."""
    places = np.clip(values, 0.0, number - 1).astype(np.int64)
    return np.bincount(places, minlength=number)
