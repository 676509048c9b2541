"""Mates against printed numbers and repeated best responses."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from stakhanov import theory

ALONE = np.array([0.6, 0.8, 1.1, 1.5])


def test_conformity_behind_a_slope() -> None:
    assert theory.peers(0.15) == pytest.approx(0.176471, abs=5e-7)
    psi = float(theory.peers(0.15))
    slope = float(theory.peer_response(1.0, 2.0, psi)) - float(theory.peer_response(1.0, 1.0, psi))
    assert slope == pytest.approx(0.15, rel=1e-12)


def test_response_by_numeric_maximum() -> None:
    best = minimize_scalar(lambda e: (e - 0.8) ** 2 / 2 + 0.3 * (e - 1.2) ** 2 / 2)
    assert theory.peer_response(0.8, 1.2, 0.3) == pytest.approx(best.x, abs=1e-8)


def test_conformity_keeps_the_mean() -> None:
    together = theory.brigade_effort(ALONE, 0.5)
    assert together.mean() == pytest.approx(ALONE.mean(), rel=1e-12)
    assert together.std() == pytest.approx(ALONE.std() / 1.5, rel=1e-12)


def test_pressure_on_the_slow_raises_the_mean() -> None:
    pressed = theory.pressed_brigade_effort(ALONE, 0.5)
    mean = pressed.mean()
    assert mean > ALONE.mean() + 0.01
    expected = np.where(mean > ALONE, (ALONE + 0.5 * mean) / 1.5, ALONE)
    assert pressed == pytest.approx(expected, abs=1e-11)
