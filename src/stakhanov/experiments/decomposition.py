"""What each rule of a campaign contributes: the exact Shapley value over all ways of taking rules out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl

from stakhanov.experiments.arms import Base
from stakhanov.experiments.intervals import Interval, interval_of
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.presence import is_there
from stakhanov.experiments.reading import Reading, reading
from stakhanov.experiments.replicates import Precision, Values, first_seeds, grown
from stakhanov.experiments.rules import RULES, Rule
from stakhanov.experiments.shapley import Worth, interactions, shapley
from stakhanov.experiments.trial import Design
from stakhanov.foundation.caution import Caution
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce


@dataclass(frozen=True)
class Share:
    """What one rule contributes, over replicates."""

    rule: Rule
    share: Interval


@dataclass(frozen=True)
class Together:
    """What two rules add together beyond what each adds alone."""

    rules: tuple[Rule, Rule]
    value: Interval


@dataclass(frozen=True)
class Decomposition:
    """A measure as it is without any of the rules, and what each adds to come to what it is with all."""

    what: Reading
    nothing: Interval  # with every rule out
    everything: Interval  # with every rule in
    shares: tuple[Share, ...]
    together: tuple[Together, ...]
    absent: tuple[Rule, ...]  # the campaign does not have them
    values: Values
    precision: Precision | None = None
    cautions: tuple[Caution, ...] = ()

    @property
    def total(self) -> float:
        """The sum of the shares: the measure with all rules less that with none."""
        return sum(one.share.mean for one in self.shares)

    @property
    def replicates(self) -> int:
        """Seeds under which every coalition was run."""
        return len(self.values.seeds)

    @property
    def table(self) -> pl.DataFrame:
        """A row a rule: rule, title, share, low, high."""
        return pl.DataFrame(
            {
                "rule": [one.rule.name for one in self.shares],
                "title": [one.rule.title for one in self.shares],
                "share": [one.share.mean for one in self.shares],
                "low": [one.share.low for one in self.shares],
                "high": [one.share.high for one in self.shares],
            }
        )


def decompose(
    campaign: Campaign | str | Path,
    measure: str = "true_output",
    workforce: Workforce | str | Path = "soviet-industry",
    *,
    rules: Sequence[str] | None = None,
    workers: int | Literal["all"] | None = 2_000,
    periods: int | None = None,
    seed: int = 1,
    replicates: int = 4,
    store: Path | str | None = None,
    laboratory: Laboratory | None = None,
) -> Decomposition:
    """What each rule of a campaign contributes to a measure: all rules that it has unless some are named.

    Every set of the rules is run, 2^k runs a replicate. Runs are kept in the folder `store`, if one is given.
    Raises BadInput with every problem.
    """
    base = Base.of(campaign, workforce, workers=workers, periods=periods)
    players = RULES if rules is None else rules_named(rules)
    with laboratory or Laboratory.at(store) as room:
        seeds = first_seeds(seed, replicates)
        return decomposed(base, reading(measure), room, seeds, rules=players)


def decomposed(
    base: Base,
    what: Reading,
    room: Laboratory,
    seeds: Sequence[int],
    *,
    rules: Sequence[Rule] = RULES,
    precision: Precision | None = None,
) -> Decomposition:
    """Run the campaign with every set of its rules taken out, all on the same luck, and share out the rest.

    2^k runs a seed, for k rules that the campaign has. Raises BadInput.
    """
    present, absent = _present(base, rules)
    designs = {str(mask): one for mask, one in enumerate(coalitions(base, present))}

    def shares(values: Values) -> list[Interval]:
        return [interval_of(column) for column in shapley(_worth(values, what)).T]

    until = None if precision is None else (precision, shares)
    values = grown(room, designs, list(seeds), [what], until)
    worth = _worth(values, what)
    both = interactions(worth)
    return Decomposition(
        what=what,
        nothing=interval_of(worth[:, 0]),
        everything=interval_of(worth[:, -1]),
        shares=tuple(map(Share, present, shares(values))),
        together=tuple(
            Together((present[i], present[j]), interval_of(both[:, i, j]))
            for i, j in combinations(range(len(present)), 2)
        ),
        absent=tuple(absent),
        values=values,
        precision=precision,
    )


def coalitions(base: Base, rules: Sequence[Rule]) -> list[Design]:
    """The base with every set of rules: bit i of the place says that rule i is in."""
    plain = base.campaign.plain()
    outs = [rule.out(plain) for rule in rules]
    found = []
    for mask in range(1 << len(rules)):
        differences: dict[str, Any] = {}
        for place, out in enumerate(outs):
            if not mask >> place & 1:
                differences |= out
        found.append(base.design(differences))
    return found


def rules_named(names: Iterable[str]) -> list[Rule]:
    """Rules by name, in their own order. Raises BadInput."""
    known = {rule.name: rule for rule in RULES}
    problems, asked = [], set()
    for name in names:
        if name not in known:
            hint = hint_of(name, list(known))
            problems.append(Problem("rules", "must name rules of a campaign", name, hint))
        asked.add(name)
    if problems:
        raise BadInput(problems)
    return [rule for rule in RULES if rule.name in asked]


def _present(base: Base, rules: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Rules that the campaign has, and those whose taking out changes nothing."""
    plain, whole = base.campaign.plain(), base.design()
    present: list[Rule] = []
    absent: list[Rule] = []
    for rule in rules:
        there = is_there(rule, whole, base.design(rule.out(plain)))
        (present if there else absent).append(rule)
    if not present:
        raise BadInput([Problem("rules", "must be rules that the campaign has", "none of them")])
    return present, absent


def _worth(values: Values, what: Reading) -> Worth:
    """What every coalition came to: seeds down, coalitions across."""
    number = len(values.read)
    return np.stack([values.of(str(mask), what) for mask in range(number)], axis=1)
