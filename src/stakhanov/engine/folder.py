"""A run's folder: whose it is, whether it may be used, and what it holds so far."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from stakhanov.engine import checkpoint
from stakhanov.engine.checkpoint import Checkpoint
from stakhanov.engine.inputs import Inputs
from stakhanov.engine.results import RECORD, TABLES, Run
from stakhanov.engine.sample import FOLDER as REPORTS
from stakhanov.foundation.problem import BadInput, Problem

OURS = {RECORD, checkpoint.NAME, REPORTS, "report.html", *(f"{name}.parquet" for name in TABLES)}


def claim(folder: Path, inputs: Inputs, *, resume: bool, force: bool) -> Run | None:
    """Take a folder for a run; returns the run if it is finished there and may be reprinted.

    A folder in use is refused unless the run is to be resumed or the folder to be overwritten. Only
    files that a run writes are ever removed. Raises BadInput.
    """
    if folder.exists() and not folder.is_dir():
        raise BadInput([Problem(str(folder), "must be a folder", "a file")])
    in_use = folder.is_dir() and any(folder.iterdir())
    if in_use and force and not resume:
        _clear(folder)
    elif in_use and not resume:
        hint = "--resume goes on with it, --force overwrites it"
        raise BadInput([Problem(str(folder), "must be empty or new", "a folder in use", hint)])
    elif in_use and (folder / RECORD).exists():
        return _finished(folder, inputs)
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise BadInput(
            [Problem(str(folder), "must be a folder one may write to", "a read-only one")]
        )
    return None


def _clear(folder: Path) -> None:
    """Remove what a run wrote; refuse where the folder holds anything else and no run."""
    others = sorted(entry.name for entry in folder.iterdir() if entry.name not in OURS)
    if others and not (folder / RECORD).exists() and not (folder / checkpoint.NAME).exists():
        hint = "choose another folder"
        raise BadInput([Problem(str(folder), "must hold a run to be overwritten", others[0], hint)])
    for name in OURS:
        place = folder / name
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def _finished(folder: Path, inputs: Inputs) -> Run:
    run = Run.load(folder)
    if run.record.get("inputs") != inputs.digest:
        _refuse(folder, str(run.record.get("inputs")), inputs.digest)
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
    return point
