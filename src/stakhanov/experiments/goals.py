"""What a campaign may be searched for: each goal read off a run, and which way is better."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stakhanov.foundation.measures import MEASURES
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.experiments.trial import Outcome


@dataclass(frozen=True)
class Goal:
    """A goal: what it is called, its unit, whether more is better, and its value in a run."""

    name: str
    title: str
    unit: str
    more: bool
    of: Callable[[Outcome, Campaign], float]

    @property
    def sense(self) -> str:
        """Which way is better, in a word."""
        return "more" if self.more else "less"


def cost(outcome: Outcome, campaign: Campaign) -> float:
    """All pay over all that was truly produced, in minor units per norm-unit; no number where nothing was.

    Periods count by who was at work in them, and by the shifts that they had.
    """
    workers = outcome.series["workers"]
    shifts = [campaign.in_force(period).plan.shifts_per_period for period in range(workers.size)]
    people = float(workers.sum())
    made = outcome.measures["true_output"] * float(workers @ np.asarray(shifts, float))
    return outcome.measures["pay_mean"] * people / made if made > 0.0 else math.nan


def _measured(name: str, measure: str, *, more: bool) -> Goal:
    def of(outcome: Outcome, campaign: Campaign) -> float:
        del campaign
        return float(outcome.measures[measure])

    about = MEASURES[measure]
    return Goal(name, about.title, about.unit, more, of)


GOALS = (
    _measured("output", "true_output", more=True),
    Goal("cost", "Cost", "minor units of pay per norm-unit truly produced", False, cost),
    _measured("padding", "padded_share", more=False),
    _measured("quits", "quit_rate", more=False),
)

EVERY_GOAL = tuple(goal.name for goal in GOALS)


def goals_named(names: Iterable[str]) -> list[Goal]:
    """Goals by name, each once, in the order given. Raises BadInput with every problem."""
    known = {goal.name: goal for goal in GOALS}
    problems = []
    asked = list(dict.fromkeys(names))
    for name in asked:
        if name not in known:
            problems.append(Problem("goal", "must be a goal", name, hint_of(name, list(known))))
    if not problems and len(asked) < 2:
        must = "must be two or more: one alone has no front"
        problems.append(Problem("goal", must, ", ".join(asked) or "none"))
    if problems:
        raise BadInput(problems)
    return [known[name] for name in asked]
