"""What was measured along a parameter, with its intervals."""

from __future__ import annotations

import altair as alt
import polars as pl

from stakhanov.charts.axes import MARK, Up
from stakhanov.charts.frame import FOOT, HEAD, RIGHT, SMALL, TITLE, Frame, Size, below
from stakhanov.charts.marks import data_of
from stakhanov.charts.theme import LIGHT


def curve(
    table: pl.DataFrame, titles: tuple[str, str], *, role: str = "true", size: Size = SMALL
) -> alt.LayerChart:
    """A line through measured points, each a dot, in the band of their intervals.

    `table`: x, value, and low and high where intervals are known. `titles`: what the two axes say.
    """
    rows = table.sort("x")
    known = "low" in rows.columns and rows["low"].is_finite().any()
    values = [v for name in (("value", "low", "high") if known else ("value",)) for v in rows[name]]
    up = Up.of(values, titles[1], zero=False)
    title = below(titles[0], size, up.room, RIGHT)
    frame = Frame(size, up.room, RIGHT, HEAD, FOOT + TITLE * len(title))
    x, y = across_of(rows["x"].to_list(), title, frame.width), up.axis(frame)
    base = data_of(rows)
    layers = []
    if known:
        washed = base.mark_area(color=LIGHT[role], opacity=0.14)
        layers.append(washed.encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q")))
    layers.append(base.mark_line(color=LIGHT[role], strokeWidth=2).encode(x=x, y=y))
    layers.append(base.mark_circle(color=LIGHT[role], size=40, opacity=1.0).encode(x=x, y=y))
    return frame.layered(layers)


def across_of(values: list[float], title: list[str], width: float) -> alt.X:
    """A horizontal axis with round marks, as many as it has room for."""
    low, high = min(values), max(values)
    marks = Up.of([low, high], "", zero=False)
    every = -(-len(marks.marks) // max(int(width / MARK), 2))
    shown = [one for one in marks.marks[::every] if low <= one <= high]
    domain = [low, high] if high > low else [low - 1.0, low + 1.0]
    return alt.X(
        "x:Q",
        title=title,
        scale=alt.Scale(domain=domain, nice=False, zero=False),
        axis=alt.Axis(values=shown, format=marks.form, labelFlush=False, tickCount=len(shown)),
    )
