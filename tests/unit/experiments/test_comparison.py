"""Comparisons: exact nothing for equal campaigns, and what shared luck saves."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import stakhanov
from stakhanov.experiments.comparison import compare, variance_reduction
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.trial import Trial
from stakhanov.foundation.measures import MEASURES
from stakhanov.foundation.problem import BadInput

SMALL: dict[str, Any] = {"workforce": "heavy-machine-building", "workers": 200, "periods": 2}


def test_equal_campaigns_differ_by_exactly_nothing() -> None:
    found = stakhanov.compare("plain-piece-rate", "plain-piece-rate", replicates=3, **SMALL)
    assert [row.difference.mean for row in found.rows] == [0.0] * len(MEASURES)
    assert {(row.difference.low, row.difference.high) for row in found.rows} == {(0.0, 0.0)}
    assert len(found.cautions) == 1


def test_the_table_has_what_scripts_rely_on() -> None:
    table = stakhanov.compare("time-wage", "plain-piece-rate", replicates=3, **SMALL).table
    assert table.columns[:7] == ["measure", "a", "b", "difference", "low", "high", "unit"]
    assert table["measure"].to_list() == list(MEASURES)
    row = table.row(0, named=True)
    assert row["measure"] == "true_output"
    assert row["difference"] == pytest.approx(row["b"] - row["a"])
    assert 0.1 < row["low"] <= row["difference"] <= row["high"]


def test_people_may_differ_instead_of_rules() -> None:
    people = stakhanov.load_workforce("heavy-machine-building")
    found = compare(
        "plain-piece-rate",
        "plain-piece-rate",
        people,
        other_workforce=people.held({"money.value": 0.0}),
        workers=200,
        periods=2,
        replicates=2,
        measures=["effort_mean@last"],
    )
    [row] = found.rows
    assert row.difference.mean < -0.1


def test_the_variance_that_is_saved_is_known_where_luck_is(invented: Any) -> None:
    """a = u, b = u + v with variances 9 and 1: shared 1, apart 9 + 10; the ratio is about 19."""
    draws = np.random.default_rng(3)
    luck, own = draws.normal(0.0, 3.0, 4000), draws.normal(0.0, 1.0, 4000)
    assert variance_reduction(luck, luck + own) == pytest.approx(19.0, rel=0.1)
    assert variance_reduction(luck, own) == pytest.approx(1.0, rel=0.1)
    assert variance_reduction([1.0, 2.0], [3.0, 4.0]) == math.inf
    assert math.isnan(variance_reduction([1.0, 1.0], [2.0, 2.0]))
    assert math.isnan(variance_reduction([1.0], [2.0]))

    def rule(trial: Trial) -> float:
        piece = trial.design.campaign.pay.piece_share == 1.0
        return float(luck[trial.seed] + (own[trial.seed] if piece else 0.0))

    room = Laboratory(executor=invented(rule))
    found = compare("time-wage", "plain-piece-rate", replicates=1000, laboratory=room, **SMALL)
    assert found.rows[0].variance_reduction == pytest.approx(19.0, rel=0.15)


@pytest.mark.slow
def test_shared_luck_saves_at_least_tenfold_on_the_flagships_pay_rate() -> None:
    """Two years of the flagship with 60 and with 70 % of pay by the piece."""
    campaign = stakhanov.load("stakhanovite-1935")
    found = compare(
        campaign,
        campaign.held({"pay.piece_share": 0.6}),
        workers=1000,
        periods=24,
        replicates=8,
        measures=["true_output"],
    )
    [row] = found.rows
    assert row.difference.high < 0.0
    assert row.variance_reduction > 10.0


def test_precision_adds_replicates_and_says_what_it_reached(invented: Any) -> None:
    def rule(trial: Trial) -> float:
        piece = trial.design.campaign.pay.piece_share == 1.0
        return trial.seed % 3 - 1.0 if piece else 0.0

    room = Laboratory(executor=invented(rule))
    asked = {"precision": 0.5, "most": 200, "laboratory": room}
    found = compare("time-wage", "plain-piece-rate", **asked, **SMALL)
    assert found.rows[0].difference.width <= 0.5
    assert 8 < found.replicates < 60
    with pytest.raises(BadInput, match="precision: must be above 0"):
        compare("time-wage", "time-wage", precision=0.0, **SMALL)


def test_runs_are_kept_where_told(tmp_path: Path) -> None:
    first = compare("time-wage", "plain-piece-rate", replicates=2, store=tmp_path, **SMALL)
    assert len(list(tmp_path.glob("runs/*/*.parquet"))) == 4
    room = Laboratory.at(tmp_path)
    again = compare("time-wage", "plain-piece-rate", replicates=2, laboratory=room, **SMALL)
    assert (room.made, room.found) == (0, 4)
    assert again.table.equals(first.table)


def test_at_least_one_replicate_is_asked_for() -> None:
    with pytest.raises(BadInput, match="replicates: must be at least 1; found 0"):
        compare("time-wage", "time-wage", replicates=0, **SMALL)
