"""The flagship against history, on a sample small enough for every day."""

from __future__ import annotations

import pytest

import stakhanov
from docs.generate import flagship
from stakhanov.summary.fit import FitRow, fit_table
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.questions import answers

WORKERS = 10_000


@pytest.fixture(scope="module")
def run() -> stakhanov.Run:
    return stakhanov.simulate(flagship.NAME, workers=WORKERS, seed=1, threads=2)


@pytest.fixture(scope="module")
def rows(run: stakhanov.Run) -> dict[str, FitRow]:
    return {row.id: row for row in fit_table(run)}


def test_what_was_given_and_tuned_comes_out(rows: dict[str, FitRow]) -> None:
    missed = [row for row in rows.values() if row.role in ("given", "tuned") and not row.inside]
    assert missed == []


def test_most_of_what_is_tested_holds_and_the_rest_is_shown(rows: dict[str, FitRow]) -> None:
    tested = [row for row in rows.values() if row.role == "tested"]
    assert all(row.model is not None for row in tested)
    assert sum(bool(row.inside) for row in tested) >= 7
    assert rows["fulfilment-1937"].inside is False, "the page says that this does not fit"


def test_no_ordinary_worker_comes_near_the_staged_record(rows: dict[str, FitRow]) -> None:
    ordinary, staged = rows["ordinary-records"].model, rows["first-record"].model
    assert ordinary is not None
    assert staged is not None
    assert ordinary < staged / 2


def test_the_three_questions_are_answered_from_the_run(run: stakhanov.Run) -> None:
    plan, publicity, remains = answers(run)
    assert plan.numbers["technology_growth"] > 0.5
    assert publicity.numbers["credibility_low"] < 0.3
    assert remains.numbers["trust_mean_after"] < remains.numbers["trust_mean_before"]


def test_the_page_has_every_figure_of_history(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["flagship.py", "--check"])
    assert flagship.main() == 0


def test_a_rule_held_for_good_loses_its_dated_changes() -> None:
    campaign = stakhanov.load(flagship.NAME)
    quiet = campaign.held({"publicity.intensity": 0.0})
    for period in (0, 40, 95):
        assert quiet.in_force(period).publicity.intensity == 0.0
        assert quiet.in_force(period).pay == campaign.in_force(period).pay


def test_without_technology_the_rules_make_little_growth(run: stakhanov.Run) -> None:
    campaign = stakhanov.load(flagship.NAME).held({"technology.growth": 0.0})
    still = OpenRun.of(stakhanov.simulate(campaign, workers=5_000, periods=60, threads=2))
    growth = still.mean("true_output", still.year(1937)) / still.mean(
        "true_output", still.year(1933)
    )
    assert 0.9 < growth < 1.1
