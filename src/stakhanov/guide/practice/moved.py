"""What a learn session moved, what it leaves for the coming days, and what there is to try: never a debt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from stakhanov.foundation.written import counted
from stakhanov.guide.guides import Guide
from stakhanov.guide.pages import Page
from stakhanov.guide.practice.cards import Card
from stakhanov.guide.practice.learner import Learner
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.planner import SIGHT, TARGET
from stakhanov.guide.practice.prediction import Range
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.schedule import Memories
from stakhanov.guide.practice.session import Session
from stakhanov.guide.practice.standing import days, percent

#: Experiments that are named after a session.
MOST = 3


@dataclass(frozen=True)
class Moved:
    """What a session moved, by the model of memory.

    `whole`: the session was of the whole class; one of some terms says nothing of a test. `ahead`: the days to
    which is looked, those until the exam or a week; `before` and `now`: the share of all cards that should come
    to mind then; `ranges`: of a mock test, before and now; `later`: cards that fade and were not asked, and
    `items`: how many of the exam's `of` items more they would bring if they were asked today (none where the
    class states no exam).
    """

    whole: bool
    ahead: float
    exam: bool
    before: float
    now: float
    ranges: tuple[Range | str, Range | str]
    later: int
    items: float
    of: int

    @property
    def when(self) -> str:
        """The day to which is looked, in words."""
        return f"on the exam day, in {days(int(self.ahead))}" if self.exam else "in a week"

    def told(self) -> list[str]:
        """What moved and what comes later, in sentences."""
        of = "Of all cards" if self.whole else "Of the cards of these terms"
        found = [
            f"{of} {percent(self.now)} should come to mind {self.when}; "
            f"before this session it was {percent(self.before)}."
        ]
        first, last = self.ranges
        if isinstance(last, Range):
            low, high = last.points(100)
            was = "; before it could not be told"
            if isinstance(first, Range):
                was = "; before it was {} to {}".format(*first.points(100))
            found.append(f"A mock test would bring {low} to {high} of 100 points{was}.")
        if self.later:
            verb = "moves" if self.later == 1 else "move"
            line = f"{counted(self.later, 'card')} that would fade {verb} to the coming days"
            found.append(f"{line}; {self.worth}." if self.whole and self.of else f"{line}.")
        return found

    @property
    def worth(self) -> str:
        """What asking today would bring more, in words."""
        more = "less than one" if self.items < 0.5 else f"about {self.items:.0f}"
        return f"asked today, they would bring {more} of the exam's {self.of} items more"


@dataclass(frozen=True)
class Try:
    """An experiment to run: of which term, its name and its title."""

    term: str
    experiment: str
    title: str


def moved(session: Session, after: Learner, now: datetime) -> Moved:
    """What a session moved; `after`: the same learner before the same cards, with its answers."""
    before = session.learner
    left = after.days(now.astimezone().date())
    ahead = float(left) if left else SIGHT
    later = _fading(session, after, now)
    share = after.deck.exam.blueprint
    return Moved(
        after.deck.whole,
        ahead,
        bool(left),
        _recall(before, now, ahead),
        _recall(after, now, ahead),
        (before.outlook(now), after.outlook(now)),
        len(later),
        _items(after, later, now, ahead),
        sum(one.items for one in share.values()),
    )


def kept(found: Moved, tries: Sequence[Try]) -> dict[str, Any]:
    """The same as data."""
    first, last = (
        {"low": one.low, "high": one.high} if isinstance(one, Range) else None
        for one in found.ranges
    )
    return {
        "days": found.ahead,
        "exam": found.exam,
        "recall": {"before": found.before, "now": found.now},
        "predicted": {"before": first, "now": last},
        "later": {
            "cards": found.later,
            "items": found.items if found.whole else None,
            "of": found.of,
        },
        "try": [vars(one) for one in tries],
    }


def now_of(learner: Learner, progress: Progress) -> Learner:
    """The same learner before the same cards, by what is kept by now."""
    name = learner.deck.guide
    return Learner.of(learner.deck, progress.reviews(name), learner.sittings, learner.exam)


def tried(guide: Guide, session: Session) -> list[Try]:
    """Experiments of what was asked, those of what was missed most first."""
    misses: Counter[str] = Counter()
    for one in session.done:
        misses[one.card.term] += one.review.grade is Grade.MISSED
    found: dict[str, Try] = {}
    for term, _ in misses.most_common():
        page = guide.page(term)
        named = _named(page) if page is not None else []
        declared = next((guide.experiments[n] for n in named if n in guide.experiments), None)
        if declared is not None:
            found.setdefault(declared.id, Try(term, declared.id, declared.experiment.title))
    return list(found.values())[:MOST]


def _named(page: Page) -> list[str]:
    """Experiments of a page, the one that it lets a reader try first."""
    own = page.term.try_
    return [*([own.experiment] if own is not None else []), *sorted(page.experiments)]


def _fading(session: Session, learner: Learner, now: datetime) -> list[Card]:
    """Cards that were learned, are below what a plan aims at, and were not asked."""
    asked = {one.card.id for one in session.done}
    waiting: Iterable[Card] = (*session.queue, *(card for _, card in session.again))
    found = {}
    for card in waiting:
        memory = learner.memory(card)
        if card.id not in asked and memory is not None and memory.recall(now) < TARGET:
            found[card.id] = card
    return list(found.values())


def _recall(learner: Learner, now: datetime, ahead: float) -> float:
    """The mean chance to recall the cards so many days ahead, each weighed by what it counts in the exam."""
    memories = Memories.of(learner.memories(), now)
    worth = [one.worth for one in learner.stakes()]
    return float(np.average(memories.recall(ahead, learner.unseen), weights=worth))


def _items(learner: Learner, cards: Sequence[Card], now: datetime, ahead: float) -> float:
    """How many items of the exam more would be right so many days ahead if cards were asked now."""
    if not cards:
        return 0.0
    found = [learner.memory(card) for card in cards]
    memories = Memories.of(found, now)
    known = memories.recall(0.0, learner.unseen)
    got, missed = (
        memories.reviewed(grade).recall(ahead, learner.unseen)
        for grade in (Grade.GOT, Grade.MISSED)
    )
    gain = known * got + (1.0 - known) * missed - memories.recall(ahead, learner.unseen)
    sizes: Mapping[str, int] = Counter(str(card.sort) for card in learner.deck.cards)
    share = learner.deck.exam.blueprint
    each = [
        (1.0 - card.guess) * share[card.sort].items / sizes[card.sort]
        if card.sort in share
        else 0.0
        for card in cards
    ]
    return float(np.dot(np.maximum(gain, 0.0), each))
