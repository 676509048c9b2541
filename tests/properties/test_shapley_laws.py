"""Laws of the Shapley value and of interaction indices, for any game."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.experiments.shapley import interactions, shapley


@st.composite
def games(draw: st.DrawFn, players: int | None = None) -> np.ndarray:
    """Worths of all coalitions of up to five players."""
    number = players or draw(st.integers(1, 5))
    value = st.floats(-100.0, 100.0)
    return np.array(draw(st.lists(value, min_size=1 << number, max_size=1 << number)))


@given(games())
def test_shares_sum_to_the_whole(worth: np.ndarray) -> None:
    assert np.isclose(shapley(worth).sum(), worth[-1] - worth[0], atol=1e-9)


@given(games(4), games(4))
def test_a_sum_of_games_has_the_sum_of_the_shares(one: np.ndarray, other: np.ndarray) -> None:
    assert np.allclose(shapley(one + other), shapley(one) + shapley(other), atol=1e-9)
    both = interactions(one) + interactions(other)
    assert np.allclose(interactions(one + other), both, atol=1e-9)


@given(games(4), st.integers(0, 3))
def test_a_player_who_changes_nothing_has_nothing(worth: np.ndarray, player: int) -> None:
    idle = worth.copy()
    for mask in range(16):
        idle[mask | 1 << player] = idle[mask & ~(1 << player)]
    assert np.isclose(shapley(idle)[player], 0.0, atol=1e-12)
    assert np.allclose(interactions(idle)[player], 0.0, atol=1e-12)


@given(games(4), st.permutations(range(4)))
def test_names_do_not_matter(worth: np.ndarray, order: list[int]) -> None:
    renamed = np.empty_like(worth)
    for mask in range(16):
        renamed[sum(1 << order[i] for i in range(4) if mask >> i & 1)] = worth[mask]
    assert np.allclose(shapley(renamed)[order], shapley(worth), atol=1e-9)


@given(games(3), games(3))
def test_replicates_do_not_see_each_other(one: np.ndarray, other: np.ndarray) -> None:
    both = np.stack([one, other])
    assert np.allclose(shapley(both), np.stack([shapley(one), shapley(other)]), atol=1e-12)
    assert np.allclose(interactions(both)[1], interactions(other), atol=1e-12)
