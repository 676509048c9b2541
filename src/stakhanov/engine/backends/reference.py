"""The reference twin: the same rules on whole arrays, in double precision or in single."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.campaign.settle import PayTerms, pay_of, work_of
from stakhanov.engine.draws import U32, Key, Luck, Purpose, mixed
from stakhanov.engine.kernels.closing import (
    Person,
    Reported,
    ReportRules,
    SelfRules,
    live_on,
    report,
)
from stakhanov.engine.kernels.prospect import Terms
from stakhanov.engine.kernels.shift import Moment, Moving, one_shift
from stakhanov.engine.kernels.tails import standard_normal
from stakhanov.engine.kernels.threefry import unit
from stakhanov.engine.shifts import Real, ahead_of, clock_of, nature_of
from stakhanov.engine.state import CAUGHT
from stakhanov.engine.tally import Counts, Sheet, Tally, tally_of, whole, widening
from stakhanov.engine.world import Closing, Left, Told, Whole, WorkOrder

Floats = NDArray[np.floating[Any]]


class Worked(NamedTuple):
    """What the shifts of a period leave besides the changed state."""

    effort: Floats
    last_third: Floats


class Reference:
    """Rules as NumPy reads them. `single` takes the compiled arithmetic, without the compiler."""

    def __init__(self, *, single: bool = False) -> None:
        self.name = "reference-single" if single else "reference"
        self._real: Real = np.float32 if single else np.float64
        self._shift: Callable[..., tuple[Moving, Floats]] = one_shift
        self._normal: Callable[..., Floats] = standard_normal
        if single:
            from stakhanov.engine.compile import twin

            self._shift, self._normal = twin(one_shift), twin(standard_normal)

    def work(self, order: WorkOrder) -> Worked:
        """Run all shifts of a period for one block; changes the people in place."""
        people, real = order.people, self._real
        moving = Moving(
            fatigue=np.asarray(people.fatigue, real),
            strain=np.asarray(people.strain, real),
            output=np.zeros(people.output.size, real),
            plan=np.asarray(people.plan, real),
        )
        terms = Terms(
            *(
                np.asarray(values, real)
                for values in (
                    people.ability * people.skill * np.float32(order.technology),
                    people.morale,
                    people.aspiration,
                    order.quota,
                    order.below,
                    order.above,
                    order.pad,
                    order.ramp,
                )
            )
        )
        nature = nature_of(order.traits, order.shifts, real)
        ahead = ahead_of(order.marks, real)
        clock = clock_of(order.clock, order.traits.noise, real)
        effort, last_third = np.zeros_like(moving.output), np.zeros_like(moving.output)
        for shift in range(order.shifts):
            near = mean_by_brigade(moving.plan, order.ends)
            now = Moment(*(column[shift] for column in clock[:6]))
            luck = self._luck(order, shift)
            after, tried = self._shift(moving, terms, near, luck, nature, ahead, now)
            last_third += clock.late[shift] * (after.output - moving.output)
            effort += now.time * tried
            moving = after
        people.fatigue[:], people.strain[:] = moving.fatigue, moving.strain
        people.output[:], people.plan[:] = moving.output, moving.plan
        return Worked(effort / real(sum(order.clock)), last_third)

    def _luck(self, order: WorkOrder, shift: int) -> tuple[Floats, Floats, Floats]:
        drawn = Luck(order.key).words(order.people.identity, order.period, Purpose.SHIFT, shift)
        a, b, c, d = (unit(word).astype(self._real) for word in drawn)
        return a, b, self._normal(c, d)

    def report(
        self, output: Floats, quota: Floats, limit: Floats, draw: Floats, rules: ReportRules
    ) -> Reported:
        """Reports of one block."""
        return report(output, quota, limit, draw, rules)

    def pay(
        self, terms: PayTerms, reported: Told, shifts: int, price: Whole, prizes: Whole
    ) -> Whole:
        """Pay of one block as reported."""
        return pay_of(terms, work_of(reported, shifts, price), prizes)

    def live_on(self, closing: Closing, rules: SelfRules) -> Left:
        """What the period leaves in the people of one block; changes them in place."""
        people = closing.people
        luck = Luck(closing.key).uniforms(people.identity, closing.period, Purpose.LEAVING, 2)
        after = live_on(
            Person(
                output=people.output / rules.shifts,
                pay=people.pay.astype(people.output.dtype),
                caught=((people.flags & CAUGHT) > 0).astype(people.output.dtype),
                fatigue=people.fatigue,
                strain=people.strain,
                morale=people.morale,
                trust=people.trust,
                aspiration=people.aspiration,
                skill=people.skill,
                brigade_output=np.repeat(closing.output, np.diff(closing.ends)),
                norm_rise=closing.norm_rise_by_worker,
                quit_draw=luck[0],
                accident_draw=luck[1],
            ),
            rules,
        )
        people.morale[:], people.trust[:] = after.morale, after.trust
        people.aspiration[:], people.skill[:] = after.aspiration, after.skill
        return Left(after.quits, after.accident)

    def mix(self, identity: U32, period: int, shift: int, purpose: int, key: Key) -> Sequence[U32]:
        """Four words for each identity."""
        return mixed(identity, period, shift, purpose, key)

    def total(self, values: Floats) -> int:
        """Exact sum in units of 2^-20."""
        return int(whole(values).sum())

    def widening(self, amounts: NDArray[Any]) -> Counts:
        """Counts of amounts in widening bins."""
        return widening(amounts)

    def tally(self, sheet: Sheet) -> Tally:
        """The sums of one block."""
        return tally_of(sheet)


def mean_by_brigade(values: Floats, ends: NDArray[np.int64]) -> Floats:
    """Everybody's brigade mean, added up in the order of the workers, as the compiled loop does."""
    sizes = np.diff(ends)
    sums = np.zeros(sizes.size, values.dtype)
    for place in range(int(sizes.max(initial=0))):
        here = sizes > place
        sums[here] += values[ends[:-1][here] + place]
    return np.repeat(sums / sizes.astype(values.dtype), sizes)
