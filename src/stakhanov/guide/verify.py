"""Verification: the experiments behind claims are run, and what they found is locked."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from stakhanov.foundation.problem import BadInput
from stakhanov.guide.experiments import Declared
from stakhanov.guide.guides import Guide
from stakhanov.guide.lock import Held, Lock, Ran, Result, bar_of, said

if TYPE_CHECKING:
    from stakhanov.experiments.intervals import Interval
    from stakhanov.experiments.laboratory import Laboratory
    from stakhanov.experiments.trial import Design
    from stakhanov.experiments.verdict import Verdict

#: Worker-shifts, all runs together, up to which an experiment is quick.
QUICK = 150_000_000
#: Digits that a locked number keeps: fewer than machines of different kinds may differ in.
DIGITS = 6
Answer = Literal["holds", "fails", "not run"]


@dataclass(frozen=True)
class Verified:
    """A claim that rests on an experiment, what was expected of the run, and what it found."""

    id: str
    class_: str
    experiment: str
    expectation: str
    verdict: Answer
    expected: str = ""
    measure: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    ran_now: bool = False
    moved: bool = False

    def plain(self) -> dict[str, Any]:
        """As a script reads it."""
        return {
            "id": self.id,
            "class": self.class_,
            "experiment": self.experiment,
            "expectation": self.expectation,
            "verdict": self.verdict,
            "expected": self.expected,
            "measure": self.measure,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "ran_now": self.ran_now,
            "moved": self.moved,
        }


def engine() -> str:
    """The version of the engine, by which runs are known to be of today's."""
    from stakhanov.experiments.trial import engine_version

    return engine_version()


def behind(guide: Guide) -> list[Declared]:
    """The experiments that the pages of a class name, by name."""
    named = {name for page in guide.pages for name in page.experiments}
    return [guide.experiments[name] for name in sorted(named) if name in guide.experiments]


def work(declared: Declared) -> int:
    """Worker-shifts of all runs of an experiment. Raises BadInput."""
    asked = declared.experiment
    total = sum(
        design.workers * design.periods * design.campaign.plan.shifts_per_period
        for design in _designs(declared).values()
    )
    return total * len(asked.seeds_of)


def chosen(guide: Guide, *, every: bool = False) -> list[Declared]:
    """The experiments to run: the quick ones, or all. Raises BadInput with every problem, file first."""
    problems = []
    found = []
    for declared in behind(guide):
        try:
            if work(declared) <= QUICK or every:
                found.append(declared)
        except BadInput as error:
            where = f"{guide.folder.name}/experiments/{declared.path.name}"
            problems += [replace(one, address=f"{where}: {one.address}") for one in error.problems]
    if problems:
        raise BadInput(problems)
    return found


def locked(guide: Guide, experiments: Iterable[Declared], room: Laboratory) -> Iterator[Lock]:
    """Run experiments one after the other; after each, the lock with what it found."""
    lock = guide.lock
    for declared in experiments:
        ran = _ran(declared, room, lock.experiments.get(declared.id))
        lock = Lock(experiments={**lock.experiments, declared.id: ran})
        yield lock


def judged(guide: Guide, lock: Lock, ran_now: Iterable[str] = ()) -> list[Verified]:
    """Every claim that rests on an experiment, by what is locked."""
    now = set(ran_now)
    found = []
    for page in guide.ordered():
        for name, claim in page.term.claims.items():
            if claim.experiment is None or claim.experiment.id not in guide.experiments:
                continue
            declared = guide.experiments[claim.experiment.id]
            ran = lock.experiments.get(declared.id)
            current = ran is not None and ran.hash == declared.experiment.digest
            held = ran.expectations.get(claim.experiment.expect) if ran and current else None
            one = Verified(
                id=f"{page.term.id}#{name}",
                class_=guide.id,
                experiment=declared.id,
                expectation=claim.experiment.expect,
                verdict="not run",
                ran_now=declared.id in now,
            )
            expectation = declared.expectation(claim.experiment.expect)
            if expectation is not None:
                one = replace(one, expected=said(expectation), measure=expectation.measure)
            found.append(one if held is None else _with(one, held))
    return found


def _with(one: Verified, held: Held) -> Verified:
    return replace(
        one,
        verdict="holds" if held.holds else "fails",
        value=held.difference,
        low=held.low,
        high=held.high,
        unit=held.unit,
        moved=held.moved,
    )


def _designs(declared: Declared) -> Mapping[str, Design]:
    from stakhanov.experiments.arms import base_of

    asked = declared.experiment
    base = base_of(asked, declared.path.parent)
    return base.designs({name: {**asked.set, **own} for name, own in asked.differences.items()})


def _ran(declared: Declared, room: Laboratory, before: Ran | None) -> Ran:
    from stakhanov.experiments.verdict import conduct

    verdict = conduct(declared.experiment, room, beside=declared.path.parent)
    firsts = (
        {} if before is None else {name: one.first for name, one in before.expectations.items()}
    )
    first_design = next(iter(verdict.designs.values()))
    series = _series(verdict, room)
    return Ran(
        hash=declared.experiment.digest,
        engine=engine(),
        on=date.today().isoformat(),
        seeds=verdict.values.seeds,
        workers=first_design.workers,
        periods=first_design.periods,
        arms={
            arm: {
                str(what): Result(
                    **_plain(one),
                    unit=what.about.unit,
                    periods=series(arm, what.measure, what.when),
                )
                for what, one in measures.items()
            }
            for arm, measures in verdict.measures.items()
        },
        expectations={
            one.expectation.id: Held(
                holds=one.holds,
                unit=one.unit,
                bar=bar_of(one.expectation),
                first=firsts.get(one.expectation.id, bar_of(one.expectation)),
                **_plain_gap(one.gap),
            )
            for one in verdict.findings
        },
    )


def _series(verdict: Verdict, room: Laboratory) -> Callable[[str, str, str], tuple[float, ...]]:
    """Means by period over seeds, of measures that are read over the whole run and have a series."""
    import numpy as np

    from stakhanov.experiments.trial import Trial

    outcomes = {
        arm: room.run([Trial(design, seed) for seed in verdict.values.seeds])
        for arm, design in verdict.designs.items()
    }

    def of(arm: str, measure: str, when: str) -> tuple[float, ...]:
        if when or any(measure not in one.series for one in outcomes[arm]):
            return ()
        means = np.mean([one.series[measure] for one in outcomes[arm]], axis=0)
        return tuple(_rounded(float(value)) or 0.0 for value in means)

    return of


def _plain(interval: Interval) -> dict[str, Any]:
    return {
        "mean": _rounded(interval.mean) or 0.0,
        "low": _rounded(interval.low),
        "high": _rounded(interval.high),
    }


def _plain_gap(interval: Interval) -> dict[str, Any]:
    plain = _plain(interval)
    return {"difference": plain.pop("mean"), **plain}


def _rounded(value: float) -> float | None:
    """A number as the lock keeps it; none where it is none."""
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
