"""One period, in the order in which things happen."""

from __future__ import annotations

import numpy as np

from stakhanov.engine.books import Books
from stakhanov.engine.closing import live_on, remember, revise_norms
from stakhanov.engine.opening import advance_technology, apply_orders, fill_new_places, open_groups
from stakhanov.engine.paying import award, settle
from stakhanov.engine.places import Places
from stakhanov.engine.prizegiving import note_prizes
from stakhanov.engine.publishing import publish, set_records
from stakhanov.engine.rules import Rules
from stakhanov.engine.state import employed_in
from stakhanov.engine.working import outlook, work_and_report
from stakhanov.engine.world import World


def run_period(
    world: World, rules: Rules, places: Places, employed: np.ndarray, period: int
) -> Books:
    """Report, audit, settlement, statistics, morale, aspiration, norms, leaving, recruits."""
    state = world.state
    books = Books.opened(state.layout, state.groups.norm.size)
    advance_technology(state, rules, period)
    apply_orders(state, rules, books, places.branch_of_group)
    before = employed_in(state, places.group_offsets)
    fill_new_places(world, rules, employed, period)
    members = employed_in(state, places.group_offsets)
    open_groups(state, places, before, members)
    books.norm, books.price = state.groups.norm, places.prices(state, rules)
    seen = outlook(world, rules, places, members)
    norms = places.mean_norms(state, members)

    work_and_report(world, rules, seen, books, period)
    winners = award(world, rules, places, books)
    settle(world, rules, places, winners, books)
    note_prizes(world, rules, places, winners, books)
    set_records(world, rules, places, books, norms)
    believable = publish(world, rules, books)
    revise_norms(world, rules, books, places.group_offsets, members)
    live_on(world, rules, books, places, believable, period)
    remember(state, rules, books, winners)
    return books
