"""Linear contracts under risk, several tasks, and measures that miss the point."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stakhanov.theory.forms import Relation, declare
from stakhanov.theory.parameters import Listed, Numbers, at_least, listing, number, positive

_HM = "Holmstrom and Milgrom (1987), Econometrica 55:303-328"
_MULTITASK = (
    "Holmstrom and Milgrom (1991), Journal of Law, Economics, and Organization "
    "7(special issue):24-52"
)
_BAKER = (
    "Baker (1992), Journal of Political Economy 100:598-614; Baker (2002), Journal "
    "of Human Resources 37:728-751"
)

_RISK_AVERSION = at_least(0, "risk_aversion", "Absolute risk aversion rho", "per util")
_COST = positive("cost", "Slope of the marginal cost of effort", "utils per effort squared")
_VARIANCE = at_least(0, "variance", "Variance of the measured signal", "signal squared")
_PRODUCT = positive("product", "Value of a unit of effort to the employer", "utils per effort")

_TASKS = (
    number("value1", "Value of effort on the measured task", "utils per effort"),
    number("value2", "Value of effort on the unmeasured task", "utils per effort"),
    positive("cost1", "Cost of the measured task", "utils per effort squared"),
    positive("cost2", "Cost of the unmeasured task", "utils per effort squared"),
    number("cross_cost", "Cost that the tasks put on one another", "utils per effort squared"),
    _RISK_AVERSION,
    _VARIANCE,
)
_CONVEX = (
    Relation(
        "cross_cost",
        "must leave the cost convex: its square below cost1 times cost2",
        ("cost1", "cost2"),
        lambda k, c1, c2: k**2 < c1 * c2,
    ),
)


class LinearContract(NamedTuple):
    """A linear contract: its slope, the effort it calls forth and the joint surplus."""

    slope: Numbers
    effort: Numbers
    surplus: Numbers


class TwoTasks(NamedTuple):
    """Effort on the measured and on the unmeasured task."""

    measured: Numbers
    unmeasured: Numbers


class Distortion(NamedTuple):
    """Slope on a distorted measure, and the cosine between what is measured and what is wanted."""

    slope: Numbers
    alignment: Numbers


@declare(
    _RISK_AVERSION,
    _COST,
    _VARIANCE,
    _PRODUCT,
    title="Slope of the best linear contract under risk",
    formula="b* = v / (1 + rho c s2)",
    gives="slope (utils per unit of the signal)",
    source=_HM,
)
def linear_contract(
    risk_aversion: Numbers, cost: Numbers, variance: Numbers, product: Numbers = 1.0
) -> Numbers:
    """Best slope on a signal of effort, for constant absolute risk aversion.

    ``b* = v/(1 + rho c s2)``. The signal is effort plus Gaussian noise of `variance`; cost ``c
    e^2/2``. Units: utils per unit of the signal. Errors: `BadInput` unless cost and product are
    above 0, risk aversion and variance at least 0. Source: Holmstrom and Milgrom (1987).
    """
    return product / (1.0 + risk_aversion * cost * variance)


@declare(
    _RISK_AVERSION,
    _COST,
    _VARIANCE,
    _PRODUCT,
    title="Effort and surplus of the best linear contract",
    formula="e = b*/c;  CE = v b*/c - b*^2/(2 c) - rho s2 b*^2/2",
    gives="{slope, effort, surplus (utils)}",
    source=_HM,
)
def linear_contract_surplus(
    risk_aversion: Numbers, cost: Numbers, variance: Numbers, product: Numbers = 1.0
) -> LinearContract:
    """Slope, effort and joint surplus of the best linear contract.

    Units: surplus in utils (certainty equivalent of both parties). Errors and source as in
    `linear_contract`.
    """
    slope = linear_contract(risk_aversion, cost, variance, product)
    effort = slope / cost
    surplus = product * effort - cost * effort**2 / 2.0 - risk_aversion * variance * slope**2 / 2.0
    return LinearContract(slope, effort, surplus)


@declare(
    _RISK_AVERSION,
    _COST,
    _VARIANCE,
    _PRODUCT,
    title="Share of output in the best linear contract",
    formula="b* = v^2 / (v^2 + rho c s2)   (output y = v e + noise)",
    gives="share of output paid to the worker",
    source=_HM,
)
def output_share(
    risk_aversion: Numbers, cost: Numbers, variance: Numbers, product: Numbers = 1.0
) -> Numbers:
    """Best share of output where pay is on output ``y = v e + noise`` itself.

    ``v^2/(v^2 + rho c s2)``. Units: share. Errors and source as in `linear_contract`; `variance` is
    that of output.
    """
    return product**2 / (product**2 + risk_aversion * cost * variance)


@declare(
    *_TASKS,
    title="Slope on the measured one of two tasks",
    formula="b1* = max(0, (v1 - v2 k/c2) / (1 + rho s1 (c1 - k^2/c2)))",
    gives="slope b1* (utils per unit of the signal)",
    source=_MULTITASK,
    relations=_CONVEX,
)
def multitask(
    value1: Numbers,
    value2: Numbers,
    *,
    cost1: Numbers,
    cost2: Numbers,
    cross_cost: Numbers,
    risk_aversion: Numbers,
    variance: Numbers,
) -> Numbers:
    """Best slope on the only measured of two tasks that compete for effort.

    Cost ``(c1 e1^2 + 2 k e1 e2 + c2 e2^2)/2``. The slope is 0 where ``v1 c2 <= v2 k``: do not pay
    for what you can count. Units: utils per unit of the signal. Errors: `BadInput` unless the cost
    is convex and risk aversion and variance are at least 0. Source: Holmstrom and Milgrom (1991).
    """
    free_cost = cost1 - cross_cost**2 / cost2
    slope = (value1 - value2 * cross_cost / cost2) / (1.0 + risk_aversion * variance * free_cost)
    return np.maximum(slope, 0.0)


@declare(
    *_TASKS,
    title="Effort on two tasks of which one is measured",
    formula="e = C^-1 (b1*, 0)',  C = [[c1, k], [k, c2]]",
    gives="{measured, unmeasured} (effort above what is given freely)",
    source=_MULTITASK,
    relations=_CONVEX,
)
def multitask_efforts(
    value1: Numbers,
    value2: Numbers,
    *,
    cost1: Numbers,
    cost2: Numbers,
    cross_cost: Numbers,
    risk_aversion: Numbers,
    variance: Numbers,
) -> TwoTasks:
    """Effort on both tasks under the best slope on the first; the second falls where tasks compete.

    Effort is counted from the level that is given without pay. Errors and source as in `multitask`.
    """
    slope = multitask(
        value1,
        value2,
        cost1=cost1,
        cost2=cost2,
        cross_cost=cross_cost,
        risk_aversion=risk_aversion,
        variance=variance,
    )
    determinant = cost1 * cost2 - cross_cost**2
    return TwoTasks(cost2 * slope / determinant, -cross_cost * slope / determinant)


@declare(
    listing("wanted", "Value of each action to the employer", "utils per effort"),
    listing("measured", "Weight of each action in the measure", "measure per effort"),
    title="Slope on a measure that does not measure what is wanted",
    formula="b* = f'g / g'g;  cos = f'g / (|f| |g|)",
    gives="{slope, alignment (cosine)}",
    source=_BAKER,
    relations=(
        Relation(
            "measured",
            "must have one number for each of wanted, not all 0",
            ("wanted",),
            lambda g, f: g.shape[-1] == f.shape[-1] and bool(np.any(g)) and bool(np.any(f)),
        ),
    ),
)
def distortion(wanted: Listed, measured: Listed) -> Distortion:
    """Best riskless slope on a distorted measure, and how well the measure points where it should.

    Output is ``f'e``, the measure ``g'e``, the cost ``|e|^2/2``; the last axis runs over actions.
    Units: utils per unit of the measure; the cosine has none. Errors: `BadInput` where the lists
    differ in length or are all 0. Source: Baker (1992, 2002).
    """
    f, g = np.asarray(wanted, dtype=np.float64), np.asarray(measured, dtype=np.float64)
    together = np.sum(f * g, axis=-1)
    own = np.sum(g**2, axis=-1)
    return Distortion(together / own, together / np.sqrt(own * np.sum(f**2, axis=-1)))
