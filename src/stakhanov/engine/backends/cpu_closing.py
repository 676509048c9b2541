"""The end of a period, compiled: draws, reports, living on, and the sums that go into the books."""

from __future__ import annotations

from typing import Any

import numpy as np

from stakhanov.engine.compile import program
from stakhanov.engine.kernels import closing
from stakhanov.engine.kernels.closing import After, Person, Reported
from stakhanov.engine.kernels.threefry import threefry


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


def _live_on(person: Any, rules: Any) -> After:
    size = person.output.size
    morale, trust = np.empty(size, np.float32), np.empty(size, np.float32)
    aspiration, skill = np.empty(size, np.float32), np.empty(size, np.float32)
    quits, accident = np.empty(size, np.bool_), np.empty(size, np.bool_)
    for i in range(size):
        one = Person(
            person.output[i],
            person.pay[i],
            person.caught[i],
            person.fatigue[i],
            person.strain[i],
            person.morale[i],
            person.trust[i],
            person.aspiration[i],
            person.skill[i],
            person.brigade_output[i],
            person.norm_rise[i],
            person.quit_draw[i],
            person.accident_draw[i],
        )
        after = closing_live_on(one, rules)
        morale[i] = after.morale
        trust[i] = after.trust
        aspiration[i] = after.aspiration
        skill[i] = after.skill
        quits[i] = after.quits
        accident[i] = after.accident
    return After(morale, trust, aspiration, skill, quits, accident)


closing_report, closing_live_on = closing.report, closing.live_on
mix, total = program(_mix), program(_total)
report, live_on = program(_report), program(_live_on)
