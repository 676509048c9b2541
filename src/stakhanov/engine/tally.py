"""What a period leaves in the books: sums and histograms, by branch, in whole numbers.

Sums are of whole numbers (quantities in units of 2^-20), so that the order of adding cannot matter: any
number of threads and any block size give the same bits. Tallies of branches and of periods add up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

UNIT = float(2**20)
FULFILMENT_BINS = 301  # one per cent each from 0, the last holds 300 % and more
#: Bins of what has no bound of its own, pay and output: so many to each doubling, from the first to the last.
FINENESS, LEAST, DOUBLINGS = 64, 2.0**-10, 50
WIDENING_BINS = FINENESS * DOUBLINGS + 1  # the first holds all that is less than the least

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
    pay: Counts = field(default_factory=lambda: _bins(WIDENING_BINS))
    output: Counts = field(default_factory=lambda: _bins(WIDENING_BINS))

    def __iadd__(self, other: Tally) -> Self:
        """Take another's sums in."""
        _add(self.quantities, other.quantities)
        _add(self.counts, other.counts)
        self.true += other.true
        self.reported += other.reported
        self.pay += other.pay
        self.output += other.output
        return self

    @staticmethod
    def of(tallies: Iterable[Tally]) -> Tally:
        """All of them together."""
        together = Tally()
        for tally in tallies:
            together += tally
        return together

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


def _add(sums: dict[str, int], more: dict[str, int]) -> None:
    for name, number in more.items():
        sums[name] = sums.get(name, 0) + number


class Sheet(NamedTuple):
    """One block's period as it goes into the books; one entry a worker, but for the last two."""

    output: NDArray[np.floating]  # norm-units
    effort: NDArray[np.floating]
    last_third: NDArray[np.floating]  # norm-units
    norm: NDArray[np.float64]  # norm-units a shift
    reported: NDArray[np.int32]  # thousandths of a norm over the period, as kept
    told: NDArray[np.floating]  # likewise, as reported
    true: NDArray[np.floating]  # likewise, as done
    padded: NDArray[np.bool_]
    caught: NDArray[np.bool_]
    shifts: int
    title: int  # thousandths of a norm over the period that make a title

    @property
    def full(self) -> int:
        """The norm of the period, in thousandths."""
        return 1000 * self.shifts

    @property
    def past_norm(self) -> int:
        """Where reports end that count as just at the norm: 102 per cent."""
        return math.ceil(1.02 * self.full)

    def quantities(self) -> Iterator[tuple[str, NDArray[np.floating]]]:
        """What is summed, by name."""
        yield "true", self.output
        yield "reported", self.reported / 1000.0 * self.norm
        yield "padding", (self.told - self.true) / 1000.0 * self.norm
        yield "fulfilment", self.reported / self.full
        yield "norm", self.norm
        yield "effort", self.effort
        yield "last_third", self.last_third

    def counts(self) -> dict[str, int]:
        """How many stood where, by name."""
        reported = self.reported
        below, at_norm, titled = (
            int(np.count_nonzero(reported < mark))
            for mark in (self.full, self.past_norm, self.title)
        )
        return {
            "workers": reported.size,
            "worker_shifts": reported.size * self.shifts,
            "below_norm": below,
            "at_norm": at_norm - below,
            "titles": reported.size - titled,
            "padded": int(np.count_nonzero(self.padded)),
            "caught": int(np.count_nonzero(self.caught)),
        }


def tally_of(sheet: Sheet) -> Tally:
    """The sums of one block, as NumPy works them out."""
    per_cent = 10.0 * sheet.shifts
    return Tally(
        quantities={name: int(whole(values).sum()) for name, values in sheet.quantities()},
        counts=sheet.counts(),
        true=binned(sheet.true / per_cent, FULFILMENT_BINS),
        reported=binned(sheet.reported / per_cent, FULFILMENT_BINS),
        output=widening(sheet.output / sheet.shifts),
    )


def widening(values: NDArray[Any]) -> Counts:
    """Counts in bins that widen with what they hold, none wider than 1/64 of it; less than nothing counts as 0.

    A number in single precision is its power of two and a fraction, in this order: read as a whole number and
    cut off behind six digits of the fraction, it is the place of its bin.
    """
    places = (np.asarray(values, np.float32).view(np.int32) >> BIN_SHIFT) - FIRST_BIN
    return np.bincount(np.clip(places, 0, WIDENING_BINS - 1), minlength=WIDENING_BINS)


def _edges() -> NDArray[np.float64]:
    """Where each bin begins, and where the last one ends."""
    inner = (np.arange(1, WIDENING_BINS + 1, dtype=np.int32) + FIRST_BIN) << BIN_SHIFT
    return np.concatenate(([0.0], inner.astype(np.int32).view(np.float32).astype(np.float64)))


BIN_SHIFT = 23 - (FINENESS.bit_length() - 1)
FIRST_BIN = int(np.float32(LEAST).view(np.int32) >> BIN_SHIFT) - 1
EDGES = _edges()


def quantile(bins: Counts, share: float) -> float:
    """The quantile of amounts in widening bins, straight between a bin's edges; 0 of none."""
    return quantiles(bins, share)[0]


def quantiles(bins: Counts, *shares: float) -> list[float]:
    """Several at once."""
    cumulated = np.cumsum(bins)
    total = int(cumulated[-1])
    return [_quantile(bins, cumulated, share * total) if total else 0.0 for share in shares]


def _quantile(bins: Counts, cumulated: Counts, reached: float) -> float:
    place = int(np.searchsorted(cumulated, reached))
    before = int(cumulated[place - 1]) if place else 0
    inside = (reached - before) / int(bins[place])
    return float(EDGES[place] + inside * (EDGES[place + 1] - EDGES[place]))


def gini(bins: Counts) -> float:
    """Gini coefficient of amounts in widening bins, each taken at the middle of its bin, the least at 0."""
    total = int(bins.sum())
    middles = 0.5 * (EDGES[1:] + EDGES[:-1])
    middles[0] = 0.0
    amounts = middles * bins
    if total == 0:
        return float("nan")
    if not amounts.any():  # nobody has more than another
        return 0.0
    below = np.concatenate(([0.0], np.cumsum(amounts)))
    area = float((bins * (below[1:] + below[:-1])).sum())
    return float(1.0 - area / (total * amounts.sum()))


def binned(values: NDArray[np.floating], number: int) -> Counts:
    """Counts of values given in bins; the last bin holds all beyond, the first all below."""
    places = np.clip(values, 0.0, number - 1).astype(np.int64)
    return np.bincount(places, minlength=number)
