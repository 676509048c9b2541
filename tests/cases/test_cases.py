"""Pay worked out by hand: each file of this folder is a story with its campaign, workers and pay.

A file may hold several cases. `campaign` gives addresses that differ from the plain campaign below:
reference 10 roubles a shift (1000 kopecks), straight piece rate, no guarantee, no bonus, no audits.
A worker is a table: `reported`, `shifts` and `price` (thousandths of a norm, shifts, kopecks a shift at
100 %), lists where the norm was revised in mid-period; and `pay`, in kopecks, as the comment derives it.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stakhanov.campaign.awards import cut_offs
from stakhanov.campaign.campaign import Campaign, checked
from stakhanov.campaign.pools import queue_goods, share_pool
from stakhanov.campaign.settle import Work, pay_of, terms_of, work_of
from stakhanov.campaign.slip import steps

PLAIN: dict[str, Any] = {
    "format": 1,
    "campaign": {"name": "by-hand", "start": "1935-01-01"},
    "pay": {"reference": 1000, "piece_share": 1.0, "guarantee": 0.0},
}
FILES = sorted(Path(__file__).parent.glob("*.toml"))
CASES = [
    pytest.param(case, id=f"{file.stem}-{name}")
    for file in FILES
    for name, case in tomllib.loads(file.read_text("utf-8")).items()
]


def campaign_of(case: dict[str, Any]) -> Campaign:
    return checked(PLAIN).with_(case.get("campaign", {}))


def rows(worker: dict[str, Any]) -> Work:
    def column(name: str, otherwise: Any) -> np.ndarray:
        given = worker.get(name, otherwise)
        return np.array(given if isinstance(given, list) else [given], np.int64)[:, None]

    reported = column("reported", None)
    return work_of(
        reported,
        column("shifts", 25),
        1000 * column("price", 1000),
        true=column("true", reported[:, 0].tolist()),
        norm=column("norm", 1000),
        caught=worker.get("caught", False),
    )


def contest_money(case: dict[str, Any], workers: list[dict[str, Any]]) -> np.ndarray:
    contest = case.get("contest")
    if contest is None:
        return np.zeros(len(workers), np.int64)
    scores = np.array([np.sum(worker["reported"]) for worker in workers], np.int64)
    offsets = np.array([0, scores.size])
    number = np.array([contest["prizes"]])
    cut = cut_offs(scores, offsets, number)
    if contest.get("goods"):
        return queue_goods(scores, cut, number) * np.int64(contest["amount"])
    return share_pool(scores, cut, number, contest["amount"])


@pytest.mark.parametrize("case", CASES)
def test_pay_is_what_the_hand_finds(case: dict[str, Any]) -> None:
    terms = terms_of(campaign_of(case), case.get("period", 0))
    workers = case["workers"]
    prizes = contest_money(case, workers)
    for worker, prize in zip(workers, prizes, strict=True):
        work = rows(worker)
        lines = steps(terms, work, [("prizes.contest", int(prize))] if prize else [])
        assert pay_of(terms, work, prize)[0] == worker["pay"], worker
        assert sum(line.amount for line in lines) == worker["pay"], lines


def test_there_are_cases() -> None:
    assert len(CASES) >= 20
