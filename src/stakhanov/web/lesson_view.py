"""What a page shows of a learn session: the card, the judge's word on an answer, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from stakhanov.guide.practice.asking import Asked, Judgement
from stakhanov.guide.practice.cards import Card
from stakhanov.guide.practice.changes import Change
from stakhanov.guide.practice.lessons import Held
from stakhanov.guide.practice.marking import PointLine, Stretch, lines, stretches
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.moved import moved, now_of, tried
from stakhanov.guide.render.charts import Chart, charts, drawing
from stakhanov.web.study import guide

#: The buttons of a grade, by their keys.
GRADES = {"1": (Grade.MISSED, "Missed"), "2": (Grade.GOT, "Got it"), "3": (Grade.EASY, "Easy")}


@dataclass(frozen=True)
class Told:
    """What is told after an answer."""

    said: tuple[Stretch, ...]
    empty: bool
    outcome: str
    points: tuple[PointLine, ...]
    suggested: str


@dataclass(frozen=True)
class End:
    """What is told when a session is over: what moved, and experiments to try with their places."""

    lines: tuple[str, ...]
    tries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class View:
    """A session as a page shows it."""

    held: Held
    asked: Asked | None
    change: Change | None
    told: Told | None
    charts: tuple[Chart, ...] = ()
    end: End | None = None

    @property
    def stage(self) -> Literal["asking", "telling", "over"]:
        """Asking, telling, or over."""
        return "over" if self.asked is None else "asking" if self.told is None else "telling"

    @property
    def answered(self) -> int:
        """Answers so far."""
        return len(self.held.session.done)

    @property
    def got(self) -> int:
        """Answers that were not missed."""
        return sum(one.review.grade is not Grade.MISSED for one in self.held.session.done)

    @property
    def minutes_left(self) -> int:
        """Whole minutes that are left of the session."""
        session = self.held.session
        return max(0, round(session.minutes - session.spent / 60.0))

    @property
    def fits(self) -> int:
        """Cards that about fit into the minutes; at least the one that is asked."""
        return max(1, self.held.session.fits)

    @property
    def share_done(self) -> float:
        """How far the session is, by its minutes or its cards, whichever is nearer the end."""
        session = self.held.session
        by_time = session.spent / (60.0 * session.minutes)
        by_cards = self.answered / (self.answered + session.left) if self.answered else 0.0
        return min(1.0, max(by_time, by_cards))

    @property
    def missed_terms(self) -> list[tuple[str, str]]:
        """Terms of what was missed, each once: its title and its page."""
        found = {
            one.card.title: page_of(one.card)
            for one in self.held.session.done
            if one.review.grade is Grade.MISSED
        }
        return sorted(found.items())


def view(held: Held) -> View:
    """A session as it stands."""
    found, judgement, said = held.asks, held.judgement, held.said
    if found is None:
        return View(held, None, None, None, end=ended(held))
    asked, change = found
    told = None
    if judgement is not None and said is not None:
        told = told_of(asked, judgement, said.answer)
    return View(held, asked, change, told, drawn(asked.card))


def ended(held: Held) -> End | None:
    """What a session moved and what there is to try; nothing where nothing was answered."""
    session, course = held.session, held.lesson.guide
    if not session.done:
        return None
    tries = tuple(
        (one.title, f"/guides/{course}/{one.term}.html#experiment--{one.experiment}")
        for one in tried(guide(course), session)
    )
    lines = moved(session, now_of(session.learner, held.progress), held.clock()).told()
    return End(tuple(lines), tries)


def told_of(asked: Asked, judgement: Judgement, answer: str) -> Told:
    """What is told of an answer."""
    card, empty = asked.card, not answer.strip()
    suggested = Grade.MISSED if empty else judgement.grade
    return Told(
        stretches(answer, judgement.verdicts),
        empty,
        judgement.outcome.value,
        ()
        if asked.options
        else tuple(lines(judgement.verdicts, answer, card.points, card.answer, card.prompt)),
        "1" if suggested is Grade.MISSED else "2",
    )


def page_of(card: Card) -> str:
    """Where a card's claim stands in the guide."""
    course = card.id.partition("/")[0]
    claim = f"#{card.rests_on[0]}" if card.rests_on else ""
    return f"/guides/{course}/{card.term}.html{claim}"


@lru_cache(maxsize=512)
def drawn(card: Card) -> tuple[Chart, ...]:
    """The charts that a card asks to read, as they were locked; most cards have none."""
    if card.chart is not None:
        return (drawing(card.chart, "read"),)
    if card.kind != "question" or card.sort != "interpret":
        return ()
    course, _, rest = card.id.partition("/")
    term, _, name = rest.partition("?")
    within = guide(course)
    page = within.page(term)
    questions = page.term.questions if page is not None else ()
    asked = next((one for one in questions if one.id == name), None)
    if page is None or asked is None or not asked.experiment:
        return ()
    declared, ran = (
        within.experiments.get(asked.experiment),
        within.lock.experiments.get(asked.experiment),
    )
    return tuple(charts(declared, ran, page)) if declared is not None and ran is not None else ()
