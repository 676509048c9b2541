"""Replicates: every arm under the same seeds, until what is asked is known well enough."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stakhanov.experiments.alike import first_alike
from stakhanov.experiments.intervals import Interval, half_width
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.reading import Reading
from stakhanov.experiments.trial import Design, Trial
from stakhanov.foundation.problem import BadInput, Problem

MOST = 64


@dataclass(frozen=True)
class Values:
    """What was read of every arm; one value a seed, the same seeds for all: arms share their luck."""

    seeds: tuple[int, ...]
    read: Mapping[tuple[str, Reading], NDArray[np.float64]]
    alike: Mapping[str, str] = field(default_factory=dict)  # the first arm with the very same runs

    def of(self, arm: str, what: Reading) -> NDArray[np.float64]:
        """Values of one arm, by seed."""
        return self.read[arm, what]

    def gap(self, arm: str, versus: str | float, what: Reading) -> NDArray[np.float64]:
        """Paired differences of an arm to another, or to a number, by seed."""
        other = self.read[versus, what] if isinstance(versus, str) else float(versus)
        return np.asarray(self.read[arm, what] - other)


@dataclass(frozen=True)
class Precision:
    """How narrow intervals are to be, and how many replicates that may cost at most."""

    width: float
    most: int = MOST

    def __post_init__(self) -> None:
        """Raises BadInput."""
        problems = []
        if not (math.isfinite(self.width) and self.width > 0.0):
            problems.append(Problem("precision", "must be above 0", f"{self.width:g}"))
        if self.most < 2:
            must = "must be at least 2, for one value has no interval"
            problems.append(Problem("most", must, str(self.most)))
        if problems:
            raise BadInput(problems)


Wanted = Callable[[Values], list[Interval]]


def first_seeds(seed: int, number: int) -> list[int]:
    """The seeds of so many replicates. Raises BadInput."""
    if number < 1:
        raise BadInput([Problem("replicates", "must be at least 1", str(number))])
    return list(range(seed, seed + number))


def read_off(
    laboratory: Laboratory,
    designs: Mapping[str, Design],
    seeds: Sequence[int],
    what: Sequence[Reading],
) -> Values:
    """Every reading of every design at every seed. Raises BadInput for periods that no run has."""
    for design in designs.values():
        for one in what:
            one.span(design.campaign, design.periods)
    trials = [Trial(design, seed) for design in designs.values() for seed in seeds]
    outcomes = laboratory.run(trials)
    size = len(seeds)
    own = {name: outcomes[place * size :][:size] for place, name in enumerate(designs)}
    read = {
        (name, one): np.array([one.of(outcome, design.campaign) for outcome in own[name]])
        for name, design in designs.items()
        for one in what
    }
    return Values(tuple(seeds), read, first_alike(own))


def grown(
    laboratory: Laboratory,
    designs: Mapping[str, Design],
    seeds: Sequence[int],
    what: Sequence[Reading],
    until: tuple[Precision, Wanted] | None = None,
) -> Values:
    """Every reading, with more seeds until the wanted intervals are narrow enough or the most are used."""
    chosen = list(seeds)
    values = read_off(laboratory, designs, chosen, what)
    if until is None:
        return values
    precision, wanted = until
    while len(chosen) < precision.most:
        widest = widest_of(wanted(values))
        if widest <= precision.width:
            break
        number = next_number(len(chosen), widest, precision)
        chosen += range(max(chosen) + 1, max(chosen) + 1 + number - len(chosen))
        values = read_off(laboratory, designs, chosen, what)
    return values


def widest_of(intervals: Sequence[Interval]) -> float:
    """The width of the widest; infinite where one is not known yet."""
    widths = [one.width if math.isfinite(one.width) else math.inf for one in intervals]
    return max(widths, default=0.0)


def next_number(number: int, widest: float, precision: Precision) -> int:
    """How many replicates to look at next: as many as would do, at least one more, at most twice as many."""
    most = min(2 * number, precision.most) if number > 1 else min(4, precision.most)
    if not math.isfinite(widest):
        return most
    spread = widest / (2.0 * half_width(1.0, number))
    for next_one in range(number + 1, most):
        if 2.0 * half_width(spread, next_one) <= precision.width:
            return next_one
    return max(most, number + 1)
