"""Intervals against the table of Student's t and against coverage."""

from __future__ import annotations

import math

import numpy as np
import pytest

from stakhanov.experiments.intervals import interval_of


def test_against_the_table_of_t() -> None:
    """1, 2, 3, 4: mean 2.5, s = 1.2910; t(3, .975) = 3.1824; half = 3.1824 x 1.2910 / 2 = 2.0543."""
    found = interval_of([1.0, 2.0, 3.0, 4.0])
    assert found.mean == 2.5
    assert found.low == pytest.approx(2.5 - 2.0543, abs=1e-4)
    assert found.high == pytest.approx(2.5 + 2.0543, abs=1e-4)


def test_one_value_has_no_interval_and_equal_ones_have_no_width() -> None:
    one = interval_of([3.0])
    assert one.mean == 3.0
    assert math.isnan(one.low)
    assert math.isnan(one.high)
    same = interval_of([0.1] * 7)
    assert (same.mean, same.low, same.high) == (0.1, 0.1, 0.1)
    assert interval_of([0.0] * 5) == interval_of([0.0] * 9)


def test_it_covers_what_it_says() -> None:
    """Of 4,000 intervals over 5 values 95 % hold the truth: between 94.0 and 96.0 but for one time in 300."""
    draws = np.random.default_rng(7).normal(2.0, 3.0, size=(4000, 5))
    inside = [one.low <= 2.0 <= one.high for one in map(interval_of, draws)]
    assert 0.94 < np.mean(inside) < 0.96
