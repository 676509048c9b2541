"""A mock test drawn from a class's blueprint: spread over terms, nothing twice, fewer rather than filler."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stakhanov.guide.classes import Share, Sort
from stakhanov.guide.practice.asking import Asked, asked
from stakhanov.guide.practice.cards import Card, Deck
from stakhanov.guide.practice.learner import Learner

#: The exam of a class that states none.
PLAIN: Mapping[Sort, Share] = {
    "recall": Share(items=20, weight=0.5),
    "short": Share(items=3, weight=0.3),
    "interpret": Share(items=2, weight=0.2),
}


@dataclass(frozen=True)
class Item:
    """A question of a test: the card as it is asked, its sort, and its share of the whole score."""

    asked: Asked
    sort: str
    weight: float


@dataclass(frozen=True)
class Paper:
    """A test: its items in order, the minutes it takes, and what the class has too little of."""

    items: tuple[Item, ...]
    minutes: float
    short_of: tuple[str, ...] = ()


def drawn(
    deck: Deck, seed: int, minutes: float | None = None, chances: Mapping[str, float] | None = None
) -> Paper:
    """A test from the blueprint; the same seed draws the same test from the same class.

    With `minutes` the numbers of items shrink in proportion. With `chances`, the chance to recall each
    card, the least sure ones are drawn. Weights of sorts that the class lacks go to the others in
    proportion.
    """
    luck = random.Random(seed)
    blueprint = deck.exam.blueprint or PLAIN
    scale = 1.0 if minutes is None else min(1.0, minutes / deck.exam.minutes)
    chosen: dict[Sort, list[Card]] = {}
    short_of: list[str] = []
    for sort, share in blueprint.items():
        pool = [card for card in deck.cards if card.sort == sort]
        wanted = max(1, round(share.items * scale))
        chosen[sort] = _spread(pool, wanted, luck, chances)
        if len(pool) < wanted:
            short_of.append(f"{sort}: {len(pool)} of {wanted} items, the class has no more")
    whole = sum(share.weight for sort, share in blueprint.items() if chosen[sort])
    items = tuple(
        Item(asked(card, luck.randrange(1000)), sort, blueprint[sort].weight / whole / len(cards))
        for sort, cards in ((sort, chosen[sort]) for sort in blueprint)
        for card in cards
    )
    return Paper(items, deck.exam.minutes * scale, tuple(short_of))


def recalled(learner: Learner, when: datetime) -> dict[str, float]:
    """The chance to recall each card at a moment, for a test of what a learner is least sure of."""
    pairs = ((card, learner.memory(card)) for card in learner.deck.cards)
    return {
        card.id: memory.recall(when) if memory is not None else learner.unseen
        for card, memory in pairs
    }


def _spread(
    pool: Sequence[Card], count: int, luck: random.Random, chances: Mapping[str, float] | None
) -> list[Card]:
    """So many cards: no term a second time before every term was drawn once."""
    order = luck.sample(list(pool), len(pool))
    if chances is not None:
        order.sort(key=lambda card: chances.get(card.id, 0.0))
        return order[:count]
    rounds: dict[str, int] = {}
    turns: list[tuple[int, int, Card]] = []
    for place, card in enumerate(order):
        rounds[card.term] = rounds.get(card.term, 0) + 1
        turns.append((rounds[card.term], place, card))
    return [card for _, _, card in sorted(turns, key=lambda one: one[:2])][:count]
