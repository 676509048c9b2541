"""Effort under eighteen treatments: densities, log ratios and digits at a bonus for 2,000 points.

DellaVigna and Pope (2018), public replication archive. Densities and widths of windows: the package rddensity
3.0 with its defaults; counts and statistics by hand from the file.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from stakhanov.evidence.around_norm import count, unit_of
from stakhanov.evidence.density_edge import edge_densities
from stakhanov.evidence.digits import by_cluster, chi_square
from stakhanov.evidence.norm_excess import log_ratio
from stakhanov.evidence.sample import Numbers, Sample

BONUS = ["Gain 40c", "Loss 40c", "Gain 80c"]
PIECE = ["1c PieceRate", "10c PieceRate", "4c PieceRate"]


@pytest.fixture
def scores(data_file: Callable[[str], Path]) -> pl.DataFrame:
    return pl.read_csv(data_file("mturk_effort_18_treatments.csv"))


def of(scores: pl.DataFrame, arms: list[str]) -> Numbers:
    chosen = scores.filter(pl.col("treatmentname").is_in(arms))["buttonpresses"]
    return chosen.cast(pl.Float64).to_numpy()


def test_densities_on_both_sides_of_the_bonus(scores: pl.DataFrame) -> None:
    points = of(scores, BONUS)
    assert points.size == 1609
    found = edge_densities(points, 2000.0, (414.611276, 364.027566))
    assert found.left == pytest.approx(0.000305283, abs=5e-10)
    assert found.right == pytest.approx(0.001376179, abs=5e-10)
    assert found.statistic == pytest.approx(6.0206, rel=0.02)  # the package's jackknife


def test_no_jump_where_no_bonus_stands(scores: pl.DataFrame) -> None:
    found = edge_densities(of(scores, PIECE), 2000.0, (347.840809, 311.790648))
    assert found.statistic == pytest.approx(0.7773, rel=0.02)


@pytest.mark.parametrize(
    ("arms", "above", "below", "ratio", "error"),
    [(BONUS, 141, 18, 2.058, 0.250), (PIECE, 81, 29, 1.027, 0.216)],
)
def test_strips_beside_the_bonus(
    arms: list[str], above: int, below: int, ratio: float, error: float, scores: pl.DataFrame
) -> None:
    points = of(scores, arms)
    strips = count(points, np.zeros(points.size, np.int64), 1, left=1950.0, width=50.0, bins=2)
    assert strips.total.tolist() == [below, above]
    found = log_ratio(*strips.total[::-1])
    assert found == pytest.approx((ratio, error), abs=5e-4)


def test_the_difference_between_bonus_and_piece_rate() -> None:
    bonus, piece = log_ratio(141, 18), log_ratio(81, 29)
    assert bonus[0] - piece[0] == pytest.approx(1.031, abs=1e-3)
    assert math.hypot(bonus[1], piece[1]) == pytest.approx(0.331, abs=1e-3)


def test_last_digits(scores: pl.DataFrame) -> None:
    points = scores["buttonpresses"].cast(pl.Float64).to_numpy()
    nobody = np.arange(points.size)
    sample = Sample(
        "all", nobody, nobody, nobody, np.ones(points.size), points, np.ones(points.size), False
    )
    assert unit_of(points) == 1.0
    table = by_cluster(sample, points.astype(np.int64) % 10, 10)
    counted = [1840, 1279, 967, 826, 820, 945, 839, 785, 773, 787]
    assert table.sum(axis=0).tolist() == counted
    assert chi_square(table, np.full(10, 0.1))[0] == pytest.approx(1017342.9 / 986.1)  # 1031.68
