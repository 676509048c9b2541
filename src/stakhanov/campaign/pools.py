"""Prizes by rank and goods by queue: who takes what, to the last minor unit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Who = NDArray[np.bool_]


class Shares(NamedTuple):
    """Who takes something, in worker order, and what each takes."""

    who: Whole  # places in the list of workers
    money: Whole  # minor units


class _Takers(NamedTuple):
    """Everybody at the cut-off or above it; groups are numbered, everything else is one entry a group."""

    who: Whole
    group: Whole
    tied: Who
    ties: Whole
    left: Whole  # prizes left for those at the cut-off


def shares(
    scores: Whole, cut: Whole, prizes: Whole, amount: int, offsets: Whole | None = None
) -> Shares:
    """Who takes money of a contest that gives so many prizes of one amount in each group, and how much.

    Everybody above the cut-off takes a prize; those tied at it share what is left to the minor unit, the
    odd ones going to the first in worker order. A group with fewer takers than prizes gives a prize to
    each. `cut` is the exact lowest winning score and `prizes` the number of prizes, by group; groups begin
    and end at `offsets`. A score of -1 takes no part. Bound: prizes x amount below 2^63.
    """
    takers = _takers(scores, cut, prizes, offsets)
    share, odd = np.divmod(takers.left * amount, np.maximum(takers.ties, 1))
    money = np.full(takers.who.size, amount, np.int64)
    group = takers.group[takers.tied]
    money[takers.tied] = share[group] + (_before(takers) < odd[group])
    return Shares(takers.who, money)


def queue(scores: Whole, cut: Whole, goods: Whole, offsets: Whole | None = None) -> Whole:
    """Who takes goods that cannot be shared: those above the cut-off, then ties in worker order."""
    takers = _takers(scores, cut, goods, offsets)
    served = np.ones(takers.who.size, np.bool_)
    served[takers.tied] = _before(takers) < takers.left[takers.group[takers.tied]]
    return takers.who[served]


def share_pool(
    scores: Whole, cut: Whole, prizes: Whole, amount: int, offsets: Whole | None = None
) -> Whole:
    """The money of `shares`, one entry a worker."""
    money = np.zeros(scores.size, np.int64)
    taken = shares(scores, cut, prizes, amount, offsets)
    money[taken.who] = taken.money
    return money


def queue_goods(scores: Whole, cut: Whole, goods: Whole, offsets: Whole | None = None) -> Who:
    """Who takes goods, one entry a worker."""
    taken = np.zeros(scores.size, np.bool_)
    taken[queue(scores, cut, goods, offsets)] = True
    return taken


def _takers(scores: Whole, cut: Whole, prizes: Whole, offsets: Whole | None) -> _Takers:
    offsets = np.array([0, scores.size], np.int64) if offsets is None else offsets
    cut, number = np.atleast_1d(cut), offsets.size - 1
    who = _at_or_above(scores, np.maximum(cut, 0), offsets)
    group = np.searchsorted(offsets, who, side="right") - 1
    tied = scores[who] == cut[group]
    ties = np.bincount(group[tied], minlength=number)
    above = np.bincount(group[~tied], minlength=number)
    left = np.clip(np.atleast_1d(prizes) - above, 0, ties)
    return _Takers(who, group, tied, ties, left)


def _at_or_above(scores: Whole, cut: Whole, offsets: Whole) -> Whole:
    """Who stands at the cut-off of the group or above; a few large groups are searched one by one."""
    if scores.size < 4096 * cut.size:
        return np.flatnonzero(scores >= np.repeat(cut, np.diff(offsets)))
    groups = zip(offsets[:-1], offsets[1:], cut, strict=True)
    return np.concatenate(
        [first + np.flatnonzero(scores[first:last] >= mark) for first, last, mark in groups]
    )


def _before(takers: _Takers) -> Whole:
    """How many of those tied stand before each of them in their group."""
    group = takers.group[takers.tied]
    first = np.cumsum(takers.ties) - takers.ties
    return np.asarray(np.arange(group.size) - first[group], np.int64)
