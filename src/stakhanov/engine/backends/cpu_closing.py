"""The end of a period, compiled: draws, reports, living on, and the sums that go into the books."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from stakhanov.engine.compile import program
from stakhanov.engine.draws import Purpose
from stakhanov.engine.kernels import closing
from stakhanov.engine.kernels.closing import Person, Reported
from stakhanov.engine.kernels.threefry import threefry
from stakhanov.engine.state import CAUGHT

LEAVING = int(Purpose.LEAVING)


def _mix(identity: Any, when: Any, shift: Any, purpose: Any, key: Any) -> Any:
    """Four words for each identity."""
    out = np.empty((4, identity.size), np.uint32)
    for i in range(identity.size):
        a, b, c, d = threefry(identity[i], when, shift, purpose, key)
        out[0, i] = a
        out[1, i] = b
        out[2, i] = c
        out[3, i] = d
    return out


def _total(values: Any) -> Any:
    """Sum of values, each rounded to a multiple of 2^-20, in those multiples."""
    total = np.int64(0)
    for i in range(values.size):
        total += np.int64(np.floor(np.float64(values[i]) * 1048576.0 + 0.5))
    return total


def _report(output: Any, quota: Any, limit: Any, draw: Any, rules: Any) -> Reported:
    size = output.size
    true, told = np.empty(size, np.float32), np.empty(size, np.float32)
    padded, caught = np.empty(size, np.bool_), np.empty(size, np.bool_)
    for i in range(size):
        one = closing_report(output[i], quota[i], limit[i], draw[i], rules)
        true[i] = one.true
        told[i] = one.reported
        padded[i] = one.padded
        caught[i] = one.caught
    return Reported(true, told, padded, caught)


class Bodies(NamedTuple):
    """What the end of a period needs to know of people; one array each."""

    identity: Any
    output: Any
    pay: Any
    flags: Any
    fatigue: Any
    strain: Any
    morale: Any
    trust: Any
    aspiration: Any
    skill: Any


def spread(by_brigade: Any, ends: Any) -> Any:
    """What is told of brigades, told of everybody in them."""
    by_worker = np.empty(ends[-1], np.float32)
    for brigade in range(by_brigade.size):
        by_worker[ends[brigade] : ends[brigade + 1]] = by_brigade[brigade]
    return by_worker


def chance(word: Any) -> Any:
    """A word as a number in (0, 1), in steps of 2^-32."""
    return np.float32((np.float64(word) + np.float64(0.5)) * np.float64(2.0**-32))


def _live_on(people: Any, brigades: Any, luck: Any, rules: Any, left: Any) -> None:
    """Everybody after the period, in place; who quits and who has an accident goes into `left`."""
    ends, output, norm_rise = brigades
    key, period = luck
    quits, accident = left
    near = spread(output, ends)
    rise = norm_rise if norm_rise.size == near.size else spread(norm_rise, ends)
    for i in range(near.size):
        a, b, _, _ = threefry(people.identity[i], period, np.uint32(0), np.uint32(LEAVING), key)
        one = Person(
            people.output[i] / rules.shifts,
            np.float32(people.pay[i]),
            np.float32((people.flags[i] & CAUGHT) > 0),
            people.fatigue[i],
            people.strain[i],
            people.morale[i],
            people.trust[i],
            people.aspiration[i],
            people.skill[i],
            near[i],
            rise[i],
            chance(a),
            chance(b),
        )
        after = closing_live_on(one, rules)
        people.morale[i] = after.morale
        people.trust[i] = after.trust
        people.aspiration[i] = after.aspiration
        people.skill[i] = after.skill
        quits[i] = after.quits
        accident[i] = after.accident


closing_report, closing_live_on = closing.report, closing.live_on
mix, total = program(_mix), program(_total)
report, live_on = program(_report), program(_live_on)
