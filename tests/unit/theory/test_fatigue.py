"""Muscles, training and rewards against printed numbers and their own dynamics."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import solve_ivp
from scipy.optimize import brentq, minimize_scalar

from stakhanov import theory

ELBOW = {"fatigue": 0.00912, "recovery": 0.00094}


def test_sustainable_load() -> None:
    assert theory.sustainable_load(**ELBOW) == pytest.approx(0.093439, abs=5e-7)


@pytest.mark.parametrize(("load", "seconds"), [(0.3, 292.65), (0.5, 115.72), (0.7, 48.06)])
def test_endurance_time(load: float, seconds: float) -> None:
    assert theory.endurance_time(load, **ELBOW) == pytest.approx(seconds, abs=6e-3)


def test_endurance_time_by_integration() -> None:
    def rates(
        _: float, state: NDArray[np.float64]
    ) -> list[float]:  # active muscle is held at the load
        return [0.00912 * 0.5 - 0.00094 * state[0]]

    def spent(_: float, state: NDArray[np.float64]) -> float:
        return float(1.0 - 0.5 - state[0])  # nothing is left to recruit

    path = solve_ivp(rates, (0, 500), [0.0], events=spent, rtol=1e-9, atol=1e-12)
    assert path.t_events is not None
    assert theory.endurance_time(0.5, **ELBOW) == pytest.approx(path.t_events[0][0], rel=1e-6)


def test_a_light_load_is_held_for_ever() -> None:
    assert theory.endurance_time(0.09, **ELBOW) == np.inf
    assert theory.endurance_time(theory.sustainable_load(**ELBOW), **ELBOW) == np.inf


@pytest.mark.parametrize(("duty", "load"), [(0.25, 0.825821), (0.5, 0.622517), (0.75, 0.382114)])
def test_duty_cycle(duty: float, load: float) -> None:
    assert theory.duty_cycle_load(duty, **ELBOW, rest=15.0) == pytest.approx(load, abs=5e-7)


def test_duty_cycle_balances_fatigue_and_recovery() -> None:
    def balance(load: float) -> float:
        return 0.5 * 0.00912 * load - 0.00094 * (1 - load) * (0.5 + 15 * 0.5)

    assert theory.duty_cycle_load(0.5, **ELBOW, rest=15.0) == pytest.approx(
        brentq(balance, 0.01, 0.99), rel=1e-10
    )
    assert theory.duty_cycle_load(1.0, **ELBOW, rest=15.0) == pytest.approx(
        theory.sustainable_load(**ELBOW), rel=1e-12
    )


def test_training() -> None:
    found = theory.training()
    assert found.even == pytest.approx(5.822436, abs=5e-7)
    assert found.peak == pytest.approx(20.873216, abs=5e-7)


def test_training_by_its_recursion() -> None:
    fitness = fatigue = 0.0
    for _ in range(4000):
        fitness = fitness * np.exp(-1 / 42) + 1.0
        fatigue = fatigue * np.exp(-1 / 7) + 1.0
    assert theory.training().steady == pytest.approx(fitness - 2.0 * fatigue, rel=1e-9)
    assert theory.training().steady == pytest.approx(27.478183, abs=5e-7)
    best = minimize_scalar(
        lambda day: -(np.exp(-day / 42) - 2 * np.exp(-day / 7)), bounds=(1, 60), method="bounded"
    )
    assert theory.training().peak == pytest.approx(best.x, abs=1e-4)


def test_effort_and_reward() -> None:
    assert theory.effort_reward(12.0, 10.0, 6 / 5) == pytest.approx(1.0, rel=1e-12)
    strain = 0.0
    for _ in range(3000):
        strain = strain * np.exp(-1 / 60) + 0.02 * max(0.0, np.log(1.4))
    assert theory.imbalance_strain(1.4, 60.0, 0.02) == pytest.approx(strain, rel=1e-9)
    assert theory.imbalance_strain(0.9, 60.0, 0.02) == 0.0
