"""What a group misses, claim by claim, without telling of anybody: only where enough learners answered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from stakhanov.guide.practice.cards import Card, Deck
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.reviews import Override, Sitting

#: Below so many learners nothing is told of them: a share of four says too much of each.
LEAST = 5


@dataclass(frozen=True)
class Miss:
    """A card: how many learners answered it, missed it the last time they did, overruled the judge."""

    card: Card
    asked: int
    missed: int
    overruled: int

    @property
    def share(self) -> float:
        """The share that missed it."""
        return self.missed / self.asked


class Answered(Protocol):
    """An answer to a card, as far as it counts here."""

    @property
    def card(self) -> str:
        """The card's name."""

    @property
    def at(self) -> datetime:
        """When it was given."""

    @property
    def grade(self) -> Grade:
        """How it went."""


@dataclass(frozen=True)
class Answer:
    """Nothing but that."""

    card: str
    at: datetime
    grade: Grade


@dataclass(frozen=True)
class Learned:
    """What one learner did, as far as it counts for the group."""

    reviews: Sequence[Answered]
    overrides: Sequence[Override] = ()
    sittings: Sequence[Sitting] = ()


def misses(deck: Deck, group: Iterable[Learned]) -> list[Miss]:
    """Cards that at least five learners answered, the most missed first, then the most asked."""
    asked: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    overruled: Counter[str] = Counter()
    for one in group:
        last: dict[str, Answered] = {}
        for review in sorted(one.reviews, key=lambda review: review.at):
            if (card := deck.by_name.get(review.card)) is not None:
                last[card.id] = review
        asked.update(last.keys())
        missed.update(name for name, review in last.items() if review.grade is Grade.MISSED)
        named = (deck.by_name.get(said.question) for said in one.overrides)
        overruled.update({card.id for card in named if card is not None})
    found = [
        Miss(card, asked[card.id], missed[card.id], overruled[card.id])
        for card in deck.cards
        if asked[card.id] >= LEAST
    ]
    return sorted(found, key=lambda one: (-one.share, -one.asked))


@dataclass(frozen=True)
class Sat:
    """A test that was set: how many handed it in; from five on the mean score, and by card the mean credit."""

    handed_in: int
    mean: float | None
    items: tuple[tuple[Card, float], ...]


def sat(deck: Deck, group: Iterable[Learned], test: str) -> Sat:
    """How a test that was set went; the first that each learner handed in counts."""
    firsts = []
    for one in group:
        done = [s for s in one.sittings if s.assigned == test and s.submitted is not None]
        firsts += sorted(done, key=lambda sitting: sitting.started)[:1]
    if len(firsts) < LEAST:
        return Sat(len(firsts), None, ())
    credits: dict[str, list[float]] = defaultdict(list)
    for sitting in firsts:
        for item in sitting.items:
            if (card := deck.by_name.get(item.card)) is not None:
                credits[card.id].append(item.credit or 0.0)
    items = [(deck.by_name[name], sum(all_) / len(all_)) for name, all_ in credits.items()]
    mean = sum(sitting.score for sitting in firsts) / len(firsts)
    return Sat(len(firsts), mean, tuple(sorted(items, key=lambda item: item[1])))
