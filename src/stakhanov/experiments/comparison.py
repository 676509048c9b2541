"""Two campaigns side by side: the same people and the same luck, and how much that saves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl

from stakhanov.experiments.alike import pair_alike
from stakhanov.experiments.arms import Base
from stakhanov.experiments.intervals import Interval, interval_of
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.reading import Reading, readings
from stakhanov.experiments.replicates import Precision, Values, first_seeds, grown
from stakhanov.experiments.trial import Design
from stakhanov.foundation.caution import Caution
from stakhanov.foundation.measures import MEASURES

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce

A, B = "a", "b"
#: What a stopping rule looks at unless told.
FIRST = "true_output"


@dataclass(frozen=True)
class Row:
    """One measure under both campaigns."""

    what: Reading
    a: Interval
    b: Interval
    difference: Interval  # b less a, paired by seed
    variance_reduction: float  # of the difference, independent seeds over shared ones

    @property
    def unit(self) -> str:
        """The measure's unit."""
        return self.what.about.unit


@dataclass(frozen=True)
class Comparison:
    """All measures under both, over all replicates."""

    rows: tuple[Row, ...]
    values: Values
    designs: Mapping[str, Design]
    precision: Precision | None = None
    cautions: tuple[Caution, ...] = ()

    @property
    def replicates(self) -> int:
        """Seeds under which both were run."""
        return len(self.values.seeds)

    @property
    def table(self) -> pl.DataFrame:
        """A row a measure: a, b, the difference b - a with its 95 % interval, and the unit."""
        return pl.DataFrame(
            {
                "measure": [str(row.what) for row in self.rows],
                "a": [row.a.mean for row in self.rows],
                "b": [row.b.mean for row in self.rows],
                "difference": [row.difference.mean for row in self.rows],
                "low": [row.difference.low for row in self.rows],
                "high": [row.difference.high for row in self.rows],
                "unit": [row.unit for row in self.rows],
                "variance_reduction": [row.variance_reduction for row in self.rows],
            }
        )

    def plain(self) -> dict[str, Any]:
        """The comparison as scripts read it."""
        return {
            "replicates": self.replicates,
            "measures": [
                {
                    "measure": str(row.what),
                    "a": row.a.mean,
                    "b": row.b.mean,
                    "difference": row.difference.mean,
                    "low": row.difference.low,
                    "high": row.difference.high,
                    "unit": row.unit,
                    "variance_reduction": row.variance_reduction,
                }
                for row in self.rows
            ],
            "cautions": [
                {"address": one.address, "sentence": one.sentence} for one in self.cautions
            ],
        }


def compare(
    campaign: Campaign | str | Path,
    other: Campaign | str | Path,
    workforce: Workforce | str | Path = "soviet-industry",
    *,
    other_workforce: Workforce | str | Path | None = None,
    workers: int | Literal["all"] | None = 20_000,
    periods: int | None = None,
    seed: int = 1,
    replicates: int = 8,
    measures: Sequence[str] = (),
    precision: float | None = None,
    most: int = 64,
    store: Path | str | None = None,
    laboratory: Laboratory | None = None,
) -> Comparison:
    """The same people and the same luck under two campaigns, or two kinds of people under them.

    Every replicate is one seed for both, so that differences are paired. With `precision` replicates are
    added until the interval of the first of `measures` (true output unless told) is narrower, up to `most`.
    Runs are kept in the folder `store`, if one is given. Raises BadInput with every problem.
    """
    one = Base.of(campaign, workforce, workers=workers, periods=periods)
    two = Base.of(other, other_workforce or one.workforce, workers=workers, periods=periods)
    until = None if precision is None else Precision(precision, most)
    designs = {A: one.design(), B: two.design()}
    with laboratory or Laboratory.at(store) as room:
        seeds = first_seeds(seed, replicates)
        return compared(designs, room, seeds, readings(measures), precision=until)


def compared(
    designs: Mapping[str, Design],
    room: Laboratory,
    seeds: Sequence[int],
    what: Sequence[Reading],
    *,
    precision: Precision | None = None,
) -> Comparison:
    """Two designs, named a and b, side by side; all measures of a run unless some are asked for."""
    asked = list(what) or [Reading(FIRST)]
    told = list(what) or [Reading(name) for name in MEASURES]

    def gaps(values: Values) -> list[Interval]:
        return [interval_of(values.gap(B, A, one)) for one in asked]

    until = None if precision is None else (precision, gaps)
    values = grown(room, designs, list(seeds), told, until)
    unlike = _currency(designs[A]) != _currency(designs[B])
    return Comparison(
        rows=tuple(row_of(values, one, unlike=unlike and is_money(one)) for one in told),
        values=values,
        designs=designs,
        precision=precision,
        cautions=tuple(_cautions(designs[A], designs[B], alike=values.alike[B] == A)),
    )


def _cautions(a: Design, b: Design, *, alike: bool) -> Iterator[Caution]:
    """What is to be known before b is held against a."""
    if a == b:
        yield Caution(B, "does not differ from a; every difference is exactly 0")
    yield from pair_alike(A, a, B, b, alike=alike)
    if _currency(a) != _currency(b):
        said = (
            f"pays in {_currency(b)}s and a in {_currency(a)}s; amounts of money are not subtracted"
        )
        yield Caution(B, said)
    if a.periods != b.periods:
        yield Caution(
            B, f"has {b.periods} periods and a has {a.periods}; --periods makes them alike"
        )
    shifts = [one.campaign.plan.shifts_per_period for one in (a, b)]
    if shifts[0] != shifts[1]:
        said = f"has {shifts[1]} shifts in a period and a has {shifts[0]}"
        yield Caution(B, said)


def _currency(design: Design) -> str:
    """The unit in which amounts are counted."""
    return design.campaign.campaign.currency.minor


def is_money(what: Reading) -> bool:
    """Whether a measure is an amount of money."""
    return what.about.unit.startswith("minor units")


def row_of(values: Values, what: Reading, *, unlike: bool = False) -> Row:
    """One measure of a comparison; amounts of `unlike` currencies have no difference."""
    a, b = values.of(A, what), values.of(B, what)
    if unlike:
        nothing = Interval(math.nan, math.nan, math.nan)
        return Row(what, interval_of(a), interval_of(b), nothing, math.nan)
    return Row(
        what=what,
        a=interval_of(a),
        b=interval_of(b),
        difference=interval_of(b - a),
        variance_reduction=variance_reduction(a, b),
    )


def variance_reduction(a: Any, b: Any) -> float:
    """How many times smaller the variance of the difference is than it would be with seeds of their own.

    Independent seeds would give the difference the sum of both variances; both are estimated from the same
    runs. Infinite where luck drops out altogether, no number where there is none to drop out.
    """
    if len(a) < 2:
        return math.nan
    apart = float(np.var(a, ddof=1) + np.var(b, ddof=1))
    shared = float(np.var(np.asarray(b) - np.asarray(a), ddof=1))
    if apart == 0.0:
        return math.nan
    return apart / shared if shared > 0.0 else math.inf
