"""Prizes by rank and goods by queue: who takes what, to the last minor unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Who = NDArray[np.bool_]


def share_pool(
    scores: Whole, cut: Whole, prizes: Whole, amount: int, offsets: Whole | None = None
) -> Whole:
    """Money by worker of a contest that gives so many prizes of one amount in each group.

    Everybody above the cut-off takes a prize; those tied at it share what is left to the minor unit, the
    odd ones going to the first in worker order. A group with fewer takers than prizes gives a prize to
    each. `cut` is the exact lowest winning score and `prizes` the number of prizes, by group; groups begin
    and end at `offsets`. A score of -1 takes no part. Bound: prizes x amount below 2^63.
    """
    offsets = _ends(scores, offsets)
    above, tied, left, before = _standing(scores, cut, prizes, offsets)
    sharing = np.maximum(np.diff(_running(tied)[offsets]), 1)
    share, odd = np.divmod(left * amount, sharing)
    sizes = np.diff(offsets)
    extra = before < np.repeat(odd, sizes)
    return np.asarray(above * amount + tied * (np.repeat(share, sizes) + extra), np.int64)


def queue_goods(scores: Whole, cut: Whole, goods: Whole, offsets: Whole | None = None) -> Who:
    """Who takes goods that cannot be shared: those above the cut-off, then ties in worker order."""
    offsets = _ends(scores, offsets)
    above, tied, left, before = _standing(scores, cut, goods, offsets)
    return np.asarray(above | (tied & (before < np.repeat(left, np.diff(offsets)))))


def _ends(scores: Whole, offsets: Whole | None) -> Whole:
    return np.array([0, scores.size], np.int64) if offsets is None else offsets


def _standing(
    scores: Whole, cut: Whole, prizes: Whole, offsets: Whole
) -> tuple[Who, Who, Whole, Whole]:
    """Above the cut-off, at it, prizes left for those at it by group, and ties that stand before."""
    sizes = np.diff(offsets)
    mark = np.repeat(np.atleast_1d(cut), sizes)
    takes_part = scores >= 0
    above, tied = takes_part & (scores > mark), takes_part & (scores == mark)
    taking = np.diff(_running(takes_part)[offsets])
    winners = np.diff(_running(above)[offsets])
    left = np.maximum(np.minimum(np.atleast_1d(prizes), taking) - winners, 0)
    ties = _running(tied)
    before = ties[:-1] - np.repeat(ties[offsets[:-1]], sizes)
    return above, tied, left, before


def _running(who: Who) -> Whole:
    """How many before each place; one more entry than places."""
    return np.concatenate(([0], np.cumsum(who, dtype=np.int64)))
