"""Which norm group everybody belongs to: the index from brigades and branches to groups, made once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.blocks import Block
from stakhanov.engine.layout import Layout, Offsets
from stakhanov.engine.rules import Rules
from stakhanov.engine.state import State


@dataclass(frozen=True)
class Places:
    """Norm groups of one scope in one layout."""

    scope: str
    group_offsets: Offsets  # workers of each group
    brigade_offsets: Offsets  # brigades of each group; empty when norms are own
    group_of_brigade: NDArray[np.int64]  # empty when norms are own
    branch_of_group: NDArray[np.int64]

    @classmethod
    def of(cls, layout: Layout, scope: str) -> Places:
        """The groups that share a norm under a scope."""
        offsets = layout.groups(scope)
        branch = layout.branch_of(offsets[:-1])
        if scope == "own":
            nothing = np.zeros(0, dtype=np.int64)
            return cls(scope, offsets, nothing, nothing, branch)
        brigades = np.searchsorted(layout.workers_of_brigade, offsets)
        group = np.searchsorted(offsets, layout.workers_of_brigade[:-1], side="right") - 1
        return cls(scope, offsets, brigades, group, branch)

    @property
    def own(self) -> bool:
        """Whether every worker has a norm of their own."""
        return self.scope == "own"

    def of_block(self, block: Block) -> slice | NDArray[np.int64]:
        """The group of everybody in a block."""
        if self.own:
            return block.people
        return np.repeat(self.group_of_brigade[block.brigades], block.sizes)

    def of_some(self, block: Block, who: NDArray[np.int64]) -> NDArray[np.int64]:
        """The group of some in a block, named by their places in it."""
        if self.own:
            return np.asarray(block.people.start + who, np.int64)
        brigade = np.searchsorted(block.ends, who, side="right") - 1
        return np.asarray(self.group_of_brigade[block.brigades.start + brigade], np.int64)

    def of_brigades(self, block: Block) -> slice | NDArray[np.int64]:
        """The group of every brigade in a block; of everybody where norms are own."""
        return block.people if self.own else self.group_of_brigade[block.brigades]

    def mean_norms(self, state: State, members: NDArray[np.int64]) -> NDArray[np.float64]:
        """Mean norm of each branch over its people at work, norm-units a shift."""
        return self._mean(state, state.groups.norm, members)

    def mean_prices(self, state: State, members: NDArray[np.int64]) -> NDArray[np.float64]:
        """Mean pay at 100 % of the norm in each branch, reference days a shift."""
        return self._mean(state, state.groups.norm * state.groups.rate, members)

    def prices(self, state: State, rules: Rules) -> NDArray[np.int64]:
        """Pay of one shift at 100 % of each group's norm, thousandths of a minor unit."""
        exact = 1000.0 * rules.pay.reference * state.groups.norm * state.groups.rate
        return np.floor(exact + 0.5).astype(np.int64)

    def _mean(
        self, state: State, values: NDArray[np.float64], members: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        return means(values, self.branch_of_group, members, state.layout.branches)


def regroup(state: State, places: Places) -> None:
    """Norms for the groups of another scope: each takes the mean of what its workers had."""
    groups = state.groups
    members = np.diff(places.group_offsets)
    if groups.norm.size == members.size:
        return
    scopes = ("own", "brigade", "enterprise", "branch")
    sizes = next(
        former
        for scope in scopes
        if (former := np.diff(state.layout.groups(scope))).size == groups.norm.size
    )
    old = np.repeat(np.arange(sizes.size), sizes)
    new = np.repeat(np.arange(members.size), members)
    above = np.bincount(new, groups.above[old], members.size)
    groups.norm = means(groups.norm[old], new, np.ones(new.size), members.size)
    groups.rate = means(groups.rate[old], new, np.ones(new.size), members.size)
    groups.above = above * 2 > members


def means(
    values: NDArray[np.float64], group: NDArray[np.int64], weights: NDArray[Any], groups: int
) -> NDArray[np.float64]:
    """Weighted means by group; exactly the value where all are equal, the first value of all in empty groups.

    Differences from the group's first value are averaged, for a mean of equal numbers may else be another.
    """
    first = np.full(groups, values[0])
    first[group[::-1]] = values[::-1]
    total = np.bincount(group, weights, groups)
    apart = np.bincount(group, weights * (values - first[group]), groups)
    return np.asarray(first + apart / np.maximum(total, 1.0))
