"""Names at the ends of lines: each beside its last value, none on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import polars as pl

from stakhanov.charts.axes import Across, Up
from stakhanov.charts.frame import RIGHT
from stakhanov.charts.lettering import width_of
from stakhanov.charts.marks import LINE, Style, short
from stakhanov.charts.theme import LIGHT

#: From the end of a line to its name, and from the name to the edge of the drawing.
GAP, EDGE = 7.0, 3.0

Level = tuple[float, str]


@dataclass(frozen=True)
class End:
    """A name that stands where a line ends."""

    said: str
    role: str
    x: float
    value: float


def ends_of(
    table: pl.DataFrame, styles: Sequence[Style], across: Across, level: Level | None = None
) -> list[End]:
    """What is said at the end of every line, and of a level that is marked.

    `table`: x, series, value. A series without any number has no name.
    """
    found = []
    for style in styles:
        rows = table.filter((pl.col("series") == style.series) & pl.col("value").is_finite())
        if not rows.is_empty():
            x, value = rows.sort("x").select("x", "value").row(-1)
            said = f"{style.series} {short(float(value))}".strip()
            found.append(End(said, style.role, float(x), float(value)))
    if level is not None:
        found.append(End(level[1], "norm", across.high, level[0]))
    return found


def room_of(ends: Sequence[End]) -> float:
    """Pixels to the right of the plot that the names take."""
    return max([RIGHT, *(GAP + width_of(end.said) + EDGE for end in ends)])


def names_of(ends: Sequence[End], up: Up, height: float) -> alt.Chart:
    """The names, moved apart where lines end close to each other."""
    apart = spread([up.place(end.value, height) for end in ends], LINE, height)
    rows = [
        {"x": end.x, "value": up.value(place, height), "said": end.said, "colour": LIGHT[end.role]}
        for end, place in zip(ends, apart, strict=True)
    ]
    drawn = alt.Chart(alt.InlineData(values=rows)).mark_text(
        align="left", baseline="middle", dx=GAP
    )
    named: alt.Chart = drawn.encode(
        x=alt.X("x:Q"),
        y=alt.Y("value:Q"),
        text=alt.Text("said:N"),
        color=alt.Color("colour:N", scale=None),  # a scale would be shared with the lines
    )
    return named


def spread(places: Sequence[float], gap: float, height: float) -> list[float]:
    """Places moved apart to at least `gap`, as little as needed, kept within 0 and `height`.

    The order stays. Where there is no room for all, they run over the lower end.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = [min(max(places[i], 0.0), height) for i in order]
    for _ in range(60):
        for k in range(len(moved) - 1):
            short = gap - (moved[k + 1] - moved[k])
            if short > 0.0:
                moved[k] -= 0.5 * short
                moved[k + 1] += 0.5 * short
        moved = [min(max(place, 0.0), height) for place in moved]
    for k in range(len(moved) - 1):
        moved[k + 1] = max(moved[k + 1], moved[k] + gap)
    result = [0.0] * len(places)
    for k, i in enumerate(order):
        result[i] = moved[k]
    return result
