"""The fit of cost and motive to three pay treatments, and what it predicts for others."""

from __future__ import annotations

import math
from typing import Any

import pytest

from stakhanov import theory
from stakhanov.theory.motives import EffortExperiment

MEANS: dict[str, Any] = {
    "effort_unpaid": 1521.0,
    "rate_low": 0.01,
    "effort_low": 2029.0,
    "rate_high": 0.10,
    "effort_high": 2175.0,
}
EFFORTS = (1521.0, 2029.0, 2175.0)


@pytest.fixture
def exponential() -> EffortExperiment:
    return theory.effort_experiment(**MEANS)


def test_exponential_fit(exponential: EffortExperiment) -> None:
    assert exponential.curvature == pytest.approx(0.015771130773932, rel=1e-11)
    assert math.exp(exponential.log_cost) == pytest.approx(1.266892385932521e-16, rel=1e-11)
    assert exponential.motive == pytest.approx(3.315491701e-06, rel=1e-9)


def test_exponential_fit_by_the_other_printed_formula(exponential: EffortExperiment) -> None:
    ratio = 2175.0 / 2029.0
    log_cost = (math.log(0.10) - math.log(0.01) * ratio) / (1.0 - ratio)
    assert exponential.log_cost == pytest.approx(log_cost, rel=1e-12)


@pytest.mark.parametrize(("rate", "effort"), [(0.04, 2116.906), (0.001, 1883.210)])
def test_exponential_predictions(exponential: EffortExperiment, rate: float, effort: float) -> None:
    assert theory.predicted_effort(rate, exponential) == pytest.approx(effort, abs=5e-4)


def test_power_fit() -> None:
    power = theory.effort_experiment(**MEANS, shape="power")
    assert power.curvature == pytest.approx(33.137584916664, rel=1e-11)
    assert power.log_cost == pytest.approx(-256.9577655878, rel=1e-11)
    assert power.motive == pytest.approx(7.124220776e-07, rel=1e-8)
    assert 1.0 / float(power.curvature) == pytest.approx(0.0302, abs=5e-5)


@pytest.mark.parametrize(("rate", "effort"), [(0.04, 2115.684), (0.001, 1892.841)])
def test_power_predictions(rate: float, effort: float) -> None:
    power = theory.effort_experiment(**MEANS, shape="power")
    assert theory.predicted_effort(rate, power, "power") == pytest.approx(effort, abs=5e-4)


@pytest.mark.parametrize("shape", ["exponential", "power"])
def test_exact_fit_meets_all_three_means(shape: str) -> None:
    fit = theory.exact_effort_experiment(EFFORTS, (0.01, 0.10), shape)
    for rate, effort in zip((0.0, 0.01, 0.10), EFFORTS, strict=True):
        assert theory.predicted_effort(rate, fit, shape) == pytest.approx(effort, abs=1e-6)


def test_the_dropped_motive_hardly_matters(exponential: EffortExperiment) -> None:
    exact = theory.exact_effort_experiment(EFFORTS, (0.01, 0.10))
    assert theory.predicted_effort(0.04, exact) == pytest.approx(
        theory.predicted_effort(0.04, exponential), abs=0.05
    )


def test_effort_with_known_motive(exponential: EffortExperiment) -> None:
    effort = theory.motivated_effort(
        0.04, exponential.motive, math.exp(exponential.log_cost), exponential.curvature
    )
    assert effort == pytest.approx(2116.906, abs=5e-4)
    assert theory.motivated_effort(3.0, 1.0, 2.0, 2.0, "power") == pytest.approx(math.sqrt(2.0))
