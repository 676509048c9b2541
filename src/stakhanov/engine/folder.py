"""A run's folder: whose it is, whether it may be used, and what it holds so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stakhanov.engine import checkpoint, sample
from stakhanov.engine.checkpoint import Checkpoint
from stakhanov.engine.inputs import Inputs
from stakhanov.engine.results import RECORD, TABLES, Run
from stakhanov.foundation.files import place_of_left_over
from stakhanov.foundation.lock import held
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.result_folder import made, signed

#: Files that a run writes, in the order in which they are removed. A whole run does without its checkpoint;
#: without the record nothing is taken for a whole run; what is left at any moment is known by a sign.
FILES = (
    *(checkpoint.NAME, RECORD, "report.html"),
    *(f"{name}.parquet" for name in reversed(TABLES)),
)
#: What only a file of ours has near an end.
SIGNS = {
    RECORD: b'"campaign_digest"',
    checkpoint.NAME: b"people.identity.npy",
    "series.parquet": b"measure",
}


@contextmanager
def claimed(folder: Path, inputs: Inputs, *, resume: bool, force: bool) -> Iterator[Run | None]:
    """Hold a folder for a run; gives the run if it is finished there and may be reprinted.

    A folder in use is refused unless the run is to be resumed or the folder to be overwritten. Only
    files that a run writes are ever removed. Raises BadInput.
    """
    trunk = inputs.branch.run if inputs.branch is not None else None
    if trunk is not None and trunk.resolve() == folder.resolve():
        must = "must be another folder than that of the run to go on from"
        raise BadInput([Problem(str(folder), must, "the same")])
    made(folder)
    with held(folder):
        _sweep(folder)
        if resume and (folder / RECORD).exists():
            yield _finished(folder, inputs)
            return
        if any(folder.iterdir()):
            _refuse_unless_asked(folder, resume=resume, force=force)
            if not resume:
                _clear(folder)
        yield None


def _sweep(folder: Path) -> None:
    """Remove what killed processes left beside our files."""
    for entry in folder.iterdir():
        if place_of_left_over(entry.name) in FILES:
            entry.unlink(missing_ok=True)
    sample.sweep(folder)


def _refuse_unless_asked(folder: Path, *, resume: bool, force: bool) -> None:
    if not resume and not force:
        hint = "--resume goes on with it, --force overwrites it"
        raise BadInput([Problem(str(folder), "must be empty or new", "a folder in use", hint)])
    if not _holds_a_run(folder):
        must = f"must hold a run to be {'gone on with' if resume else 'overwritten'}"
        other = min(entry.name for entry in folder.iterdir())
        raise BadInput([Problem(str(folder), must, other, "choose another folder")])


def _holds_a_run(folder: Path) -> bool:
    known = any(signed(folder / name, sign) for name, sign in SIGNS.items())
    return known or sample.is_in(folder)


def _clear(folder: Path) -> None:
    """Remove what a run wrote, and nothing else."""
    for name in FILES[:2]:
        (folder / name).unlink(missing_ok=True)
    sample.clear(folder)
    for name in FILES[2:]:
        (folder / name).unlink(missing_ok=True)


def _finished(folder: Path, inputs: Inputs) -> Run:
    run = Run.load(folder)
    if run.record["inputs"] != inputs.digest:
        _refuse(folder, run.record["inputs"], inputs.digest)
    sample.clear(folder)
    return run


def _refuse(folder: Path, found: str, asked: str) -> None:
    must = f"must hold a run of the same campaign, workforce, sizes and seed ({asked[:12]})"
    raise BadInput(
        [Problem(str(folder), must, f"another run ({found[:12]})", "--force overwrites it")]
    )


def interrupted(folder: Path, inputs: Inputs) -> Checkpoint | None:
    """Where an interrupted run stopped; None where it has no checkpoint yet. Raises BadInput."""
    point = checkpoint.load(folder)
    if point is None:
        return None
    if point.inputs != inputs.course_digest:
        _refuse(folder, point.inputs, inputs.course_digest)
    if point.periods > inputs.periods:
        must = f"must be at least the {point.periods} that the run in {folder} has lived"
        raise BadInput([Problem("periods", must, str(inputs.periods), "--force starts again")])
    return point
