"""Rates that change at the norm and bonuses for reaching it, without noise.

Workers are isoelastic: output ``theta p^eps`` at rate p. Where shares of workers are given, the
output that they would choose at the lower rate throughout is taken as normal.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from stakhanov.theory.forms import Relation, declare
from stakhanov.theory.parameters import Array, Numbers, at_least, number, positive

_SAEZ = "Saez (2010), American Economic Journal: Economic Policy 2:180-212"
_NOTCH = (
    "Kleven and Waseem (2013), Quarterly Journal of Economics 128:669-723, with the sign reversed"
)
_BELOW = positive("rate_below", "Rate below the norm", "utils per norm-unit")
_ABOVE = positive("rate_above", "Rate above the norm", "utils per norm-unit")
_NORM = positive("norm", "Norm", "norm-units")
_ELASTICITY = positive("elasticity", "Elasticity of output to the rate", "per cent per per cent")
_RATE = at_least(0, "rate", "Piece rate throughout", "utils per norm-unit")
_BONUS = at_least(0, "bonus", "Bonus for reaching the norm", "utils")
_MEAN = number("mean", "Mean output at the lower rate", "norm-units")
_SD = positive("sd", "Standard deviation of that output", "norm-units")
_FALLING = Relation(
    "rate_above",
    "must be at most the rate below",
    ("rate_below",),
    lambda above, below: above <= below,
)
_RISING = Relation(
    "rate_above",
    "must be above the rate below",
    ("rate_below",),
    lambda above, below: above > below,
)
_SOMETHING = Relation(
    "bonus",
    "must be above 0 where there is no piece rate",
    ("rate",),
    lambda bonus, rate: (rate > 0) | (bonus > 0),
)
_HALVINGS = 80


class Hole(NamedTuple):
    """The stretch of output around the norm that nobody chooses."""

    low: Numbers
    high: Numbers


@declare(
    _BELOW,
    _ABOVE,
    _NORM,
    _ELASTICITY,
    title="Who bunches at a norm above which the rate falls",
    formula="q <= y0 <= q (p0/p1)^eps",
    gives="upper edge of the bunching segment of y0 (norm-units)",
    source=_SAEZ,
    relations=(_FALLING,),
)
def concave_kink(
    rate_below: Numbers, rate_above: Numbers, norm: Numbers, elasticity: Numbers
) -> Numbers:
    """Upper edge of the outputs that a falling rate pulls down to the norm.

    Outputs are those chosen at the lower segment's rate. Units: norm-units. Errors: `BadInput`
    unless rate_below >= rate_above > 0. Source: Saez (2010).
    """
    return norm * (rate_below / rate_above) ** elasticity


@declare(
    _BELOW,
    _ABOVE,
    _NORM,
    _ELASTICITY,
    _MEAN,
    _SD,
    title="Share of workers who bunch at a falling rate",
    formula="B = H0(q (p0/p1)^eps) - H0(q),  H0 normal",
    gives="share of workers",
    source=_SAEZ,
    relations=(_FALLING,),
)
def concave_kink_share(
    rate_below: Numbers,
    rate_above: Numbers,
    norm: Numbers,
    elasticity: Numbers,
    *,
    mean: Numbers,
    sd: Numbers,
) -> Numbers:
    """Share of workers at exactly the norm where the rate falls there.

    Units: share. Errors and source as in `concave_kink`.
    """
    return _between(norm, concave_kink(rate_below, rate_above, norm, elasticity), mean, sd)


@declare(
    at_least(0, "excess", "Excess mass over the density at the norm", "norm-units"),
    _NORM,
    _BELOW,
    _ABOVE,
    title="Elasticity that a pile-up at a kink implies",
    formula="eps = ln(1 + b/q) / ln(p0/p1),  b = B/h0(q)",
    gives="elasticity",
    source=_SAEZ + "; not identified without assumptions on heterogeneity (Blomquist and others)",
    relations=(
        Relation("rate_above", "must be below the rate below", ("rate_below",), lambda a, b: a < b),
    ),
)
def kink_elasticity(
    excess: Numbers, norm: Numbers, rate_below: Numbers, rate_above: Numbers
) -> Numbers:
    """Elasticity of output to the rate that the excess mass at a kink implies.

    The density of y0 is taken as flat. Units: per cent per per cent. Errors: `BadInput` unless
    rate_above < rate_below. Source: Saez (2010).
    """
    elasticity: Array = np.log1p(excess / norm) / np.log(rate_below / rate_above)
    return elasticity


@declare(
    _BELOW,
    _ABOVE,
    _NORM,
    _ELASTICITY,
    title="The hole around a norm above which the rate rises",
    formula="th = (1+eps)(p1-p0) q/(p1^(1+eps) - p0^(1+eps));  hole (th p0^eps, th p1^eps)",
    gives="{low, high} (norm-units)",
    source=_SAEZ + "; convex side derived here",
    relations=(_RISING,),
)
def convex_hole(
    rate_below: Numbers, rate_above: Numbers, norm: Numbers, elasticity: Numbers
) -> Hole:
    """Outputs that nobody chooses where the rate rises at the norm.

    Workers stay below or leap over. A truly progressive rate empties the neighbourhood of 100 %; a
    spike there points to a ratchet, a bonus or padding. Units: norm-units. Errors: `BadInput`
    unless rate_above > rate_below > 0. Source: equal utility on both segments.
    """
    power = 1.0 + elasticity
    step = np.log1p((rate_above - rate_below) / rate_below)  # rates may be all but equal
    high = power * norm * np.expm1(-step) / np.expm1(-power * step)
    return Hole(high * np.exp(-elasticity * step), high)


@declare(
    _RATE,
    _BONUS,
    _NORM,
    _ELASTICITY,
    title="Least ability that leaps to a norm with a bonus",
    formula=(
        "p q + K - C(q; th) = th p^(1+eps)/(1+eps);  eps = 1: sqrt(th) = (sqrt(2K + 4pq) "
        "- sqrt(2K))/(2p)"
    ),
    gives="least ability theta that jumps to the norm (norm-units)",
    source=_NOTCH,
    relations=(_SOMETHING,),
)
def notch(rate: Numbers, bonus: Numbers, norm: Numbers, elasticity: Numbers) -> Numbers:
    """Least ability whose owner produces the norm for the bonus rather than less without it.

    ``C(q; th) = eps/(1+eps) q^(1+1/eps) th^(-1/eps)``. Solved by bisection on ln theta to float64
    precision; with no piece rate ``th = q (eps q/((1+eps) K))^eps``. Units: norm-units of output at
    rate 1. Errors: `BadInput` unless rate and bonus are at least 0 and not both 0. Source: Kleven
    and Waseem (2013), sign reversed.
    """
    reward = np.asarray(bonus + rate * norm)
    low = np.log(norm) + elasticity * np.log(elasticity * norm / ((1.0 + elasticity) * reward))
    with np.errstate(divide="ignore"):
        high = np.log(norm) - elasticity * np.log(rate)  # here the norm is chosen without a bonus
    low, high = np.broadcast_arrays(low, high)
    unpaid = np.isposinf(high)
    high = np.where(unpaid, low, high)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        leaps = _leap_gain(middle, rate, bonus, norm, elasticity) >= 0.0
        low, high = np.where(leaps, low, middle), np.where(leaps, middle, high)
    least: Array = np.exp(high)
    return least


@declare(
    _RATE,
    _BONUS,
    _NORM,
    _ELASTICITY,
    _MEAN,
    _SD,
    title="Share of workers whom a bonus lifts to the norm",
    formula="B = H0(q) - H0(th_min p^eps),  H0 normal",
    gives="share of workers",
    source=_NOTCH,
    relations=(_SOMETHING,),
)
def notch_share(
    rate: Numbers, bonus: Numbers, norm: Numbers, elasticity: Numbers, *, mean: Numbers, sd: Numbers
) -> Numbers:
    """Share of workers who produce exactly the norm for its bonus, and less without it.

    Units: share; y0 is the output at the piece rate without the bonus. Errors and source as in
    `notch`.
    """
    low = np.asarray(notch(rate, bonus, norm, elasticity)) * rate**elasticity
    return _between(low, norm, mean, sd)


def _leap_gain(
    log_ability: Array, rate: Numbers, bonus: Numbers, norm: Numbers, elasticity: Numbers
) -> Array:
    """What the leap to the norm gains over the best output below it; rises with ability."""
    cost = (
        elasticity / (1.0 + elasticity) * norm * np.exp((np.log(norm) - log_ability) / elasticity)
    )
    alone = np.exp(log_ability) * rate ** (1.0 + elasticity) / (1.0 + elasticity)
    return np.asarray(rate * norm + bonus - cost - alone)


def _between(low: Numbers, high: Numbers, mean: Numbers, sd: Numbers) -> Numbers:
    return np.asarray(ndtr((high - mean) / sd) - ndtr((low - mean) / sd))
