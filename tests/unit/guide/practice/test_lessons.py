"""A session made again out of the log is the session that goes on: the same card, whatever happened before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakhanov.guide.practice.cards import Card, Deck
from stakhanov.guide.practice.learner import Learner
from stakhanov.guide.practice.lessons import STALE, Held
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Review
from stakhanov.guide.practice.session import Session
from stakhanov.guide.terms import Point

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
POINTS = (Point(id="norm", any=("norm rais",)), Point(id="rate", weight=2.0, any=("rate cut",)))


class Clock:
    """A clock that a test moves on; every look at it takes a second."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def card(number: int, term: str = "", **more: object) -> Card:
    term = term or f"t{number % 3}"
    says = f"says {number}"
    return Card(f"c/{term}#{number}", term, term, "recall", "ask", says, learned=says, **more)  # type: ignore[arg-type]


CARDS = Deck("c", "A class", tuple(map(card, range(7))))
ASKED = Deck("c", "A class", (card(0, points=POINTS), card(1)))


@pytest.fixture
def progress(tmp_path: Path) -> Iterator[Progress]:
    kept = Progress(tmp_path / "progress.sqlite")
    yield kept
    kept.close()


def going_on(progress: Progress, clock: Clock, deck: Deck = CARDS) -> Held:
    held = Held.going_on(deck, progress, clock)
    assert held is not None
    return held


def now(held: Held) -> str | None:
    found = held.asks
    return found[0].card.id if found is not None else None


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["1", "3", "4", "undo", "later"]), max_size=14))
def test_every_look_finds_the_card_that_a_session_without_a_break_asks(deeds: list[str]) -> None:
    progress, clock = Progress("sqlite://"), Clock()
    Held.begun(CARDS, progress, 60.0, clock=clock)
    other = Progress("sqlite://")
    live = Session(Learner.of(CARDS, ()), other, 60.0, Clock())
    for deed in deeds:
        held = going_on(progress, clock)
        found = live.next()
        assert now(held) == (found[0].card.id if found else None)
        if deed == "undo":
            held.undo()
            live.undo()
        elif deed == "later":
            held.postpone()
            live.postpone()
        elif found is not None:
            held.answer("words")
            going_on(progress, clock).grade(Grade(int(deed)))
            live.graded(found[0].card, Grade(int(deed)), 1.0)
    last, found = going_on(progress, clock), live.next()
    assert now(last) == (found[0].card.id if found else None)
    assert len(last.session.done) == len(live.done)
    progress.close()
    other.close()


def test_a_card_that_was_put_off_and_is_taken_back_is_asked_again(progress: Progress) -> None:
    """A lone card is missed, comes back at once, is put off; taking the answer back asks it."""
    alone, clock = Deck("c", "A class", (card(0),)), Clock()
    held = Held.begun(alone, progress, 60.0, clock=clock)
    held.answer("")
    held.grade(Grade.MISSED)
    held.postpone()
    assert now(going_on(progress, clock, alone)) is None
    going_on(progress, clock, alone).undo()
    assert now(going_on(progress, clock, alone)) == alone.cards[0].id


def test_an_answer_is_there_after_a_crash_and_waits_for_its_grade(progress: Progress) -> None:
    clock = Clock()
    held = Held.begun(CARDS, progress, 15.0, clock=clock)
    assert held.judgement is None
    clock.now += timedelta(seconds=40)
    held.answer("says 0")
    again = going_on(Progress(progress.place), clock)
    assert again.lesson.said is not None
    assert again.lesson.said.answer == "says 0"
    assert again.judgement is not None
    again.grade(Grade.GOT)
    [review] = progress.reviews("c")
    assert review.answer == "says 0"
    assert review.seconds == 41.0  # forty, and one for the look at the clock
    assert going_on(progress, clock).lesson.said is None


def test_a_grade_without_an_answer_is_nothing(progress: Progress) -> None:
    held = Held.begun(CARDS, progress, 15.0, clock=Clock())
    held.grade(Grade.GOT)
    assert progress.reviews("c") == []


def test_what_the_learner_says_otherwise_is_kept_for_the_author(progress: Progress) -> None:
    clock = Clock()
    Held.begun(ASKED, progress, 15.0, clock=clock)
    held = going_on(progress, clock, ASKED)
    while now(held) != ASKED.cards[0].id:
        held.answer("")
        held.grade(Grade.GOT)
    held.answer("They raised the norm, and pay per piece went down.")
    judgement = held.judgement
    assert judgement is not None
    assert [one.outcome.value for one in judgement.verdicts] == ["found", "not found"]
    assert judgement.grade is Grade.MISSED  # a third of the weight
    assert judgement.counting({"rate": True}).grade is Grade.GOT
    assert judgement.counting({"norm": False}).share == 0.0
    held.grade(Grade.GOT, {"norm": True, "rate": True, "nobody": True})
    [said] = progress.overrides("c")
    assert (said.point, said.judged, said.credited) == ("rate", "not found", True)


def test_a_session_is_over_when_it_is_ended_or_stale(progress: Progress) -> None:
    clock = Clock()
    Held.begun(CARDS, progress, 15.0, clock=clock).end()
    assert Held.going_on(CARDS, progress, clock) is None
    Held.begun(CARDS, progress, 15.0, clock=clock)
    assert Held.going_on(CARDS, progress, clock) is not None
    clock.now += STALE
    assert Held.going_on(CARDS, progress, clock) is None


def test_a_session_of_some_terms_asks_nothing_else(progress: Progress) -> None:
    clock = Clock()
    Held.begun(CARDS, progress, 15.0, ("t1",), clock)
    assert {one.term for one in going_on(progress, clock).session.queue} == {"t1"}


def test_the_terminal_adds_to_the_same_session(progress: Progress) -> None:
    """An answer in the terminal counts in the browser: its card is not asked again."""
    clock = Clock()
    first = now(Held.begun(CARDS, progress, 15.0, clock=clock))
    beside = Session(Learner.of(CARDS, ()), progress, 15.0, clock)
    found = beside.next()
    assert found is not None
    assert found[0].card.id == first
    beside.graded(found[0].card, Grade.GOT, 4.0)
    assert now(going_on(progress, clock)) != first


def test_an_answer_to_another_card_is_no_answer_to_this_one(progress: Progress) -> None:
    """Another process graded the card in the meantime, or a crash came between a grade and its end."""
    clock = Clock()
    held = Held.begun(CARDS, progress, 60.0, clock=clock)
    held.answer("the first")
    assert going_on(progress, clock).judgement is not None
    first = now(held)
    assert first is not None
    progress.add(Review(card=first, at=clock(), grade=Grade.GOT))
    after = going_on(progress, clock)
    assert now(after) != first
    assert (after.said, after.judgement) == (None, None)
    after.answer("the second")
    said = going_on(progress, clock).said
    assert said is not None
    assert said.answer == "the second"


def test_a_session_that_was_ended_can_be_looked_back_at(progress: Progress) -> None:
    clock = Clock()
    held = Held.begun(CARDS, progress, 60.0, clock=clock)
    held.answer("x")
    held.grade(Grade.GOT)
    held.end()
    assert Held.going_on(CARDS, progress, clock) is None
    last = Held.last(CARDS, progress, clock)
    assert last is not None
    assert (last.asks, len(last.session.done)) == (None, 1)
