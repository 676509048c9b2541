"""What moments tell of unknowns, against closed forms of linear models."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from stakhanov.experiments.identification import told_by

LUCK = np.random.default_rng(1935)
SLOPES = LUCK.normal(size=(12, 3)) * 10.0
ROOT = LUCK.uniform(0.5, 2.0, 12)


def covariance_of(size: int) -> np.ndarray:
    half = LUCK.normal(size=(size, size)) / np.sqrt(size)
    return half @ half.T + np.eye(size)


def test_with_weights_that_fit_the_covariance_is_that_of_least_squares() -> None:
    variances = 1.0 / ROOT**2
    told = told_by(SLOPES, np.zeros(12), np.diag(variances), ROOT, 10**6)
    expected = np.linalg.inv(SLOPES.T @ (SLOPES / variances[:, None]))
    assert told.covariance == pytest.approx(expected)
    assert told.half == pytest.approx(1.959964 * np.sqrt(np.diag(expected)), rel=1e-4)
    assert told.hardly == ()
    assert told.entangled == ()


def test_with_other_weights_it_is_that_of_estimates_drawn_over_and_over() -> None:
    spread = covariance_of(12)
    told = told_by(SLOPES, np.zeros(12), spread, ROOT, 1000)
    drawn = LUCK.multivariate_normal(np.zeros(12), spread, 40_000)
    estimates = np.linalg.lstsq(ROOT[:, None] * SLOPES, (drawn * ROOT).T, rcond=None)[0]
    assert told.covariance == pytest.approx(np.cov(estimates), rel=0.1, abs=2e-4)


def test_few_workers_widen_the_intervals_as_student_says() -> None:
    few, many = (told_by(SLOPES, np.zeros(12), np.eye(12), ROOT, lots) for lots in (12, 10**6))
    ratio = stats.t.ppf(0.975, 11) / stats.norm.ppf(0.975)
    assert few.half / many.half == pytest.approx(np.full(3, ratio), rel=1e-4)


def test_two_unknowns_that_do_the_same_are_named_together() -> None:
    slopes = np.column_stack([SLOPES, SLOPES[:, 1] * -0.7])
    told = told_by(slopes, np.zeros(12), np.eye(12), ROOT, 1000)
    assert told.entangled == ((1, 3),)
    assert told.hardly == ()


def test_slopes_that_differ_by_grain_alone_are_named_together_however_steep() -> None:
    grain = 1.0 + 0.01 * LUCK.standard_normal(12)
    steep = 1000.0 * np.column_stack([SLOPES, SLOPES[:, 1] * grain])
    told = told_by(steep, np.zeros(12), np.eye(12), ROOT, 1000)
    assert told.entangled == ((1, 3),)


def test_an_unknown_that_moves_next_to_nothing_is_named_alone() -> None:
    slopes = np.column_stack([SLOPES, np.full(12, 0.01)])
    told = told_by(slopes, np.zeros(12), np.eye(12), ROOT, 1000)
    assert told.hardly == (3,)
    assert told.entangled == ()


def test_an_estimate_leans_on_the_moment_that_alone_moves_with_it() -> None:
    slopes = np.zeros((4, 2))
    slopes[2, 0] = slopes[0, 1] = 5.0
    told = told_by(slopes, np.zeros(4), np.eye(4), np.ones(4), 1000)
    assert np.abs(told.leaning) == pytest.approx(np.eye(4)[[2, 0]])


def test_misfits_of_luck_alone_have_the_law_of_chi_squared() -> None:
    spread = covariance_of(12)
    chances = []
    for luck in LUCK.multivariate_normal(np.zeros(12), spread, 400):
        told = told_by(SLOPES, luck, spread, ROOT, 1000)
        assert told.fit.degrees == 9
        chances.append(told.fit.chance)
    assert stats.kstest(chances, "uniform").pvalue > 0.001


def test_a_misfit_that_no_unknown_explains_is_told() -> None:
    left = np.linalg.svd(ROOT[:, None] * SLOPES)[0][:, -1] / ROOT
    told = told_by(SLOPES, 20.0 * left, np.eye(12), ROOT, 1000)
    assert told.fit.chance < 1e-6
    along = told_by(SLOPES, SLOPES @ [5.0, -3.0, 1.0], np.eye(12), ROOT, 1000)
    assert along.fit.chance > 0.999


def test_too_few_workers_cannot_test_the_fit() -> None:
    told = told_by(SLOPES, np.ones(12), np.eye(12), ROOT, 20)
    assert np.isnan(told.fit.chance)
    assert told.fit.reason == (
        "20 workers or lots of them are too few beside 12 moments to test the fit"
    )
