"""Amounts in widening bins: their quantiles and Gini coefficient against the amounts themselves."""

from __future__ import annotations

import numpy as np
import pytest

from stakhanov.engine.tally import EDGES, WIDENING_BINS, gini, quantile, widening

AMOUNTS = np.random.default_rng(5).lognormal(9.0, 0.6, 200_000)


def exact_gini(amounts: np.ndarray) -> float:
    """Half the mean absolute difference over the mean, by ranks."""
    ascending, n = np.sort(amounts), amounts.size
    return float((2 * np.arange(1, n + 1) - n - 1) @ ascending / (n * ascending.sum()))


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_they_say_of_the_amounts_what_the_amounts_say(scale: float) -> None:
    bins = widening(AMOUNTS * scale)
    assert bins.sum() == AMOUNTS.size
    assert gini(bins) == pytest.approx(exact_gini(AMOUNTS), rel=2e-4)
    for share in (0.1, 0.5, 0.9, 0.99):
        expected = float(np.quantile(AMOUNTS * scale, share))
        assert quantile(bins, share) == pytest.approx(expected, rel=4e-3)


def test_every_amount_lies_in_its_bin() -> None:
    amounts = np.array([0.0, -3.0, 2.0**-11, 2.0**-10, 0.999, 1.0, 1.5, 1e9, 1e30])
    for amount in amounts.astype(np.float32):
        (place,) = np.flatnonzero(widening(np.array([amount])))
        assert place == WIDENING_BINS - 1 or amount < EDGES[place + 1]
        assert amount >= EDGES[place] or (place == 0 and amount < 0.0)
    widths = np.diff(EDGES[1:]) / EDGES[1:-1]
    assert widths.max() <= 1 / 64 + 1e-12


def test_whole_kopecks_are_counted_as_they_are() -> None:
    bins = widening(np.array([0, 0, 100, 300], np.int64))
    assert gini(bins) == pytest.approx(exact_gini(np.array([0, 0, 100, 300])), rel=1e-2)


def test_of_nobody_and_of_nothing() -> None:
    assert quantile(widening(np.zeros(0)), 0.5) == 0.0
    assert np.isnan(gini(widening(np.zeros(0))))
    assert gini(widening(np.zeros(7))) == 0.0
