"""Blocks of whole brigades: the unit of work that one thread does at a time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.layout import Layout, Offsets

#: Workers in a block: enough that threads seldom wait for each other between the compiled loops.
BLOCK = 32768


class Block(NamedTuple):
    """Some brigades of one branch and the people at work in them."""

    branch: int
    brigades: slice
    people: slice
    ends: Offsets  # where brigades begin and end, within the block; only people at work

    @property
    def sizes(self) -> NDArray[np.int64]:
        """People at work in each brigade."""
        return np.diff(self.ends)


def blocks_of(layout: Layout, employed: NDArray[np.int64], size: int = BLOCK) -> list[Block]:
    """Cut the people at work into blocks; nobody who is not employed yet is in one."""
    return [
        block
        for branch in range(layout.branches)
        for block in _cut(layout, branch, int(employed[branch]), size)
    ]


def _cut(layout: Layout, branch: int, employed: int, size: int) -> list[Block]:
    here = layout.brigades(branch)
    first = int(layout.workers_of_branch[branch])
    offsets = np.minimum(layout.workers_of_brigade[here.start : here.stop + 1], first + employed)
    manned = int(np.searchsorted(offsets, first + employed))
    step = max(1, size // layout.brigade_size)
    return [
        _block(branch, here.start, offsets, range(start, min(start + step, manned)))
        for start in range(0, manned, step)
    ]


def _block(branch: int, base: int, offsets: Offsets, brigades: range) -> Block:
    ends = offsets[brigades.start : brigades.stop + 1]
    return Block(
        branch,
        slice(base + brigades.start, base + brigades.stop),
        slice(int(ends[0]), int(ends[-1])),
        ends - ends[0],
    )
