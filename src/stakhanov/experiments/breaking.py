"""Where an expectation stops holding as one address moves, by bisection on shared luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from stakhanov.experiments.addresses import parted
from stakhanov.experiments.arms import Base, base_of
from stakhanov.experiments.declaration import Expectation, Experiment
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.reading import reading
from stakhanov.experiments.replicates import read_off
from stakhanov.experiments.trial import Design
from stakhanov.experiments.verdict import Finding, finding
from stakhanov.foundation.address import within
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem

#: The break is known to one part in so many of the span.
PARTS = 64


@dataclass(frozen=True)
class Break:
    """Up to where an expectation holds. Bisection finds one break; it does not say that there is no other."""

    address: str
    expectation: Expectation
    holds_until: float | None  # none where it holds at both ends, or at neither
    fails_from: float | None
    tried: tuple[tuple[float, Finding], ...]  # in the order in which they were tried
    replicates: int

    @property
    def sentence(self) -> str:
        """The answer in words."""
        ends = f"{self.tried[0][0]:g} to {self.tried[1][0]:g}"
        if self.holds_until is None:
            where = "at both ends of" if self.tried[0][1].holds else "at neither end of"
            same = ", which make no difference" if self._unmoved else ""
            return f"{self.expectation.id} holds {where} {self.address} = {ends}{same}"
        return (
            f"{self.expectation.id} holds until {self.address} = {self.holds_until:g}"
            f" and no more from {self.fails_from:g}"
        )

    @property
    def _unmoved(self) -> bool:
        """Whether every value that was tried gave the very same differences."""
        return len({str(one.gap) for _, one in self.tried}) == 1

    @property
    def table(self) -> pl.DataFrame:
        """A row for every value that was tried, in order: value, difference, low, high, unit, holds."""
        return pl.DataFrame(
            [
                (value, one.gap.mean, one.gap.low, one.gap.high, one.unit, one.holds)
                for value, one in sorted(self.tried, key=lambda pair: pair[0])
            ],
            schema=[self.address, "difference", "low", "high", "unit", "holds"],
            orient="row",
        )


def find_break(
    experiment: Experiment,
    address: str,
    ends: tuple[float, float],
    room: Laboratory,
    *,
    expectation: str | None = None,
    base: Base | None = None,
    seeds: Sequence[int] | None = None,
) -> Break:
    """Bisect between two values of an address, at one of which the expectation holds and at the other not.

    The value goes to the expectation's arm alone where that arm sets the address itself, else to all arms
    that do not. The first expectation unless another is named. Raises BadInput.
    """
    asked = expectation_of(experiment, expectation)
    place = _place(experiment, asked, address)
    started = base or base_of(experiment)
    chosen = list(seeds or experiment.seeds_of)
    whole = _is_whole(started, address)
    if whole and not (float(ends[0]).is_integer() and float(ends[1]).is_integer()):
        must = "must go from one whole number to another"
        raise BadInput([Problem(address, must, f"{ends[0]:g}:{ends[1]:g}")])
    tried: list[tuple[float, Finding]] = []

    def at(value: float) -> Finding:
        given = int(value) if whole else value
        found = _found(experiment, asked, (place, address, given), (started, room, chosen))
        tried.append((value, found))
        return found

    low, high = ends
    first, last = at(low).holds, at(high).holds
    good, bad = (low, high) if first else (high, low)
    if first == last:
        return Break(address, asked, None, None, tuple(tried), len(chosen))
    least = max(abs(high - low) / PARTS, 1.0 if whole else 0.0)
    while abs(bad - good) > least:
        middle = _middle(good, bad, whole=whole)
        good, bad = (middle, bad) if at(middle).holds else (good, middle)
    return Break(address, asked, good, bad, tuple(tried), len(chosen))


def expectation_of(experiment: Experiment, name: str | None) -> Expectation:
    """An expectation by its id, or the first. Raises BadInput."""
    known = {one.id: one for one in experiment.expectations}
    if not known:
        must = "must have an expectation that can stop holding"
        raise BadInput([Problem(experiment.id, must, "none")])
    if name is None:
        return experiment.expectations[0]
    if name not in known:
        hint = hint_of(name, list(known))
        raise BadInput([Problem("expectation", "must be one of the experiment's", name, hint)])
    return known[name]


def _place(experiment: Experiment, asked: Expectation, address: str) -> str | None:
    """The arm that the value goes to; none for all that do not set the address themselves."""
    problems = parted({address: 0.0})[2]
    if problems:
        raise BadInput(problems)
    return asked.arm if _sets(experiment.differences[asked.arm], address) else None


def _sets(differences: dict[str, Any], address: str) -> bool:
    return any(within(address, one) or within(one, address) for one in differences)


def _is_whole(base: Base, address: str) -> bool:
    """Whether the address takes whole numbers only: half of one is refused, and one is not."""
    try:
        base.design({address: 1.5})
    except BadInput as error:
        return any("whole number" in one.must for one in error.problems)
    return False


def _found(
    experiment: Experiment,
    asked: Expectation,
    value: tuple[str | None, str, float],
    means: tuple[Base, Laboratory, list[int]],
) -> Finding:
    place, address, given = value
    base, room, seeds = means
    named = (asked.arm, asked.versus, *(asked.than or ()))
    names = dict.fromkeys(one for one in named if isinstance(one, str))
    tables = {}
    for name in names:
        own = experiment.differences[name]
        shared = {**experiment.set} if place is not None else {**experiment.set, address: given}
        tables[name] = {**shared, **own, **({address: given} if name == place else {})}
    values = read_off(room, _designs(base, tables, address), seeds, [reading(asked.measure)])
    return finding(asked, values)


def _designs(
    base: Base, tables: Mapping[str, Mapping[str, Any]], address: str
) -> dict[str, Design]:
    """The arms' designs; what is wrong with the address that moves is told once, of no arm."""
    try:
        return base.designs(tables)
    except BadInput as error:
        told = [(one.address.split(".", 2)[2], one) for one in error.problems]
        raise BadInput(
            dict.fromkeys(
                replace(one, address=rest) if within(address, rest) else one for rest, one in told
            )
        ) from None


def _middle(good: float, bad: float, *, whole: bool) -> float:
    middle = 0.5 * (good + bad)
    return float(round(middle)) if whole else middle
