"""What is wrong with a table's rows: the first ones told, the rest counted, in bounded memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.foundation.problem import Problem
from stakhanov.foundation.report_cells import Cell
from stakhanov.foundation.report_sources import Opened

#: So many problems of a kind are told one by one.
TOLD = 5
#: So many keys that stand twice are looked at where it is enough to know that there are some.
SOME = 10_000
#: Hashes of keys that are compared at a time: 200 megabytes.
AT_A_TIME = 25_000_000


@dataclass(frozen=True)
class Checked:
    """How many rows there are, how many of them will not do, and the sentences that say so."""

    rows: int
    bad_rows: int
    problems: list[Problem]


def check_cells(frame: pl.LazyFrame, cells: Sequence[Cell], opened: Opened) -> Checked:
    """Count the cells that will not do, and tell the first ones of every column, line by line."""
    counts = frame.select(
        pl.len().alias("rows"),
        pl.any_horizontal(cell.bad for cell in cells).sum().alias("bad rows"),
        *(cell.bad.sum().alias(f"bad {cell.name}") for cell in cells),
    )
    found = counts.collect(engine="streaming").row(0, named=True)
    by_row: list[tuple[int, Problem]] = []
    rest: list[Problem] = []
    for cell in cells:
        count = found[f"bad {cell.name}"]
        if count:
            by_row += _told(frame, cell, opened)
        if count > TOLD:
            must = f"{cell.must} in every row"
            more = f"{count:,} rows where it is not; the first {TOLD} are told"
            rest.append(Problem(f"{opened.name}, {cell.name}", must, more))
    by_row.sort(key=lambda one: one[0])
    return Checked(found["rows"], found["bad rows"], [*(one for _, one in by_row), *rest])


def _told(frame: pl.LazyFrame, cell: Cell, opened: Opened) -> list[tuple[int, Problem]]:
    """The first problems of a column, each with its row."""
    rows = frame.filter(cell.bad).select("row", cell.raw.cast(pl.String).alias("cell")).head(TOLD)
    return [
        (row, Problem(f"{opened.name} {opened.place(row)}, {cell.name}", cell.must, _shown(found)))
        for row, found in rows.collect(engine="streaming").iter_rows()
    ]


def _shown(cell: Any) -> str:
    if cell is None or not str(cell).strip():
        return "nothing"
    text = str(cell)
    return f'"{text}"' if len(text) <= 40 else f'"{text[:39]}…"'


@dataclass(frozen=True)
class Doubles:
    """Keys that stand more than once: which, in how many rows, and the sentences that say so."""

    keys: pl.DataFrame
    rows: int
    problems: list[Problem]


def doubles(
    frame: pl.LazyFrame, key: list[str], rows: int, opened: Opened, most: int | None = SOME
) -> Doubles:
    """Workers, periods and segments that stand twice: so many of them, or every one.

    Hashes are compared, some at a time, so that memory stays bounded; what seems to stand twice is then
    looked at itself.
    """
    hashed = frame.with_columns(pl.struct(key).hash(seed=1935).alias("hash"))
    parts = -(-rows // AT_A_TIME)
    twice = np.concatenate([_twice(hashed, part, parts) for part in range(parts)])
    if twice.size == 0:
        return Doubles(pl.DataFrame(), 0, [])
    some = pl.Series(twice[:most], dtype=pl.UInt64)
    groups = (
        hashed.filter(pl.col("hash").is_in(some.implode()))
        .group_by(key)
        .agg(pl.col("row").sort())
        .filter(pl.col("row").list.len() > 1)
        .collect(engine="streaming")
        .sort(pl.col("row").list.first())
    )
    if groups.height == 0:  # two keys with one hash
        return Doubles(groups.select(key), 0, [])
    count = groups.height if most is None else max(groups.height, twice.size)
    in_rows = int(groups["row"].list.len().sum())
    return Doubles(groups.select(key), in_rows, _told_doubles(groups, key, count, opened))


def _twice(hashed: pl.LazyFrame, part: int, parts: int) -> NDArray[np.uint64]:
    """Hashes that stand more than once among those of one part."""
    chosen = hashed if parts == 1 else hashed.filter(pl.col("hash") % parts == part)
    values = chosen.select("hash").collect(engine="streaming")["hash"].to_numpy(writable=True)
    values.sort()
    found: NDArray[np.uint64] = np.unique(values[1:][values[1:] == values[:-1]])
    return found


def _told_doubles(
    groups: pl.DataFrame, key: list[str], count: int, opened: Opened
) -> list[Problem]:
    problems = []
    for group in groups.head(TOLD).iter_rows(named=True):
        places = " and ".join(opened.place(row) for row in group["row"][:2])
        found = ", ".join(f"{name} {group[name]}" for name in key)
        must = f"must be the only row of its {', '.join(key)}"
        problems.append(Problem(f"{opened.name} {places}", must, found))
    if count > TOLD:
        found = f"{count:,} that stand more than once; the first {TOLD} are told"
        problems.append(Problem(opened.name, f"must have one row for each {', '.join(key)}", found))
    return problems
