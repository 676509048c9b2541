"""Records: the best of many is no wonder, a staged one is."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import stakhanov
from stakhanov.evidence.finding import Finding
from stakhanov.evidence.records import TEST, distances, pareto_tail
from stakhanov.evidence.simulated import Truth, simulated


def finding(table: pl.DataFrame) -> Finding:
    return next(one for one in stakhanov.inspect(table).findings if one.test == TEST)


def test_the_tail_of_known_excesses_is_found() -> None:
    """Quantiles of generalised Pareto tails with known shape and scale (Hosking and Wallis 1987)."""
    chance = (np.arange(1, 20_001) - 0.35) / 20_000
    for shape, scale in ((0.2, 1.5), (0.4, 0.3)):
        excesses = scale / shape * ((1.0 - chance) ** -shape - 1.0)
        found = pareto_tail(excesses[None])
        assert [float(one[0]) for one in found] == pytest.approx([shape, scale], rel=0.02)
    shape, scale = pareto_tail(-2.0 * np.log1p(-chance)[None])
    assert float(shape[0]) == pytest.approx(0.0, abs=0.01)
    assert float(scale[0]) == pytest.approx(2.0, rel=0.01)


def test_the_best_of_honest_reports_is_no_wonder() -> None:
    found = finding(simulated(Truth(), workers=500, periods=6, seed=1))
    assert not found.unusual
    assert found.low < 1.0 < found.high


def test_a_staged_record_stands_out() -> None:
    """102 tonnes on a norm of 7: 14.6 norms."""
    honest = simulated(Truth(), workers=500, periods=6, seed=2)
    staged = pl.DataFrame({"worker": [7], "period": [99], "norm": [7.0], "reported": [102.0]})
    found = finding(pl.concat([honest.drop("true"), staged]))
    assert found.unusual
    assert found.details["record"] == pytest.approx(14.571, abs=1e-3)
    assert found.details["log10_p"] < -3
    assert found.low > 1.0
    assert found.details["norm_over_usual"] == pytest.approx(7.0)


def test_a_record_does_not_raise_what_is_expected_of_others() -> None:
    """The best to be expected comes from the others: nearly the same with a staged record and without."""
    honest = simulated(Truth(), workers=40, periods=12, seed=4).drop("true")
    staged = honest.with_columns(
        reported=pl.when(worker=3, period=2).then(14.6 * pl.col("norm")).otherwise("reported")
    )
    expected = []
    for table in (honest, staged):
        inspection = stakhanov.inspect(table)
        farthest = float(distances(inspection.samples[0]).max())
        expected.append(farthest - np.log(finding(table).estimate))
    assert expected[1] == pytest.approx(expected[0], abs=0.08)


def test_a_slipped_norm_is_seen_in_the_details() -> None:
    honest = simulated(Truth(), workers=500, periods=6, seed=3).drop("true")
    slipped = honest.with_columns(
        norm=pl.when(worker=3, period=2).then(pl.col("norm") / 10).otherwise("norm")
    )
    found = finding(slipped)
    assert found.unusual
    assert found.details["norm_over_usual"] == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("reported", "said"),
    [([1.0] * 100, "needs 400 reports above zero; there are 100"), ([1.0] * 500, "all alike")],
)
def test_where_there_is_no_tail_the_reason_is_told(reported: list[float], said: str) -> None:
    table = pl.DataFrame({"worker": range(len(reported)), "period": 1, "norm": 1.0}).with_columns(
        reported=pl.Series(reported)
    )
    reasons = [one.reason for one in stakhanov.inspect(table).refused if one.test == TEST]
    assert len(reasons) == 1
    assert said in reasons[0]
