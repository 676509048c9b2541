"""Games whose values are known."""

from __future__ import annotations

import numpy as np
import pytest

from stakhanov.experiments.shapley import interactions, players_of, shapley


def game(players: int, worth: object) -> np.ndarray:
    """The worth of every coalition, from a function of the set of players in it."""
    sets = [{i for i in range(players) if mask >> i & 1} for mask in range(1 << players)]
    return np.array([float(worth(one)) for one in sets])  # type: ignore[operator]


def test_two_who_help_each_other_share_what_they_add_together() -> None:
    """v = 3 [0 in] + 5 [1 in] + 2 [both]: phi = (4, 6), interaction 2."""
    worth = game(2, lambda s: 3 * (0 in s) + 5 * (1 in s) + 2 * ({0, 1} <= s))
    assert shapley(worth).tolist() == [4.0, 6.0]
    assert interactions(worth).tolist() == [[0.0, 2.0], [2.0, 0.0]]


def test_the_glove_game() -> None:
    """One left glove, two right ones, a pair is worth 1: phi = (2/3, 1/6, 1/6)."""
    worth = game(3, lambda s: 0 in s and (1 in s or 2 in s))
    assert shapley(worth) == pytest.approx([2 / 3, 1 / 6, 1 / 6], abs=1e-15)


def test_four_who_vote() -> None:
    """Weights 4, 2, 1, 1, majority 5: the first turns every order in which it is not first, 3 of 4."""
    weights = (4, 2, 1, 1)
    worth = game(4, lambda s: sum(weights[i] for i in s) >= 5)
    assert shapley(worth) == pytest.approx([0.75, 1 / 12, 1 / 12, 1 / 12], abs=1e-15)


def test_interaction_of_three_who_are_needed_together() -> None:
    """v = 1 if all three are in: each pair has the same index, and the index of a pair is 1/2."""
    worth = game(3, lambda s: len(s) == 3)
    found = interactions(worth)
    assert found[0, 1] == found[0, 2] == found[1, 2] == pytest.approx(0.5)
    assert shapley(worth) == pytest.approx([1 / 3] * 3)


def test_worth_must_be_that_of_all_coalitions() -> None:
    with pytest.raises(ValueError, match="2\\^k coalitions; found 6"):
        players_of(np.zeros(6))
