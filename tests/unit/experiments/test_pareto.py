"""The front, by hand and against the definition."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.experiments.pareto import front_of, spread_out

rows = st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=1, max_size=12)


def test_the_front_by_hand() -> None:
    worth = np.array([[3.0, 1.0], [2.0, 2.0], [1.0, 3.0], [2.0, 1.0], [2.0, 2.0], [0.0, 3.0]])
    assert front_of(worth) == [0, 1, 2]


@given(rows)
def test_nothing_on_the_front_is_beaten_and_all_else_is_or_is_there_already(given) -> None:
    worth = np.array(given, float)
    front = front_of(worth)

    def beats(one: int, other: int) -> bool:
        both = list(zip(given[one], given[other], strict=True))
        return all(a >= b for a, b in both) and any(a > b for a, b in both)

    every = range(len(given))
    for place in every:
        beaten = any(beats(other, place) for other in every)
        if place in front:
            assert not beaten
        else:
            assert beaten or any(given[other] == given[place] for other in front)


def test_few_are_chosen_far_apart_the_best_of_every_goal_first() -> None:
    ends = np.linspace(0.0, 1.0, 11)
    worth = np.stack([ends, 1.0 - ends], axis=1)
    assert spread_out(worth, list(range(11)), 3) == [0, 5, 10]
    assert spread_out(worth, list(range(11)), 1) == [10]
    assert spread_out(worth, [2, 4], 5) == [2, 4]
    assert spread_out(np.ones((3, 2)), [0, 1, 2], 2) == [0, 1]
