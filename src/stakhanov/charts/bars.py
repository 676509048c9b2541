"""Bars from zero, one a row, with the interval of each where it is known."""

from __future__ import annotations

import math

import altair as alt
import polars as pl

from stakhanov.charts.frame import HEAD, SMALL, Frame, Size
from stakhanov.charts.lettering import width_of
from stakhanov.charts.marks import data_of, short
from stakhanov.charts.names import Names
from stakhanov.charts.theme import LIGHT


def bars(
    table: pl.DataFrame, title: str, *, role: str = "true", size: Size = SMALL
) -> alt.LayerChart:
    """A bar for every row, from the top in the table's order, its value beside it.

    `table`: label, value, and low and high where intervals are known. `title`: what is measured
    and in what. The height follows the number of rows; that of `size` does not count.
    """
    known = "low" in table.columns and "high" in table.columns
    edges = table.select("low", "high") if known else table.select("value")
    values = [value for column in edges.iter_columns() for value in column]
    given = [v for v in (*values, *table["value"], 0.0) if v is not None and math.isfinite(v)]
    ends = [min(given), max(given)] if min(given) < max(given) else [0.0, 1.0]
    names = Names.of(table["label"], size.width)
    said = table.with_columns(
        pl.Series("label", names.labels, pl.String),
        pl.col("value").map_elements(short, pl.String).alias("said"),
    )
    outer = pl.max_horizontal("value", "high") if known else pl.col("value")
    lower = pl.min_horizontal("value", "low") if known else pl.col("value")
    said = said.with_columns(
        pl.when(pl.col("value") < 0.0).then(lower).otherwise(outer).alias("end")
    )
    tall = Size(size.width, int(HEAD + names.row * max(len(names.labels), 1) + 4))
    # The number of a bar that goes to the left stands between it and the name.
    minus = said.filter(pl.col("value") < 0.0)["said"]
    free = max((width_of(one) + 5.0 for one in minus), default=0.0)
    left = names.beside + free
    right = max(map(width_of, said["said"]), default=0.0) + 12.0
    frame = Frame(tall, left, right, HEAD, 4.0)
    # Every bar bears its number: marks of an axis would say it twice.
    axis = alt.Axis(orient="top", labels=False, ticks=False, domain=False, grid=False)
    axis.titleX, axis.titleY, axis.titleAlign, axis.titleBaseline = -left, -8.0, "left", "bottom"
    axis.titleAnchor = "start"
    x_scale = alt.Scale(domain=ends, nice=False)
    x = alt.X("value:Q", title=title, scale=x_scale, axis=axis)
    y = names.axis(free)
    base = data_of(said)
    layers = [base.mark_bar(color=LIGHT[role], height={"band": 0.62}).encode(x=x, y=y)]
    if known:
        rule = base.mark_rule(color=LIGHT["soft"], strokeWidth=2)
        layers.append(rule.encode(x=alt.X("low:Q", title=title), x2=alt.X2("high:Q"), y=y))
    for text in (
        base.transform_filter("datum.value >= 0").mark_text(align="left", dx=5),
        base.transform_filter("datum.value < 0").mark_text(align="right", dx=-5),
    ):
        layers.append(text.encode(x=alt.X("end:Q", title=title), y=y, text=alt.Text("said:N")))
    return frame.layered(layers)
