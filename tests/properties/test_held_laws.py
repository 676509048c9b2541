"""Laws of values that are held, and of stores that keep outcomes."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.campaign import load
from stakhanov.experiments.addresses import held
from stakhanov.experiments.store.conformance import trial_of
from stakhanov.experiments.store.sheet import decoded, encoded
from stakhanov.experiments.trial import Outcome
from stakhanov.foundation.address import by_address, within, yielding
from stakhanov.workforce import load as load_workforce

FLAGSHIP, PEOPLE = load("stakhanovite-1935"), load_workforce("soviet-industry")
SHARES = st.floats(0.0, 1.0, allow_nan=False)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "publicity.intensity": SHARES,
    "norms.revision.up": SHARES,
    "pay.piece_share": SHARES,
    "pay.bonus": st.just([]),
    "prizes.premium.amount": st.integers(0, 10**6),
    "quits.base": SHARES,
    "recruits.skill": st.floats(0.1, 1.0),
}
differences = st.fixed_dictionaries({}, optional=VALUES)
PERIODS = st.integers(0, 95)


@given(differences, PERIODS)
def test_a_held_value_stands_in_every_period_and_nothing_else_moves(
    values: dict[str, Any], period: int
) -> None:
    rules, people = held(FLAGSHIP, PEOPLE, values)
    now, was = rules.in_force(period).plain(), FLAGSHIP.in_force(period).plain()
    for address in ("publicity.intensity", "norms.revision.up", "pay.piece_share", "pay.bonus"):
        chapter, *rest = address.split(".")
        here, there = now[chapter], was[chapter]
        for step in rest:
            here, there = here[step], there[step]
        assert here == values.get(address, there)
    for branch, before in zip(people.by_branch(), PEOPLE.by_branch(), strict=True):
        assert branch.quits.base == values.get("quits.base", before.quits.base)
        assert branch.recruits.skill == values.get("recruits.skill", before.recruits.skill)


@given(differences)
def test_holding_twice_is_holding_once_and_holding_nothing_is_nothing(
    values: dict[str, Any],
) -> None:
    once = held(FLAGSHIP, PEOPLE, values)
    twice = held(*once, values)
    assert [one.digest for one in once] == [one.digest for one in twice]
    assert held(FLAGSHIP, PEOPLE, {}) == (FLAGSHIP, PEOPLE)


words = st.sampled_from(["pay", "scale", "rate", "norms"])
addresses = st.lists(words, min_size=1, max_size=3).map(".".join)


@given(st.dictionaries(addresses, st.integers()), st.dictionaries(addresses, st.integers()))
def test_what_yields_leaves_held_values_alone(later: dict[str, int], kept: dict[str, int]) -> None:
    found = yielding(later, kept)
    for address, value in found.items():
        if address in kept:
            assert value == kept[address]
        else:
            assert not any(within(address, other) for other in kept)
            assert value == later[address]


@given(st.dictionaries(addresses, st.one_of(st.integers(), SHARES, st.text(max_size=3))))
def test_a_flat_table_is_flat(table: dict[str, Any]) -> None:
    assert by_address(by_address(table)) == by_address(table)


numbers = st.floats(allow_nan=True, allow_infinity=True)


@given(
    st.dictionaries(st.sampled_from("abcde"), numbers),
    st.dictionaries(
        st.sampled_from("abcde"), st.lists(numbers, min_size=2, max_size=2), min_size=1
    ),
    st.floats(0.0, 1e6),
)
def test_a_stored_outcome_comes_back_to_the_bit(
    measures: dict[str, float], series: dict[str, list[float]], seconds: float
) -> None:
    outcome = Outcome(
        measures, {name: np.array(values) for name, values in series.items()}, 17, seconds
    )
    found = decoded(encoded(trial_of(1), outcome), trial_of(1))
    assert found is not None
    assert found.same_as(outcome)
    assert (found.worker_shifts, found.seconds) == (17, seconds)
    assert decoded(encoded(trial_of(1), outcome), trial_of(2)) is None
