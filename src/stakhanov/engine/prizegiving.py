"""Prizes as they were given: how many, at what cost, and what winners had reported and made."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.campaign.settle import reached
from stakhanov.engine.blocks import Block
from stakhanov.engine.books import Award, Books
from stakhanov.engine.paying import Winning, counted
from stakhanov.engine.places import Places
from stakhanov.engine.rules import PrizeRules, Rules
from stakhanov.engine.state import PADDED
from stakhanov.engine.world import World


class Given(NamedTuple):
    """One prize in one block: whole numbers, so that the order of adding cannot matter."""

    winners: int
    amount: int  # minor units
    reported: int  # thousandths of a norm over the period
    true: int  # likewise
    padded: int  # winners whose report was padded


NOTHING = Given(0, 0, 0, 0, 0)


def note_prizes(
    world: World, rules: Rules, places: Places, given: list[Winning | None], books: Books
) -> None:
    """Write down the prizes of this period, by prize and branch; those that nobody won are left out."""
    due = [(i, prize) for i, prize in enumerate(rules.prizes) if prize.due]
    if not due:
        return

    def one(block: Block) -> list[Given]:
        return [_given(world, rules, places, (prize, given[i]), books, block) for i, prize in due]

    blocks = world.blocks()
    totals: dict[tuple[int, str], Given] = {}
    for block, parts in zip(blocks, world.in_turn(one, blocks), strict=True):
        for (_, prize), part in zip(due, parts, strict=True):
            key = (block.branch, prize.name)
            before = totals.get(key, NOTHING)
            totals[key] = Given(*(a + b for a, b in zip(before, part, strict=True)))
    full = 1000.0 * rules.shifts
    for (branch, name), total in sorted(totals.items()):
        if total.winners:
            books.awards.append(
                Award(
                    branch=world.state.layout.branch_names[branch],
                    prize=name,
                    winners=total.winners,
                    amount=total.amount,
                    reported=total.reported / full / total.winners,
                    true=total.true / full / total.winners,
                    padded=total.padded,
                )
            )


def _given(
    world: World,
    rules: Rules,
    places: Places,
    prize: tuple[PrizeRules, Winning | None],
    books: Books,
    block: Block,
) -> Given:
    who, amount = _winners(world, rules, places, prize, books, block)
    if who.size == 0:
        return NOTHING
    people = world.part(block)
    norm = books.norm[places.of_some(block, who)]
    true = np.rint(1000.0 * people.output[who].astype(np.float64) / norm).astype(np.int64)
    return Given(
        winners=int(who.size),
        amount=amount,
        reported=int(people.reported[who].astype(np.int64).sum()),
        true=int(true.sum()),
        padded=int(np.count_nonzero(people.flags[who] & PADDED)),
    )


def _winners(
    world: World,
    rules: Rules,
    places: Places,
    prize: tuple[PrizeRules, Winning | None],
    books: Books,
    block: Block,
) -> tuple[NDArray[np.int64], int]:
    """Places in the block that won, and the money that they took."""
    rule, winning = prize
    if winning is not None:
        who, money = winning.taken
        here = slice(*np.searchsorted(who, (block.people.start, block.people.stop)))
        return who[here] - block.people.start, int(money[here].sum())
    marks = [mark for mark in rules.settlement.thresholds if mark.address == rule.address]
    if not marks:
        return np.zeros(0, np.int64), 0
    people = world.part(block)
    done = counted(people, rules, places, books, block)
    who = np.flatnonzero(reached(marks[0], done, np.int64(rules.shifts)))
    return who, marks[0].amount * int(who.size)
