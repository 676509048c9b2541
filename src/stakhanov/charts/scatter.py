"""Places between two measures, some of them marked and named."""

from __future__ import annotations

import altair as alt
import polars as pl

from stakhanov.charts.axes import Up
from stakhanov.charts.curves import across_of
from stakhanov.charts.frame import FOOT, HEAD, RIGHT, SMALL, TITLE, Frame, Size
from stakhanov.charts.lettering import TYPE, width_of
from stakhanov.charts.marks import data_of
from stakhanov.charts.theme import LIGHT

#: Kinds of places: what is told, what is only shown, and what the others are held against.
TOLD, PALE, MARKED = "told", "pale", "marked"


def scatter(
    table: pl.DataFrame, titles: tuple[str, str], *, role: str = "true", size: Size = SMALL
) -> alt.LayerChart:
    """A dot for every row: those told bear their names, those marked are diamonds, the others are pale.

    `table`: x, value, kind (one of `TOLD`, `PALE`, `MARKED`) and label. `titles`: what the two axes say.
    """
    up = Up.of(table["value"].to_list(), titles[1], zero=False)
    names = [str(one) for one in table.filter(pl.col("kind") != PALE)["label"]]
    beside = max([RIGHT, *(width_of(name) + 12.0 for name in names)])
    frame = Frame(size, up.room, beside, HEAD, FOOT + TITLE)
    x, y = across_of(table["x"].to_list(), titles[0], frame.width), up.axis(frame)
    base = data_of(table)
    layers = [
        base.transform_filter(f"datum.kind == '{PALE}'")
        .mark_circle(color=LIGHT["soft"], size=36, opacity=0.45)
        .encode(x=x, y=y),
        base.transform_filter(f"datum.kind == '{TOLD}'")
        .mark_circle(color=LIGHT[role], size=56, opacity=1.0)
        .encode(x=x, y=y),
        base.transform_filter(f"datum.kind == '{MARKED}'")
        .mark_point(color=LIGHT["reported"], shape="diamond", size=110, filled=True, opacity=1.0)
        .encode(x=x, y=y),
        base.transform_filter(f"datum.kind != '{PALE}'")
        .mark_text(align="left", dx=7, color=LIGHT["ink"], fontSize=TYPE - 1)
        .encode(x=x, y=y, text=alt.Text("label:N")),
    ]
    return frame.layered(layers)
