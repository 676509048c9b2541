"""Prizes and pay at the end of a period."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.awards import NOBODY, cut_offs, winners
from stakhanov.engine.blocks import Block
from stakhanov.engine.books import Books
from stakhanov.engine.layout import Offsets
from stakhanov.engine.places import Places
from stakhanov.engine.rules import PrizeRules, Rules
from stakhanov.engine.state import CAUGHT, HOUSED, employed_in
from stakhanov.engine.tally import PAY_BINS, Tally, binned
from stakhanov.engine.world import World

Whole = NDArray[np.int64]


class Winning(NamedTuple):
    """What one prize gave: money by worker, and who won, and the lowest winning score by group."""

    money: Whole
    won: NDArray[np.bool_]
    offsets: Offsets
    lowest: Whole


def award(world: World, rules: Rules) -> list[Winning | None]:
    """Give this period's prizes by rank and by queue; None for a prize that is not due."""
    queues = [prize.address for prize in rules.prizes if prize.by == "queue"]
    return [
        _award(world, prize, queues.index(prize.address) if prize.by == "queue" else None)
        if prize.due and prize.by != "threshold"
        else None
        for prize in rules.prizes
    ]


def _award(world: World, prize: PrizeRules, queue: int | None) -> Winning:
    state = world.state
    offsets = state.layout.groups(prize.scope)
    scores = state.people.reported.astype(np.int64)
    if queue is not None:
        scores[(state.people.flags & (HOUSED << queue)) > 0] = -1
    prizes = winners(prize.per_thousand, employed_in(state, offsets))
    lowest = cut_offs(scores, offsets, prizes)
    mark = np.repeat(lowest, np.diff(offsets))
    won = scores >= mark
    money = np.where(won, prize.amount, 0).astype(np.int64)
    if queue is not None:
        state.people.flags[won] |= np.uint8(HOUSED << queue)
    return Winning(money, won, offsets, lowest)


def settle(
    world: World, rules: Rules, places: Places, given: list[Winning | None], books: Books
) -> None:
    """Pay everybody; sums go into the books."""
    state = world.state

    def one(block: Block) -> Tally:
        people = state.people.part(block.people)
        price = books.price[places.of_block(block)]
        people.pay[:] = _piece_pay(rules, people.reported, price)
        caught = (people.flags & CAUGHT) > 0
        for mark, days in rules.pay.bonuses:
            earned = (people.reported >= mark * 1000 * rules.shifts) & ~caught
            people.pay[:] += earned * int(days * rules.pay.reference)
        for winning in given:
            if winning is not None:
                people.pay[:] += winning.money[block.people]
        day = rules.pay.reference * rules.shifts / 100.0
        return Tally(counts={"pay": int(people.pay.sum())}, pay=binned(people.pay / day, PAY_BINS))

    blocks = world.blocks()
    for block, tally in zip(blocks, world.each(one, blocks), strict=True):
        books.tallies[block.branch] += tally


def _piece_pay(rules: Rules, reported: NDArray[np.int32], price: Whole) -> Whole:
    full = 1000 * rules.shifts
    fulfilment = reported / full
    value = np.zeros(reported.size)
    for piece in rules.pay.pieces:
        value = np.where(
            fulfilment >= piece.start, piece.value + piece.slope * (fulfilment - piece.start), value
        )
    pay = value * price / 1000.0 * rules.shifts
    return np.floor(
        np.maximum(pay, rules.pay.guarantee * rules.pay.reference * rules.shifts) + 0.5
    ).astype(np.int64)


_ = NOBODY
