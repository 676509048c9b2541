"""Every other rule against something that is not it: closed forms, roots, differential equations, hand sums.

The same text also runs in single precision and compiled; both are held against double precision here.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from stakhanov import theory
from stakhanov.engine.backends.choose import choose
from stakhanov.engine.compile import twin
from stakhanov.engine.draws import Key
from stakhanov.engine.kernels import leaving, morale, padding, publicity, ratchet, tails
from stakhanov.engine.kernels.closing import Person, ReportRules, SelfRules, live_on, report
from stakhanov.engine.state import CAUGHT, People
from stakhanov.engine.world import Closing

f = np.float64


def between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_subnormal=False)


# --- padding -----------------------------------------------------------------------------------


@given(between(0.01, 3), between(-2, 3), between(1e-3, 50))
def test_the_padding_limit_is_where_the_gain_comes_down_to_nothing(gain, risk, cost) -> None:
    """The root of A - g S - kappa S^2 / 2, found by a solver that knows no formula."""
    found = float(padding.padding_limit(f(gain), f(risk), f(cost), f(1e9)))

    def left(s: float) -> float:
        return gain - risk * s - cost * s * s / 2

    high = 1.0
    while left(high) > 0.0:
        high *= 2.0
    assert found == pytest.approx(brentq(left, 0.0, high, xtol=1e-14), rel=1e-9)


@given(
    between(0, 3), between(0, 1), between(0, 3), between(1e-3, 50), between(0, 1), between(0, 0.5)
)
def test_the_padding_limit_is_that_of_the_closed_form(
    bonus, audit, fine, cost, fixed, moral
) -> None:
    kept = padding.kept_chance(f(audit), f(1.0))
    gain = padding.gain_from_bonus(f(bonus), kept, f(audit), f(fixed), f(moral))
    for rate in (0.0, 0.3, 4.0):
        risk = padding.net_risk(f(audit), kept, f(fine), f(rate))
        found = float(padding.padding_limit(gain, risk, f(cost), f(12.0)))
        expected = theory.padding(
            bonus=bonus,
            audit=audit,
            fine=fine,
            lying_cost=cost,
            fixed_fine=fixed,
            moral_cost=moral,
            rate=rate,
            cap=12.0,
        )
        assert found == pytest.approx(float(expected), rel=1e-8, abs=1e-12)


@pytest.mark.parametrize(
    ("gain", "risk", "cost", "limit"),
    [
        (0.0, 1.0, 1.0, 0.0),
        (0.0, 0.0, 1.0, 0.0),
        (1.0, 2.0, 0.0, 0.5),
        (1.0, 0.0, 0.0, 7.0),
        (1.0, -1.0, 0.0, 7.0),
        (1.0, 0.0, 1e15, 0.0),
        (1.0, -1.0, 1e15, 0.0),
        (0.0, -2.0, 4.0, 0.0),
        (1e-12, -2.0, 4.0, 1.0),
    ],
)
def test_the_ends_of_the_padding_limit(gain, risk, cost, limit) -> None:
    """No gain, no cost of lying, a cost that stands for infinity; the cap is 7."""
    for convert in (lambda rule: rule, twin):
        single = convert is twin
        real = np.float32 if single else np.float64
        rule = convert(padding.padding_limit)
        found = rule(*(np.full(1, v, real) for v in (gain, risk, cost, 7.0)))
        assert float(found[0]) == pytest.approx(limit, abs=1e-6)


@given(between(0, 5), between(0, 1), between(0, 1))
def test_mates_who_pad_make_lying_cheaper_but_never_gainful(cost, complicity, share) -> None:
    found = padding.lying_cost_among_mates(f(cost), f(complicity), f(share))
    assert found == pytest.approx(cost * (1 - complicity * share))
    assert found >= 0.0


def test_who_pads() -> None:
    output = np.array([0.0, 8.9, 9.0, 9.5, 10.0, 11.0])
    assert padding.pads(output, f(10.0), f(1.0)).tolist() == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]


# --- the ratchet -------------------------------------------------------------------------------


@given(between(1e-3, 1), between(0.05, 0.999))
def test_the_ratchet_discount_is_weitzmans(adjustment, discount) -> None:
    found = ratchet.ratchet_discount(f(adjustment), f(1 / discount - 1), f(1.0), f(1.0), f(1.0))
    expected = theory.ratchet(adjustment=adjustment, discount=discount)
    assert float(found) == pytest.approx(float(expected), rel=1e-9)


def test_the_printed_discount() -> None:
    """lam = .3, delta = .9: b_eff / b = .270270."""
    found = ratchet.ratchet_discount(f(0.3), f(1 / 0.9 - 1), f(1.0), f(1.0), f(1.0))
    assert float(found) == pytest.approx(0.270270, abs=5e-7)


def test_norms_and_rates_of_1939() -> None:
    """Norms +31.7 %, rates -15.7 %: an elasticity of .62."""
    rate = ratchet.revised_rate(f(1.0), f(1.0), f(1.317), f(0.62))
    assert float(rate) == pytest.approx(0.843, abs=5e-4)
    assert float(ratchet.revised_norm(f(1.0), f(1.2), f(0.3), f(0.1))) == pytest.approx(1.06)
    assert float(ratchet.revised_norm(f(1.0), f(0.8), f(0.3), f(0.1))) == pytest.approx(0.98)


# --- publicity ---------------------------------------------------------------------------------


@given(between(0, 0.99), between(0.0, 2.0), between(0.0, 3.0))
def test_exposure_is_the_flow_of_its_differential_equation(exposure, innovation, imitation) -> None:
    found = publicity.exposure_after(f(exposure), f(innovation), f(imitation))
    flow = solve_ivp(
        lambda _, e: (innovation + imitation * e) * (1 - e),
        (0, 1),
        [exposure],
        rtol=1e-10,
        atol=1e-12,
    )
    assert float(found) == pytest.approx(flow.y[0, -1], abs=1e-7)


def test_nothing_spreads_where_nobody_speaks() -> None:
    for reached in (0.0, 0.3):
        stays = publicity.exposure_after(f(reached), f(0.0), f(0.0))
        assert float(stays) == pytest.approx(reached)
    assert float(publicity.exposure_after(f(0.0), f(0.0), f(2.0))) == 0.0


def test_exposure_step_by_step_is_bass() -> None:
    exposure = f(0.0)
    for month in range(1, 13):
        exposure = publicity.exposure_after(exposure, f(0.03), f(1.5))
        expected = theory.diffusion(innovation=0.03, imitation=1.5, time=float(month))
        assert float(exposure) == pytest.approx(float(expected), rel=1e-9)


@given(between(0, 1), between(0.1, 40), between(0.1, 5), between(0, 1))
def test_belief_moves_a_share_of_the_way(credibility, published, reach, speed) -> None:
    found = float(publicity.credibility_after(f(credibility), f(published), f(reach), f(speed)))
    goal = min(1.0, reach / published)
    assert found == pytest.approx((1 - speed) * credibility + speed * goal)


# --- leaving and learning ----------------------------------------------------------------------


@given(between(0, 0.2), between(0, 3), between(-2, 2), between(-2, 2))
def test_hazards_are_proportional(base, strain, mood, wage) -> None:
    found = float(leaving.quit_hazard(f(base), f(strain), f(mood), f(wage)))
    assert found == pytest.approx(base * math.exp(strain) * math.exp(-mood) * math.exp(-wage))
    assert float(leaving.accident_hazard(f(base), f(mood), f(strain))) == pytest.approx(
        base * math.exp(mood + strain)
    )


def test_hazards_and_wages_have_ends() -> None:
    assert float(leaving.quit_hazard(f(1.0), f(500.0), f(0.0), f(0.0))) == math.exp(30.0)
    assert float(leaving.wage_advantage(f(0.0), f(1000.0))) == pytest.approx(math.log(0.01))
    assert float(leaving.wage_advantage(f(1e9), f(1000.0))) == pytest.approx(math.log(100.0))
    assert float(leaving.wage_advantage(f(1500.0), f(1000.0))) == pytest.approx(math.log(1.5))


@given(between(0, 0.5), st.integers(1, 400))
def test_what_happens_happens_as_often_as_the_hazard_says(hazard, shifts) -> None:
    """One shift after another: 1 - (1 - q)^n with q = 1 - e^-h."""
    chances = (np.arange(20_000) + 0.5) / 20_000
    share = np.mean(leaving.happens(chances, f(hazard), f(shifts)))
    assert share == pytest.approx(1.0 - (math.exp(-hazard)) ** shifts, abs=1e-4)


@given(between(0.05, 1), st.integers(1, 200), st.integers(1, 200), between(1, 300))
def test_learning_does_not_mind_being_interrupted(skill, first, second, constant) -> None:
    one = leaving.skill_after(f(skill), f(first + second), f(constant))
    two = leaving.skill_after(
        leaving.skill_after(f(skill), f(first), f(constant)), f(second), f(constant)
    )
    assert float(one) == pytest.approx(float(two), rel=1e-12)
    assert skill <= float(one) <= 1.0


# --- morale ------------------------------------------------------------------------------------


def test_morale_by_hand() -> None:
    """Output 1.2 on an aspiration of 1: +.2 of it; gain .2: +.04. Short by the same: -.08."""
    change = morale.morale_change_from_result(np.array([1.2, 0.8]), f(1.0), f(0.2), f(0.4))
    assert change == pytest.approx([0.04, -0.08])
    after = morale.morale_after(f(0.9), f(1.0), f(0.4), np.array([0.04, -0.08, -9.0, 9.0]))
    assert after == pytest.approx([0.98, 0.86, 0.3, 1.5])
    trust = morale.trust_after(f(0.9), f(0.7), f(0.02), f(0.05), f(0.01))
    assert float(trust) == pytest.approx(0.9 + 0.02 * 0.1 - 0.05 * 0.2 - 0.01)
    assert float(morale.aspiration_toward(f(1.0), f(3.0), f(0.25))) == 0.5


# --- the whole of a period's end, in every precision --------------------------------------------

SELF = SelfRules(
    shifts=25.0, own_pull=0.4, brigade_pull=0.1, published_pull=0.02, published_level=1.8,
    morale_recovery=0.4, gain=0.2, loss=0.4, norm_shock=0.5, caught_shock=0.1, trust_recovery=0.02,
    trust_learning=0.05, trust_norm_shock=0.125, trust_lie=0.002, quit_base=0.003, quit_strain=1.5,
    quit_morale=3.0, quit_wage=1.0, alternative_pay=25_000.0, accident_base=0.0002,
    accident_fatigue=1.0, accident_strain=1.0, rest=0.254, learning=75.0,
)  # fmt: skip


def closing(seed: int, real: Any, *, own: bool) -> Closing:
    """4,000 people in brigades of 8, with a norm of their own or one a brigade."""
    draw = np.random.default_rng(seed)
    size, brigades = 4000, 500
    people = People.empty(size)
    people.identity[:] = draw.integers(0, 2**32, size, dtype=np.uint32)
    people.pay[:] = draw.integers(5_000, 80_000, size)
    people.flags[:] = np.where(draw.random(size) < 0.1, CAUGHT | 8, 8)
    ranges = {
        "output": (-0.1 * 25, 3 * 25), "fatigue": (0, 3), "strain": (0, 2), "morale": (0.3, 1.5),
        "trust": (0.3, 1.5), "aspiration": (0.01, 4), "skill": (0.1, 1),
    }  # fmt: skip
    for name, (low, high) in ranges.items():
        setattr(people, name, draw.uniform(low, high, size).astype(np.float32).astype(real))
    groups = size if own else brigades
    return Closing(
        key=Key.of(9),
        period=7,
        people=people,
        ends=np.arange(0, size + 1, size // brigades),
        output=draw.uniform(0.2, 2, brigades),
        norm_rise=draw.uniform(0, 0.4, groups) * (draw.random(groups) < 0.3),
    )


def test_living_on_by_hand() -> None:
    """One worker, every line of the page on morale, trust, aspiration and leaving, written out."""
    person = Person(
        output=f(1.2), pay=f(30_000), caught=f(1), fatigue=f(0.5), strain=f(0.1), morale=f(0.9),
        trust=f(0.95), aspiration=f(1.0), skill=f(0.8), brigade_output=f(1.1), norm_rise=f(0.1),
        quit_draw=f(0.05), accident_draw=f(0.0),
    )  # fmt: skip
    after = live_on(person, SELF)
    mood = 0.9 + 0.4 * (0.95 - 0.9) + 0.2 * 0.2 - 0.5 * 0.1 - 0.1
    assert float(after.morale) == pytest.approx(mood)
    trust = 0.95 + 0.02 * 0.05 + 0.05 * (mood - 0.95) - 0.125 * 0.1 - 0.002
    assert float(after.trust) == pytest.approx(trust)
    hopes = 1.0 + 0.4 * 0.2 + 0.1 * 0.1 + 0.02 * 0.9 * 0.8
    assert float(after.aspiration) == pytest.approx(hopes)
    assert float(after.skill) == pytest.approx(1 - 0.2 * math.exp(-25 / 75))
    hazard = 0.003 * math.exp(1.5 * 0.1 - 3.0 * (mood - 1.0)) / (30_000 / 25_000)
    assert bool(after.quits) == (1 - math.exp(-25 * hazard) > 0.05)
    assert bool(after.accident)


@pytest.mark.parametrize("backend", ["cpu", "reference-single"])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("own", [True, False])
def test_living_on_is_the_same_in_every_backend(backend, seed, own) -> None:
    mine, theirs = closing(seed, np.float32, own=own), closing(seed, np.float64, own=own)
    leaves = choose(backend).live_on(mine, SELF)
    expected = choose("reference").live_on(theirs, SELF)
    for name in ("morale", "trust", "aspiration", "skill"):
        one, other = (np.asarray(getattr(it.people, name), float) for it in (mine, theirs))
        assert np.allclose(one, other, rtol=2e-6, atol=2e-6), name
    for name in ("quits", "accident"):
        assert np.mean(getattr(leaves, name) != getattr(expected, name)) <= 1e-3, name
    assert 0.01 < expected.quits.mean() < 0.9


@pytest.mark.parametrize("backend", ["cpu", "reference-single"])
def test_reports_are_the_same_in_every_backend(backend) -> None:
    draw = np.random.default_rng(4)
    output = draw.uniform(-5, 60, 5000).astype(np.float32)
    quota, limit, chance = np.full(5000, 27.3), draw.uniform(0, 4, 5000), draw.random(5000)
    rules = ReportRules(25.0, 0.5, 0.1)
    mine = choose(backend).report(output, quota, limit, chance, rules)
    theirs = choose("reference").report(output.astype(float), quota, limit, chance, rules)
    for name in ("true", "reported"):
        one, other = (np.asarray(getattr(told, name), float) for told in (mine, theirs))
        assert np.max(np.abs(one - other)) <= 1.0, name
        assert np.mean(one != other) <= 2e-3, name
    for name in ("padded", "caught"):
        apart = np.asarray(getattr(mine, name)) != np.asarray(getattr(theirs, name))
        assert np.mean(apart) <= 1e-3, name


def test_a_report_by_hand() -> None:
    """Norm 10 for a period of 10 shifts: whole thousandths, nothing below nothing, padding, audits."""
    output = np.array([-1.0, 9.99949, 9.99951, 10.0, 9.5, 9.5, 10.1999, 10.2])
    limit = np.array([0, 0, 0, 0, 0.5, 0.5, 0, 0.0])
    draws = np.array([0.0, 0, 0, 0, 0.49, 0.51, 0, 0])
    told = report(output, np.full(8, 10.0), limit, draws, ReportRules(10.0, 0.5, 0.1))
    assert told.true.tolist() == [0, 9999, 10000, 10000, 9500, 9500, 10200, 10200]
    assert told.reported.tolist() == [0, 9999, 10000, 10000, 10000, 10000, 10200, 10200]
    assert told.padded.tolist() == [False] * 4 + [True, True] + [False] * 2
    assert told.caught.tolist() == [False] * 4 + [True] + [False] * 3


# --- counting -----------------------------------------------------------------------------------


@pytest.mark.parametrize("backend", ["cpu", "reference"])
@pytest.mark.parametrize("real", [np.float32, np.float64])
def test_every_backend_counts_the_same(backend, real) -> None:
    """Exact sums of multiples of 2^-20, rounded half up."""
    values = np.random.default_rng(6).normal(1.0, 3.0, 10_001).astype(real)
    counter = choose(backend)
    units = [math.floor(2**20 * Fraction(float(value)) + Fraction(1, 2)) for value in values]
    assert counter.total(values) == sum(units)
    assert counter.total(values[::-1].copy()) == sum(units)


# --- every rule in single precision -------------------------------------------------------------

PLAIN_RULES: list[tuple[Any, list[tuple[float, float]]]] = [
    (padding.lying_cost_among_mates, [(0, 5), (0, 1), (0, 1)]),
    (padding.kept_chance, [(0, 1), (0, 1)]),
    (padding.gain_from_bonus, [(0, 3), (0, 1), (0, 1), (0, 1), (0, 0.5)]),
    (padding.net_risk, [(0, 1), (0, 1), (0, 3), (0, 2)]),
    (padding.padding_limit, [(0.01, 3), (-2, 3), (0.01, 50), (0.1, 20)]),
    (ratchet.revised_norm, [(0.1, 9), (0.1, 9), (0, 1), (0, 1)]),
    (ratchet.revised_rate, [(0.1, 9), (0.1, 9), (0.1, 9), (0, 1)]),
    (ratchet.ratchet_discount, [(0.001, 1), (0.001, 2), (0, 1), (0, 1), (1, 1000)]),
    (publicity.exposure_after, [(0, 0.99), (0.001, 2), (0, 3)]),
    (publicity.credibility_after, [(0, 1), (0.1, 40), (0.1, 5), (0, 1)]),
    (leaving.quit_hazard, [(0, 0.2), (0, 3), (-2, 2), (-2, 2)]),
    (leaving.accident_hazard, [(0, 0.2), (-1, 2), (0, 2)]),
    (leaving.wage_advantage, [(1, 90_000), (1, 90_000)]),
    (leaving.skill_after, [(0, 1), (1, 400), (1, 300)]),
    (morale.morale_change_from_result, [(-1, 5), (0.01, 5), (0, 2), (0, 2)]),
    (morale.morale_after, [(0.3, 1.5), (0.3, 1.5), (0, 1), (-2, 2)]),
    (morale.trust_after, [(0.3, 1.5), (0.3, 1.5), (0, 1), (0, 1), (0, 1)]),
    (morale.aspiration_toward, [(0, 5), (0, 20), (0, 1)]),
    (tails.normal_share, [(-12, 12)]),
]


@pytest.mark.parametrize(("rule", "ranges"), PLAIN_RULES, ids=lambda v: getattr(v, "__name__", ""))
def test_single_precision_keeps_to_double(rule, ranges) -> None:
    draw = np.random.default_rng(1)
    given_values = [draw.uniform(low, high, 20_000).astype(np.float32) for low, high in ranges]
    single = np.asarray(twin(rule)(*given_values), np.float64)
    double = np.asarray(rule(*(values.astype(np.float64) for values in given_values)))
    assert np.all(np.isfinite(single))
    apart = np.abs(single - double) / (np.abs(double) + 1e-2)
    assert np.quantile(apart, 0.99) < 2e-6
    assert np.max(apart) < 3e-5


def test_every_rule_is_held_somewhere_here() -> None:
    """A rule that is added to these files is to be added above."""
    held = {rule.__name__ for rule, _ in PLAIN_RULES} | {"pads", "happens"}
    written = {
        name
        for module in (padding, ratchet, publicity, leaving, morale)
        for name, value in vars(module).items()
        if callable(value) and getattr(value, "__module__", "") == module.__name__
    }
    assert written <= held
