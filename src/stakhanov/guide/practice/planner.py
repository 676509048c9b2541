"""The days until an exam: which card to ask now, and how many minutes a day it takes.

Cards are asked in the order of what they gain in the exam per second that they cost. A plan follows that
order day by day in the model of `schedule`: a forecast inside that model, no promise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from stakhanov.guide.practice.memory import Grade, Memory
from stakhanov.guide.practice.schedule import Array, Flags, Memories

#: Chance that something never asked is known: an assumption until the learner's own first answers say more.
UNSEEN = 0.6
#: How many answers the assumption weighs against.
PRIOR = 10
#: A gain looks at most so many days ahead: of the orders that were tried, this one reached most by the
#: exam.
SIGHT = 7.0
#: Less than this is no gain worth asking for.
WORTH = 0.005
#: The longest day that a plan proposes, in minutes, and what it aims at.
LONGEST = 180
TARGET = 0.9
#: A plan looks at most so many days ahead, and follows at most about so many cards, evenly chosen.
FARTHEST = 120
FOLLOWED = 1000
#: Chance is drawn so often in a plan, from the same seeds each time.
DRAWS = 3


@dataclass(frozen=True)
class Plan:
    """Minutes a day, the days planned, and the mean recall at the exam that the model expects.

    `minutes` is the least whole number that reaches the target; where none does, those in which every card
    can be asked once a day, at most `LONGEST`. `without`: the mean recall if nothing more is done.
    """

    days: int
    minutes: int
    expected: float
    without: float
    target: float = TARGET

    @property
    def reaches(self) -> bool:
        """Whether the target is reached."""
        return self.expected >= self.target


@dataclass(frozen=True)
class Stake:
    """What a card costs, in seconds, and what it counts in the exam, relative to others."""

    seconds: float
    worth: float = 1.0


def unseen_chance(known: int, asked: int) -> float:
    """The chance that something new is known, from the first answers so far and the assumption before them."""
    return (UNSEEN * PRIOR + known) / (PRIOR + asked)


def gains(memories: Memories, days: float, unseen: float = UNSEEN) -> Array:
    """What recalling each card now adds to the chance of recalling it at the exam, or a week ahead."""
    ahead = min(days, SIGHT)
    return memories.reviewed(Grade.GOT).recall(ahead, unseen) - memories.recall(ahead, unseen)


def order(
    memories: Sequence[Memory | None],
    stakes: Sequence[Stake],
    now: datetime,
    days: float,
    unseen: float = UNSEEN,
) -> list[int]:
    """Places of cards, the one that gains most for its time first; those that gain too little left out."""
    if not memories:
        return []
    gain = gains(Memories.of(memories, now), days, unseen)
    seconds, worth = _arrays(stakes)
    best = np.argsort(-gain * worth / seconds, kind="stable")
    return [int(place) for place in best if gain[place] >= WORTH]


def plan(
    memories: Sequence[Memory | None],
    stakes: Sequence[Stake],
    now: datetime,
    days: int,
    unseen: float = UNSEEN,
) -> Plan:
    """The least minutes a day that bring recall at the exam to the target, cards weighed by what they count.

    `days` are those on which one can still learn, today included.
    """
    if not memories:
        return Plan(days, 0, 1.0, 1.0)
    days, every = min(days, FARTHEST), math.ceil(len(memories) / FOLLOWED)
    start, followed = Memories.of(memories[::every], now), stakes[::every]
    seconds, worth = _arrays(followed)
    without = float(np.average(start.recall(days, unseen), weights=worth))
    if without >= TARGET or days < 1:
        return Plan(days, 0, without, without)
    low, high = 0, min(LONGEST, math.ceil(float(seconds.sum()) * every / 60.0))
    best = forecast(start, followed, days, high / every, unseen)
    while best >= TARGET and high - low > 1:
        middle = (low + high) // 2
        reached = forecast(start, followed, days, middle / every, unseen)
        if reached >= TARGET:
            high, best = middle, reached
        else:
            low = middle
    return Plan(days, high, best, without)


def forecast(
    start: Memories, stakes: Sequence[Stake], days: int, minutes: float, unseen: float = UNSEEN
) -> float:
    """The mean recall at an exam in so many days, with so many minutes on each of them.

    Each day takes the cards that gain most for their time, each at most once, until the minutes are used
    up.
    """
    seconds, worth = _arrays(stakes)
    reached = []
    for seed in range(DRAWS):
        luck = np.random.default_rng(seed)
        memories = start
        for day in range(days):
            rate = gains(memories, days - day, unseen) * worth / seconds
            chosen = _chosen(rate, seconds, 60.0 * minutes)
            known = luck.random(len(seconds)) < memories.recall(0.0, unseen)
            asked = memories.reviewed(Grade.GOT).where(known, memories.reviewed(Grade.MISSED))
            memories = asked.where(chosen, memories).later(1.0)
        reached.append(float(np.average(memories.recall(0.0, unseen), weights=worth)))
    return sum(reached) / len(reached)


def _chosen(rate: Array, seconds: Array, budget: float) -> Flags:
    """The best cards that a budget of seconds pays for, none that gains nothing."""
    best = np.argsort(-rate, kind="stable")
    fits = np.cumsum(seconds[best]) <= budget
    chosen = np.zeros(len(seconds), dtype=bool)
    chosen[best[fits]] = True
    return chosen & (rate > 0.0)


def _arrays(stakes: Sequence[Stake]) -> tuple[Array, Array]:
    table = np.array([(one.seconds, one.worth) for one in stakes], dtype=float).reshape(-1, 2)
    return table[:, 0], table[:, 1]
