"""Branching: one run warmed up once and continued under other rules, with the same luck."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

import polars as pl

from stakhanov.engine import checkpoint
from stakhanov.engine.checkpoint import Checkpoint
from stakhanov.engine.course import Course, Progress, begun, continued
from stakhanov.engine.inputs import Branch, Inputs
from stakhanov.engine.results import Run
from stakhanov.engine.world import Backend
from stakhanov.foundation.problem import BadInput, Problem


class Past(NamedTuple):
    """Where another run stood after some of its periods, and the reports of its sample until then."""

    point: Checkpoint
    reports: pl.DataFrame


class Again(NamedTuple):
    """How a part of another run is lived again, where its folder does not hold what is needed."""

    backend: Backend
    threads: int
    sample: int | Literal["all"]
    on_period: Callable[[Progress], None] | None
    periods: int  # that the whole run will have


def branch_of(run: Path | str, period: int) -> Branch:
    """The point of a finished run from which another goes on. Raises BadInput."""
    folder = Path(run)
    try:
        trunk = Inputs.of_record(Run.record_in(folder))
    except (KeyError, TypeError) as error:
        raise BadInput(
            [Problem(str(folder), "must hold a whole record", "a damaged one")]
        ) from error
    if not 1 <= period <= trunk.periods:
        must = f"must lie between 1 and {trunk.periods}, the run's periods"
        raise BadInput([Problem("at", must, str(period))])
    return Branch(folder, period, trunk)


def past_of(branch: Branch, again: Again) -> Past:
    """Where the other run stood after so many periods.

    Its last checkpoint is used where it is early enough and whole; what is missing is lived again, from the
    run's record alone: the folder may have been moved.
    """
    trunk = branch.trunk
    if trunk.branch is not None and branch.period <= trunk.branch.period:
        return past_of(replace(trunk.branch, period=branch.period), again)
    course = _kept(branch, again) or _from_the_start(trunk, again)
    try:
        course.advance(branch.period, again.on_period, of=again.periods)
        return Past(course.point(), course.sample.table().collect())
    finally:
        course.world.close()


def _kept(branch: Branch, again: Again) -> Course | None:
    """The other run as its folder has it, if that will do."""
    trunk = branch.trunk
    if again.sample not in (0, trunk.sample):
        return None
    try:
        point = checkpoint.load(branch.run)
        if point is None or point.inputs != trunk.course_digest or point.periods > branch.period:
            return None
        past = Run.load(branch.run).reports if again.sample else pl.DataFrame()
    except BadInput:
        return None
    course = continued(_sampled(trunk, again), None, point, again.backend, again.threads)
    if again.sample:
        course.sample.begin_with(past, point.periods)
    return course


def _from_the_start(trunk: Inputs, again: Again) -> Course:
    inputs = _sampled(trunk, again)
    if trunk.branch is None:
        return begun(inputs, None, again.backend, again.threads)
    past = past_of(trunk.branch, again)
    course = continued(inputs, None, past.point, again.backend, again.threads)
    course.sample.begin_with(past.reports, past.point.periods)
    return course


def _sampled(trunk: Inputs, again: Again) -> Inputs:
    return replace(trunk, sample=again.sample)
