"""Composed over the shifts, the exact step has the law of the optimally controlled period.

The law is that of `stakhanov.theory`: the normal density times exp(theta x reward). Noise here is that of
the draws, so a Kolmogorov-Smirnov distance is held against what so many draws may show.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from scipy.special import log_ndtr, ndtri_exp
from scipy.stats import truncnorm

from stakhanov import theory
from stakhanov.engine.backends.choose import choose
from stakhanov.engine.compile import twin
from stakhanov.engine.draws import Key
from stakhanov.engine.kernels.shift import Ahead, Moment, Moving, Nature, Terms, one_shift
from stakhanov.engine.marks import Marks
from stakhanov.engine.shifts import clock_of
from stakhanov.engine.state import People
from stakhanov.engine.world import WorkOrder
from tests.parity.states import usual_traits


@dataclass(frozen=True)
class Law:
    """One worker's reward, and how long and how noisy the period is."""

    breakpoints: tuple[float, ...]
    rates: tuple[float, ...]
    jumps: tuple[float, ...]
    noise: float = 0.5
    clock: tuple[float, ...] = (1.0,)

    @property
    def left(self) -> float:
        return math.fsum(self.clock)

    def told(self) -> dict[str, object]:
        return {
            "breakpoints": np.array(self.breakpoints),
            "rates": np.array(self.rates),
            "jumps": np.array(self.jumps),
            "noise": self.noise,
        }

    def reach(self, marks: np.ndarray) -> np.ndarray:
        return np.asarray(theory.period_reach(marks, 0.0, self.left, **self.told()))


EVEN24 = (1.0 / 24,) * 24
LAWS = {
    "bonus": Law((1.0,), (0.4, 0.4), (0.5,), clock=EVEN24),
    "corner": Law((0.8,), (0.2, 0.9), (0.0,), clock=EVEN24),
    "hole": Law((1.0,), (0.9, 0.1), (0.0,), clock=(0.3, 0.3, 0.4)),
    "scale and prize": Law((0.9, 1.0, 1.4), (0.3, 1.5, 0.3, 0.6), (0.0, 0.2, 0.6), clock=EVEN24),
    "storming": Law(
        (1.0,), (0.4, 0.4), (0.5,), clock=(0.15 / 4,) * 4 + (0.25 / 4,) * 4 + (0.6 / 4,) * 4
    ),
    "far mark": Law((3.0,), (0.1, 0.1), (6.0,), noise=0.6, clock=EVEN24),
}
PEOPLE = 120_000


def lived(law: Law, backend: str) -> tuple[np.ndarray, np.ndarray]:
    """Output of the period and mean effort of equals who face a law; nothing tires or ties them."""
    traits = usual_traits()._replace(
        cost=1.0,
        drive=0.0,
        noise=law.noise,
        conformity=0.0,
        aspiration_weight=0.0,
        fatigue_effect=0.0,
        fatigue_load=0.0,
        strain_growth=0.0,
    )
    people = People.empty(PEOPLE)
    people.identity[:] = np.arange(PEOPLE)
    for ones in (people.ability, people.skill, people.morale, people.aspiration, people.plan):
        ones[:] = 1.0
    norm = law.breakpoints.index(1.0) if 1.0 in law.breakpoints else 0
    number = len(law.breakpoints)
    each = np.ones(PEOPLE)
    order = WorkOrder(
        key=Key.of(11),
        period=3,
        people=people,
        ends=np.arange(0, PEOPLE + 1, 20),
        clock=law.clock,
        shifts=len(law.clock),
        technology=1.0,
        traits=traits,
        marks=Marks(law.breakpoints, law.jumps, law.rates, (True,) * (number + 1), norm, -1),
        quota=each,
        below=each,
        above=each,
        pad=0.0 * each,
        ramp=0.0 * each,
    )
    done = choose(backend).work(order)
    return people.output.astype(np.float64), np.asarray(done.effort, np.float64)


@pytest.mark.parametrize("name", LAWS)
def test_the_compiled_period_has_the_law_of_the_closed_form(name) -> None:
    law = LAWS[name]
    output, effort = lived(law, "cpu")
    ranked = np.sort(output)
    below = 1.0 - law.reach(ranked)
    steps = np.arange(PEOPLE + 1) / PEOPLE
    distance = max(np.max(steps[1:] - below), np.max(below - steps[:-1]))
    # A distance beyond this is seen once in ten thousand trials.
    assert distance < 2.23 / math.sqrt(PEOPLE)
    mean = float(theory.period_mean(0.0, law.left, **law.told()))
    error = output.std() / math.sqrt(PEOPLE)
    assert output.mean() == pytest.approx(mean, abs=4 * error)
    assert effort.mean() * law.left == pytest.approx(mean, abs=4 * error)


def test_the_printed_numbers_of_the_bonus() -> None:
    """c = 1, sigma = .5, Q = 1, p0 = p1 = .4, K = .5: E[Y] = .757502, P(Y >= 1) = .490009."""
    law = LAWS["bonus"]
    assert float(theory.period_mean(0.0, 1.0, **law.told())) == pytest.approx(0.757502, abs=5e-7)
    assert float(law.reach(np.array(1.0))) == pytest.approx(0.490009, abs=5e-7)
    output, _ = lived(law, "cpu")
    assert output.mean() == pytest.approx(0.757502, abs=4 * output.std() / math.sqrt(PEOPLE))
    assert np.mean(output >= 1.0) == pytest.approx(0.490009, abs=4 * 0.5 / math.sqrt(PEOPLE))


def test_the_density_jumps_by_e_squared_at_the_bonus() -> None:
    """K / (c sigma^2) = 2: masses on both sides of the norm, over the closed form's own ratio in the bins."""
    law = LAWS["bonus"]
    output, _ = lived(law, "cpu")
    for width in (0.005, 0.01, 0.02, 0.04):
        edges = np.array([1.0 - width, 1.0, 1.0 + width])
        below, above = -np.diff(law.reach(edges))
        seen = [np.count_nonzero((output >= a) & (output < b)) for a, b in pairwise(edges)]
        error = math.sqrt(1.0 / seen[0] + 1.0 / seen[1])
        assert math.log(seen[1] / seen[0]) == pytest.approx(math.log(above / below), abs=4 * error)
    narrow = np.array([1.0 - 1e-5, 1.0, 1.0 + 1e-5])
    below, above = -np.diff(law.reach(narrow))
    assert above / below == pytest.approx(math.e**2, rel=1e-3)


@pytest.mark.parametrize("name", LAWS)
def test_every_shift_adds_its_own_noise(name) -> None:
    """Toward the end and about the way there: (w / tau)^2 sigma^2 tau + bridge^2 = sigma^2 w."""
    law = LAWS[name]
    clock = clock_of(law.clock, law.noise, np.float64)
    toward = (clock.step * clock.spread) ** 2
    assert np.allclose(toward + clock.bridge**2, law.noise**2 * np.array(law.clock), rtol=1e-12)
    assert np.allclose(clock.spread, law.noise * np.sqrt(clock.left))
    assert np.allclose(clock.spread * clock.narrowness, 1.0)
    assert clock.left[0] == pytest.approx(law.left)
    assert clock.step[-1] == 1.0


# --- one shift without chance: the whole law on a grid of luck ----------------------------------


def ends(law: Law, first: np.ndarray, second: np.ndarray, *, single: bool) -> np.ndarray:
    """Ends of a period of one shift for given luck."""
    real = np.float32 if single else np.float64
    size = first.size

    def number(value: float) -> np.ndarray:
        return np.full(size, value, real)

    nature = Nature(
        theta=1.0 / law.noise**2,
        give=1.0,
        conformity=0.0,
        rest=0.0,
        fatigue_effect=0.0,
        drive=0.0,
        aspiration_weight=0.0,
        aspiration_width=5.0,
        fatigue_kept=0.5,
        fatigue_load=0.0,
        strain_kept=0.5,
        strain_growth=0.0,
        sustainable=9.0,
        shifts=1.0,
    )
    spread = law.noise * math.sqrt(law.left)
    now = Moment(law.left, law.left, 1.0, 0.0, spread, 1.0 / spread)
    none = (0.0,) * len(law.breakpoints)
    ahead = Ahead(
        multiple=law.breakpoints,
        jump=law.jumps,
        is_pad=none,
        is_norm=none,
        rate=law.rates,
        below=(1.0,) * len(law.rates),
        ramped=(0.0,) * len(law.rates),
    )
    narrow = [type(part)(*(real(v) for v in part)) for part in (nature, now)]
    marks = Ahead(*(tuple(real(v) for v in part) for part in ahead))
    terms = Terms(*(number(v) for v in (1, 1, 1, 1, 1, 1, 0, 0)))
    moving = Moving(*(number(v) for v in (0, 0, 0, 1)))
    luck = (first.astype(real), second.astype(real), number(0.0))
    rule = twin(one_shift) if single else one_shift
    after, _ = rule(moving, terms, number(1.0), luck, narrow[0], marks, narrow[1])
    return np.asarray(after.output, np.float64)


def middles(number: int) -> np.ndarray:
    """The middles of so many equal parts of (0, 1)."""
    return (np.arange(number) + 0.5) / number


@pytest.mark.parametrize("single", [False, True], ids=["double", "single"])
@pytest.mark.parametrize("name", LAWS)
def test_all_luck_together_makes_the_law(name, single) -> None:
    """Luck on a fine grid, nothing left to chance: shares beyond any point are those of the closed form."""
    law = LAWS[name]
    fine = 500
    first, second = (part.ravel() for part in np.meshgrid(middles(fine), middles(fine)))
    output = ends(law, first, second, single=single)
    spread = law.noise * math.sqrt(law.left)
    points = np.concatenate([np.linspace(-3.0, 9.0, 60) * spread, np.array(law.breakpoints)])
    for point, expected in zip(points, law.reach(points), strict=True):
        assert np.mean(output >= point - 1e-7) == pytest.approx(expected, abs=4.0 / fine)


@pytest.mark.parametrize("deviations", [0.5, 3.0, 10.0, 25.0, 40.0])
@pytest.mark.parametrize("single", [False, True], ids=["double", "single"])
def test_an_end_far_beyond_a_mark_is_a_truncated_normal(deviations, single) -> None:
    """A jump so large that everybody passes the mark, so many deviations from the forecast."""
    noise = 0.1
    law = Law((deviations * noise,), (0.0, 0.0), (60.0 * noise**2 + 12.0,), noise=noise)
    second = middles(2000)
    output = np.sort(ends(law, np.full(2000, 0.9), second, single=single)) / noise
    exact = truncnorm.ppf(second, deviations, np.inf)
    again = -ndtri_exp(log_ndtr(-deviations) + np.log1p(-second))
    assert np.allclose(exact, again, rtol=1e-9)
    within = (exact - deviations) * deviations  # how far beyond the mark, in the scale of the tail
    slack = (4e-6 if single else 1e-6) * deviations**2 + (1e-4 if single else 1e-5)
    assert np.all(np.abs(output - exact) * max(deviations, 1.0) <= slack + 1e-5 * within)
    assert output.mean() == pytest.approx(exact.mean(), rel=1e-6 if single else 5e-7)


@pytest.mark.parametrize("single", [False, True], ids=["double", "single"])
def test_an_end_held_below_a_mark_is_the_other_tail(single) -> None:
    """A rate that ends at the mark: the lower segment's centre lies far beyond it."""
    noise = 0.1
    law = Law((0.5,), (1.5, 0.0), (0.0,), noise=noise)
    second = middles(2000)
    output = np.sort(ends(law, np.full(2000, 1e-4), second, single=single)) / noise
    high = (0.5 - 1.5) / noise
    exact = truncnorm.ppf(second, -np.inf, high) + 1.5 / noise
    assert np.allclose(output, exact, atol=2e-4)


@pytest.mark.parametrize("single", [False, True], ids=["double", "single"])
@pytest.mark.parametrize("width", [1e-3, 0.05, 0.6])
def test_an_end_between_two_marks_is_cut_on_both_sides(single, width) -> None:
    """Jumps up and down again: almost everybody ends between the marks."""
    law = Law((1.0, 1.0 + width), (0.0, 0.0, 0.0), (6.0, -6.0), noise=0.5)
    second = middles(2000)
    output = np.sort(ends(law, np.full(2000, 0.5), second, single=single))
    exact = 0.5 * truncnorm.ppf(second, 2.0, 2.0 * (1.0 + width))
    assert np.all((output >= 1.0 - 1e-6) & (output <= 1.0 + width + 1e-6))
    assert np.allclose(output, exact, atol=2e-3 * width + 2e-6)
