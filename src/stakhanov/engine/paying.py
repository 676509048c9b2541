"""Prizes and pay at the end of a period: who stands where, and what settlement makes of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.campaign.awards import NOBODY, cut_offs, winners
from stakhanov.campaign.pools import Shares, queue, shares
from stakhanov.campaign.settle import Work, pay_of, thousandths, work_of
from stakhanov.engine.blocks import Block
from stakhanov.engine.books import Books
from stakhanov.engine.layout import Offsets
from stakhanov.engine.places import Places
from stakhanov.engine.rules import PrizeRules, Rules
from stakhanov.engine.state import CAUGHT, HOUSED, People, employed_in
from stakhanov.engine.tally import Tally
from stakhanov.engine.world import World

Whole = NDArray[np.int64]


class Winning(NamedTuple):
    """What one prize gave, and the lowest winning score by group: norms, or first norms of output."""

    taken: Shares
    offsets: Offsets  # of the groups that competed
    lowest: NDArray[np.float64]  # nan where nobody won


def award(world: World, rules: Rules, places: Places, books: Books) -> list[Winning | None]:
    """Give this period's prizes by rank and by queue; None for a prize that is not due.

    A prize by threshold is everybody's own affair: it is paid with the period's pay.
    """
    due = [prize.due and prize.by != "threshold" for prize in rules.prizes]
    if not any(due):
        return [None for _ in due]
    scores = _scores(world, rules, places, books)
    return [
        _award(world, prize, scores) if now else None
        for prize, now in zip(rules.prizes, due, strict=True)
    ]


class _Scores(NamedTuple):
    """What counts in contests, one entry a place; -1 where nobody is at work."""

    fulfilment: Whole  # thousandths of a norm over the period
    output: Whole | None  # that times the norm in thousandths of a norm-unit, where a contest asks
    first_norm: float  # thousandths of a norm-unit
    shifts: int


def _scores(world: World, rules: Rules, places: Places, books: Books) -> _Scores:
    """The report counts, or the truth where padding was found and is taken back."""
    state = world.state
    by_output = any(prize.output for prize in rules.prizes)
    fulfilment = np.full(state.people.reported.size, -1, np.int64)
    output = fulfilment.copy() if by_output else None
    norms = np.floor(1000.0 * books.norm + 0.5).astype(np.int64)

    def one(block: Block) -> None:
        score = counted(world.part(block), rules, places, books, block)
        fulfilment[block.people] = score
        if output is not None:
            output[block.people] = score * norms[places.of_block(block)]

    world.in_turn(one, world.blocks())
    return _Scores(fulfilment, output, 1000.0 * rules.norms.start, rules.shifts)


def counted(people: People, rules: Rules, places: Places, books: Books, block: Block) -> Whole:
    """What counts of a block's reports: the truth where padding was found and is taken back."""
    told = people.reported.astype(np.int64)
    who = _caught(people)
    if rules.settlement.clawback and who.size:
        norm = books.norm[places.of_some(block, who)]
        told[who] = np.minimum(_true(people, norm, rules.shifts, who), told[who])
    return told


def _caught(people: People) -> Whole:
    """Places of those whom an audit found out."""
    return np.flatnonzero(people.flags & CAUGHT)


def _true(people: People, norm: NDArray[np.float64], shifts: int, who: Whole) -> Whole:
    """What some truly did, as a report would have told it and as a report table has it."""
    return thousandths(people.output[who].astype(np.float64) / shifts, norm, shifts)


def _award(world: World, prize: PrizeRules, scores: _Scores) -> Winning:
    """Give one prize by rank or by queue."""
    state = world.state
    offsets = state.layout.groups(prize.scope)
    number = winners(prize.per_thousand, employed_in(state, offsets))
    ranked = scores.fulfilment if scores.output is None or not prize.output else scores.output
    if prize.by == "rank":
        lowest = cut_offs(ranked, offsets, number)
        taken = shares(ranked, lowest, number, prize.amount, offsets)
    else:
        housed = np.uint8(HOUSED << state.queues.index(prize.address))
        ranked = np.where(state.people.flags & housed, np.int64(-1), ranked)
        lowest = cut_offs(ranked, offsets, number)
        served = queue(ranked, lowest, number, offsets)
        state.people.flags[served] |= housed
        taken = Shares(served, np.full(served.size, prize.amount, np.int64))
    unit = 1000.0 * scores.shifts * (scores.first_norm if ranked is scores.output else 1.0)
    return Winning(taken, offsets, np.where(lowest < NOBODY, lowest / unit, np.nan))


def settle(
    world: World, rules: Rules, places: Places, given: list[Winning | None], books: Books
) -> None:
    """Pay everybody; sums go into the books."""

    def one(block: Block) -> Tally:
        people = world.part(block)
        prizes, price = _prize_money(given, block), books.price[places.of_block(block)]
        terms, shifts = rules.settlement, rules.shifts
        people.pay[:] = world.backend.pay(terms, people.reported, shifts, price, prizes)
        who = _caught(people)
        if who.size:
            work = work_of_some(world, rules, places, books, block, who)
            people.pay[who] = pay_of(terms, work, prizes[who])
        return Tally(counts={"pay": int(people.pay.sum())}, pay=world.backend.widening(people.pay))

    blocks = world.blocks()
    for block, tally in zip(blocks, world.each(one, blocks), strict=True):
        books.tallies[block.branch] += tally


def _prize_money(given: list[Winning | None], block: Block) -> Whole:
    """What contests and queues gave the people of one block, minor units."""
    prizes = np.zeros(block.people.stop - block.people.start, np.int64)
    for winning in given:
        if winning is not None:
            who, money = winning.taken
            here = slice(*np.searchsorted(who, (block.people.start, block.people.stop)))
            prizes[who[here] - block.people.start] += money[here]
    return prizes


def work_of_some(
    world: World, rules: Rules, places: Places, books: Books, block: Block, who: Whole
) -> Work:
    """Rows for settlement of some of a block, of whom an audit found out each.

    What they truly did is told as a report would have been.
    """
    people = world.part(block)
    group = places.of_some(block, who)
    norm = books.norm[group]
    return work_of(
        people.reported[who],
        rules.shifts,
        books.price[group],
        true=_true(people, norm, rules.shifts, who),
        norm=np.floor(1000.0 * norm + 0.5),
        caught=True,
    )
