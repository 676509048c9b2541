"""Many memories at once, for plans: what a review of each would leave, as arrays.

The same FSRS-6 as in `memory`, written for arrays, because a plan asks for the outcome of many thousand
reviews that will mostly not take place. A test holds both against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from fsrs.scheduler import DEFAULT_PARAMETERS as W
from fsrs.scheduler import STABILITY_MIN
from numpy.typing import NDArray

from stakhanov.guide.practice.memory import DAY, Grade, Memory
from stakhanov.guide.practice.recall import recall

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Memories:
    """Stability (days; NaN for what was never asked), difficulty, days since the last review; one a card."""

    stability: Array
    difficulty: Array
    since: Array

    @classmethod
    def of(cls, memories: Sequence[Memory | None], now: datetime) -> Memories:
        """As they are at a moment."""
        rows = [
            (m.stability, m.difficulty, max(0.0, (now - m.last).total_seconds() / DAY))
            if m is not None
            else (np.nan, np.nan, 0.0)
            for m in memories
        ]
        table = np.array(rows, dtype=float).reshape(-1, 3)
        return cls(table[:, 0], table[:, 1], table[:, 2])

    @property
    def new(self) -> Flags:
        """Which were never asked."""
        return np.isnan(self.stability)

    def recall(self, later: float, unseen: float) -> Array:
        """The chance to recall each in so many days; `unseen` for what was never asked."""
        chance = recall(self.since + later, np.where(self.new, 1.0, self.stability))
        return np.where(self.new, unseen, chance)

    def reviewed(self, grade: Grade) -> Memories:
        """All of them after a review now."""
        old = np.where(self.new, 1.0, self.stability)
        hard = np.where(self.new, 5.0, self.difficulty)
        long = (
            _missed(old, hard, self.since)
            if grade is Grade.MISSED
            else _recalled(old, hard, self.since, grade)
        )
        grown = np.where(self.since < 1.0, _same_day(old, grade), long)
        first = W[int(grade) - 1]
        stability = np.where(self.new, first, np.maximum(grown, STABILITY_MIN))
        difficulty = np.where(self.new, _first_difficulty(grade), _next_difficulty(hard, grade))
        return Memories(stability, np.clip(difficulty, 1.0, 10.0), np.zeros_like(self.since))

    def later(self, days: float) -> Memories:
        """All of them some days later."""
        return Memories(self.stability, self.difficulty, self.since + days)

    def where(self, chosen: Flags, others: Memories) -> Memories:
        """These where chosen, the others elsewhere."""
        return Memories(
            np.where(chosen, self.stability, others.stability),
            np.where(chosen, self.difficulty, others.difficulty),
            np.where(chosen, self.since, others.since),
        )


def _first_difficulty(grade: Grade) -> float:
    return float(W[4] - np.exp(W[5] * (int(grade) - 1)) + 1.0)


def _next_difficulty(difficulty: Array, grade: Grade) -> Array:
    moved = difficulty - W[6] * (int(grade) - 3) * (10.0 - difficulty) / 9.0
    return np.asarray(W[7] * _first_difficulty(Grade.EASY) + (1.0 - W[7]) * moved)


def _same_day(stability: Array, grade: Grade) -> Array:
    grown = np.exp(W[17] * (int(grade) - 3 + W[18])) * np.power(stability, -W[19])
    return np.asarray(stability * (grown if grade is Grade.MISSED else np.maximum(grown, 1.0)))


def _recalled(stability: Array, difficulty: Array, since: Array, grade: Grade) -> Array:
    lost = 1.0 - recall(np.floor(since), stability)
    bonus = W[16] if grade is Grade.EASY else 1.0
    growth = (
        np.exp(W[8])
        * (11.0 - difficulty)
        * np.power(stability, -W[9])
        * np.expm1(lost * W[10])
        * bonus
    )
    return np.asarray(stability * (1.0 + growth))


def _missed(stability: Array, difficulty: Array, since: Array) -> Array:
    lost = 1.0 - recall(np.floor(since), stability)
    left = (
        W[11]
        * np.power(difficulty, -W[12])
        * (np.power(stability + 1.0, W[13]) - 1.0)
        * np.exp(lost * W[14])
    )
    return np.asarray(np.minimum(left, stability / np.exp(W[17] * W[18])))
