"""Lines over time, from a table with the columns x, series and value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from stakhanov.charts.axes import Across, Up
from stakhanov.charts.ends import Level, ends_of, names_of, room_of
from stakhanov.charts.frame import FOOT, HEAD, SMALL, TITLE, Frame, Size
from stakhanov.charts.marks import LINE, Event, Style, colours, data_of, events_of, rows_of
from stakhanov.charts.theme import LIGHT


def lines(
    table: pl.DataFrame,
    styles: Sequence[Style],
    across: Across,
    up: Up,
    *,
    size: Size = SMALL,
    gap: tuple[str, str] | None = None,
    events: Sequence[Event] = (),
    mark: Level | None = None,
) -> alt.LayerChart:
    """One line a series with its name and last value at its end; a dot where it has one value.

    `table`: x, series, value; values that are no numbers leave a gap. `gap`: two series between
    which the space is washed in the first one's colour where it is the larger. `mark`: a level and
    what it is called, drawn as a rule.
    """
    ends = ends_of(table, styles, across, mark)
    right = max(room_of(ends), size.beside)
    placed = rows_of(events, across, size.width - up.room - right)
    rows = 1 + max((row for _, row in placed), default=-1)
    bottom = FOOT + (TITLE if across.title else 0.0)
    frame = Frame(size, up.room, right, HEAD + LINE * rows, bottom)
    x, y = across.axis(frame.width), up.axis(frame)
    layers = [*events_of(placed)]
    if gap is not None:
        layers.append(_wash(table, gap, styles).encode(x=x))
    if mark is not None:
        layers.append(_level(mark[0]))
    # What lies under the others is drawn first.
    for style in sorted(styles, key=lambda style: not style.pale):
        drawn = table.filter(pl.col("series") == style.series).sort("x")
        if not drawn.is_empty():
            layers.append(_line(drawn, style).encode(x=x, y=y, color=colours(styles)))
    return frame.layered([*layers, names_of(ends, up, frame.height)])


def room_beside(
    table: pl.DataFrame, styles: Sequence[Style], across: Across, mark: Level | None = None
) -> float:
    """Pixels that the names at the ends of lines take, for charts that are to stand in line."""
    return room_of(ends_of(table, styles, across, mark))


def _line(rows: pl.DataFrame, style: Style) -> alt.Chart:
    marks = data_of(rows)
    if rows["value"].is_finite().sum() == 1:
        drawn: alt.Chart = marks.mark_point(
            filled=not style.pale, size=140 if style.pale else 60, opacity=1.0
        )
        return drawn
    stroke: dict[str, Any] = {"strokeWidth": style.width}
    if style.dashed:
        stroke["strokeDash"] = [5, 4]
    if style.step:
        stroke["interpolate"] = "step-after"
    if style.pale:
        stroke["opacity"] = 0.45
    line: alt.Chart = marks.mark_line(**stroke)
    return line


def _wash(table: pl.DataFrame, gap: tuple[str, str], styles: Sequence[Style]) -> alt.Chart:
    upper, lower = gap
    role = next(style.role for style in styles if style.series == upper)
    wide = table.filter(pl.col("series").is_in(gap)).pivot(on="series", index="x", values="value")
    both = wide.select(
        "x", pl.max_horizontal(upper, lower).alias("upper"), pl.col(lower).alias("lower")
    )
    area = data_of(both.sort("x")).mark_area(color=LIGHT[role], opacity=0.2)
    washed: alt.Chart = area.encode(y=alt.Y("upper:Q"), y2=alt.Y2("lower:Q"))
    return washed


def _level(value: float) -> alt.Chart:
    base = alt.Chart(alt.InlineData(values=[{}]))
    drawn: alt.Chart = base.mark_rule(color=LIGHT["norm"], strokeWidth=1).encode(
        y=alt.YDatum(value)
    )
    return drawn
