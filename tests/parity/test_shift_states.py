"""The shift at wide random states: compiled code, its twin in single precision, and the rule in double.

Abilities lie a hundredfold apart, marks up to five norms away, jumps reach ten utils, and what is left of the
period goes down to a ten-thousandth of a shift.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from scipy.special import ndtr

from stakhanov import theory
from stakhanov.engine.backends.cpu import Cpu
from stakhanov.engine.backends.reference import Reference
from stakhanov.engine.world import Backend, WorkOrder
from tests.parity.states import copied, wide_order

SEEDS = range(60)
ULP = 2.0**-23


class Left(NamedTuple):
    """What a period leaves of one block."""

    output: np.ndarray
    plan: np.ndarray
    fatigue: np.ndarray
    strain: np.ndarray


def worked(backend: Backend, order: WorkOrder) -> Left:
    mine = copied(order)
    backend.work(mine)
    people = mine.people
    parts = (people.output, people.plan, people.fatigue, people.strain)
    return Left(*(np.asarray(part, np.float64) for part in parts))


def spread_of(order: WorkOrder) -> np.ndarray:
    """Standard deviation of what a rested worker leaves to chance."""
    yields = order.people.ability * order.people.skill * order.technology
    return order.traits.noise * np.sqrt(sum(order.clock)) * yields


def apart(one: Left, other: Left, order: WorkOrder) -> dict[str, np.ndarray]:
    """How far two results lie apart, as shares of their size; of output's size or spread."""
    found = {
        name: np.abs(mine - theirs) / np.maximum(np.abs(theirs), 1e-3)
        for name, mine, theirs in zip(Left._fields, one, other, strict=True)
    }
    size = np.abs(other.output) + spread_of(order)
    return {**found, "output": np.abs(one.output - other.output) / size}


BACKENDS = {"cpu": Cpu(), "twin": Reference(single=True), "double": Reference()}


@pytest.fixture(scope="module")
def shifts() -> dict[str, list[Left]]:
    return {
        name: [worked(backend, wide_order(seed)) for seed in SEEDS]
        for name, backend in BACKENDS.items()
    }


@pytest.mark.parametrize(("one", "other"), [("cpu", "twin"), ("twin", "double"), ("cpu", "double")])
def test_one_shift_is_the_same_to_a_few_units_in_the_last_place(shifts, one, other) -> None:
    """A few units in general; more where a plan is what is left of two large numbers."""
    pairs = zip(shifts[one], shifts[other], SEEDS, strict=True)
    found = [apart(mine, theirs, wide_order(seed)) for mine, theirs, seed in pairs]
    for name in Left._fields:
        all_of_it = np.concatenate([here[name] for here in found])
        assert np.all(np.isfinite(all_of_it)), name
        assert np.quantile(all_of_it, 0.5) <= 2 * ULP, name
        assert np.quantile(all_of_it, 0.99) <= 16 * ULP, name
        assert np.max(all_of_it) <= 4000 * ULP, name


@pytest.mark.parametrize("seed", range(8))
def test_a_period_of_shifts_is_the_same_but_for_those_on_the_edge_of_a_segment(seed) -> None:
    order = wide_order(seed, shifts=6)
    unworn = order.traits._replace(fatigue_load=0.0, strain_growth=0.0)  # none works to exhaustion
    order = replace(order, traits=unworn)
    compiled, twin = (worked(BACKENDS[name], order) for name in ("cpu", "twin"))
    found = apart(compiled, twin, order)["output"]
    assert np.quantile(found, 0.5) <= 8 * ULP
    assert np.mean(found > 1e-4) <= 0.01


def reward(order: WorkOrder, who: int) -> tuple[list[float], list[float], list[float]]:
    """Breakpoints, rates and jumps that one worker faces, slopes of pay only; by hand from the marks."""
    marks, norm, pad = order.marks, float(order.quota[who]), float(order.pad[who])
    ramp = float(order.ramp[who])
    pays = [
        rate * float((order.below if below else order.above)[who])
        for rate, below in zip(marks.rate, marks.below, strict=True)
    ]
    places, jumps = [multiple * norm for multiple in marks.multiple], list(marks.jump)
    if marks.pad >= 0:
        if pad > 0.0:
            places[marks.pad] = norm - pad
            pays[marks.norm] += ramp
            jumps[marks.norm] -= ramp * pad
        else:
            del places[marks.pad], jumps[marks.pad], pays[marks.norm]
    return places, pays, jumps


def rate_by_theory(order: WorkOrder, who: int, near: float) -> float:
    """The rate that the closed form names, every term of the slope written out again."""
    people, traits = order.people, order.traits
    fatigue, strain = float(people.fatigue[who]), float(people.strain[who])
    rested = np.exp(-traits.fatigue_effect * (fatigue - traits.rest)) / (1.0 + strain)
    skill = float(people.ability[who]) * float(people.skill[who]) * order.technology
    yields, left = skill * rested, sum(order.clock)
    cost = traits.cost * (1.0 + traits.conformity) / yields**2
    expected = max(float(people.plan[who]) * left, 1e-6) / order.shifts
    hope = np.log(float(people.aspiration[who]) / expected) / traits.aspiration_width
    longing = traits.aspiration_weight * (traits.loss_aversion - 1.0) * (float(ndtr(hope)) - 0.5)
    drive = (traits.drive * float(people.morale[who]) + longing) / yields
    mates = traits.conformity * traits.cost * near / yields**2
    places, pays, jumps = reward(order, who)
    rate = theory.period_effort(
        0.0,
        left,
        breakpoints=np.array(places),
        rates=np.array(pays) + drive + mates,
        jumps=np.array(jumps),
        noise=traits.noise * yields,
        cost=cost,
    )
    return max(float(rate), 0.0)


@pytest.mark.parametrize("seed", range(12))
def test_the_rate_is_that_of_the_closed_form(shifts, seed) -> None:
    order = wide_order(seed)
    near = np.repeat(
        np.add.reduceat(order.people.plan.astype(float), order.ends[:-1]) / np.diff(order.ends),
        np.diff(order.ends),
    )
    some = range(0, order.quota.size, 7)
    expected = np.array([rate_by_theory(order, who, float(near[who])) for who in some])
    for name, tolerance in (("double", 2e-5), ("cpu", 2e-4)):
        found = shifts[name][seed].plan[list(some)]
        assert np.allclose(found, expected, rtol=tolerance, atol=1e-4), name
