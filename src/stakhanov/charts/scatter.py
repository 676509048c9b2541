"""Places between two measures, some of them marked and named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import altair as alt
import polars as pl

from stakhanov.charts.axes import MARK, Up
from stakhanov.charts.frame import FOOT, HEAD, RIGHT, SMALL, TITLE, Frame, Size, below
from stakhanov.charts.lettering import TYPE, width_of
from stakhanov.charts.marks import data_of
from stakhanov.charts.theme import LIGHT

#: Kinds of places: what is told, what is only shown, and what the others are held against.
TOLD, PALE, MARKED = "told", "pale", "marked"
#: Size of names, and pixels from a place to its name; half of what a place itself takes.
LETTERS, GAP, DOT = TYPE - 1, 8.0, 5.0


def scatter(
    table: pl.DataFrame, titles: tuple[str, str], *, role: str = "true", size: Size = SMALL
) -> alt.LayerChart:
    """A dot for every row: those told bear their names, those marked are diamonds, the others are pale.

    `table`: x, value, kind (one of `TOLD`, `PALE`, `MARKED`) and label. `titles`: what the two axes say.
    """
    up = Up.of(table["value"].to_list(), titles[1], zero=False)
    across = Up.of(table["x"].to_list(), titles[0], zero=False)
    title = below(titles[0], size, up.room, RIGHT)
    frame = Frame(size, up.room, RIGHT, HEAD, FOOT + TITLE * len(title))
    x, y = _axis(across, title, frame.width), up.axis(frame)
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
        data_of(_names(table, across, up, frame))
        .mark_text(align="left", baseline="middle", color=LIGHT["ink"], fontSize=LETTERS)
        .encode(x=x, y=y, text=alt.Text("label:N")),
    ]
    return frame.layered(layers)


def _axis(across: Up, title: list[str], width: float) -> alt.X:
    """A horizontal axis from a round mark to another, with as many between as it has room for."""
    every = -(-len(across.marks) // max(int(width / MARK), 2))
    shown = list(across.marks[::every])
    axis = alt.Axis(values=shown, format=across.form, labelFlush=False, tickCount=len(shown))
    scale = alt.Scale(domain=[across.low, across.high], nice=False, zero=False)
    return alt.X("x:Q", title=title, scale=scale, axis=axis)


@dataclass(frozen=True)
class Box:
    """What something takes of the plot, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Box) -> bool:
        """Whether the two lie on each other."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


def _names(table: pl.DataFrame, across: Up, up: Up, frame: Frame) -> pl.DataFrame:
    """The names of what is told, each where it lies on nothing: beside its place, or above or below it."""
    places = [
        (frame.width - across.place(x, frame.width), up.place(value, frame.height))
        for x, value in table.select("x", "value").iter_rows()
    ]
    taken = [Box(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in places]
    rows = []
    for row, place in zip(table.to_dicts(), places, strict=True):
        if row["kind"] == PALE:
            continue
        free = list(_around(place, width_of(str(row["label"]), LETTERS)))
        within = [box for box in free if box.left >= 0.0 and box.right <= frame.width + RIGHT]
        box = min(within or free, key=lambda box: sum(box.covers(one) for one in taken))
        taken.append(box)
        middle = 0.5 * (box.top + box.bottom)
        left = across.value(frame.width - box.left, frame.width)
        rows.append({"x": left, "value": up.value(middle, frame.height), "label": row["label"]})
    return pl.DataFrame(rows, schema={"x": pl.Float64, "value": pl.Float64, "label": pl.String})


def _around(place: tuple[float, float], width: float) -> Iterator[Box]:
    """Where a name may stand, the best first: right, left, above, below, and at the four corners."""
    x, y = place
    half = 0.5 * LETTERS
    sides = (x + GAP, x - GAP - width)
    for left, middle in (
        *((side, y) for side in sides),
        *((x - 0.5 * width, y + away) for away in (-GAP - half, GAP + half)),
        *((side, y + away) for side in sides for away in (-LETTERS, LETTERS)),
    ):
        yield Box(left, middle - half, left + width, middle + half)
