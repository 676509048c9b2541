"""Prizes and pay at the end of a period: who stands where, and what settlement makes of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.campaign.pools import queue_goods, share_pool
from stakhanov.campaign.settle import Work, clawed_back, pay_of, work_of
from stakhanov.engine.awards import cut_offs, winners
from stakhanov.engine.blocks import Block
from stakhanov.engine.books import Books
from stakhanov.engine.layout import Offsets, group_sums
from stakhanov.engine.places import Places
from stakhanov.engine.rules import PrizeRules, Rules
from stakhanov.engine.state import CAUGHT, HOUSED
from stakhanov.engine.tally import PAY_BINS, Tally, binned
from stakhanov.engine.world import World

Whole = NDArray[np.int64]


class Winning(NamedTuple):
    """What one prize gave: money by worker, and who won, and the lowest winning score by group."""

    money: Whole
    won: NDArray[np.bool_]
    offsets: Offsets
    lowest: Whole


def award(world: World, rules: Rules, places: Places, books: Books) -> list[Winning | None]:
    """Give this period's prizes by rank and by queue; None for a prize that is not due.

    A prize by threshold is everybody's own affair: it is paid with the period's pay.
    """
    queues = [prize.address for prize in rules.prizes if prize.by == "queue"]
    due = [prize.due and prize.by != "threshold" for prize in rules.prizes]
    if not any(due):
        return [None for _ in due]
    scores = _scores(world, rules, places, books)
    return [
        _award(world, prize, scores, queues.index(prize.address) if prize.by == "queue" else None)
        if now
        else None
        for prize, now in zip(rules.prizes, due, strict=True)
    ]


def _scores(world: World, rules: Rules, places: Places, books: Books) -> Whole:
    """What counts in contests: the report, or the truth where padding was found and is taken back."""
    scores = np.full(world.state.people.reported.size, -1, np.int64)  # a place with nobody at work

    def one(block: Block) -> None:
        work = _work(world, rules, places, books, block)
        scores[block.people] = clawed_back(rules.settlement, work)[0]

    world.each(one, world.blocks())
    return scores


def _award(world: World, prize: PrizeRules, scores: Whole, queue: int | None) -> Winning:
    state = world.state
    offsets = state.layout.groups(prize.scope)
    prizes = winners(prize.per_thousand, group_sums((scores >= 0).astype(np.int64), offsets))
    if queue is None:
        lowest = cut_offs(scores, offsets, prizes)
        pool = share_pool(scores, lowest, prizes, prize.amount, offsets)
        return Winning(pool, scores >= np.repeat(lowest, np.diff(offsets)), offsets, lowest)
    housed = np.uint8(HOUSED << queue)
    waiting = np.where((state.people.flags & housed) > 0, np.int64(-1), scores)
    lowest = cut_offs(waiting, offsets, prizes)
    won = queue_goods(waiting, lowest, prizes, offsets)
    state.people.flags[won] |= housed
    return Winning(won * np.int64(prize.amount), won, offsets, lowest)


def settle(
    world: World, rules: Rules, places: Places, given: list[Winning | None], books: Books
) -> None:
    """Pay everybody; sums go into the books."""
    state = world.state
    day = rules.pay.reference * rules.shifts / 100.0

    def one(block: Block) -> Tally:
        people = state.people.part(block.people)
        prizes = np.zeros(people.pay.size, np.int64)
        for winning in given:
            if winning is not None:
                prizes += winning.money[block.people]
        people.pay[:] = pay_of(rules.settlement, _work(world, rules, places, books, block), prizes)
        return Tally(counts={"pay": int(people.pay.sum())}, pay=binned(people.pay / day, PAY_BINS))

    blocks = world.blocks()
    for block, tally in zip(blocks, world.each(one, blocks), strict=True):
        books.tallies[block.branch] += tally


def _work(world: World, rules: Rules, places: Places, books: Books, block: Block) -> Work:
    """One block's rows for settlement. What the caught truly did is told as a report would have been."""
    people = world.state.people.part(block.people)
    group = places.of_block(block)
    norm = books.norm[group]
    caught = (people.flags & CAUGHT) > 0
    true = people.reported.astype(np.int64)
    share = np.maximum(people.output[caught] / (norm[caught] * rules.shifts), 0.0)
    true[caught] = np.floor(share * (1000.0 * rules.shifts) + 0.5)
    return work_of(
        people.reported,
        rules.shifts,
        books.price[group],
        true=true,
        norm=np.floor(1000.0 * norm + 0.5),
        caught=caught,
    )
