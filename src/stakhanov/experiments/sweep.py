"""A sweep: one campaign at many values of one address or two, all on the same luck."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl

from stakhanov.experiments.alike import alike_values, in_vain, named
from stakhanov.experiments.arms import Base
from stakhanov.experiments.intervals import Interval, interval_of
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.reading import Reading, readings
from stakhanov.experiments.replicates import Precision, Values, first_seeds, grown
from stakhanov.experiments.trial import Design
from stakhanov.foundation.address import within
from stakhanov.foundation.caution import Caution
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.written import written

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce

MOST_AXES = 2
#: Values of a grid; more of them are a slip of the hand.
MOST_VALUES = 10_000
#: Digits of a value where it is told.
LEAST_DIGITS, MOST_DIGITS = 4, 13


@dataclass(frozen=True)
class Axis:
    """An address and the values that it is given."""

    address: str
    values: tuple[Any, ...]

    @property
    def numeric(self) -> bool:
        """Whether the values can be placed along a line."""
        return all(
            isinstance(one, (int, float)) and not isinstance(one, bool) for one in self.values
        )

    @property
    def labels(self) -> list[str]:
        """What the values are called: numbers with as many digits as keep them apart."""
        if not self.numeric:
            return [written(one) for one in self.values]
        for digits in range(LEAST_DIGITS, MOST_DIGITS):
            labels = [f"{one:.{digits}g}" for one in self.values]
            if len(set(labels)) == len(labels):
                return labels
        return [str(one) for one in self.values]


@dataclass(frozen=True)
class Point:
    """One place of the grid and what was measured there."""

    at: Mapping[str, Any]
    measures: Mapping[Reading, Interval]


@dataclass(frozen=True)
class Sweep:
    """All places of the grid, in the order of the axes, the last one running fastest."""

    axes: tuple[Axis, ...]
    points: tuple[Point, ...]
    values: Values
    designs: Mapping[str, Design]
    precision: Precision | None = None
    cautions: tuple[Caution, ...] = ()

    @property
    def replicates(self) -> int:
        """Seeds under which every point was run."""
        return len(self.values.seeds)

    @property
    def readings(self) -> list[Reading]:
        """What was measured."""
        return list(self.points[0].measures)

    @property
    def table(self) -> pl.DataFrame:
        """A row for every point and measure: the addresses, measure, value, low, high, unit."""
        rows = [
            {
                **{address: _cell(value) for address, value in point.at.items()},
                "measure": str(what),
                "value": one.mean,
                "low": one.low,
                "high": one.high,
                "unit": what.about.unit,
            }
            for point in self.points
            for what, one in point.measures.items()
        ]
        return pl.DataFrame(rows, strict=False)


def sweep(
    campaign: Campaign | str | Path,
    vary: Mapping[str, Sequence[Any]],
    workforce: Workforce | str | Path = "soviet-industry",
    *,
    workers: int | Literal["all"] | None = 20_000,
    periods: int | None = None,
    seed: int = 1,
    replicates: int = 4,
    measures: Sequence[str] = ("true_output",),
    store: Path | str | None = None,
    laboratory: Laboratory | None = None,
) -> Sweep:
    """A campaign at many values of one address or two: `vary` has the values by address.

    All points share their luck. Runs are kept in the folder `store`, if one is given. Raises BadInput with
    every problem.
    """
    base = Base.of(campaign, workforce, workers=workers, periods=periods)
    axes = [axis_over(address, values) for address, values in vary.items()]
    with laboratory or Laboratory.at(store) as room:
        return swept(base, axes, room, first_seeds(seed, replicates), readings(measures))


def swept(
    base: Base,
    axes: Sequence[Axis],
    room: Laboratory,
    seeds: Sequence[int],
    what: Sequence[Reading],
    *,
    precision: Precision | None = None,
) -> Sweep:
    """The base at every point of the grid. Raises BadInput with every problem of the grid."""
    check_axes(axes)
    places = [
        dict(zip((axis.address for axis in axes), at, strict=True))
        for at in product(*(axis.values for axis in axes))
    ]
    names = [", ".join(f"{a}={v}" for a, v in at.items()) for at in places]
    designs = {name: _at(base, at, name) for name, at in zip(names, places, strict=True)}

    def widths(values: Values) -> list[Interval]:
        return [interval_of(values.of(name, what[0])) for name in names]

    until = None if precision is None else (precision, widths)
    values = grown(room, designs, list(seeds), what, until)
    points = [
        Point(at, {one: interval_of(values.of(name, one)) for one in what})
        for name, at in zip(names, places, strict=True)
    ]
    cautions = _cautions(axes, values, designs)
    return Sweep(tuple(axes), tuple(points), values, designs, precision, tuple(cautions))


def _cautions(
    axes: Sequence[Axis], values: Values, designs: Mapping[str, Design]
) -> Iterator[Caution]:
    """Values that make no difference to any run, and those for which the runs are too short."""
    names = np.array(list(designs), dtype=object).reshape([len(axis.values) for axis in axes])
    late: dict[Caution, None] = {}
    for place, axis in enumerate(axes):
        by_value = np.moveaxis(names, place, 0).reshape(len(axis.values), -1).tolist()
        came = [[values.alike[name] for name in own] for own in by_value]
        yield from alike_values(axis.address, axis.labels, came)
        own = dict(zip(axis.labels, by_value, strict=True))
        every = {label: [designs[name] for name in own[label]] for label in own}
        late |= dict.fromkeys(in_vain(every, [axis.address], lambda at: f"at {named(at)}"))
    yield from late


def axis_of(text: str, option: str = "vary") -> Axis:
    """`ADDRESS=FROM:TO:N`, so many values evenly from one to the other, or `ADDRESS=v1,v2,...`.

    Raises BadInput.
    """
    address, sign, told = (part.strip() for part in text.partition("="))
    if not sign or not address or _half_a_grid(told):
        must = "must be given as ADDRESS=FROM:TO:N or ADDRESS=v1,v2,..."
        raise BadInput([Problem(option, must, text)])
    evenly = told.count(":") == 2 and "{" not in told
    return axis_over(address, _grid(address, told) if evenly else _listed(told))


def _half_a_grid(told: str) -> bool:
    """Whether what is told is FROM:TO, without how many."""
    ends = told.split(":")
    try:
        return len(ends) == 2 and all(math.isfinite(float(end)) for end in ends)
    except ValueError:
        return False


def axis_over(address: str, values: Sequence[Any]) -> Axis:
    """An address and its values. Raises BadInput where there are none, or one twice."""
    if not len(values):
        raise BadInput([Problem(address, "must be given at least one value", "an empty grid")])
    twice = [one for place, one in enumerate(values) if one in values[:place]]
    if twice:
        raise BadInput([Problem(address, "must be given each value once", f"{twice[0]} twice")])
    return Axis(address, tuple(values))


def span_of(text: str, option: str = "vary") -> tuple[str, float, float]:
    """`ADDRESS=FROM:TO`. Raises BadInput."""
    address, sign, told = (part.strip() for part in text.partition("="))
    try:
        low, high = (float(part) for part in told.split(":"))
    except ValueError:
        sign = ""
    if not sign or not address or not (math.isfinite(low) and math.isfinite(high)):
        raise BadInput([Problem(option, "must be given as ADDRESS=FROM:TO, two numbers", text)])
    if low == high:
        raise BadInput([Problem(address, "must go from one value to another", told)])
    return address, low, high


def _grid(address: str, told: str) -> list[Any]:
    low, high, number = told.split(":")
    try:
        start, stop, count = float(low), float(high), int(number)
    except ValueError:
        must = "must be a grid FROM:TO:N of two numbers and a whole one"
        raise BadInput([Problem(address, must, told)]) from None
    if count > MOST_VALUES:
        raise BadInput([Problem(address, f"must be {MOST_VALUES:,} values at most", f"{count:,}")])
    if count < 1 or not (math.isfinite(start) and math.isfinite(stop)):
        return []
    if count > 1 and start == stop:
        raise BadInput([Problem(address, "must go from one value to another", told)])
    values = [float(f"{value:.12g}") for value in np.linspace(start, stop, count)]  # without dust
    whole = all(value.is_integer() for value in values) and "." not in told
    return [int(value) for value in values] if whole else list(values)


def _listed(told: str) -> list[Any]:
    try:
        listed = tomllib.loads(f"values = [{told}]")["values"]
    except tomllib.TOMLDecodeError:
        listed = [_value(part.strip()) for part in told.split(",") if part.strip()]
    return list(listed)


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def check_axes(axes: Sequence[Axis]) -> None:
    """One address or two, of which none lies in the other. Raises BadInput."""
    problems = []
    if not axes:
        must = "must be given once or twice, as ADDRESS=FROM:TO:N or ADDRESS=v1,v2,..."
        problems.append(Problem("vary", must, "nothing"))
    if len(axes) > MOST_AXES:
        must = f"must be given {MOST_AXES} times at most, one address each"
        problems.append(Problem("vary", must, f"{len(axes)} of them"))
    for place, axis in enumerate(axes):
        for other in axes[:place]:
            if within(axis.address, other.address) or within(other.address, axis.address):
                must = "must be another address than the other axis"
                problems.append(Problem(axis.address, must, other.address))
    if problems:
        raise BadInput(problems)


def _at(base: Base, at: Mapping[str, Any], name: str) -> Design:
    try:
        return base.design(at)
    except BadInput as error:
        told = [
            Problem(one.address, one.must, one.found, one.hint or f"at {name}")
            for one in error.problems
        ]
        raise BadInput(told) from None


def _cell(value: Any) -> Any:
    return value if isinstance(value, (bool, int, float, str)) else str(value)
