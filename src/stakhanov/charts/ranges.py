"""Ranges that were told before, and what came."""

from __future__ import annotations

import altair as alt
import polars as pl

from stakhanov.charts.axes import Across, Up
from stakhanov.charts.frame import FOOT, HEAD, RIGHT, SMALL, TITLE, Frame, Size
from stakhanov.charts.marks import data_of
from stakhanov.charts.theme import LIGHT


def ranges(
    table: pl.DataFrame, titles: tuple[str, str], up: tuple[float, ...], *, size: Size = SMALL
) -> alt.LayerChart:
    """A bar for each range, and what came in it: a dot within, an open diamond outside.

    `table`: x (whole numbers in a row), low, high and value. `titles`: what the two axes say; `up`: the
    marks of the upright one.
    """
    rows = table.with_columns(inside=pl.col("value").is_between("low", "high"))
    first, last = rows["x"].min(), rows["x"].max()
    upright = Up(up, titles[1])
    frame = Frame(size, upright.room, RIGHT, HEAD, FOOT + TITLE)
    x = Across(float(first) - 0.6, float(last) + 0.6, titles[0]).axis(frame.width)  # type: ignore[arg-type]
    y = upright.axis(frame)
    base = data_of(rows)
    thick = max(4.0, min(16.0, 0.5 * frame.width / rows.height))
    spans = base.mark_rule(color=LIGHT["reported"], strokeWidth=thick, opacity=0.35)
    within = base.transform_filter("datum.inside").mark_circle(
        color=LIGHT["true"], size=62, opacity=1.0
    )
    outside = base.transform_filter("!datum.inside").mark_point(
        color=LIGHT["true"], shape="diamond", size=90, strokeWidth=2, opacity=1.0
    )
    return frame.layered(
        [
            spans.encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q")),
            within.encode(x=x, y=y),
            outside.encode(x=x, y=y),
        ]
    )
