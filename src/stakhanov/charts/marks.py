"""What charts are drawn of: rows, styles of series, and names that stand beside their lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from stakhanov.charts.axes import Across, Up
from stakhanov.charts.theme import LIGHT, TYPE, width_of

#: Pixels between two names at the ends of lines.
LINE = TYPE + 3.0
#: Rows of names above a plot.
ROWS = 2


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


def ends_of(
    table: pl.DataFrame, styles: Sequence[Style], up: Up, height: float
) -> tuple[pl.DataFrame, float]:
    """Where the names of series stand after their last value, and the pixels that they take."""
    last = []
    for style in styles:
        rows = table.filter((pl.col("series") == style.series) & pl.col("value").is_finite())
        if not rows.is_empty():
            x, value = rows.sort("x").select("x", "value").row(-1)
            last.append((style.series, float(x), float(value)))
    apart = spread([up.place(value, height) for _, _, value in last], LINE, height)
    told = [f"{name} {short(value)}".strip() for name, _, value in last]
    names = {
        "series": [name for name, _, _ in last],
        "x": [x for _, x, _ in last],
        "value": [up.value(place, height) for place in apart],
        "said": told,
    }
    wide = max(map(width_of, told), default=0.0)
    schema = {"series": pl.String, "x": pl.Float64, "value": pl.Float64, "said": pl.String}
    return pl.DataFrame(names, schema=schema), wide + 10.0


def rows_of(events: Sequence[Event], across: Across, width: float) -> list[tuple[Event, int]]:
    """The row above the plot in which each event is told, from 0; -1 where there is no room."""
    free = [-math.inf] * ROWS
    found = []
    for event in sorted(events, key=lambda event: event.x):
        place = (event.x - across.low) / ((across.high - across.low) or 1.0) * width
        half = 0.5 * width_of(event.said)
        fits = [
            row for row in range(ROWS) if place - half > free[row] and place + half < width + 60.0
        ]
        row = fits[0] if fits and place - half > -10.0 else -1
        if row >= 0:
            free[row] = place + half + 8.0
        found.append((event, row))
    return found


def at_x(pixels: float) -> Any:
    """A place so many pixels from the left of a plot."""
    make: Any = alt.XValue
    return make(pixels)


def at_y(pixels: float) -> Any:
    """A place so many pixels from the top of a plot."""
    make: Any = alt.YValue
    return make(pixels)


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
    return f"{value:.2f}" if abs(value) < 9.995 else f"{value:.1f}"
