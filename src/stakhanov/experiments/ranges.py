"""Addresses and the ranges that they are moved over together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from stakhanov.experiments.arms import Base
from stakhanov.foundation.address import leaves, within
from stakhanov.foundation.problem import BadInput, Problem


@dataclass(frozen=True)
class Range:
    """An address that is moved from one value to another, over whole numbers where it takes no others."""

    address: str
    low: float
    high: float
    whole: bool = False

    def at(self, share: float) -> float | int:
        """The value so far along the range, from 0 to 1."""
        if not self.whole:
            return float(f"{self.low + share * (self.high - self.low):.12g}")  # without dust
        number = int(abs(self.high - self.low)) + 1
        step = min(int(share * number), number - 1)
        return int(self.low) + (step if self.high > self.low else -step)


def ranges_over(base: Base, spans: Mapping[str, Sequence[float]]) -> list[Range]:
    """Ranges by address. Raises BadInput for every end that the declarations do not allow."""
    present = leaves(base.workforce.plain()) | leaves(base.campaign.plain())
    found, problems = [], entangled(list(spans))
    for address, (low, high) in spans.items():
        there = present.get(address)
        whole = isinstance(there, int) and not isinstance(there, bool)
        if isinstance(there, (bool, str, list, dict)):
            must = "must be a number, to be moved over a range"
            problems.append(Problem(address, must, str(there)))
            continue
        if whole and not (float(low).is_integer() and float(high).is_integer()):
            must = "must go from one whole number to another"
            problems.append(Problem(address, must, f"{low:g}:{high:g}"))
            continue
        one = Range(address, float(low), float(high), whole)
        problems += _refused(base, one)
        found.append(one)
    if problems:
        raise BadInput(dict.fromkeys(problems))
    return found


def _refused(base: Base, one: Range) -> list[Problem]:
    """What the declarations have against either end."""
    problems: list[Problem] = []
    for share in (0.0, 1.0):
        try:
            base.design({one.address: one.at(share)})
        except BadInput as error:
            problems += error.problems
    return problems


def entangled(addresses: Sequence[str]) -> list[Problem]:
    """What is wrong with addresses that lie in each other."""
    must = "must be another address than the others"
    return [
        Problem(one, must, other)
        for one, other in combinations(addresses, 2)
        if within(one, other) or within(other, one)
    ]


def placed(ranges: Sequence[Range], shares: Sequence[float]) -> dict[str, Any]:
    """The values by address at a point, given as shares of every range."""
    return {one.address: one.at(float(share)) for one, share in zip(ranges, shares, strict=True)}
