"""Tables of databases, put into Parquet files beside them while they are read, a batch at a time."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from sqlalchemy import URL

BATCH = 200_000
QUERY = re.compile(r"^\s*(select|with|from|values)\b", re.IGNORECASE)


class Spool:
    """A folder for what a source was put into to be read; it goes when nobody holds it any more."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="stakhanov-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def open_duckdb(path: Path, part: str) -> tuple[pl.LazyFrame, object]:
    """A table or query of a DuckDB file, and what must live as long as the frame."""
    try:
        import duckdb
    except ImportError:
        hint = "pip install 'stakhanov[tables]'"
        must = "must be read with the package duckdb"
        raise BadInput([Problem(path.name, must, "it is not installed", hint)]) from None
    if not path.exists():
        raise BadInput([Problem("reports", "must be a file that is there", f'"{path}"')])
    spool = Spool()
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            names = [row[0] for row in connection.execute("show tables").fetchall()]
            query = _query(part, names, path.name)
            place = spool.path / "table.parquet"
            target = str(place).replace("'", "''")
            connection.execute(f"copy ({query}) to '{target}' (format parquet)")
    except duckdb.Error as error:
        raise BadInput([_refused(path.name, error)]) from None
    return pl.scan_parquet(place), spool


def open_database(url: str, part: str) -> tuple[pl.LazyFrame, object]:
    """A table or query of any database that SQLAlchemy knows, every cell as text."""
    import sqlalchemy
    from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError

    spool = Spool()
    name = url.split("://")[0]
    try:
        engine = sqlalchemy.create_engine(url)
        _there(engine.url)
        with engine.connect().execution_options(stream_results=True) as connection:
            names = sqlalchemy.inspect(engine).get_table_names()
            query = _query(part, names, name)
            _spool(connection.execute(sqlalchemy.text(query)), spool.path)
        engine.dispose()
    except (SQLAlchemyError, NoSuchModuleError, ImportError) as error:
        raise BadInput([_refused(name, error)]) from None
    return pl.scan_parquet(sorted(spool.path.glob("*.parquet"))), spool


def _there(url: URL) -> None:
    """Raise BadInput where a file is named that is not there: SQLite would make one."""
    place = url.database or ""
    if url.get_backend_name() != "sqlite" or place.startswith(("file:", ":memory:")):
        return
    if not Path(place).is_file():
        raise BadInput([Problem("reports", "must be a file that is there", f'"{place}"')])


def _spool(result: object, folder: Path) -> None:
    """Write the rows of a result into files, a batch a file; the first is there even without rows."""
    columns = list(result.keys())  # type: ignore[attr-defined]
    schema = dict.fromkeys(columns, pl.String)
    batches = result.partitions(BATCH)  # type: ignore[attr-defined]
    pl.DataFrame(schema=schema).write_parquet(folder / "00000.parquet")
    for number, rows in enumerate(batches, start=1):
        texts = [[None if cell is None else str(cell) for cell in row] for row in rows]
        frame = pl.DataFrame(texts, schema=schema, orient="row")
        frame.write_parquet(folder / f"{number:05}.parquet")


def _query(part: str, names: list[str], source: str) -> str:
    """The query itself, or all of the table that was named, or of the only one there is."""
    if QUERY.match(part):
        return part
    told = ", ".join(sorted(names)) or "none"
    if part and part not in names:
        must = "must have the table that is named behind the #"
        raise BadInput([Problem(source, must, part, f"tables: {told}")])
    if not part and len(names) != 1:
        must = "must have one table, or the one that is meant behind a #"
        raise BadInput([Problem(source, must, f"{len(names)} tables", f"tables: {told}")])
    quoted = (part or names[0]).replace('"', '""')
    return f'select * from "{quoted}"'


def _refused(name: str, error: Exception) -> Problem:
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    hint = f"pip install {error.name}" if isinstance(error, ImportError) and error.name else ""
    return Problem(name, "must be a database that answers", said, hint)
