"""A learn session: one card at a time until the minutes are used up or nothing more is gained today.

What changed since it was learned comes first, then what gains most for its time. What was missed comes back
after three others. A question waits for the claims that it rests on. Look-alikes follow each other, cards
of one term do not. Every answer is kept before the next question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from typing import Any

from stakhanov.guide.practice.asking import Asked, Judgement, asked
from stakhanov.guide.practice.cards import Card
from stakhanov.guide.practice.changes import Change, changed
from stakhanov.guide.practice.learner import AWAY, Learner
from stakhanov.guide.practice.memory import Grade, Memory, after
from stakhanov.guide.practice.planner import SIGHT, order
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Override, Review, moment

#: What was missed comes back after so many others.
LATER = 3
#: Among so many of the best cards the next one may be chosen for variety.
CHOICE = 6
#: Minutes of a session where nothing says how many.
USUAL = 15.0


@dataclass
class Done:
    """One answer of the session, and what it takes to undo it."""

    card: Card
    review: Review
    before: Memory | None


@dataclass
class Session:
    """A session of one learner; `clock` gives the moment, `minutes` bounds the time of answering."""

    learner: Learner
    progress: Progress
    minutes: float = USUAL
    clock: Callable[[], datetime] = moment
    done: list[Done] = field(default_factory=list)
    first: Card | None = None

    def __post_init__(self) -> None:
        """Put the cards in order."""
        deck, now = self.learner.deck, self.clock()
        self.memories = dict(zip((c.id for c in deck.cards), self.learner.memories(), strict=True))
        self.changes = self._changes()
        news = [card for card in deck.cards if card.id in self.changes]
        self.queue = news + [card for card in self._order(now) if card.id not in self.changes]
        self.again: list[tuple[int, Card]] = []

    @property
    def spent(self) -> float:
        """Seconds of answering so far."""
        return sum(min(one.review.seconds, AWAY) for one in self.done)

    @property
    def left(self) -> int:
        """Cards that could still be asked today."""
        return len(self.queue) + len(self.again)

    @property
    def fits(self) -> int:
        """Cards that will about fit into what is left of the minutes, by what answers cost this learner."""
        stakes = zip(self.learner.deck.cards, self.learner.stakes(), strict=True)
        cost = {card.id: stake.seconds for card, stake in stakes}
        waiting = [card for _, card in self.again] + self.queue
        ends = accumulate(cost[card.id] for card in waiting)
        return sum(end <= 60.0 * self.minutes - self.spent for end in ends)

    def summed(self) -> dict[str, Any]:
        """What came of it so far, as data: answers, how many were got and missed, minutes, what is left."""
        missed = sum(one.review.grade is Grade.MISSED for one in self.done)
        return {
            "answers": len(self.done),
            "got": len(self.done) - missed,
            "missed": missed,
            "minutes": round(self.spent / 60.0, 2),
            "left_today": self.left,
        }

    def next(self) -> tuple[Asked, Change | None] | None:
        """The next card as it is asked, with what changed of it; None when the session is over."""
        if self.spent >= 60.0 * self.minutes:
            return None
        card = self._chosen()
        if card is None:
            return None
        memory = self.memories[card.id]
        return asked(card, memory.times if memory is not None else 0), self.changes.get(card.id)

    def graded(self, card: Card, grade: Grade, seconds: float, answer: str = "") -> Review:
        """Keep how an answer went; on the disk when this returns."""
        review = Review(
            card=card.id,
            at=self.clock(),
            grade=grade,
            seconds=round(min(max(seconds, 0.0), AWAY), 1),
            learned=card.digest,
            answer=answer,
        )
        self.progress.add(review, texts={card.digest: card.learned})
        self.take(card, review)
        return review

    def take(self, card: Card, review: Review) -> None:
        """Count an answer that is kept already."""
        self.done.append(Done(card, review, self.memories[card.id]))
        self.memories[card.id] = after(self.memories[card.id], review.at, review.grade)
        self.leave(card)
        if review.grade is Grade.MISSED:
            self.again.append((len(self.done) + LATER, card))

    def overruled(
        self, card: Card, answer: str, judgement: Judgement, credited: dict[str, bool]
    ) -> None:
        """Keep the key points on which the learner said otherwise than the judge."""
        said = {one.point: one for one in judgement.verdicts}
        self.progress.add(
            *(
                Override(
                    question=card.id,
                    point=point,
                    at=self.clock(),
                    answer=answer,
                    judged=said[point].outcome.value,
                    credited=credit,
                )
                for point, credit in credited.items()
            )
        )

    def postpone(self) -> Card | None:
        """Ask the card that would come next no more today; None if there is none."""
        card = self._chosen()
        if card is not None:
            self.leave(card)
        return card

    def leave(self, card: Card) -> None:
        """Ask a card no more, unless it comes back by itself."""
        self.queue = [one for one in self.queue if one.id != card.id]
        self.again = [(when, one) for when, one in self.again if one.id != card.id]
        self.first = None

    def undo(self) -> Card | None:
        """Take the last answer back and ask its card again next; None if there is none."""
        if not self.done:
            return None
        last = self.done.pop()
        self.progress.undo(last.review)
        self.memories[last.card.id] = last.before
        self.leave(last.card)
        self.queue.insert(0, last.card)
        self.first = last.card
        return last.card

    def _chosen(self) -> Card | None:
        if self.first is not None:
            return self.first
        due = [card for when, card in self.again if when <= len(self.done)]
        if due:
            return due[0]
        if not self.queue:
            return self.again[0][1] if self.again else None
        if self.queue[0].id in self.changes or not self.done:
            return self.queue[0]
        last = self.done[-1].card
        best = [card for card in self.queue[:CHOICE] if card.term != last.term]
        alike = [card for card in best if card.term in last.see or last.term in card.see]
        return (alike or best or self.queue)[0]

    def _changes(self) -> dict[str, Change]:
        """By card, what changed since it was learned."""
        found = {}
        for card in self.learner.deck.cards:
            log = self.learner.reviews.get(card.id, ())
            change = changed(card, log[-1] if log else None, self.progress.text)
            if change is not None:
                found[card.id] = change
        return found

    def _order(self, now: datetime) -> list[Card]:
        """Cards that gain something today, the one that gains most for its time first."""
        days = self.learner.days(now.astimezone().date())
        cards, held = self.learner.deck.cards, list(self.memories.values())
        ahead = float(days) if days else SIGHT
        best = order(held, self.learner.stakes(), now, ahead, self.learner.unseen)
        return self._after_claims([cards[place] for place in best])

    def _after_claims(self, best: list[Card]) -> list[Card]:
        """The same order, but what was never asked and rests on claims waits for their cards."""
        claims = {(c.term, name): c.id for c in best if c.kind == "claim" for name in c.rests_on}
        met = {name for name, memory in self.memories.items() if memory is not None}
        found: list[Card] = []
        waiting: list[Card] = []

        def ready(card: Card) -> bool:
            needed = (claims.get((card.term, name)) for name in card.rests_on)
            return (
                card.kind == "claim" or card.id in met or all(one in met for one in needed if one)
            )

        for card in best:
            if not ready(card):
                waiting.append(card)
                continue
            found.append(card)
            met.add(card.id)
            if card.kind == "claim":
                found += [one for one in waiting if ready(one)]
                waiting = [one for one in waiting if not ready(one)]
        return found + waiting
