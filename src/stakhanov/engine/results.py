"""A run: its tables, its measures and its record, in memory or in a folder."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.measures import MEASURES
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.record import digest_of

if TYPE_CHECKING:
    from stakhanov.campaign.breaches import Breach
    from stakhanov.charts import Figure

FORMAT = 1
RECORD = "record.json"
TABLES = ("series", "histogram", "records", "prizes", "reports")


@dataclass(frozen=True, repr=False)
class Run:
    """One campaign, one workforce, one seed, with everything needed to make it again."""

    series: pl.DataFrame  # period, branch, measure, value
    histogram: pl.DataFrame  # period, kind, bin, count
    records: pl.DataFrame  # the chronology of records
    prizes: pl.DataFrame  # prizes given, by period and branch
    reports: pl.DataFrame  # a sample of workers, in the form of the report table
    measures: dict[str, dict[str, Any]]  # name: value and unit
    record: dict[str, Any]
    folder: Path | None = None
    worker_shifts: int = 0
    seconds: float = 0.0

    def chart(self, *measures: str, branch: str = "all") -> Figure:
        """Some measures over time as one chart; true output beside reports unless told.

        What comes back shows itself in a notebook; its `chart()` is an Altair chart, `png()` and
        `picture()` are files, `numbers` the table behind it. Raises BadInput.
        """
        from stakhanov.engine.drawing import chart_of

        return chart_of(
            self.record, self.series, measures or ("true_output", "reported_output"), branch
        )

    def __repr__(self) -> str:
        """One line: what was run, and the digest that tells it from others."""
        from stakhanov.engine.portrait import name_of

        digest = str(self.record.get("digest", ""))[:12]
        return f"<Run {name_of(self.record)}{f', digest {digest}' if digest else ''}>"

    def _repr_html_(self) -> str:
        """The measures of the run, for a notebook."""
        from stakhanov.engine.portrait import html_of

        return html_of(self.record, self.measures, self.series)

    @property
    def per_second(self) -> float:
        """Worker-shifts a second."""
        return self.worker_shifts / self.seconds if self.seconds > 0.0 else 0.0

    @property
    def breaches(self) -> list[Breach]:
        """Where the run went beyond the limits of its campaign: hours, then strain."""
        from stakhanov.campaign import checked
        from stakhanov.campaign.breaches import hours_beyond, strain_beyond

        campaign = checked(self.record["campaign"])
        strain = self.series.filter(
            (pl.col("measure") == "strain_mean") & (pl.col("branch") == "all")
        ).sort("period")
        return [
            *hours_beyond(campaign, self.record["periods"]),
            *strain_beyond(campaign, strain["value"]),
        ]

    def plain(self) -> dict[str, Any]:
        """The run as scripts read it: record, measures, what it cost, and limits that it went beyond."""
        return {
            "record": self.record,
            "measures": self.measures,
            "worker_shifts": self.worker_shifts,
            "seconds": self.seconds,
            "per_second": self.per_second,
            "limits": [breach._asdict() for breach in self.breaches],
        }

    def save(self, folder: Path | str) -> Run:
        """Write the run into a folder, the record last: a folder with a record is a whole run."""
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        sums = {}
        for name in TABLES:
            table: pl.DataFrame = getattr(self, name)
            content = io.BytesIO()
            table.write_parquet(content)
            sums[name] = hashlib.sha256(content.getbuffer()).hexdigest()
            write_atomically(place / f"{name}.parquet", content.getvalue())
        summary = self._summary() | {"files": sums}
        summary["check"] = digest_of(summary)
        write_atomically(place / RECORD, json.dumps(summary, indent=1).encode())
        return replace(self, folder=place)

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
        """Read a run back. Raises BadInput where there is none, or a newer or damaged one."""
        place = Path(folder)
        summary = _summary_in(place)
        tables = {
            name: _table(place / f"{name}.parquet", check)
            for name, check in summary["files"].items()
        }
        return cls(
            **tables,
            measures=summary["measures"],
            record=summary["record"],
            folder=place,
            worker_shifts=summary["worker_shifts"],
            seconds=summary["seconds"],
        )

    @classmethod
    def record_in(cls, folder: Path | str) -> dict[str, Any]:
        """The record of a run, without its tables. Raises BadInput as `load` does."""
        record: dict[str, Any] = _summary_in(Path(folder))["record"]
        return record


def _summary_in(place: Path) -> dict[str, Any]:
    """What record.json says, as it was written. Raises BadInput."""
    try:
        summary = json.loads((place / RECORD).read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        hint = "a run that was interrupted is finished with --resume" if place.is_dir() else ""
        must = "a run's folder must hold record.json"
        raise BadInput([Problem(str(place), must, "none", hint)]) from error
    except (ValueError, RecursionError) as error:
        raise _damaged(place / RECORD, "must be JSON", "a damaged file") from error
    form = summary.get("format") if isinstance(summary, dict) else None
    if isinstance(form, int) and form > FORMAT:
        must = f"must be of format {FORMAT} or older"
        raise BadInput([Problem(str(place / RECORD), must, str(form), "use a newer stakhanov")])
    if form != FORMAT or summary.pop("check", None) != digest_of(summary):
        raise _damaged(place / RECORD, "must be as a run wrote it", "something else")
    return dict(summary)


def _table(place: Path, check: str) -> pl.DataFrame:
    """A table as a run wrote it; nothing damaged is given to the reader, which may break over it."""
    try:
        with place.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise _damaged(place, "must be there", "nothing") from error
    if found != check:
        raise _damaged(place, "must be as a run wrote it", "a damaged file")
    return pl.read_parquet(place)


def _damaged(place: Path, must: str, found: str) -> BadInput:
    hint = "restore it, or make the run again with --force"
    return BadInput([Problem(str(place), must, found, hint)])


def with_units(values: dict[str, float]) -> dict[str, dict[str, Any]]:
    """Measures with the unit that the catalogue gives each."""
    return {name: {"value": values[name], "unit": about.unit} for name, about in MEASURES.items()}


def digest_of_run(inputs: str, tables: dict[str, pl.DataFrame]) -> str:
    """Digest of a run's inputs and tables; machine, threads and time do not enter."""
    digest = hashlib.sha256(inputs.encode())
    for name, table in tables.items():
        digest.update(f"{name} {table.height}\n".encode())
        for column in table.iter_columns():
            digest.update(f"{column.name} {column.dtype}\n".encode())
            digest.update(column.is_null().to_numpy().tobytes())
            digest.update(_bits(column))
    return digest.hexdigest()


def _bits(column: pl.Series) -> bytes:
    """Values as bytes, the lowest first; texts behind their lengths."""
    if column.dtype == pl.String:
        texts = column.fill_null("")
        lengths = texts.str.len_bytes().to_numpy().astype("<i8").tobytes()
        return lengths + "".join(texts.to_list()).encode()
    zero = False if column.dtype == pl.Boolean else 0
    values = column.fill_null(zero).to_numpy()
    return values.astype(values.dtype.newbyteorder("<")).tobytes()
