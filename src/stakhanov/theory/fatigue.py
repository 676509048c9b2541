"""Fatigue and recovery: muscles, training and rewards that do not match the effort."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stakhanov.theory.forms import Relation, declare
from stakhanov.theory.parameters import Array, Numbers, at_least, open_share, positive, share

_MUSCLE = (
    "Xia and Frey-Law (2008), Journal of Biomechanics 41:3046-3052; Looft, Herkert "
    "and Frey-Law (2018), ibid. 77:16-25"
)
_BANISTER = (
    "Banister, Calvert, Savage and Bach (1975), Australian Journal of Sports Medicine 7:57-61"
)
_REWARD = "Siegrist (1996), Journal of Occupational Health Psychology 1:27-41"
_FATIGUE = positive("fatigue", "Fatigue rate F", "per second")
_RECOVERY = positive("recovery", "Recovery rate R", "per second")
_SLOW = positive("slow", "Time constant of fitness, t1", "days")
_FAST = positive("fast", "Time constant of fatigue, t2", "days")
_GAIN = positive("gain", "Weight of fitness, k1")
_TOLL = positive("toll", "Weight of fatigue, k2")


class Training(NamedTuple):
    """Fitness less fatigue.

    Steady gain per unit of load, and when one impulse breaks even and peaks.
    """

    steady: Numbers
    even: Numbers
    peak: Numbers


@declare(
    _FATIGUE,
    _RECOVERY,
    title="Load that a muscle can sustain for ever",
    formula="R / (F + R)",
    gives="share of the maximum",
    source=_MUSCLE,
)
def sustainable_load(fatigue: Numbers, recovery: Numbers) -> Numbers:
    """Share of maximal force that can be held without end, in the three-compartment model.

    Errors: `BadInput` unless both rates are above 0. Source: Xia and Frey-Law (2008).
    """
    return recovery / (fatigue + recovery)


@declare(
    open_share("load", "Load as a share of the maximum"),
    _FATIGUE,
    _RECOVERY,
    title="How long a muscle holds a load",
    formula="-(1/R) ln(1 - R (1 - TL)/(F TL));  infinite up to the sustainable load",
    gives="seconds",
    source=_MUSCLE,
)
def endurance_time(load: Numbers, fatigue: Numbers, recovery: Numbers) -> Numbers:
    """Seconds for which a load can be held without rest; infinite up to `sustainable_load`.

    Errors: `BadInput` unless 0 < load < 1 and the rates are above 0. Source: Xia and Frey-Law
    (2008).
    """
    spent = np.asarray(recovery * (1.0 - load) / (fatigue * load))
    endless = spent >= 1.0 - 1e-15
    finite = -np.log1p(-np.where(endless, 0.0, spent)) / recovery
    return np.where(endless, np.inf, finite)


@declare(
    share("duty", "Share of the cycle under load"),
    _FATIGUE,
    _RECOVERY,
    positive("rest", "How much faster recovery is at rest, r"),
    title="Load that can be sustained with rests",
    formula="TL = 1/(1 + F D/(R (D + r (1 - D))))",
    gives="share of the maximum",
    source=_MUSCLE,
)
def duty_cycle_load(
    duty: Numbers, fatigue: Numbers, recovery: Numbers, rest: Numbers = 1.0
) -> Numbers:
    """Share of maximal force that can be held without end in a fraction `duty` of each short cycle.

    Errors: `BadInput` unless duty lies in [0, 1] and the rest are above 0. Source: Looft and others
    (2018).
    """
    return 1.0 / (1.0 + fatigue * duty / (recovery * (duty + rest * (1.0 - duty))))


@declare(
    _SLOW,
    _FAST,
    _GAIN,
    _TOLL,
    title="What training gives and takes",
    formula="steady = k1/(1 - e^(-1/t1)) - k2/(1 - e^(-1/t2));  even = t1 t2/(t1-t2) ln(k2/k1);  "
    "peak = t1 t2/(t1-t2) ln(k2 t1/(k1 t2))",
    gives="{steady (per unit of daily load), even (days), peak (days)}",
    source=_BANISTER,
    relations=(
        Relation("slow", "must be above fast", ("fast",), lambda slow, fast: slow > fast),
        Relation("toll", "must be at least gain", ("gain",), lambda toll, gain: toll >= gain),
    ),
)
def training(
    slow: Numbers = 42.0, fast: Numbers = 7.0, gain: Numbers = 1.0, toll: Numbers = 2.0
) -> Training:
    """Steady performance per unit of daily load, and when one day's load pays back and pays most.

    Errors: `BadInput` unless slow > fast > 0 and toll >= gain > 0. Source: Banister and others
    (1975); the defaults are those of public calculators.
    """
    steady = -gain / np.expm1(-1.0 / np.asarray(slow)) + toll / np.expm1(-1.0 / np.asarray(fast))
    beat = slow * fast / (slow - fast)
    return Training(steady, beat * np.log(toll / gain), beat * np.log(toll * slow / (gain * fast)))


@declare(
    positive("effort", "Points for effort"),
    positive("reward", "Points for reward"),
    positive("items", "Ratio k of the numbers of items"),
    title="Imbalance of effort and reward",
    formula="ER = E/(k R)",
    gives="ratio; above 1 the reward falls short",
    source=_REWARD,
)
def effort_reward(effort: Numbers, reward: Numbers, items: Numbers = 1.0) -> Numbers:
    """Ratio of effort to reward, corrected for the numbers of questions on each.

    Errors: `BadInput` unless all are above 0. Source: Siegrist (1996).
    """
    return effort / (items * reward)


@declare(
    positive("ratio", "Ratio of effort to reward"),
    positive("recovery", "Time constant of strain, tau", "shifts"),
    at_least(0, "growth", "Strain per shift and unit of ln(ratio), k_B"),
    title="Strain to which an imbalance of effort and reward leads",
    formula="B = k_B max(0, ln ER)/(1 - e^(-1/tau))",
    gives="steady strain",
    source=_REWARD + "; steady state of B' = B e^(-1/tau) + k_B max(0, ln ER)",
)
def imbalance_strain(ratio: Numbers, recovery: Numbers, growth: Numbers) -> Numbers:
    """Steady state of strain under a lasting imbalance; none where the reward matches the effort.

    Errors: `BadInput` unless ratio, recovery > 0 and growth >= 0. Source: after Siegrist (1996).
    """
    strain: Array = growth * np.maximum(np.log(ratio), 0.0) / -np.expm1(-1.0 / np.asarray(recovery))
    return strain
