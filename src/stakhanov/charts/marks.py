"""What charts are drawn of: rows, styles of series, and what happened when."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from stakhanov.charts.axes import Across
from stakhanov.charts.frame import LEFT
from stakhanov.charts.lettering import TYPE, width_of
from stakhanov.charts.theme import LIGHT

#: Pixels from one line of words to the next.
LINE = TYPE + 3.0
#: Rows of names above a plot, and on a narrow one.
ROWS, NARROW_ROWS = 2, 3


@dataclass(frozen=True)
class Style:
    """How one series is drawn: its name in the table, a role of the theme, its stroke."""

    series: str
    role: str
    dashed: bool = False
    width: float = 2.0
    step: bool = False  # holds its value until the next one
    pale: bool = False  # lies under the others as a wide pale stroke


TRUE = Style("true", "true", width=2.2)
REPORTED = Style("reported", "reported", width=6.0, pale=True)
PLAN = Style("plan", "plan", dashed=True, width=1.8)
NORM = Style("norm", "norm", width=1.0, step=True)


@dataclass(frozen=True)
class Event:
    """Something that happened at a place of the time axis, in a word or two."""

    x: float
    said: str


def data_of(table: pl.DataFrame) -> alt.Chart:
    """A chart that carries the table's rows; numbers that are not finite become gaps."""
    floats = pl.selectors.float()
    clean = table.with_columns(pl.when(floats.is_finite()).then(floats).name.keep())
    return alt.Chart(clean)


def colours(styles: Sequence[Style], field: str = "series:N") -> alt.Color:
    """The colour of every series, in the order of the styles; no legend: lines bear their names."""
    scale = alt.Scale(
        domain=[style.series for style in styles], range=[LIGHT[style.role] for style in styles]
    )
    return alt.Color(field, scale=scale, legend=None)


def at_x(pixels: float) -> Any:
    """A place so many pixels from the left of a plot."""
    make: Any = alt.XValue
    return make(pixels)


def at_y(pixels: float) -> Any:
    """A place so many pixels from the top of a plot."""
    make: Any = alt.YValue
    return make(pixels)


def rows_of(events: Sequence[Event], across: Across, width: float) -> list[tuple[Event, int]]:
    """The row above the plot in which each event is told, from 0; -1 where there is no room."""
    rows = ROWS if width > 400.0 else NARROW_ROWS
    free = [-math.inf] * rows
    found = []
    for event in sorted(events, key=lambda event: event.x):
        place = (event.x - across.low) / ((across.high - across.low) or 1.0) * width
        half = 0.5 * width_of(event.said, TYPE - 1)
        # The lowest row stands beside the number of the highest mark, the others above it.
        fits = [
            row
            for row in range(rows)
            if place - half > max(free[row], -2.0 if row == 0 else -LEFT)
            and place + half < width + 60.0
        ]
        row = fits[0] if fits else -1
        if row >= 0:
            free[row] = place + half + 8.0
        found.append((event, row))
    return found


def events_of(placed: Sequence[tuple[Event, int]]) -> list[Any]:
    """Thin lines where something happened, and what, above the plot."""
    if not placed:
        return []
    base = [{"x": event.x} for event, _ in placed]
    rule = alt.Chart(alt.InlineData(values=base)).mark_rule(
        color=LIGHT["soft"], strokeWidth=1, strokeDash=[1, 3]
    )
    layers: list[Any] = [rule.encode(x=alt.X("x:Q"))]
    for event, row in placed:
        if row >= 0:
            said = alt.Chart(alt.InlineData(values=[{"x": event.x, "said": event.said}]))
            dy = -4 - int(LINE) * row
            text = said.mark_text(color=LIGHT["soft"], baseline="bottom", dy=dy, fontSize=TYPE - 1)
            layers.append(text.encode(x=alt.X("x:Q"), y=at_y(0), text=alt.Text("said:N")))
    return layers


def short(value: float) -> str:
    """A number as it stands beside a line: three digits that count."""
    if not math.isfinite(value):
        return ""
    if abs(value) >= 9_999.5:
        return f"{value / 1000.0:.3g}k" if abs(value) < 999_500.0 else f"{value / 1e6:.3g}M"
    if abs(value) >= 99.95:
        return f"{value:,.0f}"
    if abs(value) >= 9.995:
        return f"{value:.1f}"
    return f"{value:.2f}" if abs(value) >= 0.0995 or value == 0.0 else f"{value:.2g}"
