"""The compiled backend: everything that is done for each worker, by machine code."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.campaign.settle import PayTerms
from stakhanov.engine.backends import cpu_closing
from stakhanov.engine.backends.cpu_counting import counted, widened
from stakhanov.engine.backends.cpu_pay import paid
from stakhanov.engine.backends.cpu_shifts import work_period
from stakhanov.engine.draws import Key
from stakhanov.engine.kernels.closing import Reported, ReportRules, SelfRules
from stakhanov.engine.kernels.prospect import Ahead
from stakhanov.engine.shifts import ahead_of, clock_of, nature_of
from stakhanov.engine.tally import Counts, Sheet, Tally
from stakhanov.engine.world import Closing, Left, Told, Whole, WorkOrder

F32 = NDArray[np.float32]
U32 = NDArray[np.uint32]
Floats = NDArray[np.floating]


def in_arrays(ahead: Ahead) -> Ahead:
    """Marks ahead as arrays, so that one program serves any number of them."""
    return Ahead(*(np.array(values, np.float32) for values in ahead))  # type: ignore[arg-type]


class Worked(NamedTuple):
    """What the shifts of a period leave besides the changed state."""

    effort: F32
    last_third: F32


class Cpu:
    """Rules compiled for this machine's processor, single precision."""

    name = "cpu"

    def work(self, order: WorkOrder) -> Worked:
        """Run all shifts of a period for one block; changes the people in place."""
        people = order.people
        people.output[:] = 0.0
        number = people.output.size
        effort, last_third = (np.zeros(number, np.float32) for _ in range(2))
        work_period(
            (people.identity, people.fatigue, people.strain, people.output, people.plan),
            tuple(
                single(values)
                for values in (
                    people.ability * people.skill * order.technology,
                    people.morale,
                    people.aspiration,
                    order.quota,
                    order.below,
                    order.above,
                    order.pad,
                    order.ramp,
                )
            ),
            order.ends,
            (effort, last_third),
            nature_of(order.traits, order.shifts, np.float32),
            in_arrays(ahead_of(order.marks, np.float32)),
            tuple(clock_of(order.clock, order.traits.noise, np.float32)),
            ((np.uint32(order.key.a), np.uint32(order.key.b)), np.uint32(order.period)),
        )
        return Worked(effort / np.float32(sum(order.clock)), last_third)

    def report(
        self, output: Floats, quota: Floats, limit: Floats, draw: Floats, rules: ReportRules
    ) -> Reported:
        """Reports of one block."""
        given = (single(values) for values in (output, quota, limit, draw))
        return cpu_closing.report(*given, ReportRules(*map(np.float32, rules)))  # type: ignore[no-any-return, arg-type]

    def pay(
        self, terms: PayTerms, reported: Told, shifts: int, price: Whole, prizes: Whole
    ) -> Whole:
        """Pay of one block as reported."""
        return paid(terms, reported, shifts, price, prizes)

    def live_on(self, closing: Closing, rules: SelfRules) -> Left:
        """What the period leaves in the people of one block; changes them in place."""
        people, key = closing.people, closing.key
        quits, accident = (np.empty(people.output.size, np.bool_) for _ in range(2))
        cpu_closing.live_on(
            cpu_closing.Bodies(*(getattr(people, name) for name in cpu_closing.Bodies._fields)),
            (closing.ends, single(closing.output), single(closing.norm_rise)),
            ((np.uint32(key.a), np.uint32(key.b)), np.uint32(closing.period)),
            SelfRules(*map(np.float32, rules)),  # type: ignore[arg-type]
            (quits, accident),
        )
        return Left(quits, accident)

    def mix(self, identity: U32, period: int, shift: int, purpose: int, key: Key) -> list[U32]:
        """Four words for each identity."""
        when, step, why = (np.uint32(value) for value in (period, shift, purpose))
        words = (np.uint32(key.a), np.uint32(key.b))
        return list(cpu_closing.mix(identity, when, step, why, words))

    def total(self, values: Floats) -> int:
        """Exact sum in units of 2^-20."""
        return int(cpu_closing.total(values))

    def widening(self, amounts: NDArray[Any]) -> Counts:
        """Counts of amounts in widening bins."""
        return widened(amounts)

    def tally(self, sheet: Sheet) -> Tally:
        """The sums of one block, in one go over its people."""
        return counted(sheet)


def single(values: Floats) -> F32:
    """Numbers in single precision, copied only where they must be."""
    return np.ascontiguousarray(values, dtype=np.float32)
