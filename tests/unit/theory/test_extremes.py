"""Numbers at the edges: vanishing noise, huge bonuses, thousands of millions, rates all but equal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr

from stakhanov import theory

NOTCH: dict[str, Any] = {"breakpoints": [1.0], "rates": [0.3, 0.3], "jumps": [0.5]}
KINK: dict[str, Any] = {"breakpoints": [1.0], "rates": [1.2, 0.7], "jumps": [0.0]}
HOLE: dict[str, Any] = {"breakpoints": [1.0], "rates": [0.5, 2.0], "jumps": [0.0]}


@pytest.mark.parametrize("noise", [1e-3, 1e-6, 1e-9, 1e-50, 1e-150])
@pytest.mark.parametrize(
    ("schedule", "start", "end"),
    [
        (NOTCH, 0.0, 1.0),  # .3 + .5 - 1/2 at the norm beats .3^2/2 below it
        (NOTCH, -1.0, -0.7),  # from here the norm is too far
        (NOTCH, 1.2, 1.5),  # the norm is passed: the rate alone
        (KINK, 0.0, 1.0),  # 1.2 below and .7 above: the norm itself
        (KINK, 0.6, 1.3),
        (HOLE, 0.0, 2.0),  # over the hole
        (HOLE, -1.0, -0.5),  # below it
    ],
)
def test_without_noise_the_best_end_is_chosen(
    schedule: dict[str, Any], start: float, end: float, noise: float
) -> None:
    rate = theory.period_effort(start, 1.0, **schedule, noise=noise)
    assert rate == pytest.approx(end - start, abs=2e-14 + 5.0 * noise**2)


@pytest.mark.parametrize("noise", [1e-6, 1e-9, 1e-50])
def test_the_law_around_a_kink_as_noise_vanishes(noise: float) -> None:
    """Just below the norm the log density rises by (1.2 - 1)/noise^2, just above it falls by .3/noise^2."""
    scale = noise**2
    above = theory.period_reach(1.0, 0.0, 1.0, **KINK, noise=noise)
    assert above == pytest.approx((1 / 0.3) / (1 / 0.2 + 1 / 0.3), rel=1e-8)
    peak = theory.period_density(1.0, 0.0, 1.0, **KINK, noise=noise)
    assert peak == pytest.approx(1.0 / (scale * (1 / 0.2 + 1 / 0.3)), rel=1e-8)
    if 1.0 + scale > 1.0:  # otherwise no number lies between
        beyond = theory.period_reach(1.0 + scale, 0.0, 1.0, **KINK, noise=noise)
        assert beyond == pytest.approx(0.4 * np.exp(-0.3), rel=1e-3)


@pytest.mark.parametrize("bonus", [1e2, 1e4, 1e8, 1e12, 1e100, 1e300])
def test_a_bonus_that_must_be_won(bonus: float) -> None:
    """Conditioned on reaching the norm: mean of a normal cut off at (1 - .3)/.5, over the time left."""
    cut = (1.0 - 0.3) / 0.5
    expected = 0.3 + 0.5 * np.exp(-(cut**2) / 2) / np.sqrt(2 * np.pi) / ndtr(-cut)
    rate = theory.period_effort(
        0.0, 1.0, breakpoints=[1.0], rates=[0.3, 0.3], jumps=[bonus], noise=0.5
    )
    assert rate == pytest.approx(expected, rel=1e-13)
    assert theory.period_reach(
        1.0, 0.0, 1.0, breakpoints=[1.0], rates=[0.3, 0.3], jumps=[bonus], noise=0.5
    ) == pytest.approx(1.0, rel=1e-13)


def test_marks_that_almost_meet_are_one_mark() -> None:
    one = theory.period_effort(
        0.0, 1.0, breakpoints=[1.0], rates=[0.3, 0.3], jumps=[1.0], noise=0.01
    )
    two = theory.period_effort(
        0.0,
        1.0,
        breakpoints=[1.0, 1.0 + 1e-12],
        rates=[0.3, 0.9, 0.3],
        jumps=[0.5, 0.5],
        noise=0.01,
    )
    assert two == pytest.approx(one, rel=1e-9)


@pytest.mark.parametrize("entrants", [1e9, 1e12])
def test_contests_of_thousands_of_millions(entrants: float) -> None:
    """A tenth wins: the fixed mark of very many. One wins: like the last prize; steps of the record."""
    slope = theory.winning_slope(entrants, entrants / 10, 1.0)
    assert slope == pytest.approx(theory.mean_field_tournament(1.0, 0.1, 1.0), rel=1e-8)
    best = theory.prize_ladder([1.0], entrants, 1.0)
    assert best == pytest.approx(theory.normal_record(entrants) / entrants, rel=1e-10)
    assert theory.winning_slope(entrants, 1, 1.0) == pytest.approx(best, rel=1e-9)
    gumbel = theory.winning_slope(entrants, 1, 1.0, "gumbel")
    assert gumbel == pytest.approx((1.0 - 1.0 / entrants) / entrants, rel=1e-12)


def test_lists_of_thousands_at_once() -> None:
    entrants = np.unique(np.geomspace(3, 1e9, 400).round())
    slopes = np.asarray(theory.winning_slope(entrants, 1, 1.0))
    assert np.all(np.diff(slopes) < 0.0)
    starts = np.linspace(-5.0, 5.0, 20_001)
    rates = np.asarray(theory.period_effort(starts, 0.3, **NOTCH, noise=0.02))
    assert np.all(np.isfinite(rates))
    assert rates.min() == pytest.approx(0.3, rel=1e-9)


@pytest.mark.parametrize("log_sd", [1e-6, 0.25, 3.0, 10.0, 20.0])
def test_records_of_one_and_two_in_closed_form(log_sd: float) -> None:
    mean = np.exp(log_sd**2 / 2)
    assert theory.record(1, log_sd=log_sd) == pytest.approx(mean, rel=1e-11)
    assert theory.record(2, log_sd=log_sd) == pytest.approx(
        2.0 * mean * ndtr(log_sd / np.sqrt(2.0)), rel=1e-10
    )


def test_a_record_that_no_number_holds_is_infinite() -> None:
    assert theory.record(1e6, log_sd=40.0) == np.inf


def test_ratchets_without_patience_or_without_end() -> None:
    """b_eff/b = (1 - delta)/(1 - delta + lam delta), also where one less the loss has no digits."""
    discount = 1.0 - 2.0**-40
    assert theory.ratchet(0.3, discount) == pytest.approx(2.0**-40 / 0.3, rel=1e-11)
    assert theory.ratchet(0.3, discount, 1e9) == pytest.approx(
        2.0**-40 / 0.3, rel=1e-11
    )  # .7^(1e9) is nothing
    assert theory.ratchet(0.3, 1.0, 3) == pytest.approx(0.7**3, rel=1e-13)
    assert theory.ratchet(1e-300, 0.9) == 1.0
    assert theory.ratchet(0.3, 0.0) == 1.0


def test_a_hole_closes_as_rates_become_equal() -> None:
    """Expanding in the step of the rates h: the hole is q (1 -+ eps h/2)."""
    step = 1e-9
    hole = theory.convex_hole(1.0, 1.0 + step, 100.0, 0.3)
    assert (100.0 - float(hole.low)) / step == pytest.approx(15.0, rel=1e-4)
    assert (float(hole.high) - 100.0) / step == pytest.approx(15.0, rel=1e-4)
    steep = theory.convex_hole(1.0, 2.0, 100.0, 5000.0)
    assert steep.high == pytest.approx(100.0 * 5001.0 / 2.0, rel=1e-12)
    assert steep.low == 0.0


def test_padding_with_a_lying_cost_beside_nothing_or_beyond_all() -> None:
    given: dict[str, Any] = {"bonus": 10.0, "audit": 0.0, "fine": 0.0}
    for cost in (1e-300, 1e-12, 1.0, 1e12, 1e300):
        assert theory.padding(**given, lying_cost=cost) == pytest.approx(
            np.sqrt(20.0) / np.sqrt(cost), rel=1e-13
        )
    assert theory.padding(1e300, 0.0, 0.0, lying_cost=1e10) == pytest.approx(
        np.sqrt(2.0) * 1e145, rel=1e-13
    )


def test_spread_and_deadlines_of_any_speed() -> None:
    assert theory.diffusion(1e-300, 1e200, 1e-150) == pytest.approx(1.0, abs=1e-15)
    assert theory.deadline_share(0.5, 1.0, 1e3, 30.0) == 1.0
    assert theory.deadline_share(0.0, 0.5, 1e3, 30.0) == 0.0


def test_an_experiment_that_no_motive_fits_is_refused() -> None:
    with pytest.raises(ValueError, match="efforts: must rise with the rates"):
        theory.exact_effort_experiment((2500.0, 2029.0, 2175.0), (0.01, 0.10))
