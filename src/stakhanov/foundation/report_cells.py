"""How cells become values: numbers, dates in several forms, names; and which cells will not do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from stakhanov.foundation.report_columns import COLUMNS, Column

DateOrder = Literal["dmy", "mdy"]

#: Dates as people write them; day or month first where a stroke or a dash parts them.
EITHER = r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$"
DATES = {
    "day": r"^\d{4}-\d{1,2}-\d{1,2}$",
    "time": r"^\d{4}-\d{1,2}-\d{1,2}[T ].*$",
    "year first": r"^\d{4}/\d{1,2}/\d{1,2}$",
    "dotted": r"^\d{1,2}\.\d{1,2}\.\d{4}$",
    "either": EITHER,
    "month": r"^\d{4}-\d{1,2}$",
}
#: How the simple ones are written.
WRITTEN = {"day": "%Y-%m-%d", "year first": "%Y/%m/%d", "dotted": "%d.%m.%Y"}
EIGHT = r"^(18|19|20|21)\d{6}$"
WHOLE = r"^[+-]?\d+$"
COMMA = r"^[+-]?\d+,\d+$"
YES, NO = ("true", "yes", "1", "t", "y"), ("false", "no", "0", "f", "n")


@dataclass(frozen=True)
class Cell:
    """A column's cells: as they were found, as values, and whether they will not do."""

    name: str
    raw: pl.Expr
    value: pl.Expr
    bad: pl.Expr
    must: str


@dataclass(frozen=True)
class Known:
    """What the whole table says of how its cells are written."""

    dated: bool = False
    forms: tuple[str, ...] = ()  # of dates that stand in it
    order: DateOrder = "dmy"
    eight: bool = False  # periods of eight figures are dates
    comma: bool = False  # decimals stand behind a comma
    problem: tuple[str, str, str] | None = None


def survey(
    frame: pl.LazyFrame,
    found: Mapping[str, str],
    schema: Mapping[str, pl.DataType],
    *,
    dates: DateOrder | None,
    comma: bool,
) -> Known:
    """Look over all periods, to learn in what form they are written."""
    source = found["period"]
    kind = schema[source]
    if kind.is_temporal():
        return Known(dated=True, comma=comma)
    if kind != pl.String:
        return Known(comma=comma)
    text = pl.col(source).str.strip_chars()
    written, days = (
        frame.select(text.is_not_null().sum(), text.str.contains(DATES["day"]).sum().alias("days"))
        .collect(engine="streaming")
        .row(0)
    )
    if 0 < written == days:  # what most tables have, and seen at one glance
        return Known(dated=True, forms=("day",), comma=comma)
    return _mixed(frame, text, dates, comma=comma)


def _mixed(frame: pl.LazyFrame, text: pl.Expr, dates: DateOrder | None, *, comma: bool) -> Known:
    """What periods are that are written in other forms than one, or in several."""
    first, second = (text.str.extract(EITHER, k).cast(pl.Int32) for k in (1, 2))
    told = frame.select(
        written=text.is_not_null().sum(),
        **{f"as {form}": text.str.contains(pattern).sum() for form, pattern in DATES.items()},
        eights=text.str.contains(EIGHT).sum(),
        day_first=(first > 12).sum(),
        month_first=(second > 12).sum(),
        either=((first != second) & (first <= 12) & (second <= 12)).sum(),
    )
    count = told.collect(engine="streaming").row(0, named=True)
    eight = 0 < count["written"] == count["eights"]
    forms = tuple(form for form in DATES if count[f"as {form}"])
    return Known(
        dated=eight or bool(forms),
        forms=forms,
        order=dates or ("mdy" if count["month_first"] else "dmy"),
        eight=eight,
        comma=comma,
        problem=None if dates else _contradiction(count),
    )


def _contradiction(count: Mapping[str, int]) -> tuple[str, str, str] | None:
    must = "must be written in one order of day and month"
    if count["day_first"] and count["month_first"]:
        found = f"{count['day_first']} with the day first, {count['month_first']} with the month"
        return must, found, "--dates dmy or --dates mdy says which; the others are told then"
    if count["either"] and not (count["day_first"] or count["month_first"]):
        found = f"{count['either']} that can be read both ways"
        return "must say whether day or month stands first", found, "--dates dmy or --dates mdy"
    return None


def cells_of(
    found: Mapping[str, str], schema: Mapping[str, pl.DataType], known: Known
) -> list[Cell]:
    """The cells of every column that is there, in the catalogue's order."""
    return [
        _cell(name, found[name], schema[found[name]], known) for name in COLUMNS if name in found
    ]


def _cell(name: str, source: str, kind: pl.DataType, known: Known) -> Cell:
    column, raw = COLUMNS[name], pl.col(source)
    text = raw.str.strip_chars() if kind == pl.String else raw
    missing = text.is_null() | (text == "") if kind == pl.String else text.is_null()
    must = column.must
    if name == "period":
        value = _period(text, kind, known)
        must = "must be a date" if known.dated else "must be a whole number"
    elif column.kind == pl.String:
        value = raw.cast(pl.String) if kind != pl.String else text
    elif column.kind == pl.Boolean:
        value = _flag(text, kind)
    else:
        value = _number(text, kind, column, known)
    if kind == pl.String:  # nothing of another kind is nothing already
        value = pl.when(missing).then(None).otherwise(value)
    unfit = value.is_null() & ~missing
    if column.above is not None:
        unfit = unfit | (value <= column.above).fill_null(value=False)
    return Cell(name, raw, value, unfit | missing if column.needed else unfit, must)


def _number(text: pl.Expr, kind: pl.DataType, column: Column, known: Known) -> pl.Expr:
    if kind == pl.Boolean:
        return text.cast(pl.Int32).cast(column.kind)
    if kind == pl.String and known.comma:
        text = pl.when(text.str.contains(COMMA)).then(text.str.replace(",", ".")).otherwise(text)
    if column.kind == pl.Float64:
        value = text.cast(pl.Float64, strict=False)
        return pl.when(value.is_finite()).then(value)
    if kind.is_integer():
        return text.cast(column.kind, strict=False)
    whole = text.cast(pl.Float64, strict=False)
    exact = (
        text.cast(pl.Int64, strict=False)
        if kind == pl.String
        else whole.cast(pl.Int64, strict=False)
    )
    rounded = pl.when(whole == whole.round()).then(whole.cast(pl.Int64, strict=False))
    return (pl.coalesce(exact, rounded) if kind == pl.String else rounded).cast(
        column.kind, strict=False
    )


def _flag(text: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if kind == pl.Boolean:
        return text
    word = text.cast(pl.String).str.to_lowercase()
    return pl.when(word.is_in(YES)).then(True).when(word.is_in(NO)).then(False)


def _period(text: pl.Expr, kind: pl.DataType, known: Known) -> pl.Expr:
    """A date, or a whole number where the table has numbers.

    What is of the right kind stays the column that it is: then the rows of one period are found in a Parquet
    file by what it says of its row groups, and the others are not read.
    """
    if kind in (pl.Date, pl.Int64):
        return text
    if kind.is_temporal():
        return text.cast(pl.Date, strict=False)
    if not known.dated:
        return _number(text, kind, COLUMNS["period"], Known())
    if known.eight:
        return text.str.to_date("%Y%m%d", strict=False)
    return pl.coalesce([_date(text, form, known.order) for form in known.forms])


def _date(text: pl.Expr, form: str, order: DateOrder) -> pl.Expr:
    """A date that is written in one form; nothing where it is not."""
    match form:
        case "time":
            day = text.str.extract(r"^(\d{4}-\d{1,2}-\d{1,2})[T ].*$")
            return day.str.to_date("%Y-%m-%d", strict=False)
        case "month":
            day = pl.when(text.str.contains(DATES[form])).then(text + "-01")
            return day.str.to_date("%Y-%m-%d", strict=False)
        case "either":
            day = text.str.replace(EITHER, "$1/$2/$3")
            return day.str.to_date("%d/%m/%Y" if order == "dmy" else "%m/%d/%Y", strict=False)
    return text.str.to_date(WRITTEN[form], strict=False)
