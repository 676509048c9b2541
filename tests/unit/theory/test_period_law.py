"""The law of a period's output: printed example, quadrature and a fixed-seed simulation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.special import ndtr, ndtri

from stakhanov import theory

EXAMPLE: dict[str, Any] = {"breakpoints": [1.0], "rates": [0.4, 0.4], "jumps": [0.5], "noise": 0.5}
LADDER: dict[str, Any] = {
    "breakpoints": [0.9, 1.0],
    "rates": [0.3, 1.5, 0.3],
    "jumps": [0.0, 0.2],
    "noise": 0.5,
}


def test_printed_example() -> None:
    rate = theory.period_effort(0.0, 1.0, **EXAMPLE)
    assert rate == pytest.approx(0.7575020734, abs=5e-11)
    assert theory.period_mean(0.0, 1.0, **EXAMPLE) == pytest.approx(0.7575020734, abs=5e-11)
    assert theory.period_reach(1.0, 0.0, 1.0, **EXAMPLE) == pytest.approx(0.4900085, abs=5e-8)


@pytest.mark.parametrize("schedule", [EXAMPLE, LADDER])
@pytest.mark.parametrize(("output", "time_left"), [(0.0, 1.0), (0.7, 0.25)])
def test_density_is_one_and_has_the_mean_of_the_rate(
    schedule: dict[str, Any], output: float, time_left: float
) -> None:
    def density(y: float) -> float:
        return float(theory.period_density(y, output, time_left, **schedule))

    marks = schedule["breakpoints"]
    whole = quad(density, -4, 6, points=marks, epsabs=1e-13, limit=400)[0]
    mean = quad(lambda y: y * density(y), -4, 6, points=marks, epsabs=1e-13, limit=400)[0]
    above = quad(density, 1.0, 6, epsabs=1e-13, limit=400)[0]
    assert whole == pytest.approx(1.0, abs=1e-10)
    assert mean == pytest.approx(theory.period_mean(output, time_left, **schedule), abs=1e-9)
    assert above == pytest.approx(theory.period_reach(1.0, output, time_left, **schedule), abs=1e-9)
    beyond = quad(density, 1.2, 6, epsabs=1e-13, limit=400)[0]
    assert theory.period_reach(1.2, output, time_left, **schedule) == pytest.approx(
        beyond, abs=1e-9
    )


def test_log_density_jumps_at_the_bonus_and_bends_at_the_corner() -> None:
    step = 1e-6
    around = 1.0 + step * np.array([-2.0, -1.0, 0.0, 1.0])
    logs = np.log(np.asarray(theory.period_density(around, 0.0, 1.0, **EXAMPLE)))
    assert theory.density_jump(0.5, 0.5) == pytest.approx(2.0, abs=1e-12)
    assert logs[2] - logs[1] == pytest.approx(2.0, abs=1e-5)
    assert np.exp(2.0) == pytest.approx(7.389, abs=5e-4)
    bent = np.log(
        np.asarray(theory.period_density(0.9 + step * np.array([-2, -1, 0, 1]), 0, 1, **LADDER))
    )
    change = ((bent[3] - bent[2]) - (bent[1] - bent[0])) / step
    assert change == pytest.approx(4.0 * (1.5 - 0.3), abs=1e-3)


def test_ratio_of_five_per_cent_bins() -> None:
    reach = np.asarray(theory.period_reach(np.array([0.95, 1.0, 1.05]), 0.0, 1.0, **EXAMPLE))
    assert (reach[1] - reach[2]) / (reach[0] - reach[1]) == pytest.approx(6.554, abs=1e-3)


def test_the_jump_survives_any_mixture_of_starts() -> None:
    starts = np.array([-0.4, -0.1, 0.2, 0.6])
    share = np.array([0.1, 0.4, 0.3, 0.2])
    sides = np.array([1.0 - 1e-7, 1.0])[:, None]
    pooled = np.asarray(theory.period_density(sides, starts, 1.0, **EXAMPLE)) @ share
    assert np.log(pooled[1] / pooled[0]) == pytest.approx(2.0, abs=1e-5)


def test_density_takes_a_schedule_for_each_worker() -> None:
    marks = np.array([[0.9], [1.1]])
    many = theory.period_density(
        1.0, 0.0, 1.0, breakpoints=marks, rates=[0.4, 0.4], jumps=[0.5], noise=0.5
    )
    single = [
        theory.period_density(1.0, 0.0, 1.0, **{**EXAMPLE, "breakpoints": mark}) for mark in marks
    ]
    assert many == pytest.approx(single, rel=1e-12)


def simulated_path(workers: int, shifts: int) -> NDArray[np.float64]:
    """Output after each shift, drawn exactly: the end from its law, the way by Brownian bridge."""
    rng = np.random.default_rng(2024)
    above = rng.random(workers) < float(theory.period_reach(1.0, 0.0, 1.0, **EXAMPLE))
    mean, spread = 4.0 * 0.4 * 0.25, 0.5
    cut = ndtr((1.0 - mean) / spread)
    draw = rng.random(workers)
    end = mean + spread * ndtri(np.where(above, cut + draw * (1 - cut), draw * cut))
    path = np.zeros((shifts + 1, workers))
    for k in range(shifts):
        left = 1.0 - k / shifts
        step = 1.0 / shifts
        bridge = np.sqrt(max(step * (left - step), 0.0) / left)
        path[k + 1] = path[k] + step / left * (end - path[k])
        path[k + 1] += 0.5 * bridge * rng.standard_normal(workers)
    return path


def test_effort_is_a_martingale() -> None:
    path = simulated_path(40_000, 24)
    left = 1.0 - np.arange(24)[:, None] / 24.0
    rates = np.asarray(theory.period_effort(path[:-1], left, **EXAMPLE))
    means = rates.mean(axis=1)
    errors = rates.std(axis=1) / np.sqrt(rates.shape[1])
    assert np.max(np.abs(means - 0.7575020734)[1:] / errors[1:]) < 4.0
    assert path[-1].mean() == pytest.approx(0.7575020734, abs=4 * path[-1].std() / 200)


def test_mean_output_of_a_third_is_its_share_of_the_clock() -> None:
    path = simulated_path(40_000, 24)
    thirds = np.diff(path[[0, 8, 16, 24]].mean(axis=1))
    assert thirds == pytest.approx(np.full(3, 0.7575020734 / 3), abs=0.008)
