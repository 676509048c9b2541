"""Who wins: cut-offs of prizes by rank, from counts rather than from a sort."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.layout import Offsets

NOBODY = np.iinfo(np.int64).max


def winners(per_thousand: float, members: NDArray[np.int64]) -> NDArray[np.int64]:
    """Whole prizes for groups of so many members, rounded half up."""
    return np.asarray(np.floor(per_thousand * members / 1000.0 + 0.5), np.int64)


def cut_offs(
    scores: NDArray[np.int64], offsets: Offsets, prizes: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The lowest winning score of each group; a score of -1 takes no part; NOBODY where nobody wins."""
    return np.array(
        [
            _cut_off(scores[first:last], int(number))
            for first, last, number in zip(offsets[:-1], offsets[1:], prizes, strict=True)
        ],
        dtype=np.int64,
    )


def _cut_off(scores: NDArray[np.int64], prizes: int) -> int:
    """The score of the last winner among so many."""
    taking_part = int(np.count_nonzero(scores >= 0))
    number = min(prizes, taking_part)
    if number == 0:
        return int(NOBODY)
    place = scores.size - number
    if scores.size < 4096:
        return int(np.partition(scores, place)[place])
    counts = np.bincount(np.maximum(scores, 0))
    counts[0] -= scores.size - taking_part
    from_the_top = np.cumsum(counts[::-1])
    return int(counts.size - 1 - np.searchsorted(from_the_top, number))
