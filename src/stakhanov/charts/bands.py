"""A band between two edges with a line in it."""

from __future__ import annotations

import altair as alt
import polars as pl

from stakhanov.charts.axes import Across, Up
from stakhanov.charts.frame import SMALL, Size
from stakhanov.charts.lines import lines
from stakhanov.charts.marks import Style, data_of
from stakhanov.charts.theme import LIGHT


def band(
    table: pl.DataFrame,
    edges: tuple[Style, Style],
    middle: Style,
    across: Across,
    up: Up,
    *,
    size: Size = SMALL,
) -> alt.LayerChart:
    """The space between the upper and the lower edge, washed, and the line between them.

    `table`: x, series, value; the three series bear the names of the styles.
    """
    upper, lower = edges
    drawn = lines(table, [upper, middle, lower], across, up, size=size)
    wide = table.filter(pl.col("series").is_in([upper.series, lower.series])).pivot(
        on="series", index="x", values="value"
    )
    area = (
        data_of(wide.sort("x").rename({upper.series: "upper", lower.series: "lower"}))
        .mark_area(color=LIGHT[middle.role], opacity=0.14)
        .encode(x=alt.X("x:Q"), y=alt.Y("upper:Q"), y2=alt.Y2("lower:Q"))
    )
    drawn.layer = [area, *drawn.layer]
    return drawn
