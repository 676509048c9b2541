"""From words to uniforms, normals, traits: moments, tails and independence of everything that is drawn.

A million draws each; a figure must lie within five standard errors of what theory gives it.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import norm

from stakhanov.campaign import load as load_campaign
from stakhanov.engine.compile import twin
from stakhanov.engine.draws import Key, Luck, Purpose
from stakhanov.engine.founding import arrivals
from stakhanov.engine.kernels import tails
from stakhanov.engine.kernels.threefry import unit
from stakhanov.engine.lower import lower
from stakhanov.workforce import load as load_workforce

NUMBER = 1_000_000
PEOPLE = np.arange(NUMBER, dtype=np.uint32)


def close(found: float, expected: float, deviation: float) -> bool:
    """Within five standard errors of a mean of NUMBER draws of that standard deviation."""
    return abs(found - expected) <= 5.0 * deviation / math.sqrt(NUMBER)


@pytest.fixture(scope="module")
def drawn() -> list[np.ndarray]:
    return [
        np.asarray(unit(word), np.float64)
        for word in Luck(Key.of(7)).words(PEOPLE, 3, Purpose.SHIFT, 5)
    ]


@pytest.mark.parametrize("place", range(4))
def test_units_are_even(drawn, place) -> None:
    u = drawn[place]
    assert u.min() > 0.0
    assert u.max() < 1.0
    assert close(u.mean(), 0.5, math.sqrt(1 / 12))
    assert close(np.mean((u - 0.5) ** 2), 1 / 12, math.sqrt(1 / 180))
    counts = np.bincount((u * 256).astype(int), minlength=256)
    expected = NUMBER / 256
    # Chi-square with 255 degrees of freedom: mean 255, standard deviation 22.6.
    assert abs(np.sum((counts - expected) ** 2 / expected) - 255.0) <= 5 * math.sqrt(2 * 255)


def test_what_is_drawn_together_is_independent(drawn) -> None:
    """Words of one draw, of neighbours, of the next shift and period and of other purposes."""
    others = [
        Luck(Key.of(7)).words(PEOPLE, 3, Purpose.SHIFT, 6)[0],
        Luck(Key.of(7)).words(PEOPLE, 4, Purpose.SHIFT, 5)[0],
        Luck(Key.of(7)).words(PEOPLE, 3, Purpose.AUDIT, 5)[0],
        Luck(Key.of(8)).words(PEOPLE, 3, Purpose.SHIFT, 5)[0],
        Luck(Key.of(7 + 2**32)).words(PEOPLE, 3, Purpose.SHIFT, 5)[0],
    ]
    columns = [*drawn, *(np.asarray(unit(word), np.float64) for word in others)]
    found = np.corrcoef(np.array(columns))
    assert np.all(np.abs(found - np.eye(len(columns))) <= 5.0 / math.sqrt(NUMBER))
    for one in columns[:2]:
        assert abs(np.corrcoef(one[:-1], one[1:])[0, 1]) <= 5.0 / math.sqrt(NUMBER)


@pytest.mark.parametrize("single", [False, True], ids=["double", "single"])
def test_normals_are_normal_far_out(drawn, single) -> None:
    real = np.float32 if single else np.float64
    rule = twin(tails.standard_normal) if single else tails.standard_normal
    z = np.asarray(rule(drawn[2].astype(real), drawn[3].astype(real)), np.float64)
    for power, expected, deviation in (
        (1, 0, 1),
        (2, 1, 2),
        (3, 0, 15),
        (4, 3, 96),
        (6, 15, 10170),
    ):
        assert close(np.mean(z**power), expected, math.sqrt(deviation)), power
    for low, high in pairwise([-np.inf, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, np.inf]):
        share = norm.cdf(high) - norm.cdf(low)
        found = np.mean((z >= low) & (z < high))
        assert close(found, share, math.sqrt(share)), (low, high)
    assert 4.5 < np.max(np.abs(z)) < 6.0


@pytest.mark.parametrize("single", [False, True], ids=["double", "single"])
def test_the_cosine_of_a_turn(single) -> None:
    u = (np.arange(200_000) + 0.5) / 200_000
    rule = twin(tails.cosine_of_turn) if single else tails.cosine_of_turn
    found = np.asarray(rule(u.astype(np.float32) if single else u), np.float64)
    turned = u.astype(np.float32).astype(np.float64) if single else u
    assert np.max(np.abs(found - np.cos(2 * np.pi * turned))) < 4e-7


@pytest.mark.parametrize("single", [False, True], ids=["double", "single"])
def test_the_share_of_a_normal_keeps_its_digits_in_the_tail(single) -> None:
    z = np.linspace(-13, 13, 4001)
    rule = twin(tails.normal_share) if single else tails.normal_share
    found = np.asarray(rule(z.astype(np.float32) if single else z), np.float64)
    assert np.max(np.abs(found - norm.cdf(z))) < 5e-7
    tail = z < -1.0
    places = z.astype(np.float32).astype(np.float64) if single else z
    assert np.max(np.abs(found[tail] / norm.cdf(places[tail]) - 1.0)) < (2e-5 if single else 2e-6)


def test_a_quantile_undoes_a_share() -> None:
    """Down to a share of e^-5000, which no number in double precision holds."""
    share = 10.0 ** np.linspace(-300, math.log10(0.5), 2001)
    found = tails.quantile_beyond(-np.log(share))
    assert np.max(np.abs(found + ndtri(share)) / (1.0 + found)) < 3e-6
    far = np.array([1000.0, 5000.0])
    z = np.asarray(tails.quantile_beyond(far))
    assert np.allclose(-norm.logsf(z), far, rtol=1e-5)


def test_those_who_arrive_are_as_declared() -> None:
    """Ability has mean 1, the cost of lying its median, tenure the mean that the hazard of quitting implies."""
    traits = lower(load_campaign("plain-piece-rate"), load_workforce("soviet-industry"), 0).traits[
        1
    ]
    luck = Luck(Key.of(7))
    founders = arrivals(luck, PEOPLE, 0, traits, founders=True)
    ability = np.asarray(founders.ability, np.float64)
    sd = traits.log_ability_sd
    assert close(ability.mean(), 1.0, math.sqrt(math.exp(sd**2) - 1.0))
    assert close(np.log(ability).std() ** 2, sd**2, sd**2 * math.sqrt(2.0))
    costs = np.log(np.asarray(founders.lying_cost, np.float64))
    assert close(costs.mean(), math.log(traits.lying_cost), traits.lying_cost_log_sd)
    assert abs(np.corrcoef(np.log(ability), costs)[0, 1]) <= 5.0 / math.sqrt(NUMBER)
    # Skill after an exponential tenure t of mean 1/h: 1 - (1 - s) E[e^(-t/L)] = 1 - (1 - s) / (1 + 1/(h L)).
    kept = traits.quit_base * traits.learning / (1.0 + traits.quit_base * traits.learning)
    expected = 1.0 - (1.0 - traits.recruit_skill) * kept
    skill = np.asarray(founders.skill, np.float64)
    assert close(skill.mean(), expected, skill.std())
    recruits = arrivals(luck, PEOPLE, 1, traits, founders=False)
    assert np.allclose(recruits.skill, traits.recruit_skill)
    assert not np.any(recruits.ability == founders.ability)
