"""Branching: one run warmed up once and continued under other rules, with the same luck."""

from __future__ import annotations

from pathlib import Path

from stakhanov.engine import checkpoint
from stakhanov.engine.course import Course
from stakhanov.engine.inputs import Branch, Inputs, inputs_of_record
from stakhanov.engine.results import Run
from stakhanov.foundation.problem import BadInput, Problem


def branch_of(run: Path | str, period: int) -> Branch:
    """The point of a finished run from which another goes on. Raises BadInput."""
    folder = Path(run)
    record = Run.load(folder).record
    periods = int(record["periods"])
    if not 1 <= period <= periods:
        raise BadInput([Problem("at", f"must lie between 1 and {periods}, the run's periods", str(period))])
    return Branch(folder, period, str(record["inputs"]))


def branched(inputs: Inputs, branch: Branch, folder: Path | None) -> Course:
    """A course under this campaign that begins where the other run stood after so many periods.

    The other run's last checkpoint is used where it is early enough; what is missing is lived again.
    """
    trunk = inputs_of_record(Run.load(branch.run).record)
    point = checkpoint.load(branch.run)
    usable = point is not None and point.periods <= branch.period
    before = trunk.course_from(point, None) if usable and point is not None else trunk.course(None)
    before.advance(branch.period)
    return inputs.course_continuing(before, folder)
