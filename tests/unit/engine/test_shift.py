"""The optimal effort and the exact step, against closed forms and printed numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from stakhanov import theory
from stakhanov.engine.compile import twin
from stakhanov.engine.draws import Key, Luck, Purpose
from stakhanov.engine.kernels.shift import (
    Ahead,
    Moment,
    Moving,
    Nature,
    Outlook,
    Terms,
    all_marks,
    drawn_end,
    one_shift,
    optimal_rate,
    prospect,
)
from stakhanov.engine.kernels.tails import standard_normal
from stakhanov.engine.kernels.threefry import unit

SIGMA = 0.5
PLAIN = Nature(
    theta=1.0 / SIGMA**2, give=1.0, conformity=0.0, rest=0.0, fatigue_effect=0.0,
    drive=0.0, aspiration_weight=0.0, aspiration_width=5.0, fatigue_kept=0.5, fatigue_load=0.0,
    strain_kept=0.5, strain_growth=0.0, sustainable=9.0, shifts=1.0,
)  # fmt: skip


def ahead(marks, rates, rises) -> Ahead:
    none = (0.0,) * len(marks)
    return Ahead(marks, rises, none, none, rates, (1.0,) * len(rates), (0.0,) * len(rates))


def rate_at(output, left, marks, rates, rises, *, convert=lambda f: f, real=np.float64):
    """The optimal rate of a worker at one position, with unit ability, cost and money."""
    number = lambda v: np.array([v], real)  # noqa: E731
    terms = Terms(*(number(v) for v in (1, 1, 1, 1, 1, 1, 0, 0)))
    spread = SIGMA * math.sqrt(left)
    view = Outlook(*map(number, (1, 1, rates[0], output + rates[0] * left, spread, 1 / spread)))
    table = convert(all_marks)(terms, ahead(marks, rates, rises), PLAIN)
    seen = convert(prospect)(view, table, number(0.5))
    return float(convert(optimal_rate)(view, PLAIN, seen.mass, seen.extra, seen.edges)[0])


PRINTED = [
    (0.0, 1.0, (1.0,), (0.0, 0.0), (1.0,), 0.651947),
    (0.8, 1.0, (1.0,), (0.0, 0.0), (1.0,), 0.506930),
    (1.3, 1.0, (1.0,), (0.0, 0.0), (1.0,), 0.223820),
    (0.0, 1.0, (1.0,), (0.5, 0.2), (0.5,), 0.794545),
    (1.0, 1.0, (1.0,), (0.2, 0.8), (0.3,), 0.820483),
    (0.0, 1.0, (0.9, 1.0), (0.3, 1.5, 0.3), (0.0, 0.2), 0.464545),
    (0.7, 0.25, (0.9, 1.0), (0.3, 1.5, 0.3), (0.0, 0.2), 0.774106),
    (0.95, 0.1, (0.9, 1.0), (0.3, 1.5, 0.3), (0.0, 0.2), 1.022322),
]


@pytest.mark.parametrize(("output", "left", "marks", "rates", "rises", "expected"), PRINTED)
def test_rate_is_the_printed_one(output, left, marks, rates, rises, expected) -> None:
    assert rate_at(output, left, marks, rates, rises) == pytest.approx(expected, abs=2e-6)
    in_single = rate_at(output, left, marks, rates, rises, convert=twin, real=np.float32)
    assert in_single == pytest.approx(expected, rel=1.4e-5)


@pytest.mark.parametrize("seed", range(40))
def test_rate_agrees_with_theory_at_random_and_extreme_places(seed) -> None:
    draw = np.random.default_rng(seed)
    number = int(draw.integers(1, 5))
    marks = tuple(np.sort(draw.uniform(-2, 4 + 10 * (seed % 4), number)))
    rates = tuple(draw.uniform(0, 3, number + 1))
    rises = tuple(draw.uniform(0, 12 * (seed % 3) + 0.5, number))
    output, left = draw.uniform(-1, 3), float(np.exp(draw.uniform(-4, 1)))
    expected = theory.period_effort(
        output, left, breakpoints=marks, rates=rates, jumps=rises, noise=SIGMA
    )
    assert rate_at(output, left, marks, rates, rises) == pytest.approx(float(expected), rel=3e-5)


@pytest.mark.parametrize("shifts", [1, 4, 24])
def test_law_of_the_period_does_not_depend_on_the_number_of_shifts(shifts) -> None:
    """p0 = p1 = .4, K = .5, c = 1, sigma = .5, Q = 1: E[Y] = .757502, P(Y >= 1) = .490009."""
    people = np.arange(100_000, dtype=np.uint32)
    size = people.size
    moving = Moving(*(np.zeros(size) for _ in range(4)))
    terms = Terms(*(np.full(size, v) for v in (1.0, 1.0, 1.0, 1.0, 0.4, 0.4, 0.0, 0.0)))
    table = ahead((1.0,), (1.0, 1.0), (0.5,))
    early = 0.0
    for shift in range(shifts):
        left = (shifts - shift) / shifts
        w = 1.0 / shifts
        spread = SIGMA * math.sqrt(left)
        now = Moment(
            w, left, w / left, SIGMA * math.sqrt(w * (left - w) / left), spread, 1 / spread
        )
        a, b, c, d = (
            unit(x).astype(float) for x in Luck(Key.of(9)).words(people, 0, Purpose.SHIFT, shift)
        )
        moving, effort = one_shift(
            moving, terms, 0.0, (a, b, standard_normal(c, d)), PLAIN, table, now
        )
        early = float(effort.mean()) if shift == 0 else early
    se = moving.output.std() / math.sqrt(size)
    assert moving.output.mean() == pytest.approx(0.7575020734, abs=4 * se)
    assert np.mean(moving.output >= 1.0) == pytest.approx(0.4900085, abs=4 * 0.5 / math.sqrt(size))
    assert early == pytest.approx(0.7575020734, abs=1e-6)
    just_above = np.mean((moving.output >= 1.0) & (moving.output < 1.02))
    just_below = np.mean((moving.output < 1.0) & (moving.output >= 0.98))
    assert math.log(just_above / just_below) == pytest.approx(2.0, abs=0.25)


def test_nobody_ends_at_a_mark_that_nobody_can_reach() -> None:
    """A chance that rounds to 1 once picked an empty segment at a mark 60 norms away."""
    number = lambda v: np.full(4, v, np.float32)  # noqa: E731
    terms = Terms(*(number(v) for v in (1, 1, 1, 1, 1, 1, 0, 0)))
    view = Outlook(*map(number, (1, 1, 1, 1.2, 0.05, 20)))
    table = ahead((1.0, 60.0, 61.0), (1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.0))
    single = Nature(*(np.float32(v) for v in PLAIN))
    chance = np.array([0.5, 1 - 2**-24, 1 - 2**-25, 1.0], np.float32)
    seen = twin(prospect)(view, twin(all_marks)(terms, table, single), chance)
    end = twin(drawn_end)(view, seen.drawn, number(0.5))
    assert np.all(end < 2.0)
