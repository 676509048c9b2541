"""The start of a period: technology, ordered norms, people who take up new places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.blocks import Block
from stakhanov.engine.books import Books
from stakhanov.engine.founding import Arrivals, arrivals
from stakhanov.engine.kernels.closing import LOWEST_ASPIRATION
from stakhanov.engine.kernels.ratchet import revised_rate
from stakhanov.engine.places import Places, means
from stakhanov.engine.rules import Rules, Traits
from stakhanov.engine.state import CAUGHT, PADDED, People, State
from stakhanov.engine.world import World

LEAST_NORM = 0.001  # norm-units a shift


def advance_technology(state: State, rules: Rules, period: int) -> None:
    """Technology grows from period to period."""
    if period > 0:
        state.nation.technology *= 1.0 + rules.technology_growth


def apply_orders(state: State, rules: Rules, books: Books, branch_of_group: np.ndarray) -> None:
    """Norms ordered up for a branch, rates following as the campaign says."""
    if not any(rules.norms.orders):
        return
    rise = np.asarray(rules.norms.orders)[branch_of_group]
    set_norms(state, state.groups.norm * (1.0 + rise), rules, books)


def set_norms(state: State, norms: np.ndarray, rules: Rules, books: Books) -> None:
    """New norms for all groups; rates follow them, and the rise is remembered for morale.

    No norm is lowered to nothing, for nothing could be reported in shares of it.
    """
    groups = state.groups
    norms = np.maximum(norms, np.minimum(groups.norm, LEAST_NORM))
    books.norm_rise += np.maximum(norms / groups.norm - 1.0, 0.0)
    groups.rate = np.asarray(revised_rate(groups.rate, groups.norm, norms, rules.norms.rate_cut))
    groups.norm = norms


def fill_new_places(world: World, rules: Rules, employed: np.ndarray, period: int) -> None:
    """People for the places that open this period; the first period finds the founders at work."""

    def fill(opened: tuple[int, slice]) -> None:
        branch, places = opened
        newcomers, traits = world.state.people.part(places), rules.traits[branch]
        drawn = arrivals(world.luck, newcomers.identity, period, traits, founders=period == 0)
        level = drawn.ability * world.state.nation.technology
        seat(newcomers, drawn, level, traits, slice(None))

    world.each(fill, _opened(world, employed))
    world.state.employed = employed


def _opened(world: World, employed: np.ndarray) -> list[tuple[int, slice]]:
    """Places that open, in pieces of a branch no larger than a block."""
    pieces = []
    for branch, before in enumerate(world.state.employed):
        start = int(world.state.layout.workers_of_branch[branch])
        first, last = start + int(before), start + int(employed[branch])
        for here in range(first, last, world.block_size):
            pieces.append((branch, slice(here, min(here + world.block_size, last))))
    return pieces


def open_groups(
    state: State, places: Places, before: NDArray[np.int64], members: NDArray[np.int64]
) -> None:
    """Give groups that open in mid-run the mean norm and rate of their branch."""
    fresh = (before == 0) & (members > 0)
    branch = places.branch_of_group
    fresh &= np.bincount(branch, before, state.layout.branches)[branch] > 0
    if not fresh.any():
        return
    groups, manned = state.groups, before > 0
    for name in ("norm", "rate"):
        values: NDArray[np.float64] = getattr(groups, name)
        of_branch = means(values[manned], branch[manned], before[manned], state.layout.branches)
        setattr(groups, name, np.where(fresh, of_branch[branch], values))


def seat(
    people: People, drawn: Arrivals, level: np.ndarray, traits: Traits, who: slice | np.ndarray
) -> None:
    """Put arrivals into places: rested, hopeful, aspiring to `level` norm-units a shift."""
    people.ability[who] = drawn.ability
    people.skill[who] = drawn.skill
    people.lying_cost[who] = drawn.lying_cost
    people.fatigue[who] = traits.rest
    people.strain[who] = 0.0
    people.morale[who] = 1.0
    people.trust[who] = 1.0
    people.aspiration[who] = np.maximum(level, LOWEST_ASPIRATION)
    people.plan[who] = np.maximum(level, 0.0)
    people.flags[who] &= np.uint8(PADDED | CAUGHT)  # of the report that the leaver gave


def recruit(
    world: World, block: Block, leavers: np.ndarray, rules: Rules, period: int, level: np.ndarray
) -> None:
    """Replace those who left by fresh people who aspire to `level`, what each brigade does a shift."""
    where = np.flatnonzero(leavers)
    if where.size == 0:
        return
    people = world.part(block)
    traits = rules.traits[block.branch]
    drawn = arrivals(world.luck, people.identity[where], period + 1, traits, founders=False)
    brigade = np.searchsorted(block.ends, where, side="right") - 1
    seat(people, drawn, level[brigade], traits, where)
