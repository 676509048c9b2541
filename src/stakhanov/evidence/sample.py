"""The reports of one group as arrays, and the clusters of workers by which intervals are made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Workers are gathered into at most so many clusters: more would not make an interval better.
CLUSTERS = 128
#: Honest tables that are drawn for a rate; a rate below one in a thousand is read off a fitted tail.
TABLES = 999
#: What is hidden for the sake of people: groups with fewer workers.
FEWEST_WORKERS = 5
#: Beyond this many decimals a quotient is taken for exact.
EXACT = 9
FARTHEST = 1e6


@dataclass(frozen=True)
class Sample:
    """Reports of one group; every array has one entry a report.

    `worker` numbers the workers from 0. `series` numbers persons within their places: the same name in two
    places is two series, but one cluster. `period` is a day (days since 1970) or a number; `norm`,
    `reported` are per shift.
    """

    group: str
    worker: Whole
    series: Whole
    period: Whole
    norm: Numbers
    reported: Numbers
    shifts: Numbers
    dated: bool
    seed: int = 0
    tables: int = TABLES  # honest ones that are drawn

    @property
    def reports(self) -> int:
        """How many reports there are."""
        return self.worker.size

    @cached_property
    def workers(self) -> int:
        """How many workers there are."""
        return int(self.worker.max(initial=-1)) + 1

    @property
    def cluster(self) -> Whole:
        """The cluster of each report's worker."""
        return self.worker % CLUSTERS

    @property
    def clusters(self) -> int:
        """How many clusters there are."""
        return min(self.workers, CLUSTERS)

    @cached_property
    def fulfilment(self) -> Numbers:
        """Reported output over the norm; beyond a million norms either way nothing is told apart."""
        with np.errstate(over="ignore"):
            share = np.clip(self.reported / self.norm, -FARTHEST, FARTHEST)
        return np.round(share, EXACT)

    def luck(self, purpose: str) -> np.random.Generator:
        """Random numbers of this sample for one purpose; the same ones every time."""
        words = [self.seed, *purpose.encode(), 0, *self.group.encode()]
        return np.random.Generator(np.random.Philox(np.random.SeedSequence(words)))
