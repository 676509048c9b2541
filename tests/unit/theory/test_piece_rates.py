"""Pay by the piece against its published numbers and against numeric optimisation."""

from __future__ import annotations

import pytest
from scipy.optimize import minimize_scalar

from stakhanov import theory


def test_quadratic_worker() -> None:
    assert theory.piece_rate(2.0, 1.5, 3.0) == pytest.approx(1.0, abs=1e-12)
    assert theory.piece_rate_output(2.0, 1.5, 3.0) == pytest.approx(1.5, abs=1e-12)


def test_quadratic_worker_by_numeric_maximum() -> None:
    best = minimize_scalar(lambda e: -(0.4 + 2.0 * 1.5 * e - 3.0 * e**2 / 2.0))
    assert theory.piece_rate(2.0, 1.5, 3.0) == pytest.approx(best.x, abs=1e-7)
    assert theory.piece_rate_utility(2.0, 1.5, 3.0, 0.4) == pytest.approx(-best.fun, abs=1e-9)


def test_isoelastic_worker() -> None:
    assert theory.isoelastic_output(10.0, 1.44, 0.5) == pytest.approx(12.0, abs=1e-12)
    assert theory.isoelastic_utility(10.0, 1.44, 0.5) == pytest.approx(11.52, abs=1e-12)


def test_isoelastic_worker_by_numeric_maximum() -> None:
    best = minimize_scalar(
        lambda y: float(theory.isoelastic_cost(y, 10.0, 0.5)) - 1.44 * y,
        bounds=(1.0, 30.0),
        method="bounded",
        options={"xatol": 1e-9},
    )
    assert theory.isoelastic_output(10.0, 1.44, 0.5) == pytest.approx(best.x, abs=1e-5)
    assert theory.isoelastic_utility(10.0, 1.44, 0.5) == pytest.approx(-best.fun, abs=1e-9)


def test_unit_elasticity_is_the_quadratic_worker() -> None:
    assert theory.isoelastic_output(1.5**2 / 3.0, 2.0, 1.0) == pytest.approx(
        theory.piece_rate_output(2.0, 1.5, 3.0), abs=1e-12
    )
