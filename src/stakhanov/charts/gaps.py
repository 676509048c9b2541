"""Paired differences: one dot a seed, their mean with its interval, and nought to hold them against."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import polars as pl

from stakhanov.charts.axes import MARK, Up
from stakhanov.charts.frame import FOOT, SMALL, TITLE, Frame, Size
from stakhanov.charts.lettering import width_of
from stakhanov.charts.marks import data_of
from stakhanov.charts.theme import LIGHT

#: The two rows, from the top.
EACH, MEAN = "each seed", "mean, 95 %"
ROW = 30.0


def gaps(
    values: Sequence[float],
    interval: tuple[float, float, float],
    title: str,
    *,
    size: Size = SMALL,
) -> alt.LayerChart:
    """Differences by seed above, their mean with its interval below.

    `interval`: mean, low and high; edges that are not known are not drawn. `title`: what differs and in
    what unit. Nought is always on the axis. The height of `size` does not count.
    """
    mean, low, high = interval
    up = Up.of([*values, *interval, 0.0], title)
    left = max(map(width_of, (EACH, MEAN))) + 10.0
    tall = Size(size.width, int(2 * ROW + FOOT + TITLE + 6))
    frame = Frame(tall, left, 14.0, 4.0, FOOT + TITLE)
    every = -(-len(up.marks) // max(int(frame.width / MARK), 2))
    axis = alt.Axis(values=list(up.marks[::every]), format=up.form, grid=True, labelFlush=False)
    x = alt.X(
        "value:Q",
        title=title,
        scale=alt.Scale(domain=[up.low, up.high], nice=False, zero=False),
        axis=axis,
    )
    rows = alt.Scale(domain=[EACH, MEAN])
    y = alt.Y("row:N", title=None, scale=rows, axis=alt.Axis(domain=False, ticks=False))
    nought = alt.Chart(pl.DataFrame({"value": [0.0]})).mark_rule(color=LIGHT["norm"])
    dots = data_of(pl.DataFrame({"value": list(values), "row": [EACH] * len(values)}))
    middle = data_of(
        pl.DataFrame(
            {"value": [mean], "low": [low], "high": [high], "row": [MEAN]},
            schema_overrides=dict.fromkeys(("low", "high"), pl.Float64),
        )
    )
    span = middle.transform_filter("isValid(datum.low)").mark_rule(
        color=LIGHT["reported"], strokeWidth=4, opacity=0.5
    )
    return frame.layered(
        [
            nought.encode(x=x),
            dots.mark_point(color=LIGHT["true"], size=46, opacity=0.85).encode(x=x, y=y),
            span.encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"), y=y),
            middle.mark_point(
                color=LIGHT["reported"], filled=True, shape="diamond", size=90, opacity=1.0
            ).encode(x=x, y=y),
        ]
    )
