"""A learner before a class: memories of its cards, what answers cost, what new ones promise, the exam."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from statistics import median

from stakhanov.guide.practice.cards import SECONDS, Card, Deck
from stakhanov.guide.practice.memory import Grade, Memory, memory_of
from stakhanov.guide.practice.planner import Plan, Stake, plan, unseen_chance
from stakhanov.guide.practice.prediction import Pool, Range, own_error, predicted, right
from stakhanov.guide.practice.reviews import ExamDay, Review, Sitting

#: From so many answers of a sort on, what a card of it costs is the learner's own median.
OWN_TIMES = 5
#: Longer than this nobody thinks about a card: the learner was away.
AWAY = 300.0


@dataclass(frozen=True)
class Learner:
    """What a learner did with the cards of a deck, by the name that each card has today."""

    deck: Deck
    reviews: Mapping[str, Sequence[Review]]
    sittings: Sequence[Sitting] = ()
    exam: ExamDay | None = None

    @classmethod
    def of(
        cls,
        deck: Deck,
        reviews: Sequence[Review],
        sittings: Sequence[Sitting] = (),
        exam: ExamDay | None = None,
    ) -> Learner:
        """A learner by the log; answers to cards that are no more are left aside."""
        found: dict[str, list[Review]] = defaultdict(list)
        for review in reviews:
            card = deck.by_name.get(review.card)
            if card is not None:
                found[card.id].append(review)
        return cls(deck, found, sittings, exam)

    def memory(self, card: Card) -> Memory | None:
        """What is remembered of a card; None if it was never asked."""
        return self._held.get(card.id)

    @cached_property
    def _held(self) -> dict[str, Memory | None]:
        logs = self.reviews.items()
        return {name: memory_of((one.at, one.grade) for one in log) for name, log in logs}

    def memories(self) -> list[Memory | None]:
        """Memories of all cards, in the deck's order."""
        return [self.memory(card) for card in self.deck.cards]

    @property
    def firsts(self) -> tuple[int, int]:
        """How many cards were known when first asked, and how many were asked."""
        grades = [log[0].grade for log in self.reviews.values() if log]
        return sum(grade is not Grade.MISSED for grade in grades), len(grades)

    @property
    def unseen(self) -> float:
        """The chance that a card never asked is known."""
        return unseen_chance(*self.firsts)

    def stakes(self) -> list[Stake]:
        """What each card costs and counts in the exam, in the deck's order."""
        times: dict[str, list[float]] = defaultdict(list)
        for card in self.deck.cards:
            log = self.reviews.get(card.id, ())
            times[card.sort] += [min(one.seconds, AWAY) for one in log if one.seconds > 0.0]
        cost = {
            sort: max(3.0, median(times[sort])) if len(times[sort]) >= OWN_TIMES else usual
            for sort, usual in SECONDS.items()
        }
        worth = self.deck.worths()
        return [Stake(cost[card.sort], worth[card.sort]) for card in self.deck.cards]

    def days(self, today: date) -> int | None:
        """Days on which one can still learn, today included; None without an exam."""
        if self.exam is None or self.exam.on is None:
            return None
        return max(0, (self.exam.on - today).days)

    def plan(self, now: datetime) -> Plan | None:
        """Minutes a day until the exam; None without one."""
        days = self.days(now.astimezone().date())
        if days is None:
            return None
        return plan(self.memories(), self.stakes(), now, days, self.unseen)

    def outlook(self, when: datetime) -> Range | str:
        """The range of a mock test's score at a moment, or why none can be told."""
        if not self.deck.whole:
            return "it asks the whole class, and these are some of its terms"
        pools = {
            str(sort): Pool(
                [
                    right(memory.recall(when), card.guess)
                    for card in self.deck.cards
                    if card.sort == sort and (memory := self.memory(card)) is not None
                ],
                sum(
                    card.sort == sort and not self.reviews.get(card.id) for card in self.deck.cards
                ),
                self.unseen,
                share.items,
                share.weight,
            )
            for sort, share in self.deck.exam.blueprint.items()
        }
        return predicted(pools, self.error)

    @property
    def error(self) -> float:
        """How far predictions of this learner's mock tests were off."""
        return own_error(
            [(s.middle, s.score) for s in self.sittings if s.submitted and s.middle is not None]
        )
