"""The same small chart for many parts, on the same axes."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import polars as pl

from stakhanov.charts.axes import Across, Up
from stakhanov.charts.marks import Style, colours, data_of, short
from stakhanov.charts.theme import NARROW, WIDE, Size

SPACE = 26
#: Pixels of one panel's plot in height.
PANEL = 96


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
    drawing and two on a narrow one. The height follows the number of parts.
    """
    named = _with_last(table, styles[0].series)
    parts = named["part"].unique(maintain_order=True).to_list()
    columns = max(1, min(len(parts), 2 if size.width <= NARROW.width else 4))
    width = (size.width - up.room - SPACE * (columns - 1) - 8.0) / columns
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[up.low, up.high], nice=False),
        axis=alt.Axis(values=list(up.marks[:: max(1, len(up.marks) // 3)]), format=up.form),
    )
    # One mark for all series: a layer for each takes three times as long to draw.
    under = sorted(styles, key=lambda style: not style.pale)
    rows = pl.concat(named.filter(pl.col("series") == style.series) for style in under)
    panel = (
        data_of(rows)
        .mark_line(strokeJoin="round")
        .encode(
            x=across.axis(width),
            y=y,
            color=colours(under),
            strokeWidth=alt.StrokeWidth(
                "series:N", scale=_scale(under, _widths(under)), legend=None
            ),
            opacity=alt.Opacity("series:N", scale=_scale(under, _opacities(under)), legend=None),
        )
        .properties(width=width, height=PANEL)
    )
    header = alt.Header(title=None, labelPadding=4)
    drawn: alt.FacetChart = panel.facet(
        facet=alt.Facet("part:N", sort=parts, header=header, spacing=SPACE), columns=columns
    )
    return drawn


def _scale(styles: Sequence[Style], values: list[float]) -> alt.Scale:
    return alt.Scale(type="ordinal", domain=[style.series for style in styles], range=values)


def _widths(styles: Sequence[Style]) -> list[float]:
    return [0.7 * style.width for style in styles]


def _opacities(styles: Sequence[Style]) -> list[float]:
    return [0.45 if style.pale else 1.0 for style in styles]


def _with_last(table: pl.DataFrame, series: str) -> pl.DataFrame:
    """The table with the last value of one series added to the name of every part."""
    known = table.filter((pl.col("series") == series) & pl.col("value").is_finite())
    ends = known.sort("x").group_by("part").agg(pl.col("value").last())
    told = {part: f"{part} {short(value)}" for part, value in ends.iter_rows()}
    return table.with_columns(pl.col("part").replace(told))
