"""Goals read off a run."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest

import stakhanov
from stakhanov.campaign import load
from stakhanov.experiments.goals import EVERY_GOAL, cost, goals_named
from stakhanov.experiments.trial import Outcome


def outcome(pay: float, output: float, workers: list[float]) -> Outcome:
    return Outcome({"pay_mean": pay, "true_output": output}, {"workers": np.array(workers)})


def test_cost_is_pay_per_unit_truly_produced() -> None:
    """30,000 minor units for 25 shifts at 1.2: 1,000 a unit."""
    campaign = load("plain-piece-rate")
    assert campaign.plan.shifts_per_period == 25
    assert cost(outcome(30_000.0, 1.2, [10.0, 10.0]), campaign) == pytest.approx(1_000.0)
    assert math.isnan(cost(outcome(1.0, 0.0, [10.0]), campaign))


def test_cost_counts_the_shifts_of_every_period_and_who_worked_them() -> None:
    """10 people in 25 shifts, then 30 in 10: 550 worker-shifts at 1.2 are 660 units for 40 pays of 30,000."""
    change = [{"at": 1, "set": {"plan.shifts_per_period": 10}}]
    campaign = load("plain-piece-rate").with_({"changes": change})
    found = cost(outcome(30_000.0, 1.2, [10.0, 30.0]), campaign)
    assert found == pytest.approx(40 * 30_000 / 660)


def test_cost_is_what_the_reports_of_everybody_come_to() -> None:
    """Summed over all reports of a run whose periods change from 25 shifts to 10."""
    change = [{"at": 2, "set": {"plan.shifts_per_period": 10}}]
    campaign = load("plain-piece-rate").with_({"changes": change})
    run = stakhanov.simulate(
        campaign, "heavy-machine-building", workers=200, periods=4, threads=1, sample="all"
    )
    rows = run.reports
    expected = rows["pay"].sum() / (rows["true"] * rows["shifts"]).sum()
    measures = {name: float(one["value"]) for name, one in run.measures.items()}
    everybody = run.series.filter(pl.col("branch") == "all", pl.col("measure") == "workers")
    series = {"workers": everybody.sort("period")["value"].to_numpy()}
    assert cost(Outcome(measures, series), campaign) == pytest.approx(expected, rel=1e-6)


def test_more_output_is_better_and_less_of_everything_else() -> None:
    assert [goal.more for goal in goals_named(EVERY_GOAL)] == [True, False, False, False]
