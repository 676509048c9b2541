"""A histogram of counts that were already made, with a mark at one place."""

from __future__ import annotations

import altair as alt
import polars as pl

from stakhanov.charts.lines import Style, colours, data_of
from stakhanov.charts.theme import LIGHT


def histogram(
    table: pl.DataFrame,
    filled: Style,
    outlined: Style,
    *,
    mark: float,
    marked: str,
    x: str,
    y: str,
    top: float,
) -> alt.LayerChart:
    """Two distributions on each other, one filled and one as an outline.

    `table`: x (lower edge), x2 (upper edge), series, value. `mark`: where the line stands, and
    `marked` what it says. `top`: upper end of the vertical axis, shared by charts set side by side.
    """
    styles = [filled, outlined]
    low, high = float(str(table["x"].min())), float(str(table["x2"].max()))
    across = alt.X(
        "x:Q",
        title=x,
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(tickMinStep=50),
    )
    up = alt.Y("value:Q", title=y, scale=alt.Scale(domain=[0, top]))
    bars = (
        data_of(table.filter(pl.col("series") == filled.series))
        .mark_bar(opacity=0.55, binSpacing=0)
        .encode(x=across, x2="x2:Q", y=up, y2=alt.datum(0), color=colours(styles))
    )
    outline = (
        data_of(table.filter(pl.col("series") == outlined.series))
        .mark_line(interpolate="step-after", strokeWidth=1.8)
        .encode(x=across, y=up, color=colours(styles))
    )
    at = alt.Chart(alt.InlineData(values=[{"x": mark, "said": marked}])).encode(x="x:Q")
    rule = at.mark_rule(strokeDash=[3, 3], strokeWidth=1.4, color=LIGHT["ink"])
    said = at.mark_text(
        align="right", dx=-5, dy=4, baseline="top", fontSize=13, color=LIGHT["ink"]
    ).encode(y=alt.value(0), text="said:N")
    return alt.LayerChart(layer=[bars, outline, rule, said])
