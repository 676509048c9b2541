"""Wages that buy effort, against printed numbers and first principles."""

from __future__ import annotations

import pytest
from scipy.optimize import minimize_scalar

from stakhanov import theory

SHIRKING = {
    "outside": 0.5,
    "effort": 1.0,
    "detection": 0.5,
    "separation_a": 0.3,
    "separation_b": 0.05,
    "interest": 0.02,
}


def test_efficiency_wage() -> None:
    assert theory.efficiency_wage(**SHIRKING) == pytest.approx(2.24, abs=1e-12)


def test_nobody_shirks_at_the_efficiency_wage() -> None:
    wage = float(theory.efficiency_wage(**SHIRKING))
    # values of working, shirking and being out of work, from the three asset equations
    out = (0.5 + 0.3 * (wage - 1.0) / (0.02 + 0.05)) / (0.02 + 0.3 * 0.02 / (0.02 + 0.05))
    working = (wage - 1.0 + 0.05 * out) / (0.02 + 0.05)
    shirking = (wage + (0.05 + 0.5) * out) / (0.02 + 0.05 + 0.5)
    assert working == pytest.approx(shirking, rel=1e-10)


def test_solow_wage() -> None:
    assert theory.solow_wage(1.0, 0.3) == pytest.approx(1.428571, abs=5e-7)
    best = minimize_scalar(
        lambda wage: wage / (wage - 1.0) ** 0.3, bounds=(1.01, 5.0), method="bounded"
    )
    assert best.x == pytest.approx(1.428571, abs=1e-4)
