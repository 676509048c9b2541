"""Ranges by hand, against drawing many tests, and silence while too little is known."""

from __future__ import annotations

import numpy as np
import pytest

from stakhanov.guide.practice.prediction import (
    STOCK_ERROR,
    Pool,
    Range,
    band,
    own_error,
    predicted,
    right,
)


def test_the_worked_example() -> None:
    """20 items at .8: 16 expected, sd sqrt(3.2 + 1.8^2) = 2.54, so 11.03 to 20.97: 11 to 20."""
    found = band([(0.8, 1 / 20)] * 20)
    assert found.middle == pytest.approx(0.8)
    assert found.low == pytest.approx((16 - 1.96 * 2.5377) / 20, abs=1e-4)
    assert found.high == 1.0
    assert found.points(20) == (11, 20)


def test_drawn_tests_fall_into_the_range() -> None:
    """Tests drawn with the error of the model in them: 95 in 100, within three standard errors of the draw."""
    luck = np.random.default_rng(5)
    chances, weights = np.array([0.3] * 10 + [0.6] * 20), np.array([0.05] * 10 + [0.025] * 20)
    found = band(list(zip(chances, weights, strict=True)))
    shift = luck.normal(0.0, STOCK_ERROR, 20_000)
    scores = (luck.random((20_000, 30)) < chances) @ weights + shift
    inside = np.mean((scores >= found.low) & (scores <= found.high))
    assert inside == pytest.approx(0.95, abs=0.006)


def pool(reviewed: int, unseen: int, weight: float = 1.0) -> Pool:
    return Pool([0.8] * reviewed, unseen, 0.5, 10, weight)


@pytest.mark.parametrize(
    ("pools", "said"),
    [
        ({}, "0 of at least 20"),
        ({"recall": pool(19, 0)}, "19 of at least 20 items reviewed, 100 %"),
        ({"recall": pool(20, 21)}, "20 of at least 20 items reviewed, 49 %"),
        ({"recall": pool(30, 0, 0.4), "short": pool(0, 9, 0.6)}, "40 % of the exam's weight"),
    ],
)
def test_nothing_is_said_on_little(pools: dict[str, Pool], said: str) -> None:
    found = predicted(pools)
    assert isinstance(found, str)
    assert found.startswith("not enough data yet")
    assert said in found


def test_at_the_threshold_a_range_is_said() -> None:
    found = predicted({"recall": pool(20, 20)})
    assert isinstance(found, Range)
    assert found.middle == pytest.approx((20 * 0.8 + 20 * 0.5) / 40)
    assert found.low < found.middle < found.high


def test_sorts_count_by_their_weight() -> None:
    """.7 of the weight at .8, .3 at .5: .71."""
    found = predicted({"recall": pool(30, 0, 0.7), "short": pool(0, 9, 0.3)})
    assert isinstance(found, Range)
    assert found.middle == pytest.approx(0.71)


def test_a_guess_helps() -> None:
    assert right(0.0, 0.25) == 0.25
    assert right(0.6, 0.25) == pytest.approx(0.7)
    assert right(1.0, 0.25) == 1.0


def test_ones_own_error_is_known_after_three_tests() -> None:
    assert own_error([(0.8, 0.6), (0.7, 0.7)]) == STOCK_ERROR
    assert own_error([(0.8, 0.6), (0.7, 0.7), (0.5, 0.6)]) == pytest.approx((0.05 / 3) ** 0.5)
