"""Norms that follow reports: textbook errors, the factory's figures, and known ratchets found again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import stakhanov
from stakhanov.evidence.finding import Finding
from stakhanov.evidence.late_norms import TEST as LATE
from stakhanov.evidence.late_norms import late_norms
from stakhanov.evidence.ratchet import DOWN, UP
from stakhanov.evidence.regression import honest_statistics, regression, within
from stakhanov.evidence.sample import Sample
from stakhanov.evidence.simulated import Truth, simulated
from stakhanov.foundation.reports import read


def finding(table: pl.DataFrame, test: str) -> Finding:
    return next(one for one in stakhanov.inspect(table).findings if one.test == test)


def test_a_mean_and_its_error_by_cluster() -> None:
    """Two clusters, y = 1, 3 | 5, 7: mean 4, scores -4 and +4, variance 2/1 (16 + 16)/4^2."""
    fit = regression(np.array([1.0, 3.0, 5.0, 7.0]), np.ones((4, 1)), np.array([0, 0, 1, 1]))
    assert fit.coefficients[0] == pytest.approx(4.0)
    assert fit.errors[0] == pytest.approx(2.0)


def test_periods_drop_out() -> None:
    values = np.array([1.0, 2.0, 10.0, 20.0])
    assert within(values, np.array([0, 0, 1, 1])).tolist() == [-0.5, 0.5, -5.0, 5.0]


def test_the_factorys_sewing_teams(data_file: Callable[[str], Path]) -> None:
    """Absolute changes without period effects: up .133 (.132), down .451 (.088), by hand elsewhere."""
    place = data_file("garment_productivity_2015.csv")
    columns = {
        "worker": "team",
        "period": "date",
        "norm": "targeted_productivity",
        "reported": "actual_productivity",
        "group": "department",
    }
    rows = read(place, columns).collect().filter(group="sewing").sort("worker", "period")
    rows = rows.with_columns(then=pl.col("norm").shift(-1).over("worker")).drop_nulls("then")
    excess = (rows["reported"] - rows["norm"]).to_numpy()
    terms = np.column_stack(
        [np.maximum(excess, 0.0), np.minimum(excess, 0.0), np.ones(excess.size)]
    )
    team = rows["worker"].rank("dense").to_numpy().astype(np.int64)
    fit = regression((rows["then"] - rows["norm"]).to_numpy(), terms, team)
    assert fit.coefficients[:2] == pytest.approx([0.133, 0.451], abs=5e-4)
    assert fit.errors[:2] == pytest.approx([0.132, 0.088], abs=1.5e-3)


def test_a_known_ratchet_is_found_inside_its_interval() -> None:
    table = simulated(Truth(up=0.3, down=0.1, norm_noise=0.02), workers=300, periods=8, seed=1)
    up, down = finding(table, UP), finding(table, DOWN)
    assert up.low < 0.3 < up.high
    assert down.low < 0.1 < down.high
    assert up.unusual
    assert up.details["up_less_down"] == pytest.approx(0.2, abs=0.05)


def test_norms_that_wander_by_themselves_are_no_ratchet() -> None:
    table = simulated(Truth(norm_noise=0.03), workers=300, periods=8, seed=2)
    for test in (UP, DOWN, LATE):
        found = finding(table, test)
        assert not found.unusual
        assert found.low < 0.0 < found.high


def test_people_who_share_a_norm_are_one() -> None:
    """Ten copies of everybody say no more than one."""
    table = simulated(Truth(up=0.3, norm_noise=0.02), workers=60, periods=8, seed=3)
    copies = pl.concat(table.with_columns(worker=pl.col("worker") * 100 + k) for k in range(10))
    one, ten = finding(table, UP), finding(copies, UP)
    assert ten.reports == one.reports
    assert ten.high - ten.low == pytest.approx(one.high - one.low, rel=0.1)


def test_periods_in_segments_are_left_out() -> None:
    table = simulated(Truth(up=0.3, norm_noise=0.02), workers=100, periods=4, seed=8)
    whole = finding(table.with_columns(segment=pl.lit(0)), UP)
    second = table.filter(period=1).with_columns(segment=pl.lit(1), norm=pl.col("norm") * 2)
    parted = finding(pl.concat([table.with_columns(segment=pl.lit(0)), second]), UP)
    assert whole.reports == 300
    assert parted.reports == 200  # from 0 to 2 the gap is no longer than three periods; none at 1


def test_a_norm_written_afterwards_is_found() -> None:
    table = simulated(Truth(norm_noise=0.01), workers=200, periods=6, seed=4)
    written = table.with_columns(norm=pl.col("norm") * (pl.col("reported") / pl.col("norm")) ** 0.3)
    found = finding(written, LATE)
    assert found.unusual
    assert found.low < 0.3 < found.high


def test_honest_draws_have_the_size_they_say() -> None:
    """Under a true zero the statistic found lies beyond the honest 95th percentile one time in twenty."""
    luck = np.random.default_rng(5)
    beyond = []
    for _ in range(400):
        cluster = np.repeat(np.arange(12), 20)
        x = luck.normal(size=240) + luck.normal(size=12)[cluster]
        y = luck.normal(size=240) + luck.normal(size=12)[cluster]
        fit = regression(y, np.column_stack([x, np.ones(240)]), cluster)
        honest = np.abs(honest_statistics(fit, 0, luck))
        beyond.append(abs(fit.coefficients[0] / fit.errors[0]) > np.quantile(honest, 0.95))
    assert np.mean(beyond) == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 400))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"norm": pl.lit(1.0)}, "people who share a norm are one, there are 3"),
        ({"norm": 1.0 + pl.col("worker") / 99}, "needs 10 changes of norms; there are 0"),
        (
            {"norm": (1.0 + pl.col("worker") / 99) * (1.0 + pl.col("period") / 9)},
            "all norms move together",
        ),
        ({"period": pl.col("period") * 3}, ""),
    ],
)
def test_where_it_does_not_apply_the_reason_is_told(change: dict[str, pl.Expr], said: str) -> None:
    table = simulated(Truth(norm_noise=0.03), workers=40, periods=4, seed=6).with_columns(**change)
    reasons = [one.reason for one in stakhanov.inspect(table).refused if one.test == UP]
    assert all(said in reason for reason in reasons)
    assert bool(reasons) == bool(said)


def test_single_reports_have_no_next() -> None:
    table = simulated(Truth(), workers=100, periods=1, seed=7)
    reasons = {one.test: one.reason for one in stakhanov.inspect(table).refused}
    assert "people who share a norm are one, there are 0" in reasons[UP]
    assert "people who share a norm are one, there are 0" in reasons[LATE]


OWN = Truth(up=0.3, down=0.1)


def in_pieces(table: pl.DataFrame, pieces: int = 1000) -> pl.DataFrame:
    """Norms and reports in whole pieces, so that the rule does not fit to the last digit."""
    counted = (pieces * pl.col("reported")).floor()
    return table.with_columns(norm=(pieces * pl.col("norm")).round(), reported=counted)


def test_norms_that_follow_the_last_report_are_not_late() -> None:
    """q' = q + .3 (y - q)+ - .1 (q - y)+ knows nothing of y'; one table in twenty says 5 % or less."""
    rates = []
    for seed in range(60):
        own = in_pieces(simulated(OWN, workers=40, periods=20, seed=seed))
        numbers = own["worker"].to_numpy(), own["worker"].to_numpy(), own["period"].to_numpy()
        norm, reported = own["norm"].to_numpy(), own["reported"].to_numpy()
        [one] = late_norms(
            Sample("all", *numbers, norm, reported, np.ones(own.height), dated=False, tables=199)
        )
        assert isinstance(one, Finding)
        rates.append(one.false_alarm)
    assert np.mean(np.array(rates) <= 0.05) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 60)


def test_norms_that_follow_wholly_from_the_last_report_leave_nothing_to_ask() -> None:
    table = simulated(OWN, workers=200, periods=12, seed=1)
    reasons = {one.test: one.reason for one in stakhanov.inspect(table).refused}
    assert "norms follow wholly from the norm and the report before" in reasons[LATE]


def test_a_norm_that_goes_against_its_output_is_no_late_norm() -> None:
    """Lowered where more was made: the opposite of a norm that was fitted to what was made."""
    table = simulated(Truth(norm_noise=0.01), workers=200, periods=6, seed=4)
    against = table.with_columns(
        norm=pl.col("norm") * (pl.col("reported") / pl.col("norm")) ** -0.1
    )
    found = finding(against, LATE)
    assert found.high < 0.0
    assert found.false_alarm > 0.5
    assert not found.unusual


def test_a_ratchet_is_read_off_the_periods_after_which_norms_moved() -> None:
    """Norms that are revised after every third period: the others hold nothing that was taken over."""
    table = simulated(OWN, workers=200, periods=4, seed=9)
    thrice = [
        table.with_columns(
            period=3 * pl.col("period") + k, reported=pl.col("reported") * (1.0 if k == 2 else 0.9)
        )
        for k in range(3)
    ]
    up, down = (finding(in_pieces(pl.concat(thrice), 100_000), test) for test in (UP, DOWN))
    assert up.estimate == pytest.approx(0.3, abs=0.001)
    assert down.estimate == pytest.approx(0.1, abs=0.001)
    assert up.says.endswith("at the 3 revisions in 11 periods")


def test_norms_changed_now_and_then_have_no_timetable() -> None:
    """Eight workers, each norm changed on one day of five: one day of six is still by chance, .8^8."""
    luck = np.random.default_rng(3)
    moves = np.where(luck.random((8, 60)) < 0.2, luck.choice([0.9, 1.1], (8, 60)), 1.0)
    norm = np.cumprod(moves, axis=1).ravel()
    table = pl.DataFrame(
        {
            "worker": np.repeat(np.arange(8), 60),
            "period": np.tile(np.arange(60), 8),
            "norm": norm,
            "reported": norm * luck.normal(1.0, 0.1, norm.size),
        }
    )
    found = finding(table, UP)
    assert found.details["revisions"] == found.details["periods"] == 59
