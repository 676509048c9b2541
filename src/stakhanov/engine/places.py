"""Which norm group everybody belongs to: the index from brigades and branches to groups, made once."""

from __future__ import annotations

from dataclasses import dataclass

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
        branches = state.layout.branches
        people = np.bincount(self.branch_of_group, members, branches)
        sums = np.bincount(self.branch_of_group, members * values, branches)
        return np.where(people > 0, sums / np.maximum(people, 1), 1.0)


def regroup(state: State, places: Places) -> None:
    """Norms for the groups of another scope: each takes the mean of what its workers had."""
    groups = state.groups
    offsets = places.group_offsets
    if groups.norm.size == offsets.size - 1:
        return
    before = next(
        offsets
        for scope in ("own", "brigade", "enterprise", "branch")
        if (offsets := state.layout.groups(scope)).size - 1 == groups.norm.size
    )
    sizes = np.diff(before)
    each = {name: np.repeat(getattr(groups, name), sizes) for name in ("norm", "rate", "above")}
    starts = places.group_offsets[:-1]
    members = np.diff(places.group_offsets)
    groups.norm = np.add.reduceat(each["norm"], starts) / members
    groups.rate = np.add.reduceat(each["rate"], starts) / members
    groups.above = np.add.reduceat(each["above"].astype(np.int64), starts) * 2 > members
