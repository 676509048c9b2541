"""A learn session that outlives a look at it: it goes on after a reload or a crash, made again out of the log.

The order of its cards is worked out as it was when the session began, and the answers since then are counted
in turn: the same card comes next, whoever asks and on whatever machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from stakhanov.guide.practice.asking import Asked, Judgement, judge
from stakhanov.guide.practice.cards import Card, Deck
from stakhanov.guide.practice.changes import Change
from stakhanov.guide.practice.learner import AWAY, Learner
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Lesson, Said, moment
from stakhanov.guide.practice.session import Session

#: After so long nobody goes on: what gains most has changed.
STALE = timedelta(hours=12)


@dataclass
class Held:
    """A session as it stands: the card that is asked, and the answer to it where one was given."""

    lesson: Lesson
    session: Session
    progress: Progress
    clock: Callable[[], datetime] = moment

    @classmethod
    def begun(
        cls,
        deck: Deck,
        progress: Progress,
        minutes: float,
        terms: tuple[str, ...] = (),
        clock: Callable[[], datetime] = moment,
    ) -> Held:
        """A new session of a class, or of some of its terms; the one before it is over."""
        now = clock()
        lesson = Lesson(guide=deck.guide, started=now, minutes=minutes, terms=terms, moved=now)
        progress.add(lesson)
        return cls(lesson, _made(deck, progress, lesson, clock), progress, clock)

    @classmethod
    def going_on(
        cls, deck: Deck, progress: Progress, clock: Callable[[], datetime] = moment
    ) -> Held | None:
        """The session of a class that was begun last; None where there is none, or it is over or stale."""
        last = cls.last(deck, progress, clock)
        return last if last is not None and not last.lesson.over else None

    @classmethod
    def last(
        cls, deck: Deck, progress: Progress, clock: Callable[[], datetime] = moment
    ) -> Held | None:
        """The session of a class that was begun last, though it was ended; None where it is stale."""
        lesson = progress.lesson(deck.guide)
        if lesson is None or clock() - lesson.started > STALE:
            return None
        return cls(lesson, _made(deck, progress, lesson, clock), progress, clock)

    @property
    def step(self) -> int:
        """Which look this is: one that knows another has been overtaken."""
        return len(self.session.done) + len(self.lesson.postponed)

    @property
    def asks(self) -> tuple[Asked, Change | None] | None:
        """What is asked, with what changed of it; None when nothing more is."""
        return self.session.next() if not self.lesson.over else None

    @property
    def said(self) -> Said | None:
        """The answer to the card that is asked; one to another card says nothing of it.

        Another process on the same progress may have answered the card in the meantime, and a crash may
        have come between a grade and the end of its answer.
        """
        found, said = self.asks, self.lesson.said
        if found is None or said is None or said.card not in ("", found[0].card.id):
            return None
        return said

    @property
    def judgement(self) -> Judgement | None:
        """What the judge says of the answer; None before there is one."""
        found, said = self.asks, self.said
        return judge(found[0], said.answer) if found is not None and said is not None else None

    def answer(self, said: str) -> None:
        """Take an answer to the card that is asked, and show what is right; on the disk when this returns."""
        spent = (self.clock() - self.lesson.moved).total_seconds()
        found, seconds = self.asks, min(max(spent, 0.0), AWAY)
        if found is not None:
            self._keep(said=Said(card=found[0].card.id, answer=said, seconds=seconds))

    def grade(self, grade: Grade, counting: Mapping[str, bool] | None = None) -> None:
        """Keep how the answer went, and the key points on which the learner says otherwise than the judge."""
        found, said, judgement = self.asks, self.said, self.judgement
        if found is None or said is None or judgement is None:
            return
        card = found[0].card
        self.session.graded(card, grade, said.seconds, said.answer)
        credited = judgement.disputed(counting or {}) if said.answer.strip() else {}
        if credited:
            self.session.overruled(card, said.answer, judgement, credited)
        self._keep(said=None, moved=self.clock())

    def undo(self) -> Card | None:
        """Take the last answer back and ask its card again; None if there is none."""
        card = self.session.undo()
        if card is not None:
            put_off = tuple(name for name in self.lesson.postponed if name != card.id)
            self._keep(postponed=put_off, said=None, moved=self.clock())
        return card

    def postpone(self) -> None:
        """Ask the card no more in this session."""
        card = self.session.postpone()
        if card is not None:
            put_off = (*self.lesson.postponed, card.id)
            self._keep(postponed=put_off, said=None, moved=self.clock())

    def end(self) -> None:
        """Ask nothing more."""
        self._keep(over=True)

    def _keep(self, **change: object) -> None:
        self.lesson = self.lesson.model_copy(update=change)
        self.progress.add(self.lesson)


def _made(deck: Deck, progress: Progress, lesson: Lesson, clock: Callable[[], datetime]) -> Session:
    """The session out of the log."""
    if lesson.terms:
        deck = deck.of_terms(frozenset(lesson.terms))
    log = progress.reviews(deck.guide)
    before = [one for one in log if one.at < lesson.started]
    learner = Learner.of(deck, before, progress.sittings(deck.guide), progress.exam(deck.guide))
    session = Session(learner, progress, lesson.minutes, lambda: lesson.started)
    session.clock = clock
    for review in log[len(before) :]:
        card = deck.by_name.get(review.card)
        if card is not None:
            session.take(card, review)
    for name in lesson.postponed:
        card = deck.by_name.get(name)
        if card is not None:
            session.leave(card)
    return session
