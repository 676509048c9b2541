"""Unknowns: traits of people that reports are to tell, each within a range."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stakhanov.experiments.addresses import chapters
from stakhanov.experiments.arms import Base
from stakhanov.experiments.ranges import ranges_over
from stakhanov.foundation.address import leaves
from stakhanov.foundation.problem import BadInput, Problem

#: What is asked for where nobody says: how much people make, how they differ, how noisy they are, what
#: money moves. Ranges are wide beside the values that trials of the model used.
USUAL: Mapping[str, tuple[float, float]] = {
    "effort.drive": (0.2, 5.0),
    "ability.log_sd": (0.0, 0.8),
    "effort.noise": (0.02, 2.0),
    "money.value": (0.0, 1.0),
}
#: A range that goes so many times up is walked by ratios instead of differences.
MANY_TIMES = 10.0


@dataclass(frozen=True)
class Unknown:
    """A trait and the range in which it is sought; `present` is what the workforce has."""

    address: str
    low: float
    high: float
    present: float

    @property
    def by_ratio(self) -> bool:
        """Whether equal steps are equal ratios: a trait above 0 whose range goes up many times."""
        return self.low > 0.0 and self.high >= MANY_TIMES * self.low

    def at(self, share: float) -> float:
        """The value so far along the range, from 0 to 1."""
        if self.by_ratio:
            value = self.low * math.exp(share * math.log(self.high / self.low))
        else:
            value = self.low + share * (self.high - self.low)
        return float(f"{min(max(value, self.low), self.high):.12g}")

    def slope(self, share: float) -> float:
        """How fast the value changes there, a whole range at a time."""
        width = self.high - self.low
        return self.at(share) * math.log(self.high / self.low) if self.by_ratio else width

    def share(self, value: float) -> float:
        """Where a value lies, from 0 to 1; the middle of the range where it lies outside."""
        if not self.low <= value <= self.high:
            return 0.5
        if self.by_ratio:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def unknowns_over(base: Base, asked: Mapping[str, Sequence[float]]) -> list[Unknown]:
    """Unknowns by address. Raises BadInput for what is no trait of people, and ends that are not allowed."""
    rules, _ = chapters()
    problems = []
    if not asked:
        problems.append(Problem("free", "must name a trait, as ADDRESS=FROM:TO", "nothing"))
    for address in asked:
        if address.partition(".")[0] in rules:
            must = "must be a trait of the workforce: rules are what the campaign says"
            hint = f"state it with --set {address}=..."
            problems.append(Problem(address, must, "a rule of the campaign", hint))
    spans = {
        a: (min(span), max(span)) for a, span in asked.items() if a.partition(".")[0] not in rules
    }
    ranges = []
    try:
        ranges = ranges_over(base, spans)
    except BadInput as error:
        problems += error.problems
    must = "must be a number that can move by less than one"
    problems += [Problem(one.address, must, "a whole one") for one in ranges if one.whole]
    if problems:
        raise BadInput(dict.fromkeys(problems))
    present = leaves(base.workforce.plain())
    return [
        Unknown(one.address, one.low, one.high, float(present.get(one.address, math.nan)))
        for one in ranges
    ]


def placed(unknowns: Sequence[Unknown], shares: Sequence[float]) -> dict[str, Any]:
    """The values by address at a point, given as shares of every range."""
    return {one.address: one.at(float(share)) for one, share in zip(unknowns, shares, strict=True)}
