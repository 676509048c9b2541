"""The ratchet against its printed table, brute sums, numeric maxima and value iteration."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import norm

from stakhanov import theory

TABLE = [
    (0.3, 0.9, 0.270270, 0.385224, 0.273123),
    (0.5, 0.95, 0.095238, 0.141296, 0.095357),
    (0.2, 0.99, 0.048077, 0.422621, 0.106060),
    (1.0, 0.9, 0.1, 0.1, 0.1),
]
GRID = np.linspace(0.0, 1.5, 301)


@pytest.mark.parametrize(("adjustment", "discount", "forever", "four", "twelve"), TABLE)
def test_table(
    adjustment: float, discount: float, forever: float, four: float, twelve: float
) -> None:
    assert theory.ratchet(adjustment, discount) == pytest.approx(forever, abs=5e-7)
    assert theory.ratchet(adjustment, discount, 4) == pytest.approx(four, abs=5e-7)
    assert theory.ratchet(adjustment, discount, 12) == pytest.approx(twelve, abs=5e-7)


def test_no_ratchet_in_the_last_period_or_without_adjustment() -> None:
    assert theory.ratchet(0.3, 0.9, 0) == 1.0
    assert theory.ratchet(0.0, 1.0) == 1.0
    assert theory.ratchet(0.3, 1.0) == pytest.approx(0.0, abs=1e-15)


def test_a_group_norm_restricts_less() -> None:
    alone = 1.0 - float(theory.ratchet(0.3, 0.9))
    for group in (1.0, 20.0, 1000.0):
        assert 1.0 - float(theory.ratchet(0.3, 0.9, group=group)) == pytest.approx(alone / group)
    assert theory.ratchet(0.3, 0.9, foresight=0.0) == 1.0


def test_the_marginal_norm_by_brute_force() -> None:
    adjustment, discount, left, group = 0.3, 0.9, 7, 5

    def norms(first: float) -> list[float]:
        norm, path, group_mean = 1.0, [], first / group + 0.8
        for period in range(left + 1):
            path.append(norm)
            output = group_mean if period == 0 else 1.1
            norm += adjustment * (output - norm)
        return path

    rise = np.array(norms(1.0)) - np.array(norms(0.0))
    expected = 1.0 - np.sum(discount ** np.arange(left + 1) * rise)
    assert theory.ratchet(adjustment, discount, left, group) == pytest.approx(expected, rel=1e-12)


def test_the_best_outputs_of_a_finite_career_by_numeric_maximum() -> None:
    adjustment, discount, periods = 0.5, 0.95, 5

    def loss(outputs: NDArray[np.float64]) -> float:
        norm, total = 0.4, 0.0
        for period, output in enumerate(outputs):
            total += discount**period * (output - norm - output**2 / 2.0)
            norm += adjustment * (output - norm)
        return -total

    best = minimize(loss, np.full(periods, 0.5), options={"gtol": 1e-9}).x
    expected = theory.ratchet(adjustment, discount, np.arange(periods - 1, -1, -1.0))
    assert best == pytest.approx(expected, abs=1e-5)


def iterated_policy(up: float, down: float, discount: float) -> NDArray[np.float64]:
    """Best output at each norm of the grid by value iteration: no formula, no derivative."""
    norm, output = GRID[:, None], GRID[None, :]
    next_norm = norm + up * np.maximum(output - norm, 0) - down * np.maximum(norm - output, 0)
    reward = output - norm - output**2 / 2.0
    value = np.zeros(GRID.size)
    for _ in range(160):
        choices = reward + discount * np.interp(next_norm, GRID, value)
        value = choices.max(axis=1)
    return np.asarray(GRID[choices.argmax(axis=1)])


@pytest.mark.parametrize(
    ("up", "down", "points"),
    [
        (0.3, 0.0, {0.1: 0.27, 0.5: 0.5, 0.95: 0.95, 1.3: 1.0}),
        (0.5, 0.1, {0.1: 0.182, 0.3: 0.3, 0.8: 0.526}),
        (0.6, 0.2, {0.1: 0.156, 0.3: 0.3, 0.8: 0.357}),
    ],
)
def test_asymmetric_ratchet_by_value_iteration(
    up: float, down: float, points: dict[float, float]
) -> None:
    formula = np.asarray(theory.asymmetric_ratchet(GRID, up, down, 0.9))
    assert np.max(np.abs(iterated_policy(up, down, 0.9) - formula)) < 0.011
    for norm_level, output in points.items():
        assert theory.asymmetric_ratchet(norm_level, up, down, 0.9) == pytest.approx(
            output, abs=6e-4
        )


def test_bunching_share_by_counting_workers() -> None:
    free = norm.ppf((np.arange(200_000) + 0.5) / 200_000, loc=95, scale=20)
    free = free[free > 0]
    outputs = np.asarray(
        theory.asymmetric_ratchet(100.0, 0.1, 0.02, 0.9, ability=free, elasticity=0.3)
    )
    counted = np.mean(np.abs(outputs - 100.0) < 1e-9)
    share = theory.ratchet_bunching(100.0, 0.1, 0.02, 0.9, elasticity=0.3, mean=95.0, sd=20.0)
    assert share == pytest.approx(counted, abs=1e-4)
    assert theory.ratchet_bunching(100, 0.1, 0.1, 0.9, elasticity=0.3, mean=95, sd=20) == 0.0
