"""Padding against its printed numbers, numeric maxima and a simulated audit."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from stakhanov import theory

NOTCH = {"bonus": 10.0, "audit": 0.2, "fine": 2.0, "lying_cost": 0.1, "fixed_fine": 5.0}


def test_padding_at_a_notch() -> None:
    assert theory.padding(**NOTCH) == pytest.approx(8.489996, abs=5e-7)
    share = theory.padding_share(theory.padding(**NOTCH), 100.0, 95.0, 20.0)
    assert share == pytest.approx(0.167970, abs=5e-7)


def test_padding_by_comparing_utilities() -> None:
    def gain(shortfall: float) -> float:
        caught = -2.0 * shortfall - 5.0
        return 0.8 * 10.0 + 0.2 * caught - 0.1 * shortfall**2 / 2.0

    threshold = float(theory.padding(**NOTCH))
    assert gain(threshold) == pytest.approx(0.0, abs=1e-10)
    assert gain(threshold - 0.01) > 0.0 > gain(threshold + 0.01)


def test_padding_with_a_piece_rate_by_comparing_utilities() -> None:
    for rate in (0.1, 3.0):
        threshold = float(theory.padding(**NOTCH, rate=rate))
        left = 0.8 * (10.0 + rate * threshold) - 0.2 * (2.0 * threshold + 5.0)
        assert left == pytest.approx(0.1 * threshold**2 / 2.0, rel=1e-10)


def test_padding_at_its_limits() -> None:
    assert theory.padding(**{**NOTCH, "lying_cost": np.inf}) == 0.0
    assert theory.padding(**{**NOTCH, "bonus": 0.0}) == 0.0
    assert theory.padding(**NOTCH, moral_cost=7.0) == 0.0
    assert theory.padding(**{**NOTCH, "lying_cost": 0.0}) == pytest.approx(7.0 / 0.4, rel=1e-12)
    free = {**NOTCH, "lying_cost": 0.0, "fine": 0.0}
    assert theory.padding(**free) == np.inf
    assert theory.padding(**free, cap=0.5) == 0.5
    assert theory.padding(**free, rate=1.0) == np.inf


def test_linear_padding() -> None:
    assert theory.linear_padding(1.0, 0.2, 2.0, 0.1) == pytest.approx(4.0, abs=1e-12)
    assert theory.honest_audit(1.0, 2.0) == pytest.approx(0.333333, abs=5e-7)
    assert theory.linear_padding(1.0, 0.34, 2.0, 0.1) == 0.0
    assert theory.quadratic_fine_padding(1.0, 0.2, 2.0, 0.1) == pytest.approx(1.6, abs=1e-12)


def test_linear_padding_by_numeric_maximum() -> None:
    linear = minimize_scalar(lambda x: -(0.8 * x - 0.2 * 2.0 * x - 0.1 * x**2 / 2.0))
    square = minimize_scalar(lambda x: -(0.8 * x - 0.2 * 2.0 * x**2 / 2.0 - 0.1 * x**2 / 2.0))
    assert theory.linear_padding(1.0, 0.2, 2.0, 0.1) == pytest.approx(linear.x, abs=1e-6)
    assert theory.quadratic_fine_padding(1.0, 0.2, 2.0, 0.1) == pytest.approx(square.x, abs=1e-6)


def test_evasion() -> None:
    assert theory.evasion(50.0, 1.0, 0.2, 2.0) == pytest.approx(10.0, abs=1e-12)
    best = minimize_scalar(
        lambda x: -(0.8 * np.log(50 + x) + 0.2 * np.log(50 - 2 * x)),
        bounds=(0, 24.9),
        method="bounded",
        options={"xatol": 1e-9},
    )
    assert best.x == pytest.approx(10.0, abs=1e-5)


def test_share_padded_by_simulation() -> None:
    outputs = np.random.default_rng(7).normal(95.0, 20.0, 400_000)
    moved = np.mean((outputs < 100.0) & (outputs >= 100.0 - 8.489996))
    assert moved == pytest.approx(0.167970, abs=4 * np.sqrt(0.168 * 0.832 / 400_000))
