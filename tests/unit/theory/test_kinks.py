"""Kinks, holes and notches against published numbers and a brute search over outputs."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm

from stakhanov import theory


def best_output(
    ability: float, elasticity: float, rates: tuple[float, float], bonus: float = 0.0
) -> float:
    """Best output by search over a fine grid that holds the norm of 100 itself."""
    outputs: NDArray[np.float64] = np.linspace(0.01, 250.0, 25_000)
    pay = rates[0] * np.minimum(outputs, 100.0) + rates[1] * np.maximum(outputs - 100.0, 0.0)
    pay = pay + bonus * (outputs >= 100.0 - 1e-9)
    cost = np.asarray(theory.isoelastic_cost(outputs, ability, elasticity))
    return float(outputs[np.argmax(pay - cost)])


def test_concave_kink() -> None:
    assert theory.concave_kink(1.0, 0.7, 100.0, 0.3) == pytest.approx(111.293702, abs=5e-7)
    assert theory.concave_kink_share(1, 0.7, 100, 0.3, mean=95, sd=20) == pytest.approx(
        0.193667, abs=5e-7
    )


def test_concave_kink_by_search() -> None:
    assert best_output(111.0, 0.3, (1.0, 0.7)) == pytest.approx(100.0, abs=0.011)
    assert best_output(112.0, 0.3, (1.0, 0.7)) > 100.5
    assert best_output(99.0, 0.3, (1.0, 0.7)) == pytest.approx(99.0, abs=0.011)


def test_elasticity_is_recovered_from_the_excess() -> None:
    excess = float(theory.concave_kink(1.0, 0.7, 100.0, 0.3)) - 100.0
    assert theory.kink_elasticity(excess, 100.0, 1.0, 0.7) == pytest.approx(0.3, rel=1e-12)


def test_convex_hole() -> None:
    hole = theory.convex_hole(1.0, 2.0, 100.0, 0.3)
    assert hole == pytest.approx((88.901726, 109.450863), abs=5e-7)


def test_convex_hole_by_search() -> None:
    below, above = best_output(88.85, 0.3, (1.0, 2.0)), best_output(88.95, 0.3, (1.0, 2.0))
    assert below == pytest.approx(88.85, abs=0.02)
    assert above == pytest.approx(109.5, abs=0.05)


@pytest.mark.parametrize(
    ("elasticity", "least", "share"), [(1.0, 64.174243, 0.537083), (0.3, 80.072752, 0.370982)]
)
def test_notch(elasticity: float, least: float, share: float) -> None:
    assert theory.notch(1.0, 10.0, 100.0, elasticity) == pytest.approx(least, abs=5e-7)
    assert theory.notch_share(1, 10, 100, elasticity, mean=95, sd=20) == pytest.approx(
        share, abs=5e-7
    )


def test_notch_in_closed_form() -> None:
    root = (-np.sqrt(20.0) + np.sqrt(20.0 + 400.0)) / 2.0
    assert theory.notch(1.0, 10.0, 100.0, 1.0) == pytest.approx(root**2, rel=1e-13)
    assert theory.notch(0.0, 10.0, 100.0, 1.0) == pytest.approx(100.0**2 / 20.0, rel=1e-13)
    assert theory.notch(1.0, 0.0, 100.0, 0.3) == pytest.approx(100.0, rel=1e-7)


@pytest.mark.parametrize(("elasticity", "least"), [(1.0, 64.174243), (0.3, 80.072752)])
def test_notch_by_search(elasticity: float, least: float) -> None:
    assert best_output(least - 0.05, elasticity, (1.0, 1.0), 10.0) < 99.0
    assert best_output(least + 0.05, elasticity, (1.0, 1.0), 10.0) == pytest.approx(100, abs=0.011)


def test_shares_by_counting_workers() -> None:
    draws = norm.ppf((np.arange(4000) + 0.5) / 4000, loc=95, scale=20)
    at_norm = np.mean((draws >= 80.072752) & (draws < 100.0))
    assert at_norm == pytest.approx(0.370982, abs=5e-4)
