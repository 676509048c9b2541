"""Mock tests of a learner: which one is begun, what the learner says of it, which were handed in."""

from __future__ import annotations

import secrets
from collections.abc import Set

from starlette.exceptions import HTTPException

from stakhanov.guide.export.paper import key as paper_key
from stakhanov.guide.export.paper import question_paper
from stakhanov.guide.mock_tests.drawing import drawn, recalled
from stakhanov.guide.mock_tests.sitting import Attempt
from stakhanov.guide.practice.cards import Deck
from stakhanov.guide.practice.groups import Assignment, Member
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Sitting, moment
from stakhanov.guide.practice.standing import learner_of
from stakhanov.web.shelf import shelf
from stakhanov.web.sitting_view import decisions
from stakhanov.web.study import Study

#: Lengths of a test that one draws for oneself: its minutes, and whether it asks what is recalled least.
KINDS: dict[str, tuple[float | None, bool]] = {
    "full": (None, False),
    "short": (15.0, False),
    "weak": (15.0, True),
}
SEEDS = 1_000_000
SHEET = "/static/paper.css"
GONE = "test: must be one of yours; found none of that name"


def assigned(study: Study, who: Member | None, course: str, name: str) -> Assignment:
    """A test that the teacher of a learner's group set. Raises HTTPException where there is none."""
    group = study.group(who)
    tests = study.groups.assigned(group) if group is not None and group.guide == course else []
    found = next((one for one in tests if one.id == name), None)
    if found is None:
        raise HTTPException(404, "test: must be one that your teacher set; found none of that name")
    return found


def begun(cards: Deck, progress: Progress, kind: str, given: Assignment | None) -> Attempt:
    """A new test: the one that was set, or one of a kind by a number that nobody knows before."""
    learner = learner_of(cards, progress)
    if given is not None:
        paper = drawn(cards, given.seed, given.minutes)
        return Attempt.begin(learner, progress, paper, given.seed, assigned=given.id)
    minutes, weak = KINDS[kind]
    seed = secrets.randbelow(SEEDS)
    paper = drawn(cards, seed, minutes, recalled(learner, moment()) if weak else None)
    return Attempt.begin(learner, progress, paper, seed)


def printed(cards: Deck, seed: int, minutes: float | None, name: str) -> str:
    """The paper of a test, or its key: a page to print. Raises HTTPException."""
    if name not in ("paper", "key"):
        raise HTTPException(404)
    write = question_paper if name == "paper" else paper_key
    language = shelf().guides[cards.guide].about.language
    return write(cards, drawn(cards, seed, minutes), seed, language, SHEET)


def credits(attempt: Attempt, counts: Set[str]) -> dict[int, float]:
    """What unsure answers count by what the learner says does: `place:point`, places from 0."""
    said = {
        item.place: {point.id: f"{item.place}:{point.id}" in counts for point in item.points}
        for item in decisions(attempt)
    }
    return attempt.credited(said)


def handed_in(progress: Progress, course: str, name: str) -> Sitting:
    """A test that was handed in. Raises HTTPException where there is none."""
    sitting = next((one for one in progress.sittings(course) if one.id == name), None)
    if sitting is None or sitting.submitted is None:
        raise HTTPException(404, GONE)
    return sitting
