"""Two distributions on each other from counts that were already made, with a mark at one place."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from stakhanov.charts.axes import Up
from stakhanov.charts.lines import FOOT, HEAD
from stakhanov.charts.marks import LINE, Style, at_x, at_y, colours, data_of
from stakhanov.charts.theme import LIGHT, SMALL, Size, width_of


def histogram(
    table: pl.DataFrame,
    filled: Style,
    outlined: Style,
    up: Up,
    *,
    mark: tuple[float, str],
    title: str,
    size: Size = SMALL,
) -> alt.LayerChart:
    """One distribution solid, the other as an outline over it.

    `table`: x (lower edge), x2 (upper edge), series, value. `mark`: where the rule stands and what
    it is called. `title`: of the horizontal axis. `up` is shared by charts set side by side.
    """
    low, high = float(str(table["x"].min())), float(str(table["x2"].max()))
    height = size.height - FOOT - HEAD - 18
    across = alt.X(
        "x:Q",
        title=title,
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(tickMinStep=50, tickCount=5, format="d"),
    )
    upward = up.axis(lift=HEAD - 14.0)
    styles = [filled, outlined]
    solid = _outline(table, filled.series).mark_area(interpolate="step-after")
    outline = _outline(table, outlined.series).mark_line(interpolate="step-after", strokeWidth=2)
    layers = [drawn.encode(x=across, y=upward, color=colours(styles)) for drawn in (solid, outline)]
    width = size.width - up.room - 8.0
    key = _key(styles, width)
    return alt.LayerChart(layer=[*layers, *_mark(mark), *key], width=width, height=height)


def _outline(table: pl.DataFrame, series: str) -> alt.Chart:
    """The upper edge of a series, closed at its right end."""
    rows = table.filter(pl.col("series") == series).sort("x")
    closed = rows.tail(1).with_columns(pl.col("x2").alias("x"))
    return data_of(pl.concat([rows, closed]).select("x", "series", "value"))


def _mark(mark: tuple[float, str]) -> list[Any]:
    place, said = mark
    base = alt.Chart(alt.InlineData(values=[{"x": place, "said": said}])).encode(x=alt.X("x:Q"))
    rule = base.mark_rule(color=LIGHT["norm"], strokeWidth=1.2)
    text = base.mark_text(align="right", baseline="top", dx=-5, color=LIGHT["norm"])
    return [rule, text.encode(y=at_y(0), text=alt.Text("said:N"))]


def _key(styles: list[Style], width: float) -> list[Any]:
    """A swatch and a name for both distributions, in the upper right corner."""
    layers: list[Any] = []
    left = width - max(width_of(style.series) for style in styles) - 2.0
    for row, style in enumerate(styles):
        base = alt.Chart(alt.InlineData(values=[{"series": style.series}]))
        y = at_y(row * LINE + 8.0)
        swatch = base.mark_point(
            shape="square", size=110, filled=row == 0, strokeWidth=2, opacity=1.0
        )
        layers.append(swatch.encode(x=at_x(left - 12.0), y=y, color=colours(styles)))
        text = base.mark_text(align="left", baseline="middle")
        named = text.encode(x=at_x(left), y=y, text=alt.Text("series:N"), color=colours(styles))
        layers.append(named)
    return layers
