"""What pages show of a mock test: a question, what is left to decide, the result with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stakhanov.guide.mock_tests.calibration import Foretold, calibration, held
from stakhanov.guide.mock_tests.sitting import (
    Attempt,
    Parts,
    parts,
    sorts,
    told,
    unsure,
)
from stakhanov.guide.practice.answers import Outcome
from stakhanov.guide.practice.asking import Asked
from stakhanov.guide.practice.cards import Deck
from stakhanov.guide.practice.learner import Learner
from stakhanov.guide.practice.marking import PointLine, Stretch, stretches
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Sitting, Taken, moment
from stakhanov.guide.render.calibration import chart_of
from stakhanov.guide.render.charts import Chart
from stakhanov.web.lesson_view import drawn, page_of, told_of

#: What sorts of questions are called.
SORTS = {"recall": "to recall", "short": "in a few sentences", "interpret": "to read and explain"}


@dataclass(frozen=True)
class QuestionView:
    """A question of a test; at the last look there is none, only what is open."""

    sitting: Sitting
    number: int
    asked: Asked | None
    item: Taken | None
    charts: tuple[Chart, ...]
    open: tuple[int, ...]
    flagged: tuple[int, ...]
    since: int

    @property
    def answered(self) -> int:
        """Questions with an answer."""
        return sum(bool(one.answer.strip()) for one in self.sitting.items)

    def state(self, number: int) -> str:
        """How a question stands, in words."""
        item = self.sitting.items[number - 1]
        return ("answered" if item.answer.strip() else "open") + (
            ", flagged" if item.flagged else ""
        )


@dataclass(frozen=True)
class Decision:
    """An answer of which the judge was not sure; its points, or one without a name for the whole of it."""

    place: int
    asked: Asked
    said: tuple[Stretch, ...]
    points: tuple[PointLine, ...]


@dataclass(frozen=True)
class Calibration:
    """How predictions held: in a sentence, as a chart, and test by test."""

    said: str
    chart: Chart
    tests: tuple[Foretold, ...]


@dataclass(frozen=True)
class ItemView:
    """An item of a test that was handed in."""

    number: int
    asked: Asked
    item: Taken
    href: str


def question(attempt: Attempt, number: int | None) -> QuestionView:
    """A question by its number from 1, the first that is open without one; behind the last is the last look."""
    items = attempt.sitting.items
    if number is None:
        place = next(iter(attempt.open), len(items))
    else:
        place = min(number - 1, len(items))
    asked = attempt.asked(place) if place < len(items) else None
    empty = (n for n, item in enumerate(items, 1) if not item.answer.strip())
    return QuestionView(
        attempt.sitting,
        place + 1,
        asked,
        items[place] if asked is not None else None,
        drawn(asked.card) if asked is not None else (),
        tuple(empty),
        tuple(n for n, item in enumerate(items, 1) if item.flagged),
        int((moment() - attempt.sitting.started).total_seconds() // 60),
    )


def decisions(attempt: Attempt) -> list[Decision]:
    """Answers of which the learner may say what counts."""
    return list(_decisions(attempt))


def _decisions(attempt: Attempt) -> Iterator[Decision]:
    judgements = attempt.judged()
    for place in unsure(judgements):
        asked, said = attempt.asked(place), attempt.sitting.items[place].answer
        judgement = judgements[place]
        lines = told_of(asked, judgement, said).points
        open_ = tuple(one for one in lines if one.outcome == Outcome.UNSURE.value)
        whole = (PointLine("", "it counts", judgement.outcome.value, "", 1.0, said),)
        yield Decision(place, asked, stretches(said, judgement.verdicts), open_ or whole)


def calibrated(sittings: list[Sitting]) -> Calibration | None:
    """How predictions held so far; None before the third."""
    tests = calibration(sittings)
    return Calibration(held(tests), chart_of(tests), tests) if tests else None


def result(cards: Deck, progress: Progress, sitting: Sitting) -> dict[str, Any]:
    """A test that was handed in, beside what was expected of it."""
    assert sitting.submitted is not None
    attempt = Attempt(cards, progress, sitting)
    known = [item.card in cards.by_name for item in sitting.items]
    items = [
        ItemView(number, asked, item, page_of(asked.card))
        for number, (item, there) in enumerate(zip(sitting.items, known, strict=True), 1)
        if there
        for asked in (attempt.asked(number - 1),)
    ]
    before = [one for one in progress.reviews(cards.guide) if one.at < sitting.submitted]
    two: Parts = parts(sitting, Learner.of(cards, before))
    return {
        "sitting": sitting,
        "told": told(sitting),
        "two": two,
        "calibration": calibrated(progress.sittings(cards.guide)),
        "sorts": {SORTS[name]: share for name, share in sorts(sitting).items()},
        "missed": [one for one in items if (one.item.credit or 0.0) < 1.0],
        "found": [one for one in items if (one.item.credit or 0.0) >= 1.0],
    }
