"""Counts as an outline over the band in which they would be expected, with a mark at one place."""

from __future__ import annotations

import altair as alt
import polars as pl

from stakhanov.charts.axes import Up
from stakhanov.charts.frame import FOOT, HEAD, SMALL, TITLE, Frame, Size
from stakhanov.charts.lettering import width_of
from stakhanov.charts.marks import LINE, at_x, at_y, data_of
from stakhanov.charts.theme import LIGHT

OBSERVED, EXPECTED = "reports", "honest"
ROLES = {OBSERVED: "reported", EXPECTED: "second"}


def banded(
    table: pl.DataFrame, up: Up, *, mark: tuple[float, str], title: str, size: Size = SMALL
) -> alt.LayerChart:
    """Counts in bins, and under them the band of what is expected, where it is known.

    `table`: x (lower edge), x2 (upper edge), count, and low, expected and high where they are known.
    `mark`: where the rule stands and what it is called. `title`: of the horizontal axis.
    """
    closed = pl.concat([table, table.tail(1).with_columns(x=pl.col("x2"))])
    known = "expected" in table.columns
    frame = Frame(size, up.room, 14.0, HEAD + LINE, FOOT + TITLE)
    scale = alt.Scale(domain=[table["x"][0], table["x2"][-1]], nice=False)
    across = alt.X("x:Q", title=title, scale=scale, axis=alt.Axis(tickCount=6, format="d"))
    layers = []
    if known:
        area = data_of(closed).mark_area(
            interpolate="step-after", color=LIGHT[ROLES[EXPECTED]], opacity=0.3
        )
        layers.append(area.encode(x=across, y=alt.Y("low:Q"), y2=alt.Y2("high:Q")))
    outline = data_of(closed).mark_line(
        interpolate="step-after", strokeWidth=2, color=LIGHT[ROLES[OBSERVED]]
    )
    layers.append(outline.encode(x=across, y=up.axis(frame, "count:Q")))
    names = [OBSERVED, EXPECTED] if known else [OBSERVED]
    return frame.layered([*layers, *_mark(mark), *_key(names, frame)])


def _mark(mark: tuple[float, str]) -> list[alt.Chart]:
    """A rule through the plot, its name above it where no bar can reach."""
    place, said = mark
    base = alt.Chart(alt.InlineData(values=[{"x": place, "said": said}])).encode(x=alt.X("x:Q"))
    rule = base.mark_rule(color=LIGHT["norm"], strokeWidth=1.2)
    text = base.mark_text(baseline="bottom", dy=-3, color=LIGHT["norm"])
    return [rule, text.encode(y=at_y(0), text=alt.Text("said:N"))]


def _key(names: list[str], frame: Frame) -> list[alt.Chart]:
    """What the outline and the band are, in the upper right corner above the plot."""
    layers: list[alt.Chart] = []
    y = at_y(HEAD - 14.0 - frame.top)
    left = frame.width + 12.0
    for name in reversed(names):
        left -= width_of(name)
        colour, solid = LIGHT[ROLES[name]], name == EXPECTED
        base = alt.Chart(alt.InlineData(values=[{"name": name}]))
        text = base.mark_text(align="left", baseline="middle", color=colour)
        layers.append(text.encode(x=at_x(left), y=y, text=alt.Text("name:N")))
        swatch = base.mark_point(
            shape="square", size=100, color=colour, filled=solid, strokeWidth=2
        )
        swatch.mark.opacity = 0.5 if solid else 1.0
        layers.append(swatch.encode(x=at_x(left - 11.0), y=y))
        left -= 30.0
    return layers
