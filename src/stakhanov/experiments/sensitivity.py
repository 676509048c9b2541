"""Sensitivity: which of many addresses a measure hangs on, all moved at once on the same luck.

Morris's screening looks at all of them with few runs; what matters goes on to Sobol's shares of the variance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from stakhanov.experiments.arms import Base
from stakhanov.experiments.indices import (
    EXTRA,
    PACKAGE,
    Effect,
    Parts,
    Values,
    effects,
    shares,
)
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.ranges import Range, placed, ranges_over
from stakhanov.experiments.reading import Reading, readings
from stakhanov.experiments.replicates import first_seeds, read_off
from stakhanov.experiments.trial import Design
from stakhanov.foundation.extras import need
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce


@dataclass(frozen=True)
class Extent:
    """How many points are looked at, and which addresses go on from the screening."""

    trajectories: int = 10
    samples: int = 64  # 0: the screening alone
    keep: float = 0.1  # least mean size of effects, as a share of the largest, that goes on

    def __post_init__(self) -> None:
        """Raises BadInput."""
        problems = []
        if self.trajectories < 2:
            must = "must be at least 2, for one effect has no interval"
            problems.append(Problem("trajectories", must, str(self.trajectories)))
        if self.samples < 0 or self.samples == 1 or self.samples & (self.samples - 1):
            must = "must be a power of two from 2 on, or 0 for the screening alone"
            problems.append(Problem("samples", must, str(self.samples)))
        if not 0.0 <= self.keep <= 1.0:
            problems.append(Problem("keep", "must lie between 0 and 1", f"{self.keep:g}"))
        if problems:
            raise BadInput(problems)


@dataclass(frozen=True)
class Sensitivity:
    """What was found: for every measure, effects of all ranges and shares of those that were kept."""

    ranges: tuple[Range, ...]
    kept: tuple[Range, ...]
    effects: Mapping[Reading, tuple[Effect, ...]]
    shares: Mapping[Reading, tuple[Parts, ...]]  # none where the screening was all
    seeds: tuple[int, ...]
    points: int

    @property
    def replicates(self) -> int:
        """Seeds over which every point is a mean; the same for all points."""
        return len(self.seeds)

    @property
    def dropped(self) -> tuple[Range, ...]:
        """Ranges that the screening found to move little."""
        return tuple(one for one in self.ranges if one not in self.kept)

    @property
    def unmoving(self) -> tuple[Range, ...]:
        """Ranges that moved no measure at all, wherever the others stood."""
        by_range = zip(self.ranges, zip(*self.effects.values(), strict=True), strict=True)
        return tuple(one for one, own in by_range if all(each.size.mean == 0.0 for each in own))

    @property
    def table(self) -> pl.DataFrame:
        """A row for every measure and address: effects of the range, and shares of the variance."""
        rows = [
            self._row(what, one, effect)
            for what, found in self.effects.items()
            for one, effect in zip(self.ranges, found, strict=True)
        ]
        return pl.DataFrame(rows, schema_overrides=dict.fromkeys(_SHARES, pl.Float64))

    def parts(self, what: Reading, one: Range) -> Parts | None:
        """The shares of one range, where it was kept."""
        found = self.shares.get(what)
        return found[self.kept.index(one)] if found and one in self.kept else None

    def _row(self, what: Reading, one: Range, effect: Effect) -> dict[str, str | float | None]:
        parts = self.parts(what, one)
        told = () if parts is None else (parts.first, parts.total)
        numbers = [value for part in told for value in (part.mean, part.low, part.high)]
        nothing: list[float | None] = [None] * len(_SHARES)
        return {
            "measure": str(what),
            "unit": what.about.unit,
            "address": one.address,
            "from": one.low,
            "to": one.high,
            "effect": effect.mean,
            "effect_size": effect.size.mean,
            "effect_size_low": effect.size.low,
            "effect_size_high": effect.size.high,
            "effect_spread": effect.spread,
            **dict(zip(_SHARES, numbers or nothing, strict=True)),
        }


_SHARES = ("first", "first_low", "first_high", "total", "total_low", "total_high")


def sensitivity(
    campaign: Campaign | str | Path,
    vary: Mapping[str, Sequence[float]],
    workforce: Workforce | str | Path = "soviet-industry",
    *,
    workers: int | Literal["all"] | None = 2_000,
    periods: int | None = None,
    seed: int = 1,
    replicates: int = 1,
    measures: Sequence[str] = ("true_output",),
    trajectories: int = 10,
    samples: int = 64,
    keep: float = 0.1,
    store: Path | str | None = None,
    laboratory: Laboratory | None = None,
) -> Sensitivity:
    """Which of many addresses measures hang on: `vary` has (from, to) by address.

    `trajectories` of the screening, `samples` of the shares (a power of two; 0 goes without them), and the
    least mean size beside the largest that goes on to them (`keep`). All points share their luck. Needs the
    extra `sensitivity`. Runs are kept in the folder `store`, if one is given. Raises BadInput with every
    problem.
    """
    extent = Extent(trajectories, samples, keep)
    need(EXTRA, PACKAGE, "sensitivity")
    base = Base.of(campaign, workforce, workers=workers, periods=periods)
    ranges = ranges_over(base, vary)
    with laboratory or Laboratory.at(store) as room:
        seeds = first_seeds(seed, replicates)
        return sensed(base, ranges, room, seeds, readings(measures), extent=extent)


def sensed(
    base: Base,
    ranges: Sequence[Range],
    room: Laboratory,
    seeds: Sequence[int],
    what: Sequence[Reading],
    *,
    extent: Extent | None = None,
) -> Sensitivity:
    """Screen all ranges, then share out the variance among those that move anything. Raises BadInput."""
    check_number(ranges)
    asked = extent or Extent()
    all_of_them = Measured(base, ranges, room, tuple(seeds), tuple(what))
    screened = effects(all_of_them, len(ranges), asked.trajectories)
    kept = _kept(ranges, screened, asked.keep) if asked.samples else []
    some = Measured(base, kept, room, tuple(seeds), tuple(what))
    parts = shares(some, len(kept), asked.samples) if kept else []
    return Sensitivity(
        ranges=tuple(ranges),
        kept=tuple(kept),
        effects={one: tuple(found) for one, found in zip(what, screened, strict=True)},
        shares={one: tuple(found) for one, found in zip(what, parts, strict=False)},
        seeds=tuple(seeds),
        points=all_of_them.points + some.points,
    )


def check_number(ranges: Sequence[object]) -> None:
    """Two addresses or more. Raises BadInput."""
    if len(ranges) < 2:
        must = "must be given at least twice, one address each (one alone is a sweep)"
        raise BadInput([Problem("vary", must, f"{len(ranges)} of them")])


class Measured:
    """Measures as a function of where the ranges stand: means over the same seeds at every point."""

    def __init__(
        self,
        base: Base,
        ranges: Sequence[Range],
        room: Laboratory,
        seeds: tuple[int, ...],
        what: tuple[Reading, ...],
    ) -> None:
        self.base = base
        self.ranges = ranges
        self.room = room
        self.seeds = seeds
        self.what = what
        self.points = 0

    def __call__(self, points: Values) -> Values:
        """Points down, measures across. Raises BadInput where the declarations do not allow a point."""
        designs = {str(place): self._design(point) for place, point in enumerate(points)}
        self.points += len(designs)
        values = read_off(self.room, designs, self.seeds, self.what)
        return np.array(
            [[float(np.mean(values.of(name, one))) for one in self.what] for name in designs]
        )

    def _design(self, point: Values) -> Design:
        at = placed(self.ranges, point.tolist())
        try:
            return self.base.design(at)
        except BadInput as error:
            where = "at " + ", ".join(f"{address}={value}" for address, value in at.items())
            told = [Problem(one.address, one.must, one.found, where) for one in error.problems]
            raise BadInput(told) from None


def _kept(
    ranges: Sequence[Range], screened: Sequence[Sequence[Effect]], least: float
) -> list[Range]:
    """Ranges whose effects are, for any measure, not surely small beside the largest."""
    largest = [max((one.size.mean for one in found), default=0.0) for found in screened]
    return [
        one
        for place, one in enumerate(ranges)
        if any(
            top > 0.0 and found[place].size.high >= least * top
            for found, top in zip(screened, largest, strict=True)
        )
    ]
