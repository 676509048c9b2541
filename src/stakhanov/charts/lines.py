"""Lines and points over time, from a table with the columns x, series and value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from stakhanov.charts.theme import LIGHT


@dataclass(frozen=True)
class Style:
    """How one series is drawn: its name in the table, a role of the theme, dashed, how wide."""

    series: str
    role: str
    dashed: bool = False
    width: float = 2.0


def lines(
    table: pl.DataFrame,
    styles: list[Style],
    *,
    x: str = "Year",
    y: str = "",
    zero: bool = True,
    form: str | None = None,
) -> alt.Chart:
    """One line a series; a dot where a series has a single value.

    `table`: x, series, value. Values that are no numbers leave a gap. `form`: a d3 number
    format, if the usual one will not do.
    """
    single = table["x"].n_unique() == 1
    marks = data_of(table)
    drawn = marks.mark_point(filled=True, size=90) if single else marks.mark_line()
    encoding: dict[str, Any] = {
        "x": _time(table, x),
        "y": alt.Y(
            "value:Q",
            title=y,
            scale=alt.Scale(zero=zero),
            axis=alt.Axis(format=form or alt.Undefined),
        ),
        "color": colours(styles),
    }
    if not single:
        names = [style.series for style in styles]
        dashes = alt.Scale(
            domain=names,
            range=[[6, 4] if style.dashed else [1, 0] for style in styles],
        )
        widths = alt.Scale(type="ordinal", domain=names, range=[style.width for style in styles])
        encoding["strokeWidth"] = alt.StrokeWidth("series:N", scale=widths, legend=legend(styles))
        encoding["strokeDash"] = alt.StrokeDash("series:N", scale=dashes, legend=legend(styles))
    encoded: alt.Chart = drawn.encode(**encoding)
    return encoded


def points(
    table: pl.DataFrame,
    styles: list[Style],
    *,
    x: str = "Year",
    y: str = "",
    span: tuple[float, float] | None = None,
) -> alt.Chart:
    """Single happenings as dots on a logarithmic scale. `table`: x, series, value above zero."""
    shapes = alt.Scale(
        domain=[style.series for style in styles],
        range=["circle", "square", "diamond", "cross"][: len(styles)],
    )
    low = float(str(table["value"].min())) / 1.4
    high = float(str(table["value"].max())) * 1.4
    decades = (base * 10.0**power for power in range(-3, 6) for base in (1, 2, 5))
    ticks = [tick for tick in decades if low <= tick <= high]
    encoded: alt.Chart = (
        data_of(table)
        .mark_point(size=60, strokeWidth=1.6)
        .encode(
            x=_time(table, x, span),
            y=alt.Y(
                "value:Q",
                title=y,
                scale=alt.Scale(type="log", nice=False, domain=[low, high]),
                axis=alt.Axis(values=ticks, format="~r", labelOverlap=False),
            ),
            color=colours(styles),
            shape=alt.Shape("series:N", scale=shapes, legend=legend(styles)),
        )
    )
    return encoded


def data_of(table: pl.DataFrame) -> alt.Chart:
    """A chart that carries the table's rows; numbers that are not finite become gaps."""
    finite = pl.when(pl.selectors.float().is_finite()).then(pl.selectors.float())
    return alt.Chart(table.with_columns(finite.otherwise(None).name.keep()))


def colours(styles: list[Style]) -> alt.Color:
    """The colour of every series, in the order of the styles."""
    scale = alt.Scale(
        domain=[style.series for style in styles], range=[LIGHT[style.role] for style in styles]
    )
    return alt.Color("series:N", scale=scale, legend=legend(styles))


def legend(styles: list[Style]) -> alt.Legend | None:
    """A legend, unless there is only one series, which the heading names."""
    return alt.Legend(title=None) if len(styles) > 1 else None


def _time(table: pl.DataFrame, title: str, span: tuple[float, float] | None = None) -> alt.X:
    low, high = span or (float(str(table["x"].min())), float(str(table["x"].max())))
    step = max(1, math.ceil((high - low) / 6))
    whole = alt.Axis(format="d", values=list(range(math.ceil(low), math.floor(high) + 1, step)))
    scale = alt.Scale(zero=False, nice=False, domain=[low, high] if low != high else alt.Undefined)
    return alt.X("x:Q", title=None if title == "Year" else title, scale=scale, axis=whole)
