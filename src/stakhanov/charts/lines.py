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
    """How one series is drawn: its name in the table, a role of the theme, dashed or not."""

    series: str
    role: str
    dashed: bool = False


def lines(
    table: pl.DataFrame,
    styles: list[Style],
    *,
    x: str = "Year",
    y: str = "",
    zero: bool = True,
    form: str = "~g",
) -> alt.Chart:
    """One line a series; a dot where a series has a single value.

    `table`: x, series, value. Values that are no numbers leave a gap. `form`: a d3 number format.
    """
    single = table["x"].n_unique() == 1
    marks = data_of(table)
    drawn = marks.mark_point(filled=True, size=90) if single else marks.mark_line()
    encoding: dict[str, Any] = {
        "x": _time(table, x),
        "y": alt.Y("value:Q", title=y, scale=alt.Scale(zero=zero), axis=alt.Axis(format=form)),
        "color": colours(styles),
    }
    if not single:
        dashes = alt.Scale(
            domain=[style.series for style in styles],
            range=[[6, 4] if style.dashed else [1, 0] for style in styles],
        )
        encoding["strokeDash"] = alt.StrokeDash("series:N", scale=dashes, legend=legend(styles))
    return drawn.encode(**encoding)


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
        range=["circle" if not style.dashed else "diamond" for style in styles],
    )
    low = table["value"].min()
    high = table["value"].max()
    ticks = [t for t in (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500) if _near(t, low, high)]
    return (
        data_of(table)
        .mark_point(size=60, strokeWidth=1.6)
        .encode(
            x=_time(table, x, span),
            y=alt.Y(
                "value:Q",
                title=y,
                scale=alt.Scale(type="log"),
                axis=alt.Axis(values=ticks, format="~g"),
            ),
            color=colours(styles),
            shape=alt.Shape("series:N", scale=shapes, legend=legend(styles)),
        )
    )


def data_of(table: pl.DataFrame) -> alt.Chart:
    """A chart that carries the table's rows; numbers that are not finite become gaps."""
    finite = pl.when(pl.selectors.float().is_finite()).then(pl.selectors.float())
    rows = table.with_columns(finite.otherwise(None).name.keep()).to_dicts()
    return alt.Chart(alt.Data(values=rows))


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


def _near(tick: float, low: Any, high: Any) -> bool:
    return bool(float(low) / 2.0 <= tick <= float(high) * 2.0)
