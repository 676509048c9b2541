"""Row 2: linear contracts under risk, and two tasks of which one is measured."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from stakhanov import theory
from validation.tables import Check, Table

ABOUT = (
    "Closed forms of Holmstrom and Milgrom (1987, 1991). Each is also found by maximising the joint "
    "surplus numerically, with the worker's own best effort worked out inside."
)
NESTED = 1e-4  # an inner search good to 1e-8 leaves the outer maximum flat over its root
CONTRACTS = [((2.0, 0.5, 1.0, 1.0), 0.5), ((1.0, 1.0, 4.0, 1.0), 0.2), ((4.0, 0.25, 2.0, 1.5), 0.5)]
TASKS = {
    "value1": 1.0,
    "value2": 1.0,
    "cost1": 1.0,
    "cost2": 1.0,
    "cross_cost": 0.5,
    "risk_aversion": 2.0,
    "variance": 1.0,
}


def table(fast: bool) -> Table:
    """Slopes and efforts; the row takes less than a second, so fast and full are the same."""
    del fast
    checks: list[Check] = []
    for given, expected in CONTRACTS:
        name = "b* at (rho, c, s2, v) = " + str(given)
        found = float(np.asarray(theory.linear_contract(*given)))
        checks.append(Check(name, expected, found, 1e-12, source="published form"))
        checks.append(Check(name, numeric_slope(*given), found, NESTED, source="numeric maximum"))
    slope = float(np.asarray(theory.multitask(**TASKS)))
    checks.append(Check("two tasks: b1*", 0.2, slope, 1e-12, source="published form"))
    checks.append(
        Check("two tasks: b1*", numeric_two_tasks(), slope, NESTED, source="numeric maximum")
    )
    efforts = theory.multitask_efforts(**TASKS)
    for what, effort, expected in zip(
        ("measured", "unmeasured"), efforts, (0.266667, -0.133333), strict=True
    ):
        name = f"two tasks: effort on the {what} one"
        checks.append(Check(name, expected, float(effort), 5e-7, source="published form"))
    return Table(2, "Contracts under risk and with two tasks", ABOUT, tuple(checks))


def numeric_slope(rho: float, cost: float, variance: float, product: float) -> float:
    """Slope with the largest surplus, the worker's effort being found by a search of its own."""

    def surplus(slope: float) -> float:
        effort = minimize_scalar(lambda e: cost * e**2 / 2 - slope * e).x
        return float(product * effort - cost * effort**2 / 2 - rho * variance * slope**2 / 2)

    return float(minimize_scalar(lambda slope: -surplus(slope), options={"xtol": 1e-10}).x)


def numeric_two_tasks() -> float:
    """Slope on the measured task with the largest surplus; both efforts found numerically."""
    costs = np.array([[1.0, 0.5], [0.5, 1.0]])

    def private_cost(efforts: NDArray[np.float64], slope: float) -> float:
        return float(efforts @ costs @ efforts / 2 - slope * efforts[0])

    def surplus(slope: float) -> float:
        found = minimize(private_cost, np.zeros(2), args=(slope,), options={"gtol": 1e-10})
        efforts = np.asarray(found.x)
        return float(efforts.sum() - efforts @ costs @ efforts / 2 - 2.0 * slope**2 / 2)

    return float(minimize_scalar(lambda slope: -surplus(slope), options={"xtol": 1e-9}).x)
