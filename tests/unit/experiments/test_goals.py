"""Goals read off a run."""

from __future__ import annotations

import math

from stakhanov.campaign import load
from stakhanov.experiments.goals import EVERY_GOAL, cost, goals_named
from stakhanov.experiments.trial import Outcome


def test_cost_is_pay_per_unit_truly_produced() -> None:
    """30,000 minor units for 25 shifts at 1.2: 1,000 a unit."""
    campaign = load("plain-piece-rate")
    assert campaign.plan.shifts_per_period == 25
    assert cost(Outcome({"pay_mean": 30_000.0, "true_output": 1.2}, {}), campaign) == 1_000.0
    assert math.isnan(cost(Outcome({"pay_mean": 1.0, "true_output": 0.0}, {}), campaign))


def test_more_output_is_better_and_less_of_everything_else() -> None:
    assert [goal.more for goal in goals_named(EVERY_GOAL)] == [True, False, False, False]
