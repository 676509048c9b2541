"""The shifts of a period and the reports at their end, block by block."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.blocks import Block
from stakhanov.engine.books import Books
from stakhanov.engine.draws import Purpose
from stakhanov.engine.expectations import (
    Chances,
    GroupTerms,
    PaddingTerms,
    audit_chances,
    beliefs,
    group_terms,
    padding_terms,
    worker_terms,
)
from stakhanov.engine.kernels.closing import Reported, ReportRules
from stakhanov.engine.marks import Marks, marks_of, widened
from stakhanov.engine.places import Places
from stakhanov.engine.rules import Rules
from stakhanov.engine.state import CAUGHT, PADDED, People
from stakhanov.engine.tally import Sheet, Tally, whole
from stakhanov.engine.world import ShiftWork, WorkOrder, World
from stakhanov.foundation.problem import BadInput, Problem

F64 = NDArray[np.float64]

#: Fatigue that nobody lives with: a hundred times the effort of a time wage, kept up.
EXHAUSTION = 1e4


class BranchOutlook(NamedTuple):
    """What one branch faces this period."""

    marks: Marks
    groups: GroupTerms
    padding: PaddingTerms


class Outlook(NamedTuple):
    """What everybody faces this period."""

    branches: tuple[BranchOutlook, ...]
    chances: Chances
    places: Places


def outlook(world: World, rules: Rules, places: Places, members: NDArray[np.int64]) -> Outlook:
    """Marks, worth of a unit and stakes of padding in every branch."""
    state = world.state
    chances = audit_chances(rules, state.nation.at_norm_share)
    norms, prices = places.mean_norms(state, members), places.mean_prices(state, members)
    branches = []
    for branch, traits in enumerate(rules.traits):
        believed = beliefs(state, rules, branch, float(norms[branch]), float(prices[branch]))
        marks = marks_of(rules, traits, believed)
        branches.append(
            BranchOutlook(
                widened(marks, world.width),
                group_terms(rules, traits, state.groups, members),
                padding_terms(rules, traits, marks, chances, believed),
            )
        )
    return Outlook(tuple(branches), chances, places)


def work_and_report(world: World, rules: Rules, seen: Outlook, books: Books, period: int) -> None:
    """Everybody works the period and reports; sums go into the books."""

    def one(block: Block) -> Tally:
        return _block_period(world, rules, seen, books, (block, period))

    blocks = world.blocks()
    for block, tally in zip(blocks, world.each(one, blocks), strict=True):
        books.tallies[block.branch] += tally


def _block_period(
    world: World, rules: Rules, seen: Outlook, books: Books, where: tuple[Block, int]
) -> Tally:
    block, period = where
    people = world.part(block)
    order, limit = _work_order(world, rules, seen, block, period)
    done = world.backend.work(order)
    refuse_exhaustion(people, world.state.layout.branch_names[block.branch], period)
    draw = world.luck.uniforms(people.identity, period, Purpose.AUDIT, 1)[0]
    chances = ReportRules(float(rules.shifts), *seen.chances)
    told = world.backend.report(people.output, order.quota, limit, draw, chances)
    people.reported[:] = told.reported
    people.flags[:] &= ~np.uint8(PADDED | CAUGHT)
    people.flags[:] |= (told.padded * PADDED + told.caught * CAUGHT).astype(np.uint8)
    starts = block.ends[:-1]
    books.reported[block.brigades] = np.add.reduceat(people.reported, starts, dtype=np.int64)
    books.true[block.brigades] = np.add.reduceat(whole(people.output), starts)
    books.padded[block.brigades] = np.add.reduceat(told.padded, starts, dtype=np.int64)
    return world.backend.tally(_sheet(rules, people, order.quota / rules.shifts, (told, done)))


def refuse_exhaustion(people: People, branch: str, period: int) -> None:
    """Stop a run in which people tire without end, before their numbers spoil everybody's.

    Effort has no bound of its own: who is far weaker than their mates, or driven too hard, works more the
    more tired they are. Raises BadInput.
    """
    able = (people.fatigue < EXHAUSTION) & np.isfinite(people.output)
    lost = int(np.count_nonzero(~able))
    if lost:
        must = "must leave people able to work"
        found = f"{lost} of {branch} in period {period} who tire without end"
        hint = (
            "less peers.conformity, ability.log_sd, money.value or plan.hours, a norms.start nearer 1,"
            " or fatigue.effect = 0"
        )
        raise BadInput([Problem("fatigue.effect", must, found, hint)])


def _work_order(
    world: World, rules: Rules, seen: Outlook, block: Block, period: int
) -> tuple[WorkOrder, F64]:
    """What one block is to do, and the largest shortfall each of its workers would pad."""
    here = seen.branches[block.branch]
    people = world.part(block)
    group = seen.places.of_block(block)
    padded_share = np.repeat(world.state.padded_share[block.brigades], block.sizes)
    quota, limit, pad, ramp = worker_terms(
        here.groups.norm[group],
        here.groups.worth[group],
        people.lying_cost,
        padded_share,
        here.padding,
    )
    order = WorkOrder(
        key=world.key,
        period=period,
        people=people,
        ends=block.ends,
        clock=rules.clock,
        shifts=rules.shifts,
        technology=world.state.nation.technology,
        traits=rules.traits[block.branch],
        marks=here.marks,
        quota=quota,
        below=here.groups.below[group],
        above=here.groups.above[group],
        pad=pad,
        ramp=ramp,
    )
    return order, limit


def _sheet(rules: Rules, people: People, norm: F64, left: tuple[Reported, ShiftWork]) -> Sheet:
    """One block's period as it is summed: output, reports, effort."""
    told, done = left
    return Sheet(
        output=people.output,
        effort=done.effort,
        last_third=done.last_third,
        norm=norm,
        reported=people.reported,
        told=told.reported,
        true=told.true,
        padded=told.padded,
        caught=told.caught,
        shifts=rules.shifts,
        title=math.ceil(rules.publicity.title_mark * 1000 * rules.shifts),
    )
