"""The sample of workers whose reports a run keeps, in the form of the report table."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.engine.books import Books
from stakhanov.engine.places import Places
from stakhanov.engine.rules import Rules
from stakhanov.engine.state import CAUGHT, State
from stakhanov.foundation.files import write_atomically

FOLDER = "reports"

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
        layout, people = state.layout, state.people
        branch = np.searchsorted(layout.workers_of_branch, self.places, side="right") - 1
        at_work = self.places < (layout.workers_of_branch[:-1] + state.employed)[branch]
        who, branch = self.places[at_work], branch[at_work]
        brigade = np.searchsorted(layout.workers_of_brigade, who, side="right") - 1
        group = who if places.own else places.group_of_brigade[brigade]
        norm = books.norm[group]
        frame = pl.DataFrame(
            {
                "worker": people.identity[who].astype(str),
                "period": np.full(who.size, period),
                "segment": np.zeros(who.size, np.int32),
                "shifts": np.full(who.size, rules.shifts),
                "norm": norm,
                "reported": people.reported[who] / (1000.0 * rules.shifts) * norm,
                "true": people.output[who].astype(np.float64) / rules.shifts,
                "caught": (people.flags[who] & CAUGHT) > 0,
                "branch": np.asarray(layout.branch_names)[branch],
                "enterprise": np.searchsorted(layout.workers_of_enterprise, who, side="right") - 1,
                "brigade": brigade,
                "price": books.price[group],
                "pay": people.pay[who],
            },
            schema=SCHEMA,
            strict=False,
        )
        self.waiting.append((period, frame))
        if self.folder is not None and frame.height > 100_000:
            self.settle_down()

    def settle_down(self) -> None:
        """Write what waits into the folder, one file a period."""
        if self.folder is None:
            return
        self.folder.mkdir(exist_ok=True)
        for period, frame in self.waiting:
            content = io.BytesIO()
            frame.write_parquet(content)
            write_atomically(self.folder / f"{period:05}.parquet", content.getvalue())
        self.waiting.clear()

    def table(self) -> pl.LazyFrame:
        """All reports, in order of periods."""
        kept = sorted(self.folder.glob("*.parquet")) if self.folder and self.folder.exists() else []
        parts = [pl.scan_parquet(kept)] if kept else []
        parts += [frame.lazy() for _, frame in self.waiting]
        return pl.concat(parts) if parts else pl.LazyFrame(schema=SCHEMA)
