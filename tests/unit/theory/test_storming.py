"""Uneven periods against printed thirds and explicit day-by-day plans."""

from __future__ import annotations

import numpy as np
import pytest

from stakhanov import theory

THIRDS = np.array([0.0, 1.0, 2.0, 3.0]) / 3.0


@pytest.mark.parametrize(
    ("rate", "shares"),
    [
        (0.02, (0.269, 0.329, 0.402)),
        (0.05, (0.186, 0.307, 0.506)),
        (0.10, (0.090, 0.245, 0.665)),
    ],
)
def test_deadline(rate: float, shares: tuple[float, float, float]) -> None:
    found = theory.deadline_share(THIRDS[:-1], THIRDS[1:], rate, 30.0)
    assert found == pytest.approx(shares, abs=6e-4)


def test_deadline_by_the_least_cost_plan() -> None:
    days = np.arange(3000) / 100.0 + 0.005
    plan = np.exp(0.05 * days)  # equal discounted marginal cost: e(t) proportional to exp(d t)
    thirds = plan.reshape(3, -1).sum(axis=1) / plan.sum()
    assert theory.deadline_share(THIRDS[:-1], THIRDS[1:], 0.05, 30.0) == pytest.approx(
        thirds, abs=1e-5
    )
    assert theory.deadline_share(0.2, 0.5, 0.0, 30.0) == pytest.approx(0.3, abs=1e-11)


@pytest.mark.parametrize(
    ("bias", "shares"),
    [
        (0.7, (0.247, 0.289, 0.463)),
        (0.5, (0.184, 0.239, 0.577)),
        (0.3, (0.115, 0.166, 0.719)),
        (0.2, (0.078, 0.119, 0.803)),
    ],
)
def test_present_bias(bias: float, shares: tuple[float, float, float]) -> None:
    found = theory.present_bias_share(THIRDS[:-1], THIRDS[1:], bias)
    assert found == pytest.approx(shares, abs=6e-4)


def test_present_bias_day_by_day() -> None:
    days = theory.present_bias_days(30, 0.5)
    assert days.sum() == pytest.approx(1.0, abs=1e-12)
    assert days.reshape(3, 10).sum(axis=1) == pytest.approx([0.185, 0.242, 0.573], abs=6e-4)
    many = theory.present_bias_days(30_000, 0.5).reshape(3, -1).sum(axis=1)
    limit = theory.present_bias_share(THIRDS[:-1], THIRDS[1:], 0.5)
    assert many == pytest.approx(limit, abs=1e-3)


def test_present_bias_with_another_elasticity() -> None:
    half = theory.present_bias_share(2 / 3, 1.0, 0.25, 0.5)
    assert half == pytest.approx(theory.present_bias_share(2 / 3, 1.0, 0.5), rel=1e-12)


def test_bias_that_a_storm_would_need() -> None:
    assert theory.storming_bias(1 / 3, 0.8) == pytest.approx(0.203, abs=5e-4)


def test_clock_of_late_inputs() -> None:
    shifts = np.arange(1.0, 25.0)
    shares = np.asarray(theory.clock_share(shifts, 24, 0.15, 0.25))
    assert shares.reshape(3, 8).sum(axis=1) == pytest.approx([0.15, 0.25, 0.60], abs=1e-12)
    assert np.asarray(theory.clock_share(shifts, 25, 0.15, 0.25)).min() > 0.0
    assert theory.clock_share(3, 24) == pytest.approx(1 / 24, rel=1e-12)
