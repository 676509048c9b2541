"""Tables written for others: Parquet, CSV, Excel; a text that looks like a formula stays a text."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.problem import BadInput, Problem

#: Spreadsheets take a cell that begins with one of these for a formula.
FORMULA = r"^[=+\-@\t\r]"
#: Rows of a sheet, heading included.
SHEET = 1_048_576


def escaped(table: pl.LazyFrame) -> pl.LazyFrame:
    """A table whose texts no spreadsheet runs: an apostrophe stands before what would be a formula."""
    texts = pl.selectors.string()
    return table.with_columns(
        pl.when(texts.str.contains(FORMULA)).then(pl.lit("'") + texts).otherwise(texts).name.keep()
    )


def write_table(table: pl.DataFrame | pl.LazyFrame, place: Path) -> None:
    """Write a table as Parquet, CSV or Excel, as the name says; a crash leaves the old or the new file.

    Parquet and CSV are streamed. Raises BadInput for another kind of file, OSError if the disk will not.
    """
    lazy = table.lazy()
    match place.suffix.lower():
        case ".parquet":
            _sunk(place, lazy)
        case ".csv":
            _sunk(place, escaped(lazy))
        case ".xlsx":
            write_book({place.stem: lazy.collect(engine="streaming")}, place)
        case other:
            must = "must end in .parquet, .csv or .xlsx"
            raise BadInput([Problem(str(place), must, other or "no ending")])


def write_book(sheets: Mapping[str, pl.DataFrame], place: Path) -> None:
    """Write tables as the sheets of one workbook. Raises BadInput where one is too long for a sheet."""
    try:
        import xlsxwriter
    except ImportError:
        hint = "pip install 'stakhanov[tables]'"
        must = "must be written with the package xlsxwriter"
        raise BadInput([Problem(str(place), must, "it is not installed", hint)]) from None
    for name, sheet in sheets.items():
        if sheet.height >= SHEET:
            must = f"must have fewer than {SHEET:,} rows for a sheet"
            hint = "write Parquet or CSV"
            raise BadInput([Problem(f"{place.name}, {name}", must, f"{sheet.height:,}", hint)])
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        for name, sheet in sheets.items():
            sheet.write_excel(book, worksheet=name[:31], autofit=sheet.height < 10_000)
    write_atomically(place, content.getvalue())


def _sunk(place: Path, table: pl.LazyFrame) -> None:
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        if place.suffix.lower() == ".csv":
            table.sink_csv(beside)
        else:
            table.sink_parquet(beside)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
