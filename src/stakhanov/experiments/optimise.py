"""Optimise: which rules serve several goals best, within limits of strain and hours that no goal can buy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl

from stakhanov.experiments.arms import Base
from stakhanov.experiments.choices import (
    Asked,
    Choice,
    check_hours,
    choices_over,
    first_day,
    present_of,
)
from stakhanov.experiments.goals import EVERY_GOAL, Goal, goals_named
from stakhanov.experiments.intervals import Interval, interval_of
from stakhanov.experiments.judgement import Judgement, signs
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.limits import STRAIN, Limit, Values, hours_limit, hours_of
from stakhanov.experiments.pareto import front_of
from stakhanov.experiments.replicates import first_seeds
from stakhanov.experiments.search import EXTRA, PACKAGE, search
from stakhanov.experiments.trial import Outcome
from stakhanov.foundation.extras import need
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce

#: With these norms never follow what people report; orders stay.
NO_RATCHET = {"norms.revision.up": 0.0, "norms.revision.down": 0.0}


@dataclass(frozen=True)
class Budget:
    """How many candidates are tried, how many go to fresh seeds, and how many seeds those are."""

    trials: int = 100
    fresh: int = 8
    front: int = 12

    def __post_init__(self) -> None:
        """Raises BadInput."""
        least = {"trials": 1, "fresh": 2, "front": 1}
        problems = [
            Problem(name, f"must be at least {low}", str(getattr(self, name)))
            for name, low in least.items()
            if getattr(self, name) < low
        ]
        if problems:
            raise BadInput(problems)


@dataclass(frozen=True)
class Policy:
    """Rules and what they came to on fresh seeds."""

    at: Mapping[str, Any]  # of the present campaign, what holds on its first day
    values: tuple[Interval, ...]  # by goal
    gains: tuple[Interval, ...]  # over the present campaign, paired by seed
    strain: float  # largest mean of a period, over all seeds
    hours: float  # longest day
    ratchet: Interval  # true output without the ratchet less that with it, paired by seed
    within: bool  # the limits, on every fresh seed
    kept: bool  # on the front


@dataclass(frozen=True)
class Optimum:
    """The front and the present campaign, as they stand on fresh seeds."""

    goals: tuple[Goal, ...]
    choices: tuple[Choice, ...]
    present: Policy
    policies: tuple[Policy, ...]  # all that went to fresh seeds, the front first, by the first goal
    strain: Limit
    hours: Limit
    tried: int
    refused: int
    beyond: int
    seeds: tuple[int, ...]
    fresh: tuple[int, ...]

    @property
    def front(self) -> list[Policy]:
        """What nothing else beats and no limit forbids, without the present campaign."""
        return [one for one in self.policies if one.kept]

    @property
    def table(self) -> pl.DataFrame:
        """A row for the present campaign and every policy: addresses, goals, gains, strain, hours, ratchet."""
        return pl.DataFrame(
            [self._row(one) for one in (self.present, *self.policies)], strict=False
        )

    def _row(self, one: Policy) -> dict[str, Any]:
        row: dict[str, Any] = {"policy": self.name(one), "front": one.kept, "within": one.within}
        for choice in self.choices:
            value = one.at.get(choice.address)
            plain = value is None or isinstance(value, (bool, int, float, str))
            row[choice.address] = value if plain else str(value)
        for goal, value, gain in zip(self.goals, one.values, one.gains, strict=True):
            row |= _bounds(goal.name, value) | _bounds(f"{goal.name}_gain", gain)
        return {
            **row,
            "strain": one.strain,
            "hours": one.hours,
            **_bounds("ratchet_price", one.ratchet),
        }

    def name(self, one: Policy) -> str:
        """A policy's number, or that it is the present."""
        return "present" if one is self.present else str(1 + self.policies.index(one))


def _bounds(name: str, one: Interval) -> dict[str, float]:
    return {name: one.mean, f"{name}_low": one.low, f"{name}_high": one.high}


def optimise(
    campaign: Campaign | str | Path,
    vary: Asked,
    workforce: Workforce | str | Path = "soviet-industry",
    *,
    goals: Sequence[str] = EVERY_GOAL,
    workers: int | Literal["all"] | None = 2_000,
    periods: int | None = None,
    seed: int = 1,
    replicates: int = 2,
    trials: int = 100,
    fresh: int = 8,
    front: int = 12,
    store: Path | str | None = None,
    laboratory: Laboratory | None = None,
) -> Optimum:
    """Rules that serve several goals: `vary` has a pair (from, to) or a list of values by address.

    `trials` candidates are run under `replicates` seeds; at most `front` of those that nothing beats are run
    again under `fresh` other seeds, and only these values are told. Limits are `limits.strain` and
    `limits.hours` of the campaign; where it states none, what it has already. Needs the extra `optimise`.
    Raises BadInput with every problem.
    """
    need(EXTRA, PACKAGE, "optimise")
    budget = Budget(trials, fresh, front)
    base = Base.of(campaign, workforce, workers=workers, periods=periods)
    choices = choices_over(base, vary)
    with laboratory or Laboratory.at(store) as room:
        seeds = first_seeds(seed, replicates)
        return optimised(base, choices, room, seeds, goals_named(goals), budget=budget)


def optimised(
    base: Base,
    choices: Sequence[Choice],
    room: Laboratory,
    seeds: Sequence[int],
    goals: Sequence[Goal],
    *,
    budget: Budget | None = None,
) -> Optimum:
    """Search, then run what nothing beats again under fresh seeds. Raises BadInput."""
    asked = budget or Budget()
    present = base.design()
    hours = hours_limit(present.campaign, present.periods)
    check_hours(base, choices, hours)
    judge = Judgement(base, goals, room, tuple(seeds))
    search(choices, len(goals), judge, asked.trials, present_of(base, choices))
    fresh = first_seeds(max(seeds) + 1, asked.fresh)
    renewed = Judgement(base, goals, room, tuple(fresh))
    policies = _renewed(renewed, judge.best(asked.front))
    return Optimum(
        goals=tuple(goals),
        choices=tuple(choices),
        present=replace(policies[0], at=first_day(base, choices)),
        policies=tuple(policies[1:]),
        strain=renewed.limit_told,
        hours=hours,
        tried=len(judge.tried),
        refused=judge.refused,
        beyond=judge.beyond,
        seeds=tuple(seeds),
        fresh=tuple(fresh),
    )


def _renewed(judge: Judgement, candidates: Sequence[Mapping[str, Any]]) -> list[Policy]:
    """The present campaign and candidates as they stand under the judge's seeds, the best output first."""
    places = [{}, *candidates]
    designs = [judge.base.design(at) for at in places]
    twins = [judge.base.design({**at, **NO_RATCHET}) for at in places]
    outcomes = judge.outcomes([*designs, *twins])
    own, without = outcomes[: len(places)], outcomes[len(places) :]
    values = [judge.values(*both) for both in zip(designs, own, strict=True)]
    within = [max(judge.excess(*both).values()) <= 0.0 for both in zip(designs, own, strict=True)]
    known = [bool(np.all(np.isfinite(one))) for one in values]
    allowed = [place for place, fits in enumerate(within) if fits and known[place]]
    worth = np.array([signs(judge.goals) * values[place].mean(axis=0) for place in allowed])
    kept = {allowed[place] for place in front_of(worth)} if allowed else set()
    policies = [
        Policy(
            at=at,
            values=_intervals(values[place]),
            gains=_intervals(values[place] - values[0]),
            strain=max(float(np.max(one.series[STRAIN])) for one in own[place]),
            hours=float(hours_of(designs[place].campaign, designs[place].periods).max()),
            ratchet=interval_of(_output(without[place]) - _output(own[place])),
            within=within[place],
            kept=place in kept,
        )
        for place, at in enumerate(places)
    ]
    sign = 1.0 if judge.goals[0].more else -1.0
    return [
        policies[0],
        *sorted(policies[1:], key=lambda one: (not one.kept, -sign * one.values[0].mean)),
    ]


def _intervals(values: Values) -> tuple[Interval, ...]:
    return tuple(interval_of(column) for column in values.T)


def _output(outcomes: Sequence[Outcome]) -> Values:
    return np.array([one.measures["true_output"] for one in outcomes])
