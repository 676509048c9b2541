"""Row 6: kinks, holes and notches, and the period without noise that must come to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import norm

from stakhanov import theory
from validation.tables import Check, Table
from validation.trials import PAID_ONLY, outputs, trial

ABOUT = (
    "Closed forms without noise (Saez 2010; Kleven and Waseem 2013, sign reversed), each also found by "
    "searching all outputs. Then the exact rule of the plan period with less and less noise: with "
    "quadratic cost (elasticity 1) its mean output must come to the same kink, hole and notch. 'Distance' "
    "is the largest one over abilities 60 to 180, less a strip of .6 and four times the noise on either "
    "side of a leap. Last, the engine itself: people moved by pay alone, abilities spread by .25, norm 1, "
    "noise .002; who would make y without the norm shows by what is made. It knows elasticity 1 only."
)
Array = NDArray[np.float64]
NORM = 100.0
SPREAD = 0.25
EDGE = 0.004  # ten times the noise of a period
STEP = {"from": 0.0, "rate": 1.0}
ABILITIES: Array = np.arange(60.0, 180.0, 0.5)
Schedule = dict[str, list[float]]
KINK: Schedule = {"breakpoints": [NORM], "rates": [1.0, 0.7], "jumps": [0.0]}
HOLE: Schedule = {"breakpoints": [NORM], "rates": [1.0, 2.0], "jumps": [0.0]}
NOTCH: Schedule = {"breakpoints": [NORM], "rates": [1.0, 1.0], "jumps": [10.0]}


def table(fast: bool) -> Table:
    """Numbers of the closed forms, and their distance from the period at falling noise."""
    return Table(
        6,
        "Kinks, holes and notches",
        ABOUT,
        (*closed_forms(fast), *vanishing_noise(fast), *in_the_engine(fast)),
    )


def closed_forms(fast: bool) -> list[Check]:
    """The printed numbers at an elasticity of .3, also by search over outputs."""
    edge = number(theory.concave_kink(1.0, 0.7, NORM, 0.3))
    hole = theory.convex_hole(1.0, 2.0, NORM, 0.3)
    unit, small = number(theory.notch(1, 10, NORM, 1)), number(theory.notch(1, 10, NORM, 0.3))
    low, high = number(hole.low), number(hole.high)
    checks = [
        Check("concave kink: upper edge", 111.293702, edge, 5e-7, source="published form"),
        Check("convex kink: hole from", 88.901726, low, 5e-7, source="derived form"),
        Check("convex kink: hole to", 109.450863, high, 5e-7, source="derived form"),
        Check("notch: least ability, elasticity 1", 64.174243, unit, 5e-7, source="published form"),
        Check("notch: least ability, elasticity .3", 80.072752, small, 5e-7, source="derived form"),
    ]
    step = 0.02 if fast else 0.002
    seen_edge = searched(lambda y: y > NORM + 3 * step, (105, 120), (1.0, 0.7), 0.0, step)
    seen_low = searched(lambda y: y >= NORM, (80, 95), (1.0, 2.0), 0.0, step)
    seen_notch = searched(lambda y: y >= NORM - step / 2, (70, 90), (1.0, 1.0), 10.0, step)
    return [
        *checks,
        Check("concave kink: upper edge", seen_edge, edge, 10 * step, source="search"),
        Check("convex kink: hole from", seen_low, low, 10 * step, source="search"),
        Check("notch: least ability, elasticity .3", seen_notch, small, 10 * step, source="search"),
    ]


def in_the_engine(fast: bool) -> list[Check]:
    """Kink, hole and notch in a workforce of the engine with hardly any noise."""
    workers, near = 20_000 if fast else 100_000, 0.003
    kink = made(workers, {"pay.scale": [STEP, {"from": 1.0, "rate": 0.7}]})
    # output at a rate of 1 is a^2: its log is normal with mean -sd^2 and twice the spread of ln a
    edge = number(theory.concave_kink(1.0, 0.7, 1.0, 1.0))
    reach = np.log([1.0 - near, edge * (1.0 + near)]) + SPREAD**2
    share = float(np.diff(norm.cdf(reach, scale=2.0 * SPREAD))[0])
    error = 4.0 * float(np.sqrt(share * (1.0 - share) / workers))
    found = float(np.mean(np.abs(kink - 1.0) < near))
    hole = made(workers, {"pay.scale": [STEP, {"from": 1.0, "rate": 2.0}]})
    ends = theory.convex_hole(1.0, 2.0, 1.0, 1.0)
    notch = made(workers, {"pay.bonus": [{"at": 1.0, "amount": 25_000}]})  # a tenth of the pay
    least = number(theory.notch(1.0, 0.1, 1.0, 1.0))
    below = notch[notch < 1.0 - near]
    return [
        Check("engine: share within .3 % of a norm of falling pay", share, found, error),
        Check(
            "engine: highest output below the hole", number(ends.low), hole[hole < 1].max(), EDGE
        ),
        Check(
            "engine: lowest output above the hole", number(ends.high), hole[hole > 1].min(), EDGE
        ),
        Check("engine: highest output short of the bonus", least, below.max(), EDGE),
        Check("engine: outputs between there and the norm", 0, np.sum(below > least + EDGE)),
    ]


def made(workers: int, rules: dict[str, Any]) -> Array:
    """What people make who are moved by pay alone."""
    people = {**PAID_ONLY, "ability.log_sd": SPREAD, "effort.noise": 0.002}
    return outputs(trial(rules, people, workers=workers))


def searched(
    passed: Callable[[float], bool],
    between: tuple[float, float],
    rates: tuple[float, float],
    bonus: float,
    step: float,
) -> float:
    """Ability at which the best output, found by search, first passes a test; elasticity .3."""
    outputs: Array = np.arange(step, 160.0, step)
    pay = rates[0] * np.minimum(outputs, NORM) + rates[1] * np.maximum(outputs - NORM, 0.0)
    pay = pay + bonus * (outputs >= NORM - step / 2)
    low, high = between
    for _ in range(24):
        middle = (low + high) / 2
        cost = np.asarray(theory.isoelastic_cost(outputs, middle, 0.3))
        if passed(float(outputs[np.argmax(pay - cost)])):
            high = middle
        else:
            low = middle
    return (low + high) / 2


def vanishing_noise(fast: bool) -> list[Check]:
    """Mean output of the period against the outputs without noise, noise ever smaller."""
    checks = []
    leaps = {
        "hole": number(theory.convex_hole(1.0, 2.0, NORM, 1.0).low),
        "notch": number(theory.notch(1.0, 10.0, NORM, 1.0)),
    }
    for noise in (0.8, 0.05) if fast else (3.2, 0.8, 0.2, 0.05):
        said = f" at noise {noise:g}"
        kink = np.clip(NORM, 0.7 * ABILITIES, ABILITIES)
        hole = np.where(leaps["hole"] < ABILITIES, 2.0, 1.0) * ABILITIES
        lifted = (leaps["notch"] < ABILITIES) & (ABILITIES < NORM)
        notch = np.where(lifted, NORM, ABILITIES)
        # a rounded corner is as wide as the noise; 4 of it bound the distance to a sharp one
        checks += [
            Check("distance from the kink" + said, 0.0, distance(KINK, noise, kink), 4 * noise),
            Check("distance from the hole" + said, 0.0, distance(HOLE, noise, hole), 4 * noise),
            Check("distance from the notch" + said, 0.0, distance(NOTCH, noise, notch), 4 * noise),
        ]
    for name, schedule, between in (("hole", HOLE, (55.0, 80.0)), ("notch", NOTCH, (55.0, 80.0))):
        found = leap(schedule, 0.05, between)
        checks.append(
            Check(f"ability that leaps at the {name}, noise .05", leaps[name], found, 0.02)
        )
    return checks


def distance(schedule: Schedule, noise: float, without: Array) -> float:
    """Largest difference between mean output with noise and the output without."""
    found = np.asarray(
        theory.period_mean(0.0, 1.0, **arrays(schedule), noise=noise, cost=1.0 / ABILITIES)
    )
    leaps = np.flatnonzero(np.abs(np.diff(without)) > 5.0)
    near = np.zeros(ABILITIES.size, dtype=bool)
    for place in leaps:  # with noise a leap is a steep slope
        near |= np.abs(ABILITIES - ABILITIES[place : place + 2].mean()) < 0.6 + 4 * noise
    return float(np.max(np.abs(found - without)[~near]))


def leap(schedule: Schedule, noise: float, between: tuple[float, float]) -> float:
    """Ability that reaches the norm with probability one half."""

    def miss(ability: float) -> float:
        reach = theory.period_reach(
            NORM, 0.0, 1.0, **arrays(schedule), noise=noise, cost=1.0 / ability
        )
        return number(reach) - 0.5

    return float(brentq(miss, *between, xtol=1e-9))


def arrays(schedule: Schedule) -> dict[str, Array]:
    """The lists of a schedule as arrays."""
    return {key: np.asarray(values, dtype=np.float64) for key, values in schedule.items()}


def number(value: object) -> float:
    """A plain float from whatever a closed form gives."""
    return float(np.asarray(value, dtype=np.float64))
