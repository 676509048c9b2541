"""Storming: months with a known rush, months without, and tables where it cannot be seen."""

from __future__ import annotations

import datetime

import polars as pl
import pytest

import stakhanov
from stakhanov.evidence.simulated import Truth, simulated
from stakhanov.evidence.storming import TEST


def test_a_known_rush_is_found() -> None:
    """January and February 2015, half as much again after the 20th: by hand from the days."""
    table = simulated(Truth(storming=0.5, spread=0.1), workers=60, periods=59, seed=1)
    late, days = 11 + 8, 59
    expected = (1.5 * late / (1.5 * late + days - late)) / (late / days)
    found = next(one for one in stakhanov.inspect(table).findings if one.test == TEST)
    assert found.estimate == pytest.approx(expected, abs=0.01)
    assert found.unusual
    assert (found.details["months"], found.details["days"]) == (2, 59)


def test_even_months_are_not_flagged() -> None:
    table = simulated(Truth(storming=1e-12), workers=60, periods=59, seed=2)
    found = next(one for one in stakhanov.inspect(table).findings if one.test == TEST)
    assert not found.unusual
    assert found.low < 1.0 < found.high


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        (pl.col("period"), "periods are numbers"),
        (pl.date(2015, 1, 1).dt.offset_by(pl.format("{}mo", "period")), "needs reports by day"),
        (
            pl.lit(datetime.date(2015, 3, 1)).dt.offset_by(pl.format("{}d", "period")),
            "needs reports by day",
        ),
    ],
)
def test_where_it_cannot_be_seen_the_reason_is_told(periods: pl.Expr, said: str) -> None:
    table = simulated(Truth(), workers=20, periods=8, seed=3).with_columns(period=periods)
    reasons = [one.reason for one in stakhanov.inspect(table).refused if one.test == TEST]
    assert len(reasons) == 1
    assert said in reasons[0]
