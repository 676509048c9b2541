"""Moments of a report table, against sums done another way, and what a table too poor for them is told."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest

from stakhanov.evidence.moments import (
    ALIKE,
    CAUGHT,
    LINES,
    MEAN,
    NAMES,
    NEXT,
    RARE,
    SHARES,
    SPREAD,
    TREND,
    moments_of,
)
from stakhanov.foundation.problem import BadInput
from stakhanov.foundation.reports import read

WORKERS, PERIODS = 20, 9


def table(workers: int = WORKERS, periods: int = PERIODS, seed: int = 1) -> pl.DataFrame:
    luck = np.random.default_rng(seed)
    own = np.exp(0.2 * luck.standard_normal(workers))
    made = np.round(own[:, None] + 0.1 * luck.standard_normal((workers, periods)), 3)
    return pl.DataFrame(
        {
            "worker": np.repeat(np.arange(workers), periods).astype(str),
            "period": np.tile(np.arange(periods), workers),
            "norm": np.full(workers * periods, 4.0),
            "reported": 4.0 * made.ravel(),
            "caught": made.ravel() > 1.3,
        }
    )


def values(frame: pl.DataFrame, **more: object) -> dict[str, float]:
    found = moments_of(read(frame), **more)  # type: ignore[arg-type]
    return dict(zip(NAMES, found.values.tolist(), strict=True))


def square(frame: pl.DataFrame) -> np.ndarray:
    return (frame["reported"] / frame["norm"]).to_numpy().reshape(-1, PERIODS)


def test_moments_are_those_of_the_reports() -> None:
    made = np.minimum(square(table()), 2.0)
    found = values(table())
    assert found[MEAN] == pytest.approx(made.mean())
    assert found[SPREAD] == pytest.approx(made.std())
    pairs = np.array([pair for row in made for pair in itertools.permutations(row, 2)])
    covariance = np.cov(pairs.T, bias=True)[0, 1]
    assert found[ALIKE] == pytest.approx(covariance / made.var())
    steps = np.cov(made[:, :-1].ravel(), made[:, 1:].ravel(), bias=True)[0, 1]
    assert found[NEXT] == pytest.approx(steps / made.var())
    assert found[TREND] == pytest.approx(made[:, -3:].mean() - made[:, :3].mean())
    assert [found[name] for name in SHARES] == pytest.approx(
        [np.mean(made < line) for line in LINES]
    )
    assert found[CAUGHT] == pytest.approx(np.mean(made > 1.3))


def test_the_error_of_a_mean_is_that_of_the_means_of_workers() -> None:
    """The jackknife of a mean over workers with as many reports each is exact."""
    found = moments_of(read(table()))
    means = square(table()).mean(axis=1)
    place = NAMES.index(MEAN)
    assert found.lots == WORKERS
    assert found.covariance[place, place] == pytest.approx(means.var(ddof=1) / WORKERS)


def test_errors_are_as_large_as_the_differences_of_tables() -> None:
    tables = [moments_of(read(table(60, 9, seed))) for seed in range(60)]
    drawn = np.std([one.values for one in tables], axis=0)
    told = np.sqrt(np.mean([np.diag(one.covariance) for one in tables], axis=0))
    for name in (MEAN, SPREAD, ALIKE, NEXT, "share below 98 %", "share below 110 %"):
        place = NAMES.index(name)
        assert told[place] == pytest.approx(drawn[place], rel=0.3), name


def test_a_share_of_nobody_is_not_known_exactly() -> None:
    found = moments_of(read(table().with_columns(pl.col("reported") + 2.0)))
    place = NAMES.index("share below 70 %")
    assert found.values[place] == 0.0
    assert found.covariance[place, place] == pytest.approx(RARE / (WORKERS * PERIODS) ** 2)


def test_brigades_are_left_out_whole_where_there_are_enough() -> None:
    frame = table(40).with_columns(brigade=pl.col("worker").cast(pl.Int64) // 4)
    assert moments_of(read(frame)).lots == 10
    assert moments_of(read(frame.head(36 * PERIODS))).lots == 36


def test_neither_segments_nor_the_order_of_rows_count() -> None:
    whole = table()
    halves = pl.concat(
        [
            whole.with_columns(segment=pl.lit(0), shifts=pl.lit(3)),
            whole.with_columns(
                segment=pl.lit(1),
                shifts=pl.lit(5),
                norm=pl.lit(8.0),
                reported=2 * whole["reported"],
            ),
        ]
    )
    assert values(halves.reverse()) == pytest.approx(values(whole))


def test_the_first_periods_can_be_skipped() -> None:
    frame = table()
    later = frame.filter(pl.col("period") >= 4)
    assert values(frame, skip=4) == pytest.approx(values(later))


def test_one_report_each_has_no_likeness() -> None:
    found = values(table(150, 1))
    assert np.isnan([found[ALIKE], found[NEXT], found[TREND]]).all()
    assert np.isfinite([found[MEAN], found[SPREAD]]).all()


def test_a_group_is_chosen_by_name_and_the_nearest_is_told() -> None:
    frame = table(40).with_columns(
        group=pl.when(pl.col("worker").cast(pl.Int64) < 20)
        .then(pl.lit("sewing"))
        .otherwise(pl.lit("finishing"))
    )
    assert moments_of(read(frame), "sewing").workers == 20
    with pytest.raises(BadInput, match=r"group: must be a group .* found sowing .*mean sewing\?"):
        moments_of(read(frame), "sowing")
    with pytest.raises(BadInput, match="group: must be a column of the table; found none"):
        moments_of(read(table()), "sewing")


def test_a_table_that_tells_too_little_is_refused() -> None:
    with pytest.raises(BadInput) as told:
        moments_of(read(table(5, 9)))
    assert [str(one).split(": ", 1)[1] for one in told.value.problems] == [
        "must have at least 100 reports; found 45",
        "must have at least 8 workers; found 5",
    ]
    flat = table().with_columns(reported=pl.col("norm"))
    with pytest.raises(BadInput, match=r"must have reports that differ.* found 100 % in all 180"):
        moments_of(read(flat))


def test_a_table_without_norms_says_which_column_is_missing() -> None:
    with pytest.raises(BadInput, match="must have a column norm"):
        read(table().drop("norm"))
