"""Bonuses that make people announce what they can do."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from stakhanov.theory.forms import Relation, declare
from stakhanov.theory.parameters import Array, Numbers, at_least, number, positive

_SOURCE = "Weitzman (1976), Bell Journal of Economics 7:251-257"
_ALPHA = positive("alpha", "Bonus per unit above the target", "utils per norm-unit")
_BETA = positive("beta", "Bonus per unit of the target", "utils per norm-unit")
_GAMMA = positive("gamma", "Loss per unit below the target", "utils per norm-unit")
_FUTURE = at_least(
    0, "future_cost", "What a unit of target costs in later targets", "utils per norm-unit"
)
_ORDER = Relation(
    "beta",
    "must lie between alpha and gamma, also less the future cost",
    ("alpha", "gamma", "future_cost"),
    lambda beta, alpha, gamma, future: (alpha < beta - future) & (beta - future < gamma),
)


@declare(
    _ALPHA,
    _BETA,
    _GAMMA,
    number("mean", "Mean of own output as the worker sees it", "norm-units"),
    at_least(0, "sd", "Standard deviation of it", "norm-units"),
    _FUTURE,
    title="Target announced under the new Soviet incentive model",
    formula="F(T*) = (beta - mu - alpha)/(gamma - alpha);  T* = mean + sd Phi^-1(...)",
    gives="target announced (norm-units)",
    source=_SOURCE,
    relations=(_ORDER,),
)
def truthful_target(
    alpha: Numbers,
    beta: Numbers,
    gamma: Numbers,
    *,
    mean: Numbers,
    sd: Numbers,
    future_cost: Numbers = 0.0,
) -> Numbers:
    """Target announced by one whose output is normal: a fixed quantile, whatever else he knows.

    Bonus ``b0 + beta T + alpha (y - T)`` above the target and ``b0 + beta T - gamma (T - y)``
    below. Where today's target is tomorrow's floor each unit announced also has a `future_cost`,
    and the truth is no longer told. Units: norm-units. Errors: `BadInput` unless alpha < beta -
    future_cost < gamma. Source: Weitzman (1976).
    """
    quantile = np.asarray((beta - future_cost - alpha) / (gamma - alpha))
    return mean + sd * np.asarray(ndtri(quantile))


@declare(
    _ALPHA,
    _BETA,
    _GAMMA,
    number("output", "Output", "norm-units"),
    number("target", "Target announced", "norm-units"),
    title="Bonus under the new Soviet incentive model",
    formula="beta T + alpha max(y - T, 0) - gamma max(T - y, 0)",
    gives="bonus above the fixed part (utils)",
    source=_SOURCE,
)
def target_bonus(
    alpha: Numbers, beta: Numbers, gamma: Numbers, output: Numbers, target: Numbers
) -> Numbers:
    """Bonus for an output against one's own announced target, less its fixed part.

    Units: utils. Errors: `BadInput` unless alpha, beta, gamma are above 0. Source: Weitzman (1976).
    """
    miss: Array = np.asarray(output - target)
    return beta * target + alpha * np.maximum(miss, 0.0) - gamma * np.maximum(-miss, 0.0)
