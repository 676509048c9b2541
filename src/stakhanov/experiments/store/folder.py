"""A store in a folder: one Parquet file a run, named by its digest, written whole or not at all.

A power cut may take the last runs; what is damaged is told by its check sum and made again.

store.json                   the format, and who wrote it first
runs/ab/abcd....parquet      one run: a row a period, and a row without period for the whole run
designs/ef/ef01....json      what runs are made of, in full
"""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import polars as pl

from stakhanov.experiments.store.sheet import decoded, encoded
from stakhanov.experiments.trial import Design, Outcome, Trial, engine_version
from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.problem import BadInput, Problem

FORMAT = 1
MARK = "store.json"
REPORTS = ".reports.parquet"
#: Halves of files that a killed writer left are swept away when they are older than this, in seconds.
OLD = 3600.0


class FolderStore:
    """Shared by any number of experiments and processes."""

    def __init__(self, folder: Path | str) -> None:
        """Open a store, or begin one in a new or empty folder. Raises BadInput where it cannot be used."""
        self.folder = Path(folder)
        self._described: set[str] = set()
        _claim(self.folder)
        _sweep(self.folder)

    def __contains__(self, trial: Trial) -> bool:
        """Whether the run is there."""
        return self._place(trial).exists()

    def get(self, trial: Trial) -> Outcome | None:
        """The run's outcome; none where it is not there, or damaged."""
        place = self._place(trial)
        try:
            content = place.read_bytes()
        except FileNotFoundError:
            return None
        beside = place.with_suffix(REPORTS)
        return decoded(content, trial, beside.read_bytes() if beside.exists() else b"")

    def put(self, trial: Trial, outcome: Outcome) -> None:
        """Keep it. Raises OSError where the disk fails."""
        place = self._place(trial)
        place.parent.mkdir(parents=True, exist_ok=True)
        self._describe(trial.design)
        reports = _table(outcome.reports)
        if reports:
            write_atomically(place.with_suffix(REPORTS), reports, lasting=False)
        write_atomically(place, encoded(trial, outcome, reports), lasting=False)

    def _place(self, trial: Trial) -> Path:
        digest = trial.digest
        return self.folder / "runs" / digest[:2] / f"{digest}.parquet"

    def _describe(self, design: Design) -> None:
        if design.digest in self._described:
            return
        place = self.folder / "designs" / design.digest[:2] / f"{design.digest}.json"
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(place, json.dumps(design.plain()).encode(), lasting=False)
        self._described.add(design.digest)


def _table(reports: pl.DataFrame | None) -> bytes:
    content = io.BytesIO()
    if reports is not None:
        reports.write_parquet(content)
    return content.getvalue()


def _claim(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise BadInput([Problem(str(folder), "must be a folder", "a file")])
    mark = folder / MARK
    if not mark.exists():
        if folder.exists() and any(_foreign(entry.name) for entry in folder.iterdir()):
            must = "must be a store of runs, or a new or empty folder"
            raise BadInput([Problem(str(folder), must, "a folder that holds other things")])
        folder.mkdir(parents=True, exist_ok=True)
        about = {"format": FORMAT, "written_by": engine_version()}
        write_atomically(mark, json.dumps(about).encode())
        return
    try:
        about = json.loads(mark.read_text(encoding="utf-8"))
        found = int(about["format"])
    except (ValueError, KeyError, TypeError):
        raise BadInput(
            [Problem(str(mark), "must say the store's format", "something else")]
        ) from None
    if found > FORMAT:
        by = about.get("written_by", "a newer stakhanov")
        must = f"must be a store of format {FORMAT} at most"
        hint = f"it was written by {by}; use a newer stakhanov"
        raise BadInput([Problem(str(folder), must, str(found), hint)])


def _foreign(name: str) -> bool:
    """Whether a name is not one that another process, beginning the same store now, may have made."""
    return name != MARK and not name.startswith(f".{MARK}.")


def _sweep(folder: Path) -> None:
    """Take away halves of files whose writers were killed long ago."""
    before = time.time() - OLD
    for place in folder.glob("*/*/.*.part"):
        if place.stat().st_mtime < before:
            place.unlink(missing_ok=True)
