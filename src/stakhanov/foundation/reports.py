"""The report table: one row of who, when, norm and reported output, read from anywhere, checked once.

The same table is paid by a campaign and examined by the tests of evidence: both see checked columns and
know nothing of files. Tables that are larger than memory stay where they are and are streamed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.pseudonyms import pseudonyms
from stakhanov.foundation.report_cells import Cell, DateOrder, cells_of, survey
from stakhanov.foundation.report_columns import COLUMNS, KEY, PLACES, mapped
from stakhanov.foundation.report_databases import Spool
from stakhanov.foundation.report_problems import SOME, check_cells, doubles
from stakhanov.foundation.report_sources import Opened, open_source, told_by_polars

#: Tables up to so many rows are held in memory once they are checked.
IN_MEMORY = 5_000_000


@dataclass(frozen=True)
class Reports:
    """A checked report table.

    `table` is lazy and has the columns named in `columns`, in their order and with the types that
    `report_columns` states; segment, shifts and the key are always there. `dated`: periods are dates, not
    numbers. `problems`: what was wrong with the rows that were left out, if that was asked for.
    """

    name: str
    table: pl.LazyFrame
    rows: int
    dated: bool
    problems: tuple[Problem, ...] = ()
    left_out: int = 0
    there: tuple[str, ...] = ()  # what the columns of the source are called
    kept: object = field(default=None, repr=False)  # what must live as long as the table

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in their order."""
        return self.table.collect_schema().names()

    @property
    def person(self) -> list[str]:
        """The columns that tell one person from another: the name within its place."""
        return ["worker", *(name for name in PLACES if name in self.columns)]

    def collect(self, *columns: str) -> pl.DataFrame:
        """The table in memory, or some of its columns."""
        chosen = self.table.select(columns) if columns else self.table
        return chosen.collect(engine="streaming")


def read(
    source: Any,
    columns: Mapping[str, str] | None = None,
    *,
    dates: DateOrder | None = None,
    key: bytes | None = None,
    bad_rows: Literal["refuse", "leave out"] = "refuse",
) -> Reports:
    """Read and check a report table. Raises BadInput with the first problems and their number.

    `source`: a path (CSV, Parquet, Excel, DuckDB, a folder of Parquet files or of a run), an SQLAlchemy URL
    with `#table` or `#select ...` behind it, or a Polars, pandas or Arrow table. `columns`: what a column
    of the report table is called in the source, where it is called otherwise. `dates`: day or month first,
    where the dates do not tell. `key`: the names of workers become pseudonyms made with it. `bad_rows`: rows
    left out are those with a cell that will not do, and all rows of a key that stands more than once.
    """
    opened = open_source(source)
    try:
        return _read(opened, columns or {}, dates, key, bad_rows)
    except pl.exceptions.PolarsError as error:
        raise BadInput([told_by_polars(opened.name, error)]) from None


def _read(
    opened: Opened,
    columns: Mapping[str, str],
    dates: DateOrder | None,
    key: bytes | None,
    bad_rows: str,
) -> Reports:
    schema = opened.frame.collect_schema()
    found = mapped(columns, schema.names(), opened.name)
    told = ~pl.all_horizontal(pl.col(schema.names()).is_null())
    frame = opened.frame.with_row_index("row").filter(told)
    known = survey(frame, found, schema, dates=dates, comma=opened.decimal_comma)
    if known.problem is not None:
        raise BadInput([Problem(f"{opened.name}, period", *known.problem)])
    cells = cells_of(found, schema, known)
    checked = check_cells(frame, cells, opened)
    if checked.rows == 0:
        raise BadInput([Problem(opened.name, "must have rows", "none")])
    if checked.problems and bad_rows == "refuse":
        raise BadInput(checked.problems)
    fit = ~pl.any_horizontal(cell.bad for cell in cells) if checked.bad_rows else pl.lit(value=True)
    frame = frame.filter(fit)
    rows = checked.rows - checked.bad_rows
    _some_left(rows, checked.problems, opened.name)
    values = _values(cells, key)
    names = _key([cell.name for cell in cells])
    stays, chosen = rows > IN_MEMORY and not opened.parsed, frame.select(*values, "row")
    whole, kept = (chosen, opened.kept) if stays else _apart(chosen, rows)
    twice = doubles(whole, names, rows, opened, SOME if bad_rows == "refuse" else None)
    # Rows of one period are sought in a file that stays where it is; numbers of rows would hinder that.
    table = opened.frame.filter(told, fit).select(values) if stays else whole.drop("row")
    if twice.rows and bad_rows == "refuse":
        raise BadInput(twice.problems)
    problems = [*checked.problems, *twice.problems]
    if twice.rows:
        # Which of the rows holds nobody can know, so that none of them is paid or tested.
        _some_left(rows - twice.rows, problems, opened.name)
        table = _without(table, twice.keys, names)
    _one_currency(table, opened.name)
    return Reports(
        name=opened.name,
        table=table,
        rows=rows - twice.rows,
        dated=known.dated,
        problems=tuple(problems),
        left_out=checked.bad_rows + twice.rows,
        there=tuple(schema.names()),
        kept=kept,
    )


def _apart(table: pl.LazyFrame, rows: int) -> tuple[pl.LazyFrame, object]:
    """A checked table apart from its source, and what must live with it.

    In memory if it is small; else in a Parquet file, for periods are asked for one by one, and to go through a
    large text for each of them would never end.
    """
    if rows <= IN_MEMORY:
        return table.collect(engine="streaming").lazy(), None
    spool = Spool()
    table.sink_parquet(spool.path / "table.parquet")
    return pl.scan_parquet(spool.path / "table.parquet"), spool


def _some_left(rows: int, problems: list[Problem], name: str) -> None:
    if rows == 0:
        raise BadInput([Problem(name, "must have rows that will do", "none"), *problems])


def _without(table: pl.LazyFrame, keys: pl.DataFrame, names: list[str]) -> pl.LazyFrame:
    """The rows whose key is none of these, in their order."""
    return table.join(keys.lazy(), on=names, how="anti", nulls_equal=True, maintain_order="left")


def _values(cells: list[Cell], key: bytes | None) -> list[pl.Expr]:
    """The columns in the order of the catalogue, with those that are always there."""
    made = {cell.name: cell.value for cell in cells}
    for name, column in COLUMNS.items():
        if column.default is not None:
            value = made.get(name, pl.lit(column.default))
            made[name] = value.fill_null(column.default).cast(column.kind)
    if key is not None:
        made["worker"] = pseudonyms(made["worker"], key)
    return [made[name].alias(name) for name in COLUMNS if name in made]


def _key(names: list[str]) -> list[str]:
    return [name for name in (*KEY, *PLACES) if name in names or name == "segment"]


def _one_currency(table: pl.LazyFrame, name: str) -> None:
    if "currency" not in table.collect_schema().names():
        return
    found = table.select(pl.col("currency").drop_nulls().unique().sort()).collect(
        engine="streaming"
    )
    if found.height > 1:
        told = ", ".join(found["currency"].head(5).to_list())
        hint = "amounts of different money do not add up; make a table of each"
        raise BadInput([Problem(f"{name}, currency", "must be one currency", told, hint)])
