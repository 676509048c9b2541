"""Laws that hold whatever the numbers: monotone, limits, one form inside another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakhanov import theory

positive = st.floats(0.05, 20.0)
rates = st.floats(0.05, 3.0)
shares = st.floats(0.01, 0.99)
elasticities = st.floats(0.05, 2.0)


@given(positive, positive, st.floats(1.001, 3.0), st.integers(2, 200))
def test_a_larger_prize_or_less_noise_calls_for_more_effort(
    prize: float, noise: float, more: float, entrants: int
) -> None:
    effort = float(theory.tournament(prize, entrants, noise=noise))
    assert float(theory.tournament(prize * more, entrants, noise=noise)) > effort
    assert float(theory.tournament(prize, entrants, noise=noise * more)) < effort


@given(st.integers(3, 400), st.data())
def test_first_and_last_prize_are_mirror_images(entrants: int, data: st.DataObject) -> None:
    winners = data.draw(st.integers(1, entrants - 1))
    one = theory.winning_slope(entrants, winners, 1.0)
    other = theory.winning_slope(entrants, entrants - winners, 1.0)
    assert one == pytest.approx(other, rel=1e-9)


@given(shares, shares, st.integers(0, 60), st.floats(1.0, 1e6))
def test_ratchet_weakens_with_the_end_near_and_with_the_group(
    adjustment: float, discount: float, left: int, group: float
) -> None:
    forever = float(theory.ratchet(adjustment, discount))
    sooner = float(theory.ratchet(adjustment, discount, left))
    assert forever - 1e-12 <= float(theory.ratchet(adjustment, discount, left + 1)) <= sooner <= 1.0
    assert forever <= float(theory.ratchet(adjustment, discount, group=group)) <= 1.0
    r = 1.0 / discount - 1.0
    assert forever == pytest.approx(1.0 / (1.0 + adjustment / r), rel=1e-9)


@given(rates, shares, shares, shares, elasticities)
def test_asymmetric_ratchet_is_a_clip(
    norm: float, one: float, other: float, discount: float, elasticity: float
) -> None:
    up, down = max(one, other), min(one, other)
    output = float(theory.asymmetric_ratchet(norm, up, down, discount, elasticity=elasticity))
    low = float(theory.ratchet(up, discount)) ** elasticity
    high = float(theory.ratchet(down, discount)) ** elasticity
    assert low - 1e-12 <= output <= high + 1e-12
    assert output == pytest.approx(norm) or output == pytest.approx(low if norm < low else high)


@given(rates, positive, positive, elasticities)
def test_notch_lies_below_the_norm_and_falls_with_the_bonus(
    rate: float, bonus: float, norm: float, elasticity: float
) -> None:
    least = float(theory.notch(rate, bonus, norm, elasticity))
    assert 0.0 < least * rate**elasticity <= norm * (1 + 1e-9)
    assert float(theory.notch(rate, bonus * 2.0, norm, elasticity)) <= least
    cost = float(theory.isoelastic_cost(norm, least, elasticity))
    alone = float(theory.isoelastic_utility(least, rate, elasticity))
    assert rate * norm + bonus - cost == pytest.approx(alone, rel=1e-6, abs=1e-6)


@given(rates, st.floats(1.01, 3.0), positive, elasticities)
def test_hole_lies_around_the_norm(
    below: float, steeper: float, norm: float, elasticity: float
) -> None:
    hole = theory.convex_hole(below, below * steeper, norm, elasticity)
    assert float(hole.low) < norm < float(hole.high)
    theta = float(hole.low) / below**elasticity
    left = float(theory.isoelastic_utility(theta, below, elasticity))
    right = float(theory.isoelastic_utility(theta, below * steeper, elasticity))
    assert left == pytest.approx(right - below * (steeper - 1.0) * norm, rel=1e-8, abs=1e-10)


@given(positive, shares, positive, positive, st.floats(1.0, 5.0))
def test_padding_falls_with_audits_fines_and_scruples(
    bonus: float, audit: float, fine: float, lying_cost: float, more: float
) -> None:
    base = float(theory.padding(bonus, audit, fine, lying_cost=lying_cost))
    assert float(theory.padding(bonus, min(audit * more, 1.0), fine, lying_cost=lying_cost)) <= base
    assert float(theory.padding(bonus, audit, fine * more, lying_cost=lying_cost)) <= base
    assert float(theory.padding(bonus, audit, fine, lying_cost=lying_cost * more)) <= base
    assert float(theory.padding(bonus * more, audit, fine, lying_cost=lying_cost)) >= base


@given(positive, positive, st.floats(0.0, 50.0), st.floats(0.0, 50.0))
def test_diffusion_only_rises_and_stays_a_share(
    innovation: float, imitation: float, one: float, other: float
) -> None:
    early, late = sorted((one, other))
    first = float(theory.diffusion(innovation, imitation, early))
    assert 0.0 <= first <= float(theory.diffusion(innovation, imitation, late)) <= 1.0


@given(st.integers(1, 10**8), st.floats(0.05, 1.0))
def test_more_workers_have_a_better_best(workers: int, log_sd: float) -> None:
    best = float(theory.record(workers, log_sd=log_sd))
    assert best < float(theory.record(2 * workers, log_sd=log_sd))
    assert best >= np.exp(log_sd * float(theory.normal_record(workers))) * (1 - 1e-9)


@given(
    st.floats(-1.0, 3.0),
    st.floats(0.02, 2.0),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
    st.floats(0.0, 2.0),
    st.floats(0.3, 1.0),
)
def test_log_form_equals_the_printed_form_where_that_holds(
    output: float, left: float, p0: float, p1: float, bonus: float, noise: float
) -> None:
    with np.errstate(over="ignore", invalid="ignore"):
        printed = float(
            theory.mills_effort(output, left, norm=1.0, rates=(p0, p1), bonus=bonus, noise=noise)
        )
    found = float(
        theory.period_effort(
            output, left, breakpoints=[1.0], rates=[p0, p1], jumps=[bonus], noise=noise
        )
    )
    assert np.isfinite(found)
    if np.isfinite(printed):
        assert found == pytest.approx(printed, rel=1e-7, abs=1e-9)


@given(st.floats(-2.0, 4.0), st.floats(0.01, 2.0), st.floats(0.005, 0.6), st.floats(0.0, 30.0))
def test_the_best_rate_is_finite_and_never_below_the_least_rate(
    output: float, left: float, noise: float, bonus: float
) -> None:
    rate = float(
        theory.period_effort(
            output,
            left,
            breakpoints=[1.0, 1.1, 1.8],
            rates=[0.2, 0.25, 0.3, 0.4],
            jumps=[bonus, 0.0, bonus],
            noise=noise,
        )
    )
    assert np.isfinite(rate)
    assert rate >= 0.2 * (1 - 1e-9)


@given(st.floats(-1.0, 2.0), st.floats(0.05, 2.0), st.floats(0.1, 1.0), st.integers(0, 3))
def test_a_corner_where_nothing_changes_changes_nothing(
    output: float, left: float, rate: float, place: int
) -> None:
    extra = [0.3, 0.7, 1.2, 1.9][place]
    plain = theory.period_effort(
        output, left, breakpoints=[1.0], rates=[rate, rate], jumps=[0.4], noise=0.5
    )
    marks = sorted([1.0, extra])
    jumps = [0.4, 0.0] if marks[0] == 1.0 else [0.0, 0.4]
    same = theory.period_effort(
        output, left, breakpoints=marks, rates=[rate] * 3, jumps=jumps, noise=0.5
    )
    assert same == pytest.approx(plain, rel=1e-9)


@given(st.floats(0.0, 168.0), st.floats(0.1, 5.0))
def test_hours_never_give_more_than_their_number(hours: float, strain: float) -> None:
    assert float(theory.hours_wall(hours, strain=strain)) <= hours


@given(shares, shares, shares)
def test_shares_of_a_period_add_up(one: float, other: float, bias: float) -> None:
    early, late = sorted((one, other))
    marks = np.array([0.0, early, late, 1.0])
    for parts in (
        theory.present_bias_share(marks[:-1], marks[1:], bias),
        theory.deadline_share(marks[:-1], marks[1:], bias, 30.0),
    ):
        assert np.sum(parts) == pytest.approx(1.0, abs=1e-9)
