"""Records against printed numbers, quadrature and simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from stakhanov import theory
from stakhanov.theory.order_statistics import best_of


@pytest.mark.parametrize(
    ("workers", "best"),
    [(10, 1.538753), (100, 2.507594), (1e3, 3.241436), (1e4, 3.851616), (1e6, 4.862897)],
)
def test_best_of_many_normal_draws(workers: float, best: float) -> None:
    assert theory.normal_record(workers) == pytest.approx(best, abs=5e-7)


@pytest.mark.parametrize("workers", [2, 10, 1000])
def test_best_of_many_by_quadrature(workers: int) -> None:
    value, _ = quad(
        lambda z: z * workers * norm.cdf(z) ** (workers - 1) * norm.pdf(z), -10, 10, epsabs=1e-13
    )
    assert theory.normal_record(workers) == pytest.approx(value, rel=1e-9)


def test_order_statistics_sum_to_nothing() -> None:
    ranks = np.arange(1.0, 31.0)
    assert np.sum(best_of(lambda z: z, ranks, 30.0)) == pytest.approx(0.0, abs=1e-11)


@pytest.mark.parametrize("size", [1.0, 7.0, 1e6, 1e9])
def test_order_statistics_of_very_many_draws(size: float) -> None:
    found = best_of(lambda z: z, 1.0, size, "gumbel")
    assert found == pytest.approx(np.log(size) + np.euler_gamma, abs=1e-11)
    assert best_of(np.ones_like, size, size) == pytest.approx(1.0, abs=1e-12)


def test_gumbel_record() -> None:
    assert theory.gumbel_record(100, 2.0, 0.5) == pytest.approx(
        2.0 + 0.5 * (np.log(100) + 0.5772157), abs=5e-8
    )


def test_lognormal_record() -> None:
    best = float(theory.record(1e6, log_sd=0.25))
    assert best == pytest.approx(3.37, abs=0.011)
    printed = np.exp(0.25 * float(theory.normal_record(1e6)))
    assert printed == pytest.approx(3.37, abs=5e-3)
    assert best > printed
    assert theory.record(1, 2.0, log_sd=0.5) == pytest.approx(2.0 * np.exp(0.125), rel=1e-12)


def test_lognormal_record_by_quadrature() -> None:
    value, _ = quad(
        lambda z: np.exp(0.25 * z) * 1e6 * np.exp((1e6 - 1) * norm.logcdf(z)) * norm.pdf(z),
        3.0,
        9.0,
        epsabs=1e-12,
        limit=200,
    )
    assert theory.record(1e6, log_sd=0.25) == pytest.approx(value, rel=1e-9)


def test_number_of_records() -> None:
    assert theory.record_count(100) == pytest.approx(5.187378, abs=5e-7)
    assert theory.record_count(1000) == pytest.approx(7.485471, abs=5e-7)
    assert theory.record_count(100) == pytest.approx(sum(1 / j for j in range(1, 101)), rel=1e-12)


def test_a_trial_is_a_record_with_one_over_its_number() -> None:
    numbers = np.array([2.0, 10.0, 1e6])
    rise = np.asarray(theory.record_count(numbers)) - np.asarray(theory.record_count(numbers - 1))
    assert rise == pytest.approx(1.0 / numbers, rel=1e-8)


def test_number_of_records_by_simulation() -> None:
    draws = np.random.default_rng(3).random((20_000, 100))
    records = (draws == np.maximum.accumulate(draws, axis=1)).sum(axis=1)
    assert records.mean() == pytest.approx(5.187378, abs=4 * records.std() / np.sqrt(20_000))


@pytest.mark.parametrize(
    ("multiple", "log_sd", "log10_probability"),
    [
        (14.57, 0.25, -26.4),
        (14.57, 0.50, -7.4),
        (2.0, 0.25, -2.6),
        (3.0, 0.25, -5.3),
        (5.0, 0.25, -10.2),
    ],
)
def test_how_far_out_a_record_lies(
    multiple: float, log_sd: float, log10_probability: float
) -> None:
    tail = theory.record_tail(multiple, log_sd)
    assert tail.log10_probability == pytest.approx(log10_probability, abs=0.06)
    assert tail.log10_probability == pytest.approx(
        norm.logsf(np.log(multiple) / log_sd) / np.log(10), rel=1e-12
    )


def test_standard_deviations_of_the_published_record() -> None:
    assert theory.record_tail(14.57, 0.25).z == pytest.approx(10.72, abs=5e-3)
    assert theory.record_tail(14.57, 0.50).z == pytest.approx(5.36, abs=5e-3)


def test_probability_of_a_record_being_beaten() -> None:
    assert theory.record_beaten(1.5, 50, 0.25) == pytest.approx(
        1 - norm.cdf(np.log(1.5) / 0.25) ** 50, rel=1e-12
    )
    tail = theory.record_tail(14.57, 0.25)
    assert np.log10(theory.record_beaten(14.57, 10, 0.25)) == pytest.approx(
        float(tail.log10_probability) + 1.0, abs=1e-9
    )
