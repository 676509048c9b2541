"""Mills ratio and logs of normal probabilities against series, quadrature and arbitrary range."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from stakhanov.theory.mills import log_mills, log_normal_density, log_stretch, mills


@pytest.mark.parametrize("z", [-5.0, -0.5, 0.0, 0.7, 6.0])
def test_mills_ratio_by_quadrature(z: float) -> None:
    value, _ = quad(lambda t: np.exp(-t * z - t**2 / 2), 0, 60, epsabs=1e-13, limit=400)
    assert mills(z) == pytest.approx(value, rel=1e-10)
    assert log_mills(z) == pytest.approx(np.log(value), abs=1e-10)


@pytest.mark.parametrize("z", [40.0, 260.0, 1e6])
def test_mills_ratio_in_the_right_tail_by_its_series(z: float) -> None:
    series = 1 / z - 1 / z**3 + 3 / z**5 - 15 / z**7
    assert mills(z) == pytest.approx(series, rel=1e-11)


@pytest.mark.parametrize("z", [-40.0, -260.0, -1e5])
def test_mills_ratio_in_the_left_tail(z: float) -> None:
    assert log_mills(z) == pytest.approx(z**2 / 2 + 0.5 * np.log(2 * np.pi), rel=1e-14)


@pytest.mark.parametrize(
    ("low", "high"), [(-1.0, 2.0), (-1e-9, 1e-9), (3.0, 4.0), (-9.0, -8.0), (-np.inf, 0.3)]
)
def test_probability_between(low: float, high: float) -> None:
    value = norm.cdf(high) - norm.cdf(low) if low < 0 else norm.sf(low) - norm.sf(high)
    found = log_between(low, high)
    assert found == pytest.approx(np.log(value), abs=1e-7)


def test_probability_far_out_and_of_nothing() -> None:
    far = [log_between(200.0, 201.0), log_between(-300.0, -299.0)]
    assert far == pytest.approx([norm.logsf(200.0), norm.logsf(299.0)], rel=1e-12)
    assert log_between(1.0, 1.0) == -np.inf
    assert log_between(-np.inf, np.inf) == pytest.approx(0.0, abs=1e-15)


def log_between(low: float, high: float) -> float:
    """Log of the probability of an interval, from the stretch and the density nearest 0."""
    ends = np.array([low]), np.array([high])
    nearest = min(max(0.0, low), high)
    return float((log_stretch(*ends, ends[1] - ends[0]) + log_normal_density(nearest))[0])


@pytest.mark.parametrize("low", [1e3, 1e8, 1e150])
def test_a_stretch_keeps_its_digits_however_far_out(low: float) -> None:
    """Out there the density falls as exp(-low w): the stretch is (1 - exp(-low w))/low."""
    width = 1.5 / low
    found = log_stretch(np.array([low]), np.array([low + width]), np.array([width]))[0]
    assert found == pytest.approx(np.log(-np.expm1(-1.5) / low), rel=2e-6)
