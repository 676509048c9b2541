"""Bunching: counts made by a formula, and what the R package `bunching` 0.8.6 makes of them.

The rows without correction, and the small-change elasticities, were computed with the package under R 4.2.2
(zstar 100, 25 bins to each side, the ends dropped: positions 76 to 124); the corrected ones by iterating its
correction until nothing moves, where the package stops at a change of less than one count.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import stakhanov
from stakhanov.evidence.bunching import TEST, bunching
from stakhanov.evidence.simulated import Truth, simulated

J = np.arange(-30, 31)
BASE = np.floor(900 - 7 * J - 0.05 * J**2 + 20 * np.sin(1.7 * J) + 12 * np.cos(0.9 * J) + 0.5)
POSITIONS = 100.0 + J
SEEN = np.abs(J) <= 24


def kink() -> np.ndarray:
    return BASE + 1500.0 * (J == 0)


def diffuse() -> np.ndarray:
    return BASE + 900.0 * (J == 0) + 350.0 * (J == 1) + 150.0 * (J == -1) + 100.0 * (J == 2)


def rounded() -> np.ndarray:
    return kink() + 200.0 * (POSITIONS % 5 == 0) + 150.0 * (POSITIONS % 10 == 0)


def test_the_counts_are_those_of_the_formula() -> None:
    assert BASE[:5].tolist() == [1048, 1084, 1078, 1042, 1042]
    assert BASE[30] == 912
    assert BASE[-2:].tolist() == [645, 655]


@pytest.mark.parametrize(
    ("counts", "options", "excess", "relative"),
    [
        (kink(), {}, 1511.91584674, 1.679749434),
        (kink(), {"degree": 4}, 1513.71687465, 1.685122243),
        (kink(), {"corrected": True}, 1477.952672733, 1.582310264),
        (kink(), {"corrected": True, "tolerance": 1.0}, 1477.97060783, 1.582359849),
        (diffuse(), {"excluded": (99.0, 102.0)}, 1524.42549988, 1.702995427),
        (
            diffuse(),
            {"excluded": (99.0, 102.0), "corrected": True},
            1398.756546043,
            1.509621873,
        ),
        (
            diffuse(),
            # The package stops here two steps on, at a change of 12.3 counts; the next is 1.1.
            {"excluded": (99.0, 102.0), "corrected": True, "tolerance": 13.0},
            1399.77092384,
            1.511130238,
        ),
        (rounded(), {}, 1831.19946805, 1.967338227),
        (rounded(), {"rounds": (5, 10)}, 1514.09219483, 1.213304531),
    ],
)
def test_the_rows_of_the_table(
    counts: np.ndarray, options: dict, excess: float, relative: float
) -> None:
    settings = {"at": 100.0, "excluded": (100.0, 100.0), "degree": 7} | options
    found = bunching(counts[SEEN], POSITIONS[SEEN], **settings)
    assert found.excess == pytest.approx(excess, abs=6e-9 * excess)
    assert found.relative == pytest.approx(relative, abs=6e-10)


@pytest.mark.parametrize(
    ("counts", "options", "small", "exact"),
    [
        (kink(), {}, 0.083987472, 0.074651392),
        (kink(), {"degree": 4}, 0.084256112, None),
        (kink(), {"corrected": True, "tolerance": 1.0}, 0.079117992, None),
        (diffuse(), {"excluded": (99.0, 102.0)}, 0.085149771, None),
    ],
)
def test_elasticities(counts: np.ndarray, options: dict, small: float, exact: float | None) -> None:
    settings = {"at": 100.0, "excluded": (100.0, 100.0), "degree": 7} | options
    found = bunching(counts[SEEN], POSITIONS[SEEN], **settings)
    assert found.elasticity(1.0, 100.0, 0.2) == pytest.approx(small, abs=1e-9)
    if exact is not None:
        assert found.exact_elasticity(1.0, 100.0, 0.2) == pytest.approx(exact, abs=1e-9)


def test_padded_reports_are_the_excess() -> None:
    """The share that was padded is known; the excess is counted over a curve, so near it."""
    table = simulated(Truth(padded=0.02), workers=3000, periods=8, seed=1)
    padded = float((table["reported"] != table["true"]).mean())
    finding = next(one for one in stakhanov.inspect(table).findings if one.test == TEST)
    assert finding.low < padded < finding.high
    assert finding.unusual
    assert finding.details["missing_below"] / finding.reports == pytest.approx(padded, abs=0.02)


def test_heaps_at_round_percentages_are_not_taken_for_bunching() -> None:
    """Everybody names multiples of five: the norm is one of them, and nothing more."""
    honest = simulated(Truth(), workers=2000, periods=6, seed=2).with_columns(
        reported=heaped("reported")
    )
    finding = next(one for one in stakhanov.inspect(honest).findings if one.test == TEST)
    assert not finding.unusual
    assert finding.low < 0.0 < finding.high


def heaped(name: str) -> pl.Expr:
    """One report in three at the next lower multiple of five per cent."""
    low = (pl.col(name) * 20 + 1e-9).floor() / 20
    return pl.when(pl.col("worker") % 3 == 0).then(low).otherwise(pl.col(name))
