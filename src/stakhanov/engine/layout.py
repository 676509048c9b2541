"""Where people sit: branch > enterprise > brigade > worker, contiguous in memory.

A branch owns a range of enterprises, an enterprise a range of brigades, a brigade a range of workers;
each range is given by the offsets at which its members begin. Branches begin with a fresh brigade, so
that a block of brigades never straddles two branches.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Offsets = NDArray[np.int64]


@dataclass(frozen=True)
class Layout:
    """The hierarchy as offsets. Every array has one more entry than it has groups."""

    branch_names: tuple[str, ...]
    workers_of_branch: Offsets
    workers_of_enterprise: Offsets
    workers_of_brigade: Offsets
    brigade_size: int

    @property
    def workers(self) -> int:
        """Places for workers, employed or not yet."""
        return int(self.workers_of_branch[-1])

    @property
    def branches(self) -> int:
        """Number of branches."""
        return len(self.branch_names)

    def people(self, branch: int) -> slice:
        """The workers of one branch."""
        return slice(int(self.workers_of_branch[branch]), int(self.workers_of_branch[branch + 1]))

    def brigades(self, branch: int) -> slice:
        """The brigades of one branch."""
        first, last = np.searchsorted(
            self.workers_of_brigade, self.workers_of_branch[branch : branch + 2]
        )
        return slice(int(first), int(last))

    def branch_of(self, workers: Offsets) -> Offsets:
        """The branch in which each place lies; the last for a place behind all."""
        branch = np.searchsorted(self.workers_of_branch, workers, side="right") - 1
        return np.minimum(branch, self.branches - 1)

    def groups(self, scope: str) -> Offsets:
        """Offsets of the groups a scope names: own, brigade, enterprise, branch or all."""
        if scope == "own":
            return np.arange(self.workers + 1, dtype=np.int64)
        named = {
            "brigade": self.workers_of_brigade,
            "enterprise": self.workers_of_enterprise,
            "branch": self.workers_of_branch,
            "all": self.workers_of_branch[[0, -1]],
        }
        return named[scope]


def sizes_by_share(total: int, shares: tuple[float, ...]) -> list[int]:
    """Whole numbers in proportion to the shares that sum to the total (largest remainders)."""
    exact = [total * share for share in shares]
    sizes = [int(size) for size in exact]
    by_remainder = sorted(range(len(shares)), key=lambda i: (sizes[i] - exact[i], i))
    for i in by_remainder[: total - sum(sizes)]:
        sizes[i] += 1
    return sizes


def lay_out(
    branches: list[tuple[str, float]], workers: int, *, brigade: int, enterprise: int
) -> Layout:
    """Seat so many workers: `branches` are (name, share), `enterprise` counts brigades."""
    sizes = sizes_by_share(workers, tuple(share for _, share in branches))
    ends = np.cumsum([0, *sizes]).astype(np.int64)
    return Layout(
        branch_names=tuple(name for name, _ in branches),
        workers_of_branch=ends,
        workers_of_enterprise=_cut(ends, brigade * enterprise),
        workers_of_brigade=_cut(ends, brigade),
        brigade_size=brigade,
    )


def _cut(ends: Offsets, size: int) -> Offsets:
    """Offsets of groups of one size within each branch; the last group of a branch may be smaller."""
    starts = [np.arange(first, last, size) for first, last in pairwise(ends)]
    return np.concatenate([*starts, ends[-1:]]).astype(np.int64)


def group_sums(values: NDArray[np.int64], offsets: Offsets) -> NDArray[np.int64]:
    """Sums of whole numbers over the groups that the offsets cut; order cannot matter."""
    totals = np.concatenate(([0], np.cumsum(values)))
    return np.asarray(totals[offsets[1:]] - totals[offsets[:-1]], dtype=np.int64)
