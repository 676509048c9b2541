"""Who wins: cut-offs of prizes by rank, without a sort where groups are large."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Offsets = NDArray[np.int64]

NOBODY = np.iinfo(np.int64).max
#: Groups smaller than this on average are sorted all at once, larger ones divided at the cut-off one by one.
LARGE = 4096


def winners(per_thousand: float, members: NDArray[np.int64]) -> NDArray[np.int64]:
    """Whole prizes for groups of so many members, rounded half up."""
    return np.asarray(np.floor(per_thousand * members / 1000.0 + 0.5), np.int64)


def cut_offs(
    scores: NDArray[np.int64], offsets: Offsets, prizes: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The lowest winning score of each group; a score of -1 takes no part; NOBODY where nobody wins."""
    if scores.size < LARGE * (offsets.size - 1):
        return _cut_offs_sorted(scores, offsets, prizes)
    return np.array(
        [
            _cut_off(scores[first:last], int(number))
            for first, last, number in zip(offsets[:-1], offsets[1:], prizes, strict=True)
        ],
        dtype=np.int64,
    )


def _cut_offs_sorted(
    scores: NDArray[np.int64], offsets: Offsets, prizes: NDArray[np.int64]
) -> NDArray[np.int64]:
    """All groups at once: in each, ascending, the winners stand last."""
    group = np.repeat(np.arange(offsets.size - 1), np.diff(offsets))
    taking_part = np.bincount(group[scores >= 0], minlength=offsets.size - 1)
    number = np.minimum(prizes, taking_part)
    ascending = scores[np.lexsort((scores, group))]
    some = number > 0
    lowest = np.full(offsets.size - 1, NOBODY)
    lowest[some] = ascending[(offsets[1:] - number)[some]]
    return lowest


def _cut_off(scores: NDArray[np.int64], prizes: int) -> int:
    """The score of the last winner among so many."""
    number = min(prizes, int(np.count_nonzero(scores >= 0)))
    if number == 0:
        return int(NOBODY)
    place = scores.size - number
    return int(np.partition(scores, place)[place])
