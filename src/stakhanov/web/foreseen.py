"""What a visitor expects of an experiment before it is run, and how that stands to what came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from stakhanov.campaign import Campaign
from stakhanov.experiments.arm_figures import when_of
from stakhanov.experiments.declaration import Expectation, Experiment
from stakhanov.experiments.reading import reading
from stakhanov.experiments.verdict import Finding
from stakhanov.foundation.problem import BadInput, Problem


class Guess(StrEnum):
    """How an arm will stand to the other."""

    HIGHER = "higher"
    SAME = "same"
    LOWER = "lower"
    OPEN = "open"  # no idea

    @property
    def said(self) -> str:
        """In words."""
        return {"same": "about the same", "open": "no idea"}.get(self.value, self.value)


Guesses = Mapping[str, Guess]


@dataclass(frozen=True)
class Asked:
    """An expectation as a question that does not give its answer away."""

    id: str
    measure: str
    arm: str
    versus: str
    two: bool = False  # of two differences


def questions(experiment: Experiment, campaign: Campaign) -> list[Asked]:
    """What is asked before the run, one question an expectation."""
    return [_question(one, experiment, campaign) for one in experiment.expectations]


def _question(one: Expectation, experiment: Experiment, campaign: Campaign) -> Asked:
    titles = experiment.titles
    measure = when_of(reading(one.measure), campaign)
    versus = titles[one.versus] if isinstance(one.versus, str) else f"the number {one.versus:g}"
    if one.than is None:
        return Asked(one.id, measure, titles[one.arm], versus)
    first, second = one.than
    return Asked(
        one.id,
        f"{measure}, two differences",
        f"{titles[one.arm]}, less: {versus}",
        f"{titles[first]}, less: {titles[second]}",
        two=True,
    )


def guesses(experiment: Experiment, given: Mapping[str, str]) -> dict[str, Guess]:
    """What a form says, each question answered. Raises BadInput with every problem."""
    found, problems = {}, []
    for one in experiment.expectations:
        text = given.get(one.id, "")
        try:
            found[one.id] = Guess(text)
        except ValueError:
            must = "must be expected to come out higher, same, lower or open before the run"
            problems.append(Problem(one.id, must, text[:40] or "nothing"))
    if problems:
        raise BadInput(problems)
    return found


def outcome_of(finding: Finding) -> Guess:
    """How the arm came to stand to the other: the same where the interval does not leave nought."""
    gap = finding.gap
    if finding.expectation.op == "=" and finding.holds:
        return Guess.SAME
    if gap.low > 0.0:
        return Guess.HIGHER
    return Guess.LOWER if gap.high < 0.0 else Guess.SAME


def score(found: Guesses, findings: tuple[Finding, ...]) -> str:
    """How much was foreseen, in a sentence; nothing where nothing was guessed."""
    given = [one for one in findings if found.get(one.expectation.id, Guess.OPEN) is not Guess.OPEN]
    if not given:
        return ""
    right = sum(found[one.expectation.id] is outcome_of(one) for one in given)
    number = len(given)
    if right == number:
        return "You foresaw it." if number == 1 else f"You foresaw all {number}."
    return f"You foresaw {right} of {number}." if right else "It came otherwise than you foresaw."
