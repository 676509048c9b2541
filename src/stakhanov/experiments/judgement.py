"""What candidates come to: goals and limits, read off runs that share their luck with the present campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from stakhanov.experiments.arms import Base
from stakhanov.experiments.goals import Goal
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.limits import (
    STRAIN,
    Limit,
    Values,
    hours_limit,
    hours_of,
    own_strain,
    strain_limit,
)
from stakhanov.experiments.pareto import front_of, spread_out
from stakhanov.experiments.search import Found
from stakhanov.experiments.trial import Design, Outcome, Trial
from stakhanov.foundation.problem import BadInput


class Judgement:
    """What candidates come to under some seeds, the present campaign under the same."""

    def __init__(
        self, base: Base, goals: Sequence[Goal], room: Laboratory, seeds: tuple[int, ...]
    ) -> None:
        self.base = base
        self.goals = goals
        self.room = room
        self.seeds = seeds
        self.present = base.design()
        self.stated = strain_limit(self.present.campaign, self.present.periods)
        self.hours = hours_limit(self.present.campaign, self.present.periods)
        self.tried: dict[str, tuple[Mapping[str, Any], Found]] = {}
        self.refused = 0
        self.own: list[Limit] = []

    def __call__(self, candidates: Sequence[Mapping[str, Any]]) -> list[Found | None]:
        """A whole generation at once, the runs side by side."""
        designs = [self._design(one) for one in candidates]
        self.outcomes([self.present, *(one for one in designs if one is not None)])
        found: list[Found | None] = []
        for at, design in zip(candidates, designs, strict=True):
            one = None if design is None else self._judged(design)
            if one is None:
                self.refused += 1
            elif design is not None:
                self.tried.setdefault(design.digest, (at, one))
            found.append(one)
        return found

    @property
    def beyond(self) -> int:
        """Candidates that a limit forbids."""
        return sum(not found.allowed for _, found in self.tried.values())

    @property
    def limit_told(self) -> Limit:
        """The limit of strain; where it is the present campaign's own, the largest of all seeds."""
        if self.stated is not None:
            return self.stated
        return max(self.limits(), key=lambda one: one.largest)

    def best(self, number: int) -> list[Mapping[str, Any]]:
        """At most so many candidates within the limits that nothing beats, far from each other."""
        allowed = [(at, one) for at, one in self.tried.values() if one.allowed]
        if not allowed:
            return []
        worth = np.array([one.worth for _, one in allowed])
        return [allowed[place][0] for place in spread_out(worth, front_of(worth), number)]

    def outcomes(self, designs: Sequence[Design]) -> list[list[Outcome]]:
        """The outcomes of designs, seed by seed."""
        trials = [Trial(design, seed) for design in designs for seed in self.seeds]
        found = self.room.run(trials)
        number = len(self.seeds)
        return [found[place : place + number] for place in range(0, len(found), number)]

    def limits(self) -> list[Limit]:
        """The limit of strain under every seed: stated, or what people bear under the same seed already."""
        if self.stated is not None:
            return [self.stated] * len(self.seeds)
        if not self.own:
            [outcomes] = self.outcomes([self.present])
            self.own = [own_strain(one.series[STRAIN]) for one in outcomes]
        return self.own

    def excess(self, design: Design, outcomes: Sequence[Outcome]) -> dict[str, float]:
        """How far strain and hours go beyond their limits where they go farthest, over seeds and periods."""
        strain = max(
            limit.excess(one.series[STRAIN])
            for limit, one in zip(self.limits(), outcomes, strict=True)
        )
        return {
            "strain": strain,
            "hours": self.hours.excess(hours_of(design.campaign, design.periods)),
        }

    def values(self, design: Design, outcomes: Sequence[Outcome]) -> Values:
        """Goals across, seeds down."""
        return np.array(
            [[goal.of(one, design.campaign) for goal in self.goals] for one in outcomes]
        )

    def _design(self, at: Mapping[str, Any]) -> Design | None:
        try:
            return self.base.design(at)
        except BadInput:
            return None  # chapters of the campaign that do not agree

    def _judged(self, design: Design) -> Found | None:
        [outcomes] = self.outcomes([design])
        worth = signs(self.goals) * self.values(design, outcomes).mean(axis=0)
        if not np.all(np.isfinite(worth)):
            return None
        return Found(tuple(worth.tolist()), self.excess(design, outcomes))


def signs(goals: Sequence[Goal]) -> Values:
    """1 where more of a goal is better, else -1."""
    return np.array([1.0 if goal.more else -1.0 for goal in goals])
