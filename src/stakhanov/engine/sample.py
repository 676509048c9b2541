"""The sample of workers whose reports a run keeps, in the form of the report table."""

from __future__ import annotations

import io
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.engine.books import Books
from stakhanov.engine.places import Places
from stakhanov.engine.rules import Rules
from stakhanov.engine.state import CAUGHT, State
from stakhanov.foundation.files import place_of_left_over, write_atomically
from stakhanov.foundation.problem import BadInput, Problem

FOLDER = "reports"
_SETTLED = re.compile(r"(\d{6})-(\d{6})-([0-9a-f]{8})\.parquet")

SCHEMA: dict[str, type[pl.DataType]] = {
    "worker": pl.String,
    "period": pl.Int32,
    "segment": pl.Int32,
    "shifts": pl.Int32,
    "norm": pl.Float64,
    "reported": pl.Float64,
    "true": pl.Float64,
    "caught": pl.Boolean,
    "branch": pl.String,
    "enterprise": pl.Int32,
    "brigade": pl.Int32,
    "price": pl.Int64,
    "pay": pl.Int64,
}


@dataclass
class Sample:
    """Reports of some workers, or of all. They wait in memory until they settle in a folder.

    A worker is a place: whoever sits there reports under one name, so that a series has no gap.
    """

    places: NDArray[np.int64]  # of the sampled workers
    folder: Path | None = None
    waiting: list[tuple[int, pl.DataFrame]] = field(default_factory=list)

    @classmethod
    def of(cls, workers: int, size: int | str, folder: Path | None) -> Sample:
        """So many workers spread evenly over all places, or "all"."""
        number = workers if size == "all" else min(int(size), workers)
        places = np.arange(number, dtype=np.int64) * workers // max(number, 1)
        return cls(places, folder / FOLDER if folder is not None else None)

    def take(self, period: int, rules: Rules, state: State, places: Places, books: Books) -> None:
        """Keep this period's reports of the sampled workers who are at work."""
        if self.places.size == 0:
            return
        layout, people = state.layout, state.people
        branch = np.searchsorted(layout.workers_of_branch, self.places, side="right") - 1
        at_work = self.places < (layout.workers_of_branch[:-1] + state.employed)[branch]
        who, branch = self.places[at_work], branch[at_work]
        brigade = np.searchsorted(layout.workers_of_brigade, who, side="right") - 1
        group = who if places.own else places.group_of_brigade[brigade]
        norm = books.norm[group]
        columns: dict[str, NDArray[Any]] = {
            "worker": people.identity[who],
            "period": np.full(who.size, period, np.int32),
            "segment": np.zeros(who.size, np.int32),
            "shifts": np.full(who.size, rules.shifts, np.int32),
            "norm": norm,
            "reported": people.reported[who] / (1000.0 * rules.shifts) * norm,
            "true": people.output[who].astype(np.float64) / rules.shifts,
            "caught": (people.flags[who] & CAUGHT) > 0,
            "branch": np.asarray(layout.branch_names)[branch],
            "enterprise": np.searchsorted(layout.workers_of_enterprise, who, side="right") - 1,
            "brigade": brigade,
            "price": books.price[group],
            "pay": people.pay[who],
        }
        # a table made of arrays of mixed kinds in one step costs ten times as much
        frame = pl.DataFrame(
            [pl.Series(name, columns[name]).cast(kind) for name, kind in SCHEMA.items()]
        )
        self.waiting.append((period, frame))
        if self.folder is not None and frame.height > 100_000:
            self.settle_down()

    def settle_down(self) -> None:
        """Write what waits into the folder, as one file."""
        if self.folder is None or not self.waiting:
            return
        self.folder.mkdir(exist_ok=True)
        content = io.BytesIO()
        pl.concat([frame for _, frame in self.waiting]).write_parquet(content)
        first, last = self.waiting[0][0], self.waiting[-1][0]
        settled = content.getvalue()
        name = f"{first:06}-{last:06}-{zlib.crc32(settled):08x}.parquet"
        write_atomically(self.folder / name, settled)
        self.waiting.clear()

    def go_on(self, periods: int) -> None:
        """Keep what the folder holds of the first so many periods, and drop what lies behind them.

        Raises BadInput where some of it is missing or damaged.
        """
        covered = 0
        for one in _settled(self.folder):
            if one.first >= periods:
                one.place.unlink()
            elif one.first == covered and one.last < periods and one.is_whole():
                covered = one.last + 1
            else:
                raise _damaged(one.place, "a file that does not fit")
        if covered < periods and self.folder is not None:
            raise _damaged(self.folder, f"those of {covered} of {periods} periods")

    def begin_with(self, past: pl.DataFrame, periods: int) -> None:
        """Take over reports of so many periods that another run lived."""
        self.waiting = [
            (period, past.filter(pl.col("period") == period)) for period in range(periods)
        ]

    def table(self) -> pl.LazyFrame:
        """All reports, in order of periods."""
        kept = [one.place for one in _settled(self.folder)]
        parts = [pl.scan_parquet(kept)] if kept else []
        parts += [frame.lazy() for _, frame in self.waiting]
        return pl.concat(parts) if parts else pl.LazyFrame(schema=SCHEMA)


class _Settled(NamedTuple):
    """A file of reports; its name tells its periods and its check sum."""

    first: int
    last: int
    check: int
    place: Path

    def is_whole(self) -> bool:
        """Whether it holds what was written."""
        return zlib.crc32(self.place.read_bytes()) == self.check


def is_in(folder: Path) -> bool:
    """Whether a run's folder holds settled reports of an unfinished run."""
    return bool(_settled(folder / FOLDER))


def clear(folder: Path) -> None:
    """Remove the settled reports from a run's folder, and nothing else."""
    for one in _settled(folder / FOLDER):
        one.place.unlink()
    sweep(folder)


def sweep(folder: Path) -> None:
    """Remove what killed processes left beside settled reports, and the place of these if it is empty."""
    place = folder / FOLDER
    if not place.is_dir():
        return
    for entry in place.iterdir():
        if _SETTLED.fullmatch(place_of_left_over(entry.name) or ""):
            entry.unlink(missing_ok=True)
    with suppress(OSError):  # it holds something
        place.rmdir()


def _settled(folder: Path | None) -> list[_Settled]:
    """Every file of reports, in order of periods."""
    found = []
    for place in folder.glob("*.parquet") if folder is not None else ():
        match = _SETTLED.fullmatch(place.name)
        if match:
            first, last, check = match.groups()
            found.append(_Settled(int(first), int(last), int(check, 16), place))
    return sorted(found)


def _damaged(place: Path, found: str) -> BadInput:
    must = "must hold the reports of the run so far, whole"
    return BadInput([Problem(str(place), must, found, "--force starts again")])
