"""Branching: one run warmed up once and continued under other rules, with the same luck."""

from __future__ import annotations

from pathlib import Path

from stakhanov.engine import checkpoint
from stakhanov.engine.checkpoint import Checkpoint
from stakhanov.engine.course import begun, continued
from stakhanov.engine.inputs import Branch, Inputs
from stakhanov.engine.results import Run
from stakhanov.engine.world import Backend
from stakhanov.foundation.problem import BadInput, Problem


def branch_of(run: Path | str, period: int) -> Branch:
    """The point of a finished run from which another goes on. Raises BadInput."""
    folder = Path(run)
    record = Run.load(folder).record
    periods = int(record["periods"])
    if not 1 <= period <= periods:
        must = f"must lie between 1 and {periods}, the run's periods"
        raise BadInput([Problem("at", must, str(period))])
    return Branch(folder, period, str(record["inputs"]))


def trunk_at(branch: Branch, backend: Backend, threads: int) -> Checkpoint:
    """Where the other run stood after so many periods.

    Its last checkpoint is used where it is early enough; what is missing is lived again.
    """
    inputs = Inputs.of_record(Run.load(branch.run).record)
    point = checkpoint.load(branch.run)
    if point is not None and point.periods <= branch.period:
        course = continued(inputs, None, point, backend, threads)
    else:
        course = begun(inputs, None, backend, threads)
    course.advance(branch.period)
    course.world.close()
    return course.point()
