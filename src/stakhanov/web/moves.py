"""Which addresses a visitor may move to find a break, and what a form says of it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from stakhanov.campaign import Campaign
from stakhanov.experiments.breaking import expectation_of
from stakhanov.experiments.declaration import Experiment
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web.breaking import Move
from stakhanov.web.sliders import Slider, sliders
from stakhanov.web.wanted import MOST_LETTERS
from stakhanov.workforce import Workforce

#: What is offered where an experiment's arms set no number.
USUAL = ("norms.revision.up", 0.0, 1.0)


def movable(campaign: Campaign, workforce: Workforce) -> dict[str, list[Slider]]:
    """Every number of a campaign and its people by chapter, each with its title and value."""
    found = {
        chapter: [one for one in rows if not one.choices]
        for chapter, rows in sliders(campaign, workforce, {}).items()
    }
    return {chapter: rows for chapter, rows in found.items() if rows}


def first_move(experiment: Experiment) -> Move:
    """What is offered at first: a number that the first expectation's arm sets, from nought to twice it."""
    name = experiment.expectations[0].id if experiment.expectations else ""
    if name:
        own = experiment.differences[experiment.expectations[0].arm]
        for address, value in own.items():
            if isinstance(value, float) and value > 0.0 and math.isfinite(value):
                return Move(
                    name, address, 0.0, min(2.0 * value, 1.0) if value <= 1.0 else 2.0 * value
                )
    return Move(name, *USUAL)


def move_of(given: Mapping[str, str], experiment: Experiment) -> Move:
    """What a form says. Raises BadInput with every problem."""
    problems, ends = [], []
    for name in ("from", "to"):
        value = _number(given.get(name, ""))
        if value is None:
            found = given.get(name, "")[:MOST_LETTERS] or "nothing"
            problems.append(Problem(name, "must be a number", found))
        else:
            ends.append(value)
    address = given.get("address", "")[:MOST_LETTERS]
    if not address:
        problems.append(Problem("address", "must be one that moves", "nothing"))
    name = given.get("expectation", "")[:MOST_LETTERS]
    try:
        name = expectation_of(experiment, name or None).id
    except BadInput as error:
        problems += error.problems
    if problems:
        raise BadInput(problems)
    return Move(name, address, *ends)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) < 1e12 else None
