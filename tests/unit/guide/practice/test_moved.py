"""What a session moved, and what it leaves for the coming days: by hand from the curve of memory."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fsrs import Card as Held
from fsrs import Rating, Scheduler

from stakhanov.guide.classes import Exam, Share
from stakhanov.guide.load import load
from stakhanov.guide.practice.cards import Card, Deck, deck_of
from stakhanov.guide.practice.learner import Learner
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.moved import kept, moved, now_of, tried
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import ExamDay, Review
from stakhanov.guide.practice.session import Session

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
EXAM = Exam(minutes=40, blueprint={"recall": Share(items=10, weight=1.0)})


def card(number: int) -> Card:
    return Card(f"c/t{number}#a", f"t{number}", f"T{number}", "recall", "ask", f"says {number}")


DECK = Deck("c", "A class", tuple(map(card, range(4))), EXAM)
THEN = NOW - timedelta(days=30)


def session(progress: Progress, reviews: list[Review], exam: ExamDay | None = None) -> Session:
    progress.add(*reviews)
    learner = Learner.of(DECK, progress.reviews("c"), (), exam)
    return Session(learner, progress, 60.0, lambda: NOW)


def recall(days: float, *, since: float, again: bool = False) -> float:
    """By the `fsrs` package: a first Good, a second one after `since` days if told; asked in `days` more."""
    scheduler = Scheduler(enable_fuzzing=False)
    held, _ = scheduler.review_card(Held(card_id=1), Rating.Good, THEN)
    held.due = THEN
    if again:
        held, _ = scheduler.review_card(held, Rating.Good, THEN + timedelta(days=since))
    return scheduler.get_card_retrievability(held, THEN + timedelta(days=since + days))


@pytest.fixture
def progress(tmp_path: Path) -> Progress:
    return Progress(tmp_path / "progress.sqlite")


def test_what_is_recalled_in_a_week_is_told_before_and_now(progress: Progress) -> None:
    """Four cards, Good 30 days ago; one of them Good again now. The others stay on their old curve."""
    held = session(progress, [Review(card=c.id, at=THEN, grade=Grade.GOT) for c in DECK.cards])
    held.graded(DECK.cards[0], Grade.GOT, 9.0)
    found = moved(held, now_of(held.learner, progress), NOW)
    old, new = recall(7, since=30), recall(7, since=30, again=True)
    assert found.before == pytest.approx(old, abs=0.01)
    assert found.now == pytest.approx((3 * old + new) / 4, abs=0.01)
    assert (found.ahead, found.exam) == (7.0, False)
    assert "in a week; before this session it was" in found.told()[0]


def test_cards_that_fade_come_later_and_are_told_in_items_of_the_exam(progress: Progress) -> None:
    """Of 10 items a card of four is 2.5; three wait. Asked now they would be right with the gain."""
    held = session(progress, [Review(card=c.id, at=THEN, grade=Grade.GOT) for c in DECK.cards])
    held.graded(DECK.cards[0], Grade.GOT, 9.0)
    found = moved(held, now_of(held.learner, progress), NOW)
    assert (found.later, found.of) == (3, 10)
    known, stays = recall(0, since=30), recall(7, since=30)
    most = 3 * 2.5 * (known * recall(7, since=30, again=True) + (1.0 - known) - stays)
    least = 3 * 2.5 * (known * recall(7, since=30, again=True) - stays)
    assert max(least, 0.0) < found.items < most
    assert "3 cards that would fade move to the coming days; asked today" in found.told()[-1]


def test_nothing_is_a_debt(progress: Progress) -> None:
    """New cards, and those that are still well known, do not come later: they are not told at all."""
    fresh = [Review(card=DECK.cards[0].id, at=NOW - timedelta(days=1), grade=Grade.GOT)]
    held = session(progress, fresh)
    assert DECK.cards[0] in held.queue  # it would gain something today
    held.graded(DECK.cards[1], Grade.GOT, 9.0)
    found = moved(held, now_of(held.learner, progress), NOW)
    assert found.later == 0
    assert len(found.told()) == 1


def test_the_exam_is_the_day_to_which_is_looked(progress: Progress) -> None:
    held = session(progress, [], ExamDay(guide="c", on=date(2026, 12, 9)))
    held.graded(DECK.cards[0], Grade.EASY, 9.0)
    found = moved(held, now_of(held.learner, progress), NOW)
    assert (found.ahead, found.exam) == (14.0, True)
    assert "on the exam day, in 14 days" in found.told()[0]
    assert found.now > found.before


def test_some_terms_say_nothing_of_a_test(progress: Progress) -> None:
    progress.add(*(Review(card=c.id, at=THEN, grade=Grade.GOT) for c in DECK.cards))
    some = DECK.of_terms(frozenset(("t0", "t1", "t2", "t3")))
    held = Session(Learner.of(some, progress.reviews("c")), progress, 60.0, lambda: NOW)
    held.graded(DECK.cards[0], Grade.GOT, 9.0)
    assert "whole class" in str(held.learner.outlook(NOW))
    found = moved(held, now_of(held.learner, progress), NOW)
    assert [line.split(";")[0] for line in found.told()] == [
        f"Of the cards of these terms {100 * found.now:.0f} % should come to mind in a week",
        "3 cards that would fade move to the coming days.",
    ]
    data = kept(found, [])
    assert (data["later"]["items"], data["predicted"]) == (None, {"before": None, "now": None})


def test_experiments_of_what_was_asked_are_there_to_try(example: Path, progress: Progress) -> None:
    guide, _ = load(example)
    assert guide is not None
    cards = deck_of(guide)
    held = Session(Learner.of(cards, ()), progress, 60.0, lambda: NOW)
    assert tried(guide, held) == []
    for term, grade in (("stakhanovite-movement", Grade.MISSED), ("padded-reports", Grade.GOT)):
        held.graded(next(c for c in cards.cards if c.term == term), grade, 9.0)
    [found] = tried(guide, held)  # the other term has none
    assert (found.term, found.experiment) == ("padded-reports", "rare-audits")
