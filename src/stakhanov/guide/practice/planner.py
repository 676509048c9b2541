"""The days until an exam: which card to ask now, and how many minutes a day it takes.

Cards are asked in the order of what they gain per second that they cost. A plan follows that order day by
day in the model of `schedule`: a forecast inside that model, no promise.
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


def unseen_chance(known: int, asked: int) -> float:
    """The chance that something new is known, from the first answers so far and the assumption before them."""
    return (UNSEEN * PRIOR + known) / (PRIOR + asked)


def gains(memories: Memories, days: float, unseen: float = UNSEEN) -> Array:
    """What recalling each card now adds to the chance of recalling it at the exam, or a week ahead."""
    ahead = min(days, SIGHT)
    return memories.reviewed(Grade.GOT).recall(ahead, unseen) - memories.recall(ahead, unseen)


def order(
    memories: Sequence[Memory | None],
    now: datetime,
    days: float,
    seconds: Sequence[float],
    unseen: float = UNSEEN,
) -> list[int]:
    """Places of cards, the one that gains most per second first; those that gain nothing worth it left out."""
    if not memories:
        return []
    gain = gains(Memories.of(memories, now), days, unseen)
    rate = gain / np.asarray(seconds, dtype=float)
    best = np.argsort(-rate, kind="stable")
    return [int(place) for place in best if gain[place] >= WORTH]


def plan(
    memories: Sequence[Memory | None],
    now: datetime,
    days: int,
    seconds: Sequence[float],
    unseen: float = UNSEEN,
) -> Plan:
    """The least minutes a day that bring the mean recall at the exam to the target.

    `days` are those on which one can still learn, today included; `seconds` is what each card costs.
    """
    if not memories:
        return Plan(days, 0, 1.0, 1.0)
    days, every = min(days, FARTHEST), math.ceil(len(memories) / FOLLOWED)
    start = Memories.of(memories[::every], now)
    cost = np.asarray(seconds[::every], dtype=float)
    without = float(start.recall(days, unseen).mean())
    if without >= TARGET or days < 1:
        return Plan(days, 0, without, without)
    low, high = 0, min(LONGEST, math.ceil(float(cost.sum()) * every / 60.0))
    best = forecast(start, cost, days, high / every, unseen)
    while best >= TARGET and high - low > 1:
        middle = (low + high) // 2
        reached = forecast(start, cost, days, middle / every, unseen)
        if reached >= TARGET:
            high, best = middle, reached
        else:
            low = middle
    return Plan(days, high, best, without)


def forecast(
    start: Memories, cost: Array, days: int, minutes: float, unseen: float = UNSEEN
) -> float:
    """The mean recall at an exam in so many days, with so many minutes on each of them.

    Each day takes the cards that gain most per second, each at most once, until the time is used up.
    """
    reached = []
    for seed in range(DRAWS):
        luck = np.random.default_rng(seed)
        memories = start
        for day in range(days):
            chosen = _chosen(memories, cost, days - day, 60.0 * minutes, unseen)
            known = luck.random(len(cost)) < memories.recall(0.0, unseen)
            asked = memories.reviewed(Grade.GOT).where(known, memories.reviewed(Grade.MISSED))
            memories = asked.where(chosen, memories).later(1.0)
        reached.append(float(memories.recall(0.0, unseen).mean()))
    return sum(reached) / len(reached)


def _chosen(memories: Memories, cost: Array, days: float, budget: float, unseen: float) -> Flags:
    gain = gains(memories, days, unseen)
    best = np.argsort(-gain / cost, kind="stable")
    fits = np.cumsum(cost[best]) <= budget
    chosen = np.zeros(len(cost), dtype=bool)
    chosen[best[fits]] = True
    return chosen & (gain > 0.0)
