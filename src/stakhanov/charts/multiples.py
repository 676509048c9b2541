"""The same small chart for many parts, on the same axes."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import polars as pl

from stakhanov.charts.axes import Across, Up
from stakhanov.charts.frame import MIDDLE, NARROW, WIDE, Size
from stakhanov.charts.lettering import TYPE, fitted, width_of
from stakhanov.charts.marks import Style, colours, data_of, short
from stakhanov.charts.theme import LIGHT

SPACE = 28
#: Of it, what the name of a panel may use, right of the last one as well.
OVER = SPACE - 8
#: Pixels of one panel's plot in height.
PANEL = 96
#: The same where they stand under each other.
LOWER = 60


def multiples(
    table: pl.DataFrame,
    styles: Sequence[Style],
    across: Across,
    up: Up,
    *,
    size: Size = WIDE,
) -> alt.FacetChart:
    """Lines over time for every part, side by side; the last value of the first style beside its name.

    `table`: part, x, series, value. Parts stand in the table's order, four in a row on a wide
    drawing and one on a narrow one, where two names beside each other would have no room. The height
    follows the number of parts.
    """
    columns = max(1, min(table["part"].n_unique(), _columns(size)))
    width = (size.width - up.room - SPACE * (columns - 1) - OVER) / columns
    letters = TYPE if size.width > NARROW.width else TYPE - 1
    named = _with_last(table, styles[0].series, width + OVER, letters)
    parts = named["part"].unique(maintain_order=True).to_list()
    few = list(up.marks[:: max(1, len(up.marks) // 3)])
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[up.low, up.high], nice=False),
        axis=alt.Axis(values=few, tickCount=len(few), format=up.form),
    )
    # One mark for all series: a layer for each takes three times as long to draw.
    under = sorted(styles, key=lambda style: not style.pale)
    rows = pl.concat(named.filter(pl.col("series") == style.series) for style in under)
    alone = rows["x"].n_unique() == 1  # a line of one point would not be seen
    marks = data_of(rows)
    drawn_as = marks.mark_circle(size=50) if alone else marks.mark_line(strokeJoin="round")
    panel = drawn_as.encode(
        x=across.axis(width),
        y=y,
        color=colours(under),
        strokeWidth=alt.StrokeWidth("series:N", scale=_scale(under, _widths(under)), legend=None),
        opacity=alt.Opacity("series:N", scale=_scale(under, _opacities(under)), legend=None),
    ).properties(width=width, height=PANEL if columns > 1 else LOWER)
    header = alt.Header(title=None, labelPadding=4, labelColor=LIGHT["ink"], labelFontSize=letters)
    facet = alt.Facet("part:N", sort=parts, header=header, spacing=SPACE)
    drawn: alt.FacetChart = panel.facet(facet=facet, columns=columns)
    return drawn


def _columns(size: Size) -> int:
    if size.width <= NARROW.width:
        return 1
    return 3 if size.width <= MIDDLE.width else 4


def _scale(styles: Sequence[Style], values: list[float]) -> alt.Scale:
    return alt.Scale(type="ordinal", domain=[style.series for style in styles], range=values)


def _widths(styles: Sequence[Style]) -> list[float]:
    return [0.7 * style.width for style in styles]


def _opacities(styles: Sequence[Style]) -> list[float]:
    return [0.45 if style.pale else 1.0 for style in styles]


def _with_last(table: pl.DataFrame, series: str, room: float, letters: int) -> pl.DataFrame:
    """The table with the last value of one series added to the name of every part.

    A name that fills `room` pixels goes without; one too long is cut; cut to the same, they are
    numbered.
    """

    def cut(text: str, after: str = "") -> str:
        left = room - width_of(after, letters, bold=True)
        return fitted(text, left, letters, bold=True) + after

    known = table.filter((pl.col("series") == series) & pl.col("value").is_finite())
    ends = {part: rows.sort("x")["value"][-1] for (part,), rows in known.group_by("part")}
    told: dict[str, str] = {}
    for i, part in enumerate(table["part"].unique(maintain_order=True).to_list(), 1):
        last = f" {short(ends[part])}" if part in ends else ""
        whole = width_of(part + last, letters, bold=True) <= room
        name = part + last if whole else cut(part)
        told[part] = name if name not in told.values() else cut(part, f" ({i})")
    return table.with_columns(pl.col("part").replace(told))
