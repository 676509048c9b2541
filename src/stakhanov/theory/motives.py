"""Effort that has a motive besides pay, and its fit from three pay treatments."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from stakhanov.theory.forms import Relation, declare
from stakhanov.theory.parameters import Array, Numbers, at_least, choice, positive

_SOURCE = "DellaVigna and Pope (2018), Review of Economic Studies 85:1029-1069"
_RATE = at_least(0, "rate", "Pay per unit of effort", "money per effort")
_MOTIVE = at_least(0, "motive", "Motive besides pay", "money per effort")
_COST = positive("cost", "Scale k of the marginal cost", "money per effort")
_CURVATURE = positive("curvature", "Curvature g of the cost", "1, or per effort if exponential")
_SHAPE = choice("shape", "Shape of the marginal cost", ("exponential", "power"))
_PAID = (
    Relation("motive", "must be above 0 together with the rate", ("rate",), lambda s, p: s + p > 0),
)


class EffortExperiment(NamedTuple):
    """Cost and motive that three treatment means identify exactly."""

    curvature: Numbers
    log_cost: Numbers
    motive: Numbers


@declare(
    _RATE,
    _MOTIVE,
    _COST,
    _CURVATURE,
    _SHAPE,
    title="Effort with a motive besides pay",
    formula="exponential: e = ln((s + p)/k)/g;  power: e = ((s + p)/k)^(1/g)",
    gives="effort",
    source=_SOURCE,
    relations=_PAID,
)
def motivated_effort(
    rate: Numbers, motive: Numbers, cost: Numbers, curvature: Numbers, shape: str = "exponential"
) -> Numbers:
    """Effort where pay `p` adds to a motive `s`.

    Cost ``k exp(g e)/g`` gives ``e = ln((s + p)/k)/g``. Power cost ``k e^(1+g)/(1+g)`` gives ``e =
    ((s + p)/k)^(1/g)``. Units: those of the experiment (points, money). Errors: `BadInput` unless s
    + p, k and g are above 0. Effort is negative where ``s + p < k`` under the exponential cost.
    Source: DellaVigna and Pope (2018).
    """
    log_ratio = np.log(motive + rate) - np.log(cost)
    return _effort(log_ratio, curvature, shape)


@declare(
    positive("effort_unpaid", "Mean effort without pay", "effort"),
    positive("rate_low", "Lower rate", "money per effort"),
    positive("effort_low", "Mean effort at the lower rate", "effort"),
    positive("rate_high", "Higher rate", "money per effort"),
    positive("effort_high", "Mean effort at the higher rate", "effort"),
    _SHAPE,
    title="Cost and motive from three pay treatments",
    formula="ln k = (ln p2 - R ln p1)/(1 - R), g = (ln p1 - ln k)/E1, s = exp(g E0 + ln k), "
    "R = E2/E1;  power: R = ln E2/ln E1, s = E0^g k, ln E1 for E1",
    gives="{curvature, log_cost (ln k), motive}",
    source=_SOURCE,
    relations=(
        Relation("rate_high", "must be above the lower rate", ("rate_low",), lambda a, b: a > b),
        Relation(
            "effort_high", "must be above the lower effort", ("effort_low",), lambda a, b: a > b
        ),
    ),
)
def effort_experiment(
    effort_unpaid: Numbers,
    *,
    rate_low: Numbers,
    effort_low: Numbers,
    rate_high: Numbers,
    effort_high: Numbers,
    shape: str = "exponential",
) -> EffortExperiment:
    """Curvature, log of the cost scale and motive that meet three treatment means exactly.

    With ``z = E`` (exponential) or ``z = ln E`` (power): ``g z1 + ln k = ln(s + p1)``, the like for
    p2, and ``g z0 + ln k = ln s``. The printed solution drops `s` beside p1 and p2, which is what
    identifies it in closed form; `exact_effort_experiment` keeps it. Units: those of the
    experiment. Errors: `BadInput` unless all are above 0 and the second rate and effort exceed the
    first. Source: DellaVigna and Pope (2018).
    """
    z0, z1, z2 = (_scale(one, shape) for one in (effort_unpaid, effort_low, effort_high))
    curvature = (np.log(rate_high) - np.log(rate_low)) / (z2 - z1)
    log_cost = np.log(rate_low) - curvature * z1
    return EffortExperiment(curvature, log_cost, np.exp(curvature * z0 + log_cost))


def exact_effort_experiment(
    efforts: tuple[float, float, float], rates: tuple[float, float], shape: str = "exponential"
) -> EffortExperiment:
    """The fit with the motive kept in all three conditions, by one root in ln s.

    `efforts` are the means at rates 0, `rates[0]`, `rates[1]`. Units and source as in
    `effort_experiment`. Raises ``ValueError`` where no motive between 1e-300 and the lower rate
    meets the means.
    """
    z0, z1, z2 = (float(_scale(np.asarray(one), shape)) for one in efforts)
    low, high = rates

    def miss(log_motive: float) -> float:
        motive = np.exp(log_motive)
        slope = (np.log(high + motive) - np.log(low + motive)) / (z2 - z1)
        return float(np.log(low + motive) - slope * (z1 - z0) - log_motive)

    least, most = -690.0, float(np.log(low))
    if not (z0 < z1 < z2 and 0.0 < low < high and miss(least) * miss(most) < 0.0):
        must = "efforts: must rise with the rates, so that a motive below the lower rate meets them"
        raise ValueError(f"{must}; found {efforts} at 0 and {rates}")
    log_motive = brentq(miss, least, most)
    motive = float(np.exp(log_motive))
    curvature = float((np.log(high + motive) - np.log(low + motive)) / (z2 - z1))
    return EffortExperiment(curvature, float(log_motive - curvature * z0), motive)


def predicted_effort(rate: Numbers, fit: EffortExperiment, shape: str = "exponential") -> Numbers:
    """Mean effort that a fit predicts at another rate; units of the experiment."""
    return _effort(np.log(fit.motive + np.asarray(rate)) - fit.log_cost, fit.curvature, shape)


def _effort(log_ratio: Array, curvature: Numbers, shape: str) -> Numbers:
    if shape == "exponential":
        return log_ratio / curvature
    effort: Array = np.exp(log_ratio / curvature)
    return effort


def _scale(effort: Numbers, shape: str) -> Array:
    return np.asarray(effort if shape == "exponential" else np.log(effort), dtype=np.float64)
