"""Announced targets against the printed quantile and the bonus itself."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.stats import norm

from stakhanov import theory


def expected_bonus(target: float, future_cost: float = 0.0) -> float:
    """Mean bonus over a normal output, by quadrature, less what the target costs later."""
    value, _ = quad(
        lambda y: float(theory.target_bonus(0.2, 0.5, 0.6, y, target)) * norm.pdf(y, 100, 15),
        10,
        190,
        points=[target],
        epsabs=1e-12,
        limit=200,
    )
    return value - future_cost * target


@pytest.mark.parametrize("future_cost", [0.0, 0.1])
def test_target_by_numeric_maximum(future_cost: float) -> None:
    target = theory.truthful_target(0.2, 0.5, 0.6, mean=100, sd=15, future_cost=future_cost)
    best = minimize_scalar(
        lambda t: -expected_bonus(t, future_cost), bounds=(70, 140), method="bounded"
    )
    assert target == pytest.approx(best.x, abs=1e-3)


def test_published_example() -> None:
    target = theory.truthful_target(0.2, 0.5, 0.6, mean=100, sd=15)
    assert target == pytest.approx(110.117346, abs=5e-7)
    assert norm.cdf(float(target), 100, 15) == pytest.approx(0.75, abs=1e-12)


def test_certain_output_is_announced_truthfully() -> None:
    assert theory.truthful_target(0.2, 0.5, 0.6, mean=100, sd=0) == 100.0
    targets = np.linspace(80, 120, 41)
    bonuses = np.asarray(theory.target_bonus(0.2, 0.5, 0.6, 100.0, targets))
    assert targets[np.argmax(bonuses)] == 100.0


def test_a_ratchet_on_the_target_ends_the_truth() -> None:
    modest = theory.truthful_target(0.2, 0.5, 0.6, mean=100, sd=15, future_cost=0.29)
    assert float(modest) < 85.0
