"""A run: its tables, its measures and its record, in memory or in a folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.measures import MEASURES
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.record import digest_of

FORMAT = 1
RECORD = "record.json"
TABLES = ("series", "histogram", "records", "reports")


@dataclass(frozen=True)
class Run:
    """One campaign, one workforce, one seed, with everything needed to make it again."""

    series: pl.DataFrame  # period, branch, measure, value
    histogram: pl.DataFrame  # period, kind, bin, count
    records: pl.DataFrame  # the chronology of records
    reports: pl.DataFrame  # a sample of workers, in the form of the report table
    measures: dict[str, dict[str, Any]]  # name: value and unit
    record: dict[str, Any]
    folder: Path | None = None
    worker_shifts: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Worker-shifts a second."""
        return self.worker_shifts / self.seconds if self.seconds > 0.0 else 0.0

    def save(self, folder: Path | str) -> Run:
        """Write the run into a folder, the record last: a folder with a record is a whole run."""
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            table: pl.DataFrame = getattr(self, name)
            write_atomically(place / f"{name}.parquet", table.write_parquet)
        write_atomically(place / RECORD, json.dumps(self._summary(), indent=1).encode())
        return Run(**{**self.__dict__, "folder": place})

    def _summary(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "record": self.record,
            "measures": self.measures,
            "worker_shifts": self.worker_shifts,
            "seconds": self.seconds,
        }

    @classmethod
    def load(cls, folder: Path | str) -> Run:
        """Read a run back. Raises BadInput where there is none, or a newer one."""
        place = Path(folder)
        try:
            summary = json.loads((place / RECORD).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            must = "a run's folder must hold record.json"
            raise BadInput([Problem(str(place), must, "none")]) from error
        except json.JSONDecodeError as error:
            must = "record.json must be JSON"
            raise BadInput([Problem(str(place / RECORD), must, "a damaged file")]) from error
        if summary["format"] > FORMAT:
            must = f"a run must have a format of at most {FORMAT}"
            raise BadInput(
                [Problem(str(place), must, str(summary["format"]), "use a newer stakhanov")]
            )
        tables = {name: pl.read_parquet(place / f"{name}.parquet") for name in TABLES}
        return cls(
            **tables,
            measures=summary["measures"],
            record=summary["record"],
            folder=place,
            worker_shifts=summary["worker_shifts"],
            seconds=summary["seconds"],
        )


def with_units(values: dict[str, float]) -> dict[str, dict[str, Any]]:
    """Measures with the unit that the catalogue gives each."""
    return {name: {"value": values[name], "unit": about.unit} for name, about in MEASURES.items()}


def digest_of_run(inputs: str, tables: dict[str, pl.DataFrame]) -> str:
    """Digest of a run's inputs and tables; machine, threads and time do not enter."""
    return digest_of([inputs, *(table.write_json() for table in tables.values())])
