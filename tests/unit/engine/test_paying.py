"""The engine pays what settlement says: to the caught, to those at a mark, in any number of threads."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import stakhanov as sk
from stakhanov.campaign.campaign import Campaign, checked
from stakhanov.campaign.settle import pay_of, terms_of, work_of
from stakhanov.workforce import load as load_workforce

PADDED: dict[str, Any] = {
    "format": 1,
    "campaign": {"name": "padded", "start": "1935-01-01"},
    "pay": {
        "bonus": [{"at": 1.0, "amount": 15000}, {"at": 1.1, "inclusive": False, "amount": 700}]
    },
    "prizes": [{"name": "banner", "by": "threshold", "at": 1.05, "amount": 4000, "every": 2}],
    "audits": {"probability": 0.3, "deduction": 0.5, "fine": 0.0},
}


def run(campaign: Campaign, **asked: Any) -> sk.Run:
    liars = load_workforce("soviet-industry").with_({"honesty.lying_cost": 0.005})
    return sk.simulate(campaign, liars, workers=3000, periods=4, sample="all", **asked)


@pytest.mark.parametrize("clawback", [True, False])
def test_pay_in_the_reports_is_what_settlement_makes_of_them(clawback: bool) -> None:
    campaign = checked(PADDED).with_({"audits.clawback": clawback})
    for (period,), reports in run(campaign).reports.group_by("period"):
        norm, shifts = reports["norm"].to_numpy(), reports["shifts"].to_numpy()
        told, did = (
            np.floor(1000 * shifts * reports[column].to_numpy() / norm + 0.5).clip(0)
            for column in ("reported", "true")
        )
        caught = reports["caught"].to_numpy()
        work = work_of(
            told,
            shifts,
            reports["price"].to_numpy(),
            true=did,
            norm=np.floor(1000 * norm + 0.5),
            caught=caught,
        )
        expected = pay_of(terms_of(campaign, int(str(period))), work)
        apart = np.abs(expected - reports["pay"].to_numpy())
        assert np.all(apart[told == did] == 0)
        assert np.count_nonzero(caught) > 10
        # `true` is in single precision: a thousandth of a norm is a unit of pay and half one of deduction.
        assert apart[caught].max() <= 3


def test_the_caught_lose_the_bonus() -> None:
    reports = run(checked(PADDED)).reports.filter(pl.col("caught"))
    assert reports.height > 40
    bare = reports["price"] * reports["true"] / reports["norm"] * reports["shifts"] / 1000
    assert (reports["pay"] <= np.maximum(bare, 0.67 * 1000 * 25) + 1).all()


def test_threads_change_nothing() -> None:
    one, four = (
        sk.simulate("stakhanovite-1935", workers=20_000, periods=4, sample="all", threads=n)
        for n in (1, 4)
    )
    assert one.record["digest"] == four.record["digest"]
    assert_frame_equal(one.series, four.series)
    assert_frame_equal(one.reports, four.reports)


def test_a_contest_hands_out_its_prizes_to_the_kopeck() -> None:
    contested = {
        **PADDED,
        "prizes": [
            {"name": "best", "by": "rank", "per_thousand": 7, "amount": 333, "scope": "all"}
        ],
    }
    given = checked(contested)
    free = checked({**contested, "prizes": [{**contested["prizes"][0], "amount": 0}]})
    paid, unpaid = (
        sk.simulate(campaign, workers=3000, periods=1, sample="all").reports["pay"]
        for campaign in (given, free)
    )
    prizes = int(0.007 * paid.len() + 0.5)
    assert prizes > 10
    assert int(np.sum(paid.to_numpy()) - np.sum(unpaid.to_numpy())) == prizes * 333


@pytest.mark.parametrize("measure", ["fulfilment", "output"])
def test_a_contest_ranks_by_what_it_says(measure) -> None:
    """Norms of one half of the people are doubled: whoever is best by output may be poor by fulfilment."""
    people = sk.load_workforce("soviet-industry").with_(
        {
            "branches": [{"name": "old", "share": 0.5}, {"name": "new", "share": 0.5}],
            "size.workers": 2000,
        }
    )
    contest = {
        **PADDED,
        "audits": {"probability": 0.0},
        "norms": {"orders": [{"at": 0, "rise": 1.0, "branch": "new"}]},
        "prizes": [{"name": "best", "by": "rank", "per_thousand": 10, "amount": 777}],
        "emulation": {
            "contests": [{"name": "all", "scope": "all", "measure": measure, "prizes": ["best"]}]
        },
    }
    free = {**contest, "prizes": [{**contest["prizes"][0], "amount": 0}]}
    paid, unpaid = (
        sk.simulate(checked(c), people, workers=2000, periods=1, sample="all").reports
        for c in (contest, free)
    )
    won = (paid["pay"] - unpaid["pay"]).to_numpy() > 0
    score = paid["reported"] / (paid["norm"] if measure == "fulfilment" else 1.0)
    assert won.sum() == 20
    assert score.to_numpy()[won].min() >= score.to_numpy()[~won].max() - 1e-3
    assert (paid.filter(won)["branch"] == "new").any() == (measure == "output")
