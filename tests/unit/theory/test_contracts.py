"""Linear contracts, two tasks, distorted measures: published numbers and numeric maxima."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from stakhanov import theory

CASES = [
    ((2.0, 0.5, 1.0, 1.0), (0.5, 1.0, 0.5)),
    ((1.0, 1.0, 4.0, 1.0), (0.2, 0.2, 0.1)),
    ((4.0, 0.25, 2.0, 1.5), (0.5, 2.0, 1.5)),
]
TWO_TASKS = {
    "value1": 1.0,
    "value2": 1.0,
    "cost1": 1.0,
    "cost2": 1.0,
    "cross_cost": 0.5,
    "risk_aversion": 2.0,
    "variance": 1.0,
}


@pytest.mark.parametrize(("given", "expected"), CASES)
def test_linear_contract(
    given: tuple[float, float, float, float], expected: tuple[float, float, float]
) -> None:
    assert theory.linear_contract(*given) == pytest.approx(expected[0], abs=1e-12)
    assert theory.linear_contract_surplus(*given) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("given", "expected"), CASES)
def test_linear_contract_by_numeric_maximum(
    given: tuple[float, float, float, float], expected: tuple[float, float, float]
) -> None:
    rho, c, s2, v = given
    best = minimize_scalar(lambda b: -(v * b / c - b**2 / (2 * c) - rho * s2 * b**2 / 2))
    assert best.x == pytest.approx(expected[0], abs=1e-7)
    assert -best.fun == pytest.approx(expected[2], abs=1e-9)


def test_output_share_by_numeric_maximum() -> None:
    rho, c, s2, v = 4.0, 0.25, 2.0, 1.5
    best = minimize_scalar(lambda b: -(v**2 * b / c - (v * b) ** 2 / (2 * c) - rho * s2 * b**2 / 2))
    assert theory.output_share(rho, c, s2, v) == pytest.approx(best.x, abs=1e-7)


def test_multitask() -> None:
    assert theory.multitask(**TWO_TASKS) == pytest.approx(0.2, abs=1e-12)
    assert theory.multitask_efforts(**TWO_TASKS) == pytest.approx((0.266667, -0.133333), abs=5e-7)


def test_multitask_by_numeric_maximum() -> None:
    cost = np.array([[1.0, 0.5], [0.5, 1.0]])

    def surplus(slope: float) -> float:
        efforts = np.linalg.solve(cost, [slope, 0.0])
        return float(efforts.sum() - efforts @ cost @ efforts / 2.0 - 2.0 * slope**2 / 2.0)

    best = minimize_scalar(lambda slope: -surplus(slope))
    assert theory.multitask(**TWO_TASKS) == pytest.approx(best.x, abs=1e-7)


def test_nothing_is_paid_for_what_can_be_counted_where_tasks_compete_too_much() -> None:
    assert theory.multitask(**{**TWO_TASKS, "value2": 2.0}) == 0.0
    assert theory.multitask(**{**TWO_TASKS, "value2": 3.0}) == 0.0


def test_distortion() -> None:
    slope, alignment = theory.distortion(np.array([1.0, 1.0]), np.array([2.0, 0.5]))
    assert slope == pytest.approx(0.588235, abs=5e-7)
    assert alignment == pytest.approx(0.857493, abs=5e-7)


def test_distortion_by_numeric_maximum() -> None:
    wanted, measured = np.array([1.0, 1.0]), np.array([2.0, 0.5])
    best = minimize_scalar(
        lambda b: -(wanted @ (b * measured) - (b * measured) @ (b * measured) / 2.0)
    )
    assert theory.distortion(wanted, measured).slope == pytest.approx(best.x, abs=1e-7)
