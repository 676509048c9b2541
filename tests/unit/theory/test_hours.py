"""The hours wall against its printed numbers and the steady state of the strain rule."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from stakhanov import theory

HOURS = np.array([49.0, 56.0, 63.0, 70.0])


def test_hours_wall() -> None:
    assert theory.hours_wall(HOURS) == pytest.approx([49, 54.30, 56.01, 54.64], abs=0.006)
    assert theory.hours_wall(35.0) == 35.0


def test_fitted_curve() -> None:
    assert theory.pencavel_output(HOURS) == pytest.approx([49, 54.25, 56.0, 54.25], abs=1e-12)
    best = minimize_scalar(
        lambda h: -float(theory.pencavel_output(h)), bounds=(50, 80), method="bounded"
    )
    assert best.x == pytest.approx(63.0, abs=1e-3)


def test_strain_form_stays_near_the_fitted_curve() -> None:
    hours = np.linspace(30, 70, 81)
    ratio = np.asarray(theory.hours_wall(hours)) / np.asarray(theory.pencavel_output(hours))
    assert np.max(np.abs(ratio - 1.0)) < 0.008


def test_peak() -> None:
    best = minimize_scalar(
        lambda h: -float(theory.hours_wall(h)), bounds=(50, 80), method="bounded"
    )
    assert theory.hours_peak() == pytest.approx(best.x, abs=1e-3)


def test_the_wall_is_the_steady_state_of_strain() -> None:
    effort, strain, fade = 63.0 / 49.0, 0.0, np.exp(-1.0 / 60.0)
    for _ in range(3000):
        strain = strain * fade + 1.53 * (1.0 - fade) * max(effort - 1.0, 0.0) ** 2
    assert theory.hours_wall(63.0) == pytest.approx(63.0 / (1.0 + strain), rel=1e-10)
