"""What is remembered of a card: FSRS-6 with stock parameters, from the log of its reviews.

The log is the truth, a memory is only worked out from it. Time passed between reviews counts in whole days
when a memory changes, as the package `fsrs` does it, and in fractions when recall is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from stakhanov.guide.practice.recall import recall

if TYPE_CHECKING:
    from fsrs import Scheduler

#: The model that made a memory, kept beside what is exported.
MODEL = "FSRS-6, stock parameters"
DAY = 86_400.0


class Grade(IntEnum):
    """How an answer went, as the learner says: two buttons and an optional third."""

    MISSED = 1
    GOT = 3
    EASY = 4


@dataclass(frozen=True)
class Memory:
    """Stability in days, difficulty from 1 to 10, when it was last asked, and how often."""

    stability: float
    difficulty: float
    last: datetime
    times: int = 1

    def recall(self, when: datetime) -> float:
        """The chance to recall it at a moment; 1 at the last review and before."""
        return recall(max(0.0, (when - self.last).total_seconds() / DAY), self.stability)


def memory_of(reviews: Iterable[tuple[datetime, Grade]]) -> Memory | None:
    """The memory that reviews have left, in the order of their time; None without any."""
    memory: Memory | None = None
    for when, grade in sorted(reviews, key=itemgetter(0)):
        memory = after(memory, when, grade)
    return memory


def after(memory: Memory | None, when: datetime, grade: Grade) -> Memory:
    """The memory after one more review; moments have a time zone."""
    from fsrs import Card, Rating, State

    when = when.astimezone(UTC)
    card = Card(card_id=1, due=when)
    if memory is not None:
        card.state, card.step = State.Review, None
        card.stability, card.difficulty = memory.stability, memory.difficulty
        card.last_review = memory.last.astimezone(UTC)
        when = max(when, card.last_review)
    card, _ = _scheduler().review_card(card, Rating(int(grade)), when)
    if card.stability is None or card.difficulty is None:
        raise AssertionError("a review leaves a memory")
    times = memory.times + 1 if memory is not None else 1
    return Memory(card.stability, card.difficulty, when, times)


@cache
def _scheduler() -> Scheduler:
    """No steps of minutes and no chance: what is missed comes back within the session."""
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
