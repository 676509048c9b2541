"""A run that is kept whole and settled again from its report table pays everybody equal to the kopeck."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import stakhanov as sk
from stakhanov.campaign import Campaign, checked
from stakhanov.campaign.awards import cut_offs, winners
from stakhanov.campaign.emulation import Contest
from stakhanov.campaign.pools import queue_goods, share_pool
from stakhanov.campaign.settle import clawed_back, pay_of, terms_of, thousandths, work_of
from stakhanov.foundation.reports import read

#: Every rule that pays: by time and by the piece, a scale of both kinds, bonuses, a prize of each sort, a
#: contest by output, claw-back and deduction; and all of it moves at some date.
RULES: dict[str, Any] = {
    "campaign": {"name": "everything", "start": "1935-01-01"},
    "norms": {
        "scope": "brigade",
        "revision": {"every": 2, "up": 0.4, "down": 0.2, "rate_cut": 0.62},
        "orders": [{"at": 3, "rise": 0.2, "branch": "coal"}],
    },
    "pay": {
        "reference": 463,
        "piece_share": 0.7,
        "scale": [
            {"from": 0.0, "rate": 1.0},
            {"from": 1.0, "rate": 1.25, "retroactive": True},
            {"from": 1.2, "rate": 1.6},
        ],
        "bonus": [
            {"at": 1.0, "amount": 2411},
            {"at": 1.1, "inclusive": False, "amount": 777},
        ],
    },
    "prizes": [
        {"name": "banner", "by": "threshold", "at": 1.3, "amount": 901, "every": 2},
        {"name": "premium", "by": "rank", "per_thousand": 13, "amount": 1009, "scope": "branch"},
        {"name": "cup", "by": "rank", "per_thousand": 40, "amount": 503},
        {"name": "flat", "by": "queue", "per_thousand": 9, "amount": 5003, "scope": "all"},
    ],
    "emulation": {
        "contests": [
            {"name": "spring", "scope": "enterprise", "measure": "output", "every": 2, "prizes": ["cup"]}
        ]
    },
    "audits": {"probability": 0.35, "deduction": 0.4, "fine": 0.0},
    "changes": [
        {"at": 2, "set": {"pay.reference": 517, "pay.bonus.0.amount": 2600}},
        {"at": 4, "set": {"audits.clawback": False, "plan.shifts_per_period": 26}},
    ],
}  # fmt: skip
PERIODS = 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole run in which nobody leaves: a flat goes with its holder, not with the place."""
    people = sk.load_workforce("soviet-industry").with_(
        {
            "honesty.lying_cost": 0.005,
            "quits.base": 0.0,
            "accidents.base": 0.0,
            "size.enterprise": 10,
        }
    )
    people = people.held({"quits.base": 0.0})
    place = tmp_path_factory.mktemp("runs") / "whole"
    sk.simulate(checked(RULES), people, workers=4000, periods=PERIODS, sample="all", out=place)
    return place


def settled(campaign: Campaign, table: pl.DataFrame) -> pl.DataFrame:
    """The table with what the rules in force pay for it; rows are in the order of places."""
    housed: set[str] = set()
    parts = []
    for (period,), rows in table.group_by("period", maintain_order=True):
        assert isinstance(period, int)
        now = campaign.in_force(period)
        norm, shifts = rows["norm"].to_numpy(), rows["shifts"].to_numpy()
        work = work_of(
            thousandths(rows["reported"], norm, shifts),
            shifts,
            rows["price"],
            true=thousandths(rows["true"], norm, shifts),
            norm=np.floor(1000.0 * norm + 0.5),
            caught=rows["caught"],
        )
        terms = terms_of(campaign, period)
        scores = clawed_back(terms, work)[0]
        prizes = contest_money(now, period, rows, scores, housed)
        parts.append(rows.with_columns(again=pl.Series(pay_of(terms, work, prizes))))
    return pl.concat(parts)


def contest_money(
    now: Campaign, period: int, rows: pl.DataFrame, scores: np.ndarray, housed: set[str]
) -> np.ndarray:
    contests = {name: contest for contest in now.emulation.contests for name in contest.prizes}
    money = np.zeros(rows.height, np.int64)
    for prize in now.prizes:
        how = contests.get(prize.name, Contest(name="itself", scope=prize.scope, every=prize.every))
        if prize.by == "threshold" or (period + 1) % how.every:
            continue
        counted = scores
        if how.measure == "output":
            counted = scores * np.floor(1000.0 * rows["norm"].to_numpy() + 0.5).astype(np.int64)
        offsets = ends(rows, how.scope)
        number = winners(prize.per_thousand or 0.0, np.diff(offsets))
        if prize.by == "rank":
            cut = cut_offs(counted, offsets, number)
            money += share_pool(counted, cut, number, prize.amount, offsets)
            continue
        waiting = np.where(rows["worker"].is_in(list(housed)).to_numpy(), np.int64(-1), counted)
        won = queue_goods(waiting, cut_offs(waiting, offsets, number), number, offsets)
        housed.update(rows["worker"].filter(pl.Series(won)))
        money += won * np.int64(prize.amount)
    return money


def ends(rows: pl.DataFrame, scope: str) -> np.ndarray:
    """Where the groups of a scope begin and end."""
    if scope == "all":
        return np.array([0, rows.height])
    first = rows[scope].ne_missing(rows[scope].shift()).to_numpy()
    return np.append(np.flatnonzero(first), rows.height)


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_pay_from_the_file_is_pay_to_the_kopeck(folder: Path, tmp_path: Path, form: str) -> None:
    source = folder / "reports.parquet"
    if form == "csv":
        source = tmp_path / "reports.csv"
        pl.read_parquet(folder / "reports.parquet").write_csv(source)
    table = read(source).collect()
    again = settled(checked(RULES), table)
    assert again.height > PERIODS * 2500
    wrong = again.filter(pl.col("again") != pl.col("pay"))
    assert wrong.height == 0, wrong.head(5)


def test_the_run_above_has_something_of_everything(folder: Path) -> None:
    reports = pl.read_parquet(folder / "reports.parquet")
    assert int(reports["caught"].sum()) > 50
    assert reports["norm"].n_unique() > 100
    assert reports["price"].n_unique() > 100
    free = {
        "no bonus": {"pay.bonus.0.amount": 0},
        "no cup": {"prizes.cup.amount": 0},
        "no flat": {"prizes.flat.amount": 0},
        "no premium": {"prizes.premium.amount": 0},
        "no banner": {"prizes.banner.amount": 0},
        "no claw-back": {"audits.clawback": False},
        "no deduction": {"audits.deduction": 0.0},
        "fulfilment counts": {"emulation.contests.spring.measure": "fulfilment"},
    }
    for what, rule in free.items():
        other = settled(checked(RULES).with_(rule), reports)
        assert other.filter(pl.col("again") != pl.col("pay")).height > 10, what


def test_yesterdays_rules_give_yesterdays_pay(folder: Path) -> None:
    """A new rule from tomorrow on leaves what was paid; the rules of a date are those in force on it."""
    reports = pl.read_parquet(folder / "reports.parquet")
    changes = [*RULES["changes"], {"at": 5, "set": {"pay.reference": 999, "pay.guarantee": 1.0}}]
    again = settled(checked({**RULES, "changes": changes}), reports)
    differs = again.filter(pl.col("again") != pl.col("pay"))
    assert set(differs["period"]) == {5}
