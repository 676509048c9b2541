"""Rules that move during a run: prizes that come and go, contests by output, limits, how fast people learn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import stakhanov as sk
from stakhanov.campaign import Campaign, checked
from stakhanov.engine.layout import lay_out
from stakhanov.engine.state import founded
from stakhanov.workforce import checked as checked_workforce

NAMED: dict[str, Any] = {"campaign": {"name": "trial", "start": "1935-01-01"}}
CUP = {"name": "cup", "by": "rank", "per_thousand": 20, "amount": 500, "scope": "all"}
FLAT = {"name": "flat", "by": "queue", "per_thousand": 20, "amount": 900, "scope": "all"}


def campaign(**chapters: Any) -> Campaign:
    return checked(NAMED | chapters)


def run(rules: Campaign, **asked: Any) -> sk.Run:
    return sk.simulate(rules, **({"workers": 600, "periods": 6, "sample": "all"} | asked))


def fund(paid: sk.Run, unpaid: sk.Run) -> list[int]:
    """Prize money by period: what one run paid more than another in which nobody reacts to it."""
    sums = [
        r.reports.group_by("period").agg(pl.col("pay").sum()).sort("period")["pay"]
        for r in (paid, unpaid)
    ]
    return [int(difference) for difference in sums[0] - sums[1]]  # fmt: skip


def test_prizes_come_and_go_at_their_dates() -> None:
    changes = [
        {"at": 1, "set": {"prizes": [CUP, FLAT]}},
        {"at": 3, "set": {"prizes": [FLAT]}},
        {"at": 4, "set": {"prizes": [FLAT, {**CUP, "amount": 700}]}},
    ]
    traits = {"money.value": 0.0, "quits.wage": 0.0}  # so that pay moves nobody
    mute = sk.load_workforce("soviet-industry").with_(traits)
    paid = run(campaign(changes=changes), workforce=mute)
    unpaid = run(campaign(), workforce=mute)
    at_work = [int(n) for n in paid.reports.group_by("period").len().sort("period")["len"]]
    cups = [int(0.02 * n + 0.5) for n in at_work]  # 20 in 1,000, and as many flats
    expected = [0, cups[1] * 1400, cups[2] * 1400, cups[3] * 900, cups[4] * 1600, cups[5] * 1600]
    assert min(cups) > 5
    assert fund(paid, unpaid) == expected


def test_what_is_known_of_a_prize_stays_with_it() -> None:
    layout = lay_out([("a", 0.5), ("b", 0.5)], 100, brigade=10, enterprise=5)
    state = founded(layout, 10, 1.0)
    state.know(["prizes.cup", "prizes.flat"], ["prizes.flat"])
    state.marks[:] = [[1.5, 1.6], [1.7, 1.8]]
    state.know(["prizes.flat", "prizes.new"], ["prizes.flat"])
    assert state.marks.tolist() == [[1.7, 1.8], [0.0, 0.0]]
    assert state.holders.shape == (2, 2)
    state.know([], [])
    assert state.marks.shape == (0, 2)
    state.know(["prizes.hut", "prizes.flat"], ["prizes.hut", "prizes.flat"])
    assert state.queues == ("prizes.flat", "prizes.hut")  # marks on people stay with their queue


@pytest.mark.parametrize("stop", [2, 3, 4])
def test_an_interruption_changes_nothing_where_prizes_change(tmp_path: Path, stop: int) -> None:
    rules = campaign(
        prizes=[CUP, FLAT],
        changes=[
            {"at": 2, "set": {"prizes": [FLAT]}},
            {"at": 3, "set": {"prizes": [{**CUP, "name": "mug"}, FLAT]}},
        ],
    )

    def halt(progress: Any) -> None:
        if progress.period == stop:
            raise KeyboardInterrupt

    whole = run(rules)
    with pytest.raises(KeyboardInterrupt):
        run(rules, out=tmp_path / "run", on_period=halt)
    resumed = run(rules, out=tmp_path / "run", resume=True)
    assert resumed.record["digest"] == whole.record["digest"]


def contest(measure: str) -> Campaign:
    """One prize for all, two branches; an order raises the norm of one at the start, rates staying."""
    return campaign(
        norms={
            "orders": [{"at": 0, "rise": 1.0, "branch": "high"}],
            "revision": {"up": 0.0, "down": 0.0, "rate_cut": 1.0},
        },
        prizes=[{"name": "cup", "by": "rank", "per_thousand": 50, "amount": 7, "scope": "all"}],
        emulation={"contests": [{"name": "race", "scope": "all", "measure": measure, "prizes": ["cup"]}]},
        publicity={"esteem": {"value": 0.0}},
    )  # fmt: skip


PEOPLE = checked_workforce(
    {
        "workforce": {"name": "two"},
        "size": {"workers": 1000},
        "branches": [{"name": "low", "share": 0.5}, {"name": "high", "share": 0.5}],
    }
)


def test_a_contest_ranks_by_what_it_says() -> None:
    winners = {}
    for measure in ("fulfilment", "output"):
        paid = run(contest(measure), workforce=PEOPLE, workers=1000, periods=1).reports
        share = (paid["reported"] / paid["norm"] * 25 * 1000 + 0.5).floor()
        piece = (share * paid["price"] / 10**6 + 0.5).floor().cast(pl.Int64)
        won = paid.filter((paid["pay"] - piece.clip(16750)) == 7)
        assert won.height == 50
        score = paid["reported"] / paid["norm"] if measure == "fulfilment" else paid["reported"]
        name = measure if measure == "fulfilment" else "reported"
        table = paid.with_columns(score.alias(name))
        best = table.sort(name, descending=True)["worker"].head(50)
        assert set(best) == set(won["worker"])
        winners[measure] = won["branch"].value_counts().sort("branch")
    # Where one branch's norm is twice the other's, fulfilment favours the other; output does not.
    assert winners["fulfilment"].filter(pl.col("branch") == "low")["count"].item() >= 48
    assert winners["output"].filter(pl.col("branch") == "high")["count"].item() > 10


def test_a_limit_of_strain_is_reported_and_nothing_else_changes() -> None:
    plan = {"hours": 1.4}
    free = run(campaign(plan=plan))
    held = run(campaign(plan=plan, limits={"strain": 0.05, "hours": 1.2}))
    assert free.breaches == []
    assert held.series.equals(free.series)
    hours, strained = held.breaches
    assert (hours.address, hours.found, hours.period) == ("limits.hours", 1.4, 0)
    strain = held.series.filter((pl.col("measure") == "strain_mean") & (pl.col("branch") == "all"))
    assert (strained.address, strained.found) == ("limits.strain", strain["value"].max())
    assert strained.period == strain.filter(pl.col("value") > 0.05)["period"].min()


def credibility(**traits: float) -> np.ndarray:
    people = sk.load_workforce("soviet-industry").with_(
        {f"aspiration.{k}": v for k, v in traits.items()}
    )
    rules = campaign(publicity={"intensity": 1.0, "staged": [{"at": 0}]})
    series = run(rules, workforce=people).series
    return series.filter(pl.col("measure") == "credibility")["value"].to_numpy()


def test_belief_follows_as_fast_as_its_trait_says() -> None:
    never, always = credibility(belief=0.0), credibility(belief=1.0)
    assert never == pytest.approx(1.0)
    assert np.all(always < 0.2)  # a record of 14.7 norms against a reach of less than two
    usual = credibility()
    assert np.all(np.diff(usual) < 0.0)
    assert usual[0] == pytest.approx(1.0 + 0.3 * (always[0] - 1.0), rel=1e-9)


def test_the_expected_mark_follows_as_fast_as_its_trait_says() -> None:
    rules = campaign(prizes=[CUP])
    slow, fast = (
        run(rules, workforce=sk.load_workforce("soviet-industry").with_({"foresight.learning": pace}))
        for pace in (0.0, 1.0)
    )  # fmt: skip
    assert slow.record["digest"] != fast.record["digest"]
