"""The compiled backend: shifts by machine code, the period's end by the same rules on arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.backends.cpu_shifts import work_period
from stakhanov.engine.kernels.closing import After, Person, Reported, ReportRules, SelfRules
from stakhanov.engine.kernels.closing import live_on as live_on_rule
from stakhanov.engine.kernels.closing import report as report_rule
from stakhanov.engine.kernels.prospect import Ahead
from stakhanov.engine.shifts import ahead_of, clock_of, nature_of
from stakhanov.engine.world import WorkOrder

F32 = NDArray[np.float32]
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
                np.ascontiguousarray(values, dtype=np.float32)
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
        return report_rule(output, quota, limit, draw, rules)

    def live_on(self, person: Person, rules: SelfRules) -> After:
        """What the period leaves in the people of one block."""
        return live_on_rule(person, rules)
