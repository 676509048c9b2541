"""Contests against the published table, the direct integral, simulation and best responses."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.special import comb, ndtr
from scipy.stats import norm

from stakhanov import theory

TABLE = [
    (2, 1, 0.282095, 0.250000, 0.398942),
    (10, 1, 0.153875, 0.090000, 0.175498),
    (10, 3, 0.319617, 0.235278, 0.347693),
    (100, 10, 0.172979, 0.094326, 0.175498),
    (1000, 10, 0.026470, 0.009945, 0.026652),
]


def test_two_contestants() -> None:
    assert theory.tournament(prize=10, noise=3, cost=2) == pytest.approx(0.470158, abs=5e-7)
    assert theory.tournament(prize=10, noise=3, cost=2) == pytest.approx(
        10 / (2 * 2 * 3 * math.sqrt(math.pi)), rel=1e-12
    )
    assert theory.tournament(prize=10, noise=3, cost=2, distribution="gumbel") == pytest.approx(
        10 / (4 * 2 * 3), rel=1e-12
    )


@pytest.mark.parametrize(("entrants", "winners", "gaussian", "gumbel", "many"), TABLE)
def test_table(entrants: int, winners: int, gaussian: float, gumbel: float, many: float) -> None:
    assert theory.winning_slope(entrants, winners, 1.0) == pytest.approx(gaussian, abs=5e-7)
    assert theory.winning_slope(entrants, winners, 1.0, "gumbel") == pytest.approx(gumbel, abs=5e-7)
    share = winners / entrants
    assert theory.mean_field_tournament(1.0, share, 1.0) == pytest.approx(many, abs=5e-7)


@pytest.mark.parametrize(("entrants", "winners"), [(2, 1), (5, 4), (10, 3), (40, 7)])
def test_gaussian_slope_by_the_direct_integral(entrants: int, winners: int) -> None:
    n, k = entrants, winners
    value, _ = quad(
        lambda x: norm.pdf(x) ** 2 * norm.cdf(x) ** (n - k - 1) * norm.sf(x) ** (k - 1),
        -12,
        12,
        epsabs=1e-14,
        limit=400,
    )
    direct = (n - 1) * comb(n - 2, k - 1) * value
    assert theory.winning_slope(n, k, 1.0) == pytest.approx(direct, rel=1e-9)


def test_gumbel_slope_by_the_printed_sum() -> None:
    def harmonic(n: int) -> float:
        return sum(1 / j for j in range(1, n + 1))

    ranks = (1 - (harmonic(10) - harmonic(10 - m)) for m in (1, 2, 3))
    assert theory.winning_slope(10, 3, 1.0, "gumbel") == pytest.approx(sum(ranks) / 10, rel=1e-12)


@pytest.mark.parametrize(("entrants", "winners"), [(1e6, 1), (1e8, 1), (3000, 1500), (1200, 1199)])
def test_gumbel_slope_of_very_many(entrants: float, winners: int) -> None:
    gap = math.fsum(1 / (entrants - j) for j in range(winners))
    expected = (1 - winners / entrants) * gap
    assert theory.winning_slope(entrants, winners, 1.0, "gumbel") == pytest.approx(
        expected, rel=1e-12
    )


def test_gumbel_slope_by_simulation() -> None:
    rng = np.random.default_rng(20)
    others = np.sort(rng.gumbel(size=(200_000, 9)), axis=1)[:, -3]
    own = rng.gumbel(size=200_000)
    step = 0.2
    slope = (np.mean(own + step > others) - np.mean(own - step > others)) / (2 * step)
    assert theory.winning_slope(10, 3, 1.0, "gumbel") == pytest.approx(slope, abs=0.005)


def test_a_prize_for_each_rank_by_the_score_identity() -> None:
    for distribution in ("gaussian", "gumbel"):
        same = theory.prize_ladder(np.array([4.0, 4.0, 4.0]), 10, 2.0, 1.5, distribution)
        assert same == pytest.approx(
            theory.tournament(4.0, 10, 3, noise=2.0, cost=1.5, distribution=distribution), rel=1e-10
        )


def test_best_response_and_utilities_of_the_published_example() -> None:
    prize, cost, noise, together = 10.0, 2.0, 3.0, 0.4701579862897

    def utility(effort: float) -> float:
        return float(
            prize * ndtr((effort - together) / (noise * math.sqrt(2))) - cost * effort**2 / 2
        )

    best = minimize_scalar(lambda e: -utility(e), bounds=(0, 4), method="bounded")
    assert best.x == pytest.approx(0.470158, abs=1e-5)
    assert utility(together) == pytest.approx(4.778951, abs=5e-7)
    assert utility(0.0) == pytest.approx(4.558806, abs=5e-7)
    assert theory.winning_probability(-together, 2, 1, noise) == pytest.approx(
        (utility(0.0)) / prize, abs=1e-10
    )


def test_equilibrium_exists_with_noise_and_not_without() -> None:
    assert theory.tournament_gain(10.0, 2, 1, 3.0, 2.0) == pytest.approx(0.0, abs=1e-6)
    assert float(theory.tournament_gain(10.0, 2, 1, 0.3, 2.0)) > 1.0


def test_many_contestants_face_a_fixed_mark() -> None:
    exact = float(theory.tournament(1.0, 100, 10, noise=1.0))
    limit = float(theory.mean_field_tournament(1.0, 0.1, 1.0))
    assert limit / exact - 1.0 == pytest.approx(0.0146, abs=1e-4)
    far = float(theory.tournament(1.0, 1e6, 1e5, noise=1.0))
    assert far == pytest.approx(limit, rel=2e-6)


def test_as_many_contests_at_once_as_asked() -> None:
    prizes = np.array([[1.0], [10.0]])
    entrants = np.array([2.0, 10.0, 100.0])
    slopes = theory.tournament(prizes, entrants, noise=1.0)
    assert np.shape(slopes) == (2, 3)
    assert np.asarray(slopes)[1, 1] == pytest.approx(1.53875, abs=5e-5)
