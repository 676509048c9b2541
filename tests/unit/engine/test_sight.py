"""What is to be seen of brigades: the people that reports tell of, and nothing changed by looking."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from stakhanov.engine.course import Progress
from stakhanov.engine.layout import lay_out
from stakhanov.engine.results import Run
from stakhanov.engine.sight import Watch
from stakhanov.engine.simulate import simulate

EVERY = 10**6


@pytest.fixture(scope="module")
def told() -> list[Progress]:
    found: list[Progress] = []
    lived(found)
    return found


def lived(found: list[Progress] | None, watched: int = EVERY) -> Run:
    return simulate(
        "stakhanovite-1935",
        "soviet-industry",
        workers=400,
        periods=12,
        sample="all",
        on_period=None if found is None else found.append,
        watched=watched,
    )


def test_looking_changes_nothing(told: list[Progress]) -> None:
    assert lived(None, watched=0).record["digest"] == lived([]).record["digest"]
    assert told[-1].sight


def test_everybody_is_seen_as_the_reports_tell(told: list[Progress]) -> None:
    run = lived(None, watched=0)
    for progress in told:
        reports = run.reports.filter(pl.col("period") == progress.period - 1)
        seen = [one for brigade in progress.sight for one in brigade.workers]
        assert len(seen) == reports.height
        for name in ("norm", "reported", "true"):
            expected = np.sort(np.maximum(reports[name].to_numpy(), 0.0))
            assert np.sort([getattr(one, name) for one in seen]) == pytest.approx(expected, 1e-6)
        assert sum(one.caught for one in seen) == int(reports["caught"].sum())


def test_who_left_is_counted_as_the_series_count(told: list[Progress]) -> None:
    """Only who came into a new place and left it within the same period is not told."""
    run = lived(None, watched=0)
    everybody = run.series.filter(pl.col("branch") == "all")

    def course(measure: str) -> np.ndarray:
        return everybody.filter(pl.col("measure") == measure)["value"].to_numpy()

    leavers = (course("quit_rate") + course("accident_rate")) * course("workers")
    for progress, number in list(zip(told, np.rint(leavers), strict=True))[1:]:
        new = course("workers")[progress.period - 1] - course("workers")[progress.period - 2]
        seen = sum(one.left for brigade in progress.sight for one in brigade.workers)
        assert number - max(new, 0.0) <= seen <= number


def test_who_holds_the_record_of_a_branch_is_marked(told: list[Progress]) -> None:
    run = lived(None, watched=0)
    final = run.records.filter(~pl.col("staged")).group_by("branch", maintain_order=True).last()
    for branch, period in final.select("branch", "period").iter_rows():
        marked = [
            one
            for brigade in told[period].sight
            if brigade.branch == branch
            for one in brigade.workers
            if one.record
        ]
        assert len(marked) == 1
        best = max(
            one.reported
            for brigade in told[period].sight
            if brigade.branch == branch
            for one in brigade.workers
        )
        assert marked[0].reported == pytest.approx(best)


def test_brigades_are_taken_from_all_branches_in_turn() -> None:
    layout = lay_out([("a", 0.5), ("b", 0.3), ("c", 0.2)], 100, brigade=10, enterprise=2)
    names = [
        layout.branch_of(layout.workers_of_brigade[[one]])[0]
        for one in Watch.of(layout, 4).brigades
    ]
    assert names == [0, 1, 2, 0]
    assert Watch.of(layout, EVERY).brigades.size == 10
