"""Lines over time, from a table with the columns x, series and value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from stakhanov.charts.axes import Across, Up
from stakhanov.charts.marks import (
    LINE,
    Event,
    Style,
    at_x,
    colours,
    data_of,
    ends_of,
    events_of,
    rows_of,
)
from stakhanov.charts.theme import LIGHT, SMALL, Size

#: Pixels below the plot for the marks of the time axis, and above it for the unit.
FOOT, HEAD = 26, 26
#: About what the names at the ends of lines take.
BESIDE = 80


def lines(
    table: pl.DataFrame,
    styles: Sequence[Style],
    across: Across,
    up: Up,
    *,
    size: Size = SMALL,
    gap: tuple[str, str] | None = None,
    events: Sequence[Event] = (),
    mark: tuple[float, str] | None = None,
) -> alt.LayerChart:
    """One line a series with its name and last value at its end; a dot where it has one value.

    `table`: x, series, value; values that are no numbers leave a gap. `gap`: two series between
    which the space is washed in the first one's colour where it is the larger. `mark`: a level and
    what it is called, drawn as a rule.
    """
    placed = rows_of(events, across, size.width - up.room - BESIDE)
    head = HEAD + int(LINE) * (1 + max((row for _, row in placed), default=-1))
    height = size.height - FOOT - head - (18 if across.title else 0)
    ends, beside = ends_of(table, styles, up, height)
    width = size.width - up.room - beside
    x, y = across.axis(width), up.axis(lift=head - 14.0)
    layers = [*events_of(placed)]
    if gap is not None:
        layers.append(_wash(table, gap, styles).encode(x=x))
    if mark is not None:
        layers += _level(mark)
    # What lies under the others is drawn first.
    for style in sorted(styles, key=lambda style: not style.pale):
        rows = table.filter(pl.col("series") == style.series).sort("x")
        if not rows.is_empty():
            layers.append(_line(rows, style).encode(x=x, y=y, color=colours(styles)))
    said = data_of(ends).mark_text(align="left", baseline="middle", dx=7)
    named = said.encode(x=x, y=y, text=alt.Text("said:N"), color=colours(styles))
    return alt.LayerChart(layer=[*layers, named], width=width, height=height)


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


def _level(mark: tuple[float, str]) -> list[Any]:
    value, said = mark
    base = alt.Chart(alt.InlineData(values=[{"said": said}]))
    rule = base.mark_rule(color=LIGHT["norm"], strokeWidth=1).encode(y=alt.YDatum(value))
    text = base.mark_text(align="left", baseline="bottom", dx=3, dy=-3, color=LIGHT["norm"])
    return [rule, text.encode(x=at_x(0), y=alt.YDatum(value), text=alt.Text("said:N"))]
