"""All shifts of a period for one block of brigades, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from stakhanov.engine.compile import program
from stakhanov.engine.kernels.shift import Moment, Moving, Terms, one_shift
from stakhanov.engine.kernels.tails import standard_normal
from stakhanov.engine.kernels.threefry import threefry, unit


def _work_period(
    people: Any,
    terms: Any,
    brigades: Any,
    sums: Any,
    nature: Any,
    ahead: Any,
    clock: Any,
    draw: Any,
) -> None:
    """Move a block's people through all shifts; `sums` gathers effort and the last third's output."""
    identity, fatigue, strain, output, plan = people
    skill, morale, aspiration, quota, below, above, pad, ramp = terms
    ends, near = brigades
    effort_sum, last_third = sums
    times, left, root_left, step, bridge, late = clock
    key, period = draw
    purpose = np.uint32(0)
    for shift in range(times.size):
        for brigade in range(ends.size - 1):
            total = np.float32(0.0)
            for i in range(ends[brigade], ends[brigade + 1]):
                total += plan[i]
            mean = total / np.float32(ends[brigade + 1] - ends[brigade])
            for i in range(ends[brigade], ends[brigade + 1]):
                near[i] = mean
        now = Moment(times[shift], left[shift], root_left[shift], step[shift], bridge[shift])
        share = late[shift]
        when = np.uint32(shift)
        for i in range(identity.size):
            a, b, c, d = threefry(identity[i], period, when, purpose, key)
            luck = (unit(a), unit(b), standard_normal(unit(c), unit(d)))
            before = Moving(fatigue[i], strain[i], output[i], plan[i])
            here = Terms(
                skill[i], morale[i], aspiration[i], quota[i], below[i], above[i], pad[i], ramp[i]
            )
            after, effort = one_shift(before, here, near[i], luck, nature, ahead, now)
            last_third[i] += share * (after.output - before.output)
            effort_sum[i] += now.time * effort
            fatigue[i] = after.fatigue
            strain[i] = after.strain
            output[i] = after.output
            plan[i] = after.plan


work_period = program(_work_period)
