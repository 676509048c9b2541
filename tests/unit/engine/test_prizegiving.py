"""The table of prizes is what one counts out of everybody's reports."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import stakhanov as sk
from stakhanov.campaign.campaign import checked
from stakhanov.workforce import load as load_workforce

CAMPAIGN: dict[str, Any] = {
    "format": 1,
    "campaign": {"name": "prizes", "start": "1935-01-01"},
    "pay": {"bonus": [{"at": 1.0, "amount": 15000}]},
    "prizes": [
        {"name": "banner", "by": "threshold", "at": 1.05, "amount": 4000, "every": 2},
        {"name": "premium", "by": "rank", "scope": "branch", "per_thousand": 20, "amount": 900},
        {"name": "flat", "by": "queue", "scope": "all", "per_thousand": 3, "esteem": 1.0},
    ],
    "audits": {"probability": 0.3, "clawback": False},
}


@pytest.fixture(scope="module")
def run() -> sk.Run:
    liars = load_workforce("soviet-industry").with_({"honesty.lying_cost": 0.005})
    return sk.simulate(checked(CAMPAIGN), liars, workers=3000, periods=4, sample="all")


def _told(run: sk.Run) -> pl.DataFrame:
    return run.reports.with_columns(
        fulfilled=pl.col("reported") / pl.col("norm"), made=pl.col("true") / pl.col("norm")
    )


def test_a_threshold_is_won_by_all_who_reach_it_when_it_is_due(run: sk.Run) -> None:
    given = run.prizes.filter(pl.col("prize") == "banner")
    assert given["period"].unique().sort().to_list() == [1, 3]  # every second period
    reached = _told(run).filter((pl.col("fulfilled") >= 1.05 - 1e-9) & (pl.col("period") % 2 == 1))
    expected = reached.group_by("period", "branch").agg(
        winners=pl.len(), reported=pl.col("fulfilled").mean(), true=pl.col("made").mean()
    )
    both = given.join(expected, on=["period", "branch"], suffix="_counted", maintain_order="left")
    assert both.height == given.height == expected.height
    assert (both["winners"] == both["winners_counted"]).all()
    assert (both["amount"] == 4000 * both["winners"]).all()
    assert both["reported"].to_list() == pytest.approx(both["reported_counted"].to_list())
    assert both["true"].to_list() == pytest.approx(both["true_counted"].to_list(), abs=2e-5)


def test_a_rank_is_won_by_the_best_reports_of_each_branch(run: sk.Run) -> None:
    for row in run.prizes.filter(pl.col("prize") == "premium").to_dicts():
        here = _told(run).filter(
            (pl.col("period") == row["period"]) & (pl.col("branch") == row["branch"])
        )
        number = int(0.02 * here.height + 0.5)
        best = here.sort("fulfilled", descending=True).head(row["winners"])
        assert row["winners"] >= number  # more than number share what those tied at the cut take
        assert row["amount"] == 900 * number
        assert row["reported"] == pytest.approx(best["fulfilled"].mean())
        assert best["fulfilled"][-1] <= best["fulfilled"][number - 1]


def test_winners_whose_reports_were_padded_are_counted(run: sk.Run) -> None:
    banner = run.prizes.filter(pl.col("prize") == "banner")
    assert banner["padded"].sum() == 0  # nobody pads beyond the norm
    easy = [{"name": "banner", "by": "threshold", "at": 1.0, "amount": 1}]
    liars = load_workforce("soviet-industry").with_({"honesty.lying_cost": 0.005})
    other = sk.simulate(
        checked({**CAMPAIGN, "prizes": easy}), liars, workers=2000, periods=1, sample="all"
    )
    padded = other.reports.filter(pl.col("reported") > pl.col("true") + 2e-3 * pl.col("norm"))
    assert other.prizes["padded"].sum() >= padded.height > 50


def test_goods_that_cannot_be_shared_go_to_a_whole_number_of_people(run: sk.Run) -> None:
    flats = run.prizes.filter(pl.col("prize") == "flat")
    by_period = flats.group_by("period").agg(pl.col("winners").sum(), pl.col("amount").sum())
    at_work = run.reports.group_by("period").len()
    both = by_period.join(at_work, on="period")
    assert all(row["winners"] == int(0.003 * row["len"] + 0.5) for row in both.to_dicts())
    assert by_period["amount"].sum() == 0


def test_the_table_survives_a_checkpoint_and_does_not_depend_on_threads(tmp_path) -> None:
    campaign = checked(CAMPAIGN)
    whole = sk.simulate(campaign, workers=500, periods=4, threads=3)
    sk.simulate(campaign, workers=500, periods=2, out=tmp_path / "trunk")
    on = sk.simulate(campaign, workers=500, periods=4, branch=(tmp_path / "trunk", 2), threads=1)
    assert on.prizes.equals(whole.prizes)
    saved = whole.save(tmp_path / "whole")
    assert saved.folder is not None
    assert sk.Run.load(saved.folder).prizes.equals(whole.prizes)


def test_without_prizes_the_table_is_empty() -> None:
    run = sk.simulate("plain-piece-rate", workers=20, periods=1)
    assert run.prizes.is_empty()
    assert run.prizes.columns[:3] == ["period", "branch", "prize"]
