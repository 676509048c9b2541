"""Strips beside the norm, against strips where nothing stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import stakhanov
from stakhanov.evidence.norm_excess import TEST, excess, log_ratio
from stakhanov.evidence.simulated import Truth, simulated


def test_the_factorys_log_ratio() -> None:
    """389 team-days of sewing within half a per cent above the target, 17 below."""
    assert log_ratio(389, 17) == pytest.approx((3.13, 0.25), abs=5e-3)


def test_the_other_lines_are_taken_off() -> None:
    """Counts by hand: 40/10 at the norm, 20/10 at the four other lines; log 4 - log 2 but for the halves."""
    strips = np.array([[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]])
    counts = np.array([[[10.0, 40.0] + [10.0, 20.0] * 4]])
    found = float(excess(counts, strips)[0][0])
    assert found == pytest.approx(np.log(40.5 / 10.5) - np.log(20.5 / 10.5))


def test_sewing_stands_out_and_finishing_does_not(data_file: Callable[[str], Path]) -> None:
    columns = {
        "worker": "team",
        "period": "date",
        "norm": "targeted_productivity",
        "reported": "actual_productivity",
        "group": "department",
    }
    place = data_file("garment_productivity_2015.csv")
    findings = stakhanov.inspect(place, columns, by="group").findings
    found = {one.group: one for one in findings if one.test == TEST}
    sewing = found["sewing"]
    assert (sewing.details["above"], sewing.details["below"]) == (389, 17)
    assert sewing.unusual
    assert not found["finishing"].unusual


def test_a_steep_curve_is_no_excess() -> None:
    """Few reach the norm: density rises or falls through the line, and through all the others."""
    table = simulated(Truth(centre=0.7), workers=3000, periods=4, seed=1)
    found = next(one for one in stakhanov.inspect(table).findings if one.test == TEST)
    assert not found.unusual
    assert found.low < 0.0 < found.high


def test_too_few_reports_are_told() -> None:
    table = pl.DataFrame({"worker": range(50), "period": 1, "norm": 1.0}).with_columns(
        reported=pl.Series(np.linspace(0.5, 1.5, 50))
    )
    reasons = [one.reason for one in stakhanov.inspect(table).refused if one.test == TEST]
    assert len(reasons) == 1
    assert "needs 8 reports in each strip" in reasons[0]


def test_an_empty_strip_leaves_the_interval_open() -> None:
    """Everybody short of the norm by 2 % writes the norm: none below, and no end above.

    Nobody among the n below says no more than that fewer than -ln 0.025 = 3.689 may be expected there.
    """
    table = simulated(Truth(padded=0.02), workers=800, periods=4, seed=1)
    found = next(one for one in stakhanov.inspect(table).findings if one.test == TEST)
    above = found.details["above"]
    assert found.details["below"] == 0
    assert found.unusual
    assert found.high == np.inf
    assert 0.0 < found.low < np.log(above / 3.689) < found.estimate
    turned = table.with_columns(reported=2.0 * pl.col("norm") - pl.col("reported") - 1e-6)
    other = next(one for one in stakhanov.inspect(turned).findings if one.test == TEST)
    assert other.details["above"] == 0
    assert other.low == -np.inf
    assert other.estimate < other.high < 0.0
