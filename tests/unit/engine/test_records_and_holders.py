"""Records are credited in the norms of those who set them; honour thins out with those who hold it."""

from __future__ import annotations

import polars as pl
import pytest

import stakhanov as sk
from stakhanov.engine.lower import lower


def test_a_record_is_the_largest_output_told_in_the_norm_of_its_worker() -> None:
    rules = {
        "norms.scope": "own",
        "norms.revision.every": 1,
        "norms.revision.up": 0.9,
        "norms.revision.down": 0.9,
    }
    campaign = sk.load("plain-piece-rate").held(rules)
    run = sk.simulate(campaign, workers=300, periods=6, seed=2, sample="all")
    records = run.records.filter(~pl.col("staged"))
    assert records["norm"].n_unique() > 1
    standing: dict[str, float] = {}
    for record in records.iter_rows(named=True):
        rows = run.reports.filter(period=record["period"], branch=record["branch"])
        assert record["output"] == pytest.approx(rows["reported"].max(), rel=1e-5)
        mine = rows.filter(pl.col("worker") == record["worker"])
        assert record["output"] == pytest.approx(mine["reported"].item(), rel=1e-5)
        assert record["output"] > standing.get(record["branch"], 0.0)
        standing[record["branch"]] = record["output"]
    best = (run.reports["reported"] / run.reports["norm"]).max()
    assert run.measures["record_level"]["value"] == pytest.approx(best, rel=1e-3)


def test_honour_for_a_threshold_counts_for_less_once_many_have_it() -> None:
    prize = {"name": "badge", "by": "threshold", "at": 0.5, "esteem": 3.0}
    rare = {**prize, "at": 1.6}
    for one, low, high in ((prize, 0.7, 1.0), (rare, 0.0, 0.3)):
        campaign = sk.load("plain-piece-rate").held({"prizes": [one]})
        run = sk.simulate(campaign, workers=1000, periods=2, seed=1)
        share = run.prizes.filter(period=1)["winners"].sum() / 1000
        assert low <= share <= high
    everybody = sk.load("plain-piece-rate").held({"prizes": [prize]})
    first, later = (
        sk.simulate(everybody, workers=1000, periods=2, seed=1)
        .series.filter(period=period, branch="all", measure="effort_mean")["value"]
        .item()
        for period in (0, 1)
    )
    without = (
        sk.simulate("plain-piece-rate", workers=1000, periods=2, seed=1)
        .series.filter(period=1, branch="all", measure="effort_mean")["value"]
        .item()
    )
    assert abs(later - without) < 0.25 * abs(first - without)


def test_a_plan_that_stops_growing_keeps_what_it_has_grown() -> None:
    plain = {"plan.growth": 0.5, "changes": [{"at": 4, "set": {"plan.growth": 0.0}}]}
    campaign = sk.load("plain-piece-rate").with_(plain)
    people = sk.load_workforce("heavy-machine-building")
    grown = [lower(campaign, people, period).plan_growth for period in range(7)]
    a_year = campaign.plan.periods_per_year
    assert grown == pytest.approx([1.5 ** (min(period, 3) / a_year) for period in range(7)])
