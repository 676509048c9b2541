"""Two distributions on each other from counts that were already made, with a mark at one place."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from stakhanov.charts.axes import Up
from stakhanov.charts.frame import FOOT, HEAD, SMALL, TITLE, Frame, Size
from stakhanov.charts.lettering import width_of
from stakhanov.charts.marks import LINE, Style, at_x, at_y, colours, data_of
from stakhanov.charts.theme import LIGHT


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
    frame = Frame(size, up.room, 14.0, HEAD + LINE, FOOT + TITLE)
    across = alt.X(
        "x:Q",
        title=title,
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(tickMinStep=50, tickCount=5, format="d"),
    )
    upward = up.axis(frame)
    styles = [filled, outlined]
    solid = _outline(table, filled.series).mark_area(interpolate="step-after")
    outline = _outline(table, outlined.series).mark_line(interpolate="step-after", strokeWidth=2)
    layers = [drawn.encode(x=across, y=upward, color=colours(styles)) for drawn in (solid, outline)]
    return frame.layered([*layers, *_mark(mark), *_key(styles, frame)])


def _outline(table: pl.DataFrame, series: str) -> alt.Chart:
    """The upper edge of a series from its first to its last bar, closed at both ends."""
    rows = table.filter(pl.col("series") == series).sort("x")
    used = rows.filter(pl.col("value") > 0.0)
    if not used.is_empty():
        rows = rows.filter(pl.col("x").is_between(used["x"].min(), used["x"].max()))
    ground = pl.lit(0.0, rows.schema["value"]).alias("value")
    before = rows.head(1).with_columns(ground)
    after = rows.tail(1).with_columns(pl.col("x2").alias("x"), ground)
    return data_of(pl.concat([before, rows, after]).select("x", "series", "value"))


def _mark(mark: tuple[float, str]) -> list[Any]:
    """A rule through the plot, its name above it where no bar can reach."""
    place, said = mark
    base = alt.Chart(alt.InlineData(values=[{"x": place, "said": said}])).encode(x=alt.X("x:Q"))
    rule = base.mark_rule(color=LIGHT["norm"], strokeWidth=1.2)
    text = base.mark_text(baseline="bottom", dy=-3, color=LIGHT["norm"])
    return [rule, text.encode(y=at_y(0), text=alt.Text("said:N"))]


def _key(styles: list[Style], frame: Frame) -> list[Any]:
    """A swatch and a name for both distributions, in the upper right corner above the plot."""
    layers: list[Any] = []
    y = at_y(HEAD - 14.0 - frame.top)
    left = frame.width + 12.0
    for style in reversed(styles):
        left -= width_of(style.series)
        base = alt.Chart(alt.InlineData(values=[{"series": style.series}]))
        text = base.mark_text(align="left", baseline="middle")
        named = text.encode(x=at_x(left), y=y, text=alt.Text("series:N"), color=colours(styles))
        swatch = base.mark_point(
            shape="square", size=100, filled=style is styles[0], strokeWidth=2, opacity=1.0
        )
        layers += [named, swatch.encode(x=at_x(left - 11.0), y=y, color=colours(styles))]
        left -= 30.0
    return layers
