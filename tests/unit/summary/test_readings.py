from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from stakhanov.engine.results import Run
from stakhanov.foundation.declaration import declared
from stakhanov.summary.open_run import NotInRun, OpenRun
from stakhanov.summary.readings import read
from stakhanov.summary.targets import Target

YEAR_1933 = [date(1933, 1, 1), date(1933, 12, 1)]
YEAR_1935 = [date(1935, 1, 1), date(1935, 12, 1)]
YEAR_1936 = [date(1936, 1, 1), date(1936, 12, 1)]

Make = Callable[..., Run]


def taken(run: Run, **reading: Any) -> float:
    target = declared(
        Target,
        {
            "id": "x",
            "title": "x",
            "role": "tested",
            "value": 1.0,
            "low": 0.0,
            "source": "s",
            "trust": "book",
            "model": reading,
        },
    )
    return read(OpenRun.of(run), target.model)


def test_growth_a_year_between_yearly_means(made_run: Make) -> None:
    value = taken(
        made_run(),
        kind="series",
        series=["true_output"],
        during=YEAR_1936,
        against=YEAR_1933,
        transform="growth-per-year",
        scale=100.0,
    )
    assert value == pytest.approx(100.0 * (1.01**12 - 1.0))


def test_products_of_series_are_taken_period_by_period(made_run: Make) -> None:
    value = taken(
        made_run({"true_output": lambda p: float(p), "workers": lambda p: float(p)}),
        kind="series",
        series=["true_output", "workers"],
        during=[date(1933, 1, 1), date(1933, 3, 1)],
    )
    assert value == pytest.approx((0 + 1 + 4) / 3)


def test_excess_over_rules_as_they_stood(made_run: Make) -> None:
    value = taken(
        made_run({"pay_mean": lambda p: 1.2 if p < 42 else 2.4}),
        kind="series",
        series=["pay_mean"],
        over=["plan.hours"],
        during=YEAR_1936,
        transform="excess",
        scale=100.0,
    )
    assert value == pytest.approx(100.0 * ((1.2 + 2.4 / 1.2) / 2 - 1.0))


def test_doubling_time_of_a_steady_growth(made_run: Make) -> None:
    run = made_run({"exposure": lambda p: 0.001 * 1.5**p})
    value = taken(
        run,
        kind="doubling",
        series=["stakhanovite_share", "exposure"],
        since=date(1935, 9, 30),
        until=date(1935, 10, 31),
    )
    assert value == pytest.approx(31 * math.log(2.0) / math.log(1.5))


def test_doubling_time_between_dates_inside_months(made_run: Make) -> None:
    run = made_run({"exposure": lambda p: 1.0 if p < 33 else 2.0})
    half = taken(
        run,
        kind="doubling",
        series=["exposure"],
        since=date(1935, 9, 30),
        until=date(1935, 10, 15),
    )
    # 15 of October's 31 days are gone, and with them 15/31 of one doubling
    assert half == pytest.approx(31.0)


def test_pass_through_is_a_ratio_of_logs(made_run: Make) -> None:
    value = taken(
        made_run(),
        kind="pass-through",
        follower="norm_level",
        leader="true_output",
        during=YEAR_1936,
        against=YEAR_1933,
    )
    assert value == pytest.approx(math.log(1.005) / math.log(1.01))


def test_histogram_means_and_shares(made_run: Make) -> None:
    run = made_run()
    share = taken(run, kind="histogram", statistic="share", above=1.0, below=1.2, during=YEAR_1933)
    assert share == pytest.approx(0.2)  # of 55, 65 ... 145 these are 105 and 115
    titled = taken(
        run, kind="histogram", statistic="mean", above="title", during=YEAR_1935, scale=100.0
    )
    assert titled == pytest.approx((125.5 + 135.5 + 145.5 + 155.5) / 4)


def test_pay_of_the_titled_over_the_mean(made_run: Make) -> None:
    assert taken(
        made_run(), kind="reports", of="pay", who="title", during=YEAR_1936
    ) == pytest.approx(20_000 / 15_000)


def test_a_rate_falls_when_the_norm_rises_at_the_same_price(made_run: Make) -> None:
    months = {
        "during": [date(1936, 5, 1), date(1936, 5, 1)],
        "against": [date(1936, 4, 1), date(1936, 4, 1)],
        "transform": "growth",
    }
    assert taken(made_run(), kind="reports", of="rate", **months) == pytest.approx(-0.2)
    assert taken(made_run(), kind="reports", of="price", **months) == pytest.approx(0.0)


def test_records_staged_ordinary_and_per_head(made_run: Make) -> None:
    run = made_run()
    august, september = [[date(1935, m, 1)] * 2 for m in (8, 9)]
    staged = {"kind": "records", "staged": True, "branch": "coal"}
    assert taken(run, **staged, during=august) == 15.0
    assert taken(run, **staged, during=august, per_head=True) == 5.0
    assert taken(run, **staged, during=september, against=august) == 2.0
    ordinary = {"kind": "records", "staged": False, "during": september}
    assert taken(run, **ordinary) == 3.0
    assert taken(run, **ordinary, but="steel") == 2.0


def test_rules_multiply_and_change(made_run: Make) -> None:
    reading = {"kind": "rule", "addresses": ["plan.hours", "plan.shifts_per_period"]}
    assert taken(made_run(), **reading, at=date(1936, 7, 1)) == pytest.approx(30.0)
    assert taken(
        made_run(), **reading, at=date(1936, 7, 1), against=date(1936, 6, 1)
    ) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (
            {"kind": "series", "series": ["true_output"], "during": [date(1937, 1, 1)] * 2},
            "the run ends in 1936",
        ),
        (
            {"kind": "series", "series": ["true_output"], "during": [date(1932, 1, 1)] * 2},
            "the run begins in 1933",
        ),
        (
            {"kind": "series", "series": ["joy"], "during": YEAR_1933},
            "the run has no series joy",
        ),
        (
            {
                "kind": "series",
                "series": ["true_output"],
                "branch": "silk",
                "during": YEAR_1933,
            },
            "the run has no branch silk",
        ),
        (
            {"kind": "records", "staged": True, "during": YEAR_1933},
            "the run set no such record",
        ),
        (
            {"kind": "rule", "addresses": ["prizes.car.amount"], "at": date(1933, 1, 1)},
            "the campaign has no prizes.car.amount",
        ),
    ],
)
def test_what_a_run_does_not_hold_is_said(
    made_run: Make, reading: dict[str, Any], reason: str
) -> None:
    with pytest.raises(NotInRun, match=reason):
        taken(made_run(), **reading)
