"""An experiment's answer: what was expected, what came, and which expectations hold."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from stakhanov.experiments.alike import UNMOVED, in_vain, named
from stakhanov.experiments.arms import Base, base_of, equals
from stakhanov.experiments.declaration import Expectation, Experiment
from stakhanov.experiments.intervals import Interval, interval_of
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.load import load
from stakhanov.experiments.reading import Reading, reading, readings
from stakhanov.experiments.replicates import Precision, Values, grown
from stakhanov.experiments.trial import Design
from stakhanov.foundation.caution import Caution


@dataclass(frozen=True)
class Finding:
    """One expectation and what came of it."""

    expectation: Expectation
    holds: bool
    arm: float  # mean of the arm
    versus: float  # mean of the other, or the number
    gap: Interval  # arm less versus, paired; less the difference of `than`
    unit: str


@dataclass(frozen=True)
class Verdict:
    """All findings of an experiment, and what its arms measured."""

    experiment: Experiment
    findings: tuple[Finding, ...]
    values: Values
    measures: Mapping[str, Mapping[Reading, Interval]]  # by arm
    precision: Precision | None = None
    cautions: tuple[Caution, ...] = ()
    designs: Mapping[str, Design] = field(default_factory=dict, repr=False)

    @property
    def holds(self) -> bool:
        """Whether every expectation holds."""
        return all(one.holds for one in self.findings)

    @property
    def table(self) -> pl.DataFrame:
        """A row for every arm and measure: arm, measure, value, low, high, unit."""
        return pl.DataFrame(
            [
                (arm, str(what), one.mean, one.low, one.high, what.about.unit)
                for arm, measures in self.measures.items()
                for what, one in measures.items()
            ],
            schema=["arm", "measure", "value", "low", "high", "unit"],
            orient="row",
        )

    @property
    def replicates(self) -> int:
        """Seeds under which every arm was run."""
        return len(self.values.seeds)


def conduct(
    experiment: Experiment | str | Path,
    laboratory: Laboratory | None = None,
    *,
    base: Base | None = None,
    beside: Path | None = None,
    precision: Precision | None = None,
) -> Verdict:
    """Run an experiment's arms under the same seeds and say which expectations hold.

    `experiment` may be the name of one that ships, or a file. `base` stands in for the campaign, workforce and
    sizes that the experiment names; `beside` is the folder where they are looked for if the library has none of
    that name: a file's own unless told. Raises BadInput with every problem.
    """
    if not isinstance(experiment, Experiment):
        beside = beside or (Path(experiment).parent if Path(experiment).is_file() else None)
        experiment = load(experiment)
    started = base or base_of(experiment, beside)
    differences = {name: {**experiment.set, **own} for name, own in experiment.differences.items()}
    designs = started.designs(differences)
    what = readings([*experiment.measures, *(one.measure for one in experiment.expectations)])

    def gaps(values: Values) -> list[Interval]:
        return [gap_of(one, values) for one in experiment.expectations]

    until = None if precision is None else (precision, gaps)
    with laboratory or Laboratory() as room:
        values = grown(room, designs, experiment.seeds_of, what, until)
    return Verdict(
        experiment=experiment,
        findings=tuple(finding(one, values) for one in experiment.expectations),
        values=values,
        measures={arm: {one: interval_of(values.of(arm, one)) for one in what} for arm in designs},
        precision=precision,
        cautions=(*equals(designs), *_alike(values, designs), *_too_short(experiment, designs)),
        designs=designs,
    )


def _too_short(experiment: Experiment, designs: Mapping[str, Design]) -> Iterator[Caution]:
    """What arms say that comes too late for the runs."""
    said = dict.fromkeys(address for own in experiment.differences.values() for address in own)
    arms = {name: [design] for name, design in designs.items()}
    yield from in_vain(arms, list(said), lambda names: f"in {named(names)}")


def _alike(values: Values, designs: Mapping[str, Design]) -> list[Caution]:
    """Arms that differ, and yet have the very same runs."""
    return [
        Caution(f"arms.{name}", UNMOVED.format(other))
        for name, other in values.alike.items()
        if designs[name] != designs[other]
    ]


def gap_of(expectation: Expectation, values: Values) -> Interval:
    """The paired difference of an expectation's arms, less that of two others if so asked."""
    what = reading(expectation.measure)
    gap = values.gap(expectation.arm, expectation.versus, what)
    if expectation.than is not None:
        gap = gap - values.gap(*expectation.than, what)
    return interval_of(gap)


def finding(expectation: Expectation, values: Values) -> Finding:
    """One expectation held against what came."""
    what = reading(expectation.measure)
    other = expectation.versus
    gap = gap_of(expectation, values)
    return Finding(
        expectation=expectation,
        holds=holds(expectation, gap),
        arm=float(np.mean(values.of(expectation.arm, what))),
        versus=float(np.mean(values.of(other, what))) if isinstance(other, str) else float(other),
        gap=gap,
        unit=what.about.unit,
    )


def holds(expectation: Expectation, gap: Interval) -> bool:
    """Whether the whole interval lies where it should.

    For `>` and `<` the bound nearer to nought must be at least `min_gap` away and not nought itself; for `=`
    both bounds must lie within `max_gap`. An interval that is not known holds nothing.
    """
    if math.isnan(gap.low) or math.isnan(gap.high):
        return False
    if expectation.op == "=":
        assert expectation.max_gap is not None
        return max(-gap.low, gap.high) <= expectation.max_gap
    nearest = gap.low if expectation.op in (">", ">=") else -gap.high
    if expectation.op in (">", "<"):
        return nearest > 0.0 and nearest >= expectation.min_gap
    return nearest >= expectation.min_gap
