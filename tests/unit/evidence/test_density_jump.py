"""The jump at the norm: a law with a known jump, counted exactly and drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.stats import norm

import stakhanov
from stakhanov.evidence.density_jump import DEGREE, JUMP, SLOPE, shape
from stakhanov.evidence.finding import Finding, Refusal
from stakhanov.evidence.loglinear import errors, fit
from stakhanov.evidence.simulated import Truth, simulated

GARMENT = {
    "worker": "team",
    "period": "date",
    "norm": "targeted_productivity",
    "reported": "actual_productivity",
    "group": "department",
}


def finding(table: pl.DataFrame, test: str, **options: int) -> Finding:
    found = [one for one in stakhanov.inspect(table, **options).findings if one.test == test]
    assert len(found) == 1
    return found[0]


def test_the_law_of_the_period_is_recovered_from_exact_counts() -> None:
    """Masses of N(mu, s) exp(J + D (y - 1)) above 1, by the normal integral."""
    centre, spread, jump, bend, half = 0.97, 0.2, 0.8, -2.0, 0.15
    edges = np.linspace(1.0 - half, 1.0 + half, 41)
    below = np.diff(norm.cdf(edges[:21], centre, spread))
    step = jump + bend * (centre - 1.0) + 0.5 * (bend * spread) ** 2
    above = np.exp(step) * np.diff(norm.cdf(edges[20:], centre + bend * spread**2, spread))
    counts = 1e6 * np.concatenate([below, above])
    middles = 0.5 * (edges[1:] + edges[:-1]) - 1.0
    found, _ = fit(counts, shape(middles, half))
    assert found[0, DEGREE + 1] == pytest.approx(jump, abs=2e-3)
    assert found[0, DEGREE + 2] / half == pytest.approx(bend, abs=2e-2)


def test_with_two_bins_the_jump_is_the_log_ratio_and_its_error_the_textbook_one() -> None:
    below, above = 90, 160
    design = np.array([[1.0, 0.0], [1.0, 1.0]])
    tables = np.zeros((below + above, 2))  # every report a cluster of its own
    tables[:below, 0] = 1.0
    tables[below:, 1] = 1.0
    found, mu = fit(tables.sum(axis=0), design)
    n = below + above
    assert found[0, 1] == pytest.approx(np.log(above / below), rel=1e-3)
    expected = np.sqrt((1 / below + 1 / above) * n / (n - 1))
    assert errors(tables, mu, design)[0, 1] == pytest.approx(expected, rel=1e-3)


def test_a_known_jump_is_found_inside_its_interval() -> None:
    table = simulated(Truth(jump=0.8), workers=1500, periods=6, seed=3)
    found = finding(table, JUMP)
    assert found.low < 0.8 < found.high
    assert found.unusual
    assert found.explanations


def test_an_honest_table_is_not_flagged() -> None:
    found = stakhanov.inspect(simulated(Truth(), workers=1500, periods=6, seed=4))
    assert not [one for one in found.unusual if one.test in (JUMP, SLOPE)]


def test_reports_in_whole_units_are_no_jump() -> None:
    """Norms of 15 pieces: fulfilment comes in steps of 7 %, wider than the bins."""
    honest = simulated(Truth(), workers=1500, periods=6, seed=5)
    whole = honest.with_columns(
        norm=pl.lit(15.0), reported=(15.0 * pl.col("reported")).floor()
    ).drop("true")
    assert not finding(whole, JUMP).unusual


def test_the_order_of_rows_changes_nothing() -> None:
    table = simulated(Truth(jump=0.5), workers=300, periods=4, seed=6)
    shuffled = table.sample(fraction=1.0, shuffle=True, seed=1)
    assert finding(table, JUMP) == finding(shuffled, JUMP)


def test_sewing_jumps_and_finishing_does_not(data_file: Callable[[str], Path]) -> None:
    place = data_file("garment_productivity_2015.csv")
    inspection = stakhanov.inspect(place, GARMENT, by="group")
    found = {one.group: one for one in inspection.findings if one.test == JUMP}
    assert found["sewing"].unusual
    assert found["sewing"].low > 1.0
    assert not found["finishing"].unusual


@pytest.mark.parametrize(
    ("reported", "reason"),
    [
        ([1.0] * 60, "no report is above the norm, 60 are exactly at it"),
        ([1.0] * 60 + [1.2] * 30, "no report is below the norm, 60 are exactly at it"),
        ([1.0] * 6000 + [0.5, 1.5], "there is no density to speak of"),
        ([0.5 + 0.01 * k for k in range(60)], "needs 25 reports close below the norm; there are 9"),
    ],
)
def test_where_no_curve_can_be_laid_the_reason_is_told(reported: list[float], reason: str) -> None:
    table = pl.DataFrame({"worker": range(len(reported)), "period": 1, "norm": 1.0}).with_columns(
        reported=pl.Series(reported)
    )
    refused = [one for one in stakhanov.inspect(table).refused if one.test == JUMP]
    assert [isinstance(one, Refusal) for one in refused] == [True]
    assert reason in refused[0].reason


@pytest.mark.parametrize("unit", [0.001, 0.002, 0.003, 0.03])
def test_rounding_alone_raises_no_flag(unit: float) -> None:
    """Normal output, rounded to units of which the norm is a whole number or not, in bins that hold now more
    units and now fewer."""
    luck = np.random.default_rng(2)
    made = luck.normal(1.1, 0.3, 400_000).clip(0.0)
    table = pl.DataFrame({"reported": np.round(np.rint(made / unit) * unit, 9)}).with_columns(
        worker=pl.int_range(pl.len()) % 200, period=pl.int_range(pl.len()) // 200, norm=1.0
    )
    jump = finding(table, JUMP, tables=199)
    assert jump.low < 0.0 < jump.high
    assert jump.false_alarm > 0.05


def test_few_workers_are_refused() -> None:
    table = simulated(Truth(), workers=2, periods=200, seed=1)
    reasons = [one.reason for one in stakhanov.inspect(table).refused if one.test == JUMP]
    assert reasons == ["needs reports of three workers close to the norm"]
