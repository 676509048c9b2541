"""Years of the whole model that a prototype ran before the engine was written: publicity and ordered norms."""

from __future__ import annotations

from typing import Any

import numpy as np

from stakhanov.engine.results import Run
from validation.prototype import FIXED
from validation.tables import Check, within_range
from validation.trials import Array, course, outputs, trial

START, STOP, END = 24, 36, 61  # periods: publicity from START up to STOP, two years after it to END
#: Quits scaled to the prototype's, .07 a month before publicity.
PEOPLE: dict[str, Any] = {
    "quits.base": 0.0022,
    "aspiration.weight": 0.20,
    "aspiration.published": 0.10,
}
NEWCOMERS = (
    "in the engine newcomers, who aspire to what their brigade does and cannot do it yet, make up much of "
    "the lowest fifth; without turnover it moves most, both ways"
)


def fifths(run: Run, period: int) -> Array:
    """Mean output of each fifth of the workforce in a period, the lowest first."""
    made = np.sort(outputs(run, period=period))
    return np.array([part.mean() for part in np.array_split(made, 5)])


def publicised(intensity: float, workers: int) -> Run:
    """Two quiet years, a year of publicity at once seen by all, two quiet years and a month."""
    rules = {
        **FIXED,
        "publicity.spread": {"innovation": 5.0, "imitation": 0.0},
        "publicity.esteem": {"threshold": 1.25, "value": 0.0},
        "publicity.staged": [{"at": START, "crew": 1, "per_head": 2.5}],
        "changes": [
            {"at": START, "set": {"publicity.intensity": intensity}},
            {"at": STOP, "set": {"publicity.intensity": 0.0}},
        ],
    }
    return trial(rules, PEOPLE, workers=workers, periods=END, still=False)


def publicity(workers: int) -> list[Check]:
    """On against off with shared luck. Aspirations move at a month's end, so its first month is the next."""
    on, off = publicised(1.0, workers), publicised(0.0, workers)
    change = 100.0 * (course(on, "true_output") / course(off, "true_output") - 1.0)
    first, late = (100.0 * (fifths(on, p) / fifths(off, p) - 1.0) for p in (START + 1, STOP - 1))
    quits = course(on, "quit_rate")
    trust = course(on, "trust_mean") - course(off, "trust_mean")
    before, during = quits[:START].mean(), quits[START + 4 : STOP].mean()
    said = "prototype"
    return [
        within_range("publicity: output in its first month, %", 1.0, 4.0, change[START + 1], source=said),
        Check("publicity: first month, lowest two fifths less highest, points", 0.0,
              first[:2].mean() - first[4], kind="at least", source="order"),
        Check("publicity: first month, lowest fifth less the largest of the others, points", 0.0,
              first[0] - first[1:].max(), kind="at least", source=said, known=NEWCOMERS, known_within=1.0),
        within_range("publicity: output in its last half-year, %", -4.0, 0.0,
                     change[STOP - 6 : STOP].mean(), source=said),
        within_range("publicity: lowest fifth at its end, %", -9.0, -4.0, late[0], source=said),
        within_range("monthly quits before publicity", 0.07, 0.07, before, 0.01, source=said),
        within_range("monthly quits under publicity", 0.09, 0.09, during, 0.01, source=said),
        Check("publicity: output two years after its end, %", 0.0, change[END - 1], 1.0, source="nothing left"),
        Check("publicity: trust at its end", -0.01, trust[STOP - 1], kind="at most", source="sign"),
        Check("publicity: trust two years after, over trust at its end", 0.5,
              trust[END - 1] / trust[STOP - 1], kind="at most", source="slow recovery"),
    ]  # fmt: skip


def ordered_norms(workers: int) -> list[Check]:
    """Five yearly rises of all norms by 17 % without technical growth, then a year in which they stay."""
    orders = [{"at": 12 * (year + 1), "rise": 0.17} for year in range(5)]
    rules = {**FIXED, "pay.guarantee": 0.67, "norms.orders": orders}
    run = trial(rules, {"quits.base": 0.003}, workers=workers, periods=84, still=False)
    output, fulfilment = course(run, "true_output"), course(run, "fulfilment_mean")
    change = 100.0 * (output[-12:].mean() / output[:12].mean() - 1.0)
    return [
        Check("ordered norms: fulfilment at the end", 0.45, fulfilment[-12:].mean(), 0.04,
              source="the rises are set to it"),
        Check("ordered norms: output at the end, % of the first year", -17.0, change, 4.0,
              source="prototype"),
    ]  # fmt: skip
