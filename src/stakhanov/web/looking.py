"""A first look at a table of reports: how it was read, and which cells will not do. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from stakhanov.foundation.problem import BadInput
from stakhanov.foundation.report_cells import Cell, cells_of, survey
from stakhanov.foundation.report_columns import COLUMNS, mapped
from stakhanov.foundation.report_problems import check_cells
from stakhanov.foundation.report_sources import Opened, told_by_polars
from stakhanov.foundation.reports import read
from stakhanov.web.checking import for_a_form, text_of
from stakhanov.web.manner import Manner
from stakhanov.web.settings import Settings

#: Rows from the beginning and rows with bad cells that are shown, columns of them, letters of a cell.
FIRST_ROWS, BAD_ROWS, WIDE, LETTERS = 6, 12, 16, 60


@dataclass(frozen=True)
class Shown:
    """A cell: its text, and what it must be where it will not do."""

    text: str
    must: str = ""


@dataclass(frozen=True)
class Look:
    """`heads`: the table's columns, each with ours that it is read as; `missing`: ours that are needed."""

    heads: tuple[tuple[str, str], ...]
    more: int  # columns that are not shown
    missing: tuple[str, ...]
    rows: int
    bad_rows: int
    lines: tuple[tuple[str, tuple[Shown, ...]], ...]
    problems: tuple[str, ...]


def looked(content: bytes, name: str, manner: Manner, settings: Settings) -> Look:
    """How a table would be read. Raises BadInput where it is no table at all."""
    opened = text_of(content, name, settings)
    try:
        problems = _problems(opened, manner)
        names = opened.frame.collect_schema().names()
        found, cells = _cells(opened, manner)
        frame = opened.frame.with_row_index("row")
        told = frame.filter(~pl.all_horizontal(pl.col(names).is_null()))
        checked = check_cells(told, cells, opened) if cells else None
        lines = _lines(told, names[:WIDE], cells, opened, found)
        rows = checked.rows if checked else told.select(pl.len()).collect().item()
    except pl.exceptions.PolarsError as error:
        raise BadInput([told_by_polars(name, error)]) from None
    ours = {source: column for column, source in found.items()}
    return Look(
        tuple((one[:LETTERS], ours.get(one, "")) for one in names[:WIDE]),
        max(0, len(names) - WIDE),
        tuple(name for name, about in COLUMNS.items() if about.needed and name not in found),
        rows,
        checked.bad_rows if checked else 0,
        lines,
        tuple(problems),
    )


def _problems(opened: Opened, manner: Manner) -> list[str]:
    """Everything that would be told when it is checked."""
    try:
        read(opened, manner.columns, dates=manner.dates)
    except BadInput as error:
        return [str(for_a_form(one)) for one in error.problems]
    return []


def _cells(opened: Opened, manner: Manner) -> tuple[dict[str, str], list[Cell]]:
    """Which columns were found, and their cells where it can be said how they are written."""
    schema = opened.frame.collect_schema()
    try:
        found = mapped(manner.columns, schema.names(), opened.name)
    except BadInput:
        chosen = {**{one: one for one in COLUMNS}, **manner.columns}
        return {ours: name for ours, name in chosen.items() if name in schema.names()}, []
    known = survey(opened.frame, found, schema, dates=manner.dates, comma=opened.decimal_comma)
    return found, cells_of(found, schema, known) if known.problem is None else []


def _lines(
    frame: pl.LazyFrame,
    names: list[str],
    cells: list[Cell],
    opened: Opened,
    found: Mapping[str, str],
) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
    """The first rows, and the first of those with cells that will not do."""
    bad = [cell.bad.alias(f"\0{place}") for place, cell in enumerate(cells)]
    marks = {f"\0{place}": cell for place, cell in enumerate(cells)}
    texts = [pl.col(name).cast(pl.String).str.slice(0, LETTERS) for name in names]
    chosen = frame.select("row", *texts, *bad)
    kept = chosen.head(FIRST_ROWS).collect()
    if marks:
        wrong = chosen.filter(pl.any_horizontal(*marks)).head(BAD_ROWS).collect()
        kept = pl.concat([kept, wrong]).unique("row", keep="first").sort("row")
    lines = []
    for row in kept.iter_rows(named=True):
        musts = {found[cell.name]: cell.must for mark, cell in marks.items() if row[mark]}
        shown = tuple(Shown(row[name] or "", musts.get(name, "")) for name in names)
        lines.append((opened.place(row["row"]), shown))
    return tuple(lines)
