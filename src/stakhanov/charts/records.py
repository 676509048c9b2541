"""Records as they were set: what was credited to one name, and what that is per head."""

from __future__ import annotations

import altair as alt
import polars as pl

from stakhanov.charts.axes import Across, log_up
from stakhanov.charts.lines import FOOT, HEAD
from stakhanov.charts.marks import Style, colours, data_of, ends_of, short
from stakhanov.charts.theme import LIGHT, SMALL, WIDE, Size, width_of

CREDITED = Style("credited", "reported", step=True)
PER_HEAD = Style("per head", "true", step=True)
#: Of the records of crews, the highest ones that are told in numbers on a wide drawing.
TOLD = 4


def records(
    table: pl.DataFrame, across: Across, title: str, *, size: Size = WIDE
) -> alt.LayerChart:
    """The standing record as credited and per head of its crew, as steps on a logarithmic scale.

    `table`: x, credited, per_head (multiples above zero), crew. Every record is a point; that of a
    crew is hollow and tied to what it comes to per head.
    """
    rows = table.sort("x")
    up = log_up([*rows["credited"], *rows["per_head"], 1.0], title)
    height = size.height - FOOT - HEAD - (18 if across.title else 0)
    steps = _standing(rows, across.high)
    styles = [CREDITED, PER_HEAD]
    ends, beside = ends_of(steps, styles, up, height)
    width = size.width - up.room - beside
    x, y = across.axis(width), up.axis(lift=HEAD - 14.0)
    paint = colours(styles)
    drawn = data_of(steps).mark_line(interpolate="step-after", strokeWidth=2)
    layers = [drawn.encode(x=x, y=y, color=paint), *_crews(rows, wide=size.width > SMALL.width)]
    own = data_of(rows.filter(pl.col("crew") <= 1))
    dots = own.mark_circle(size=22, opacity=0.5, color=LIGHT["true"])
    layers.append(dots.encode(x=alt.X("x:Q"), y=alt.Y("credited:Q")))
    said = data_of(ends).mark_text(align="left", baseline="middle", dx=7)
    layers.append(said.encode(x=x, y=y, text=alt.Text("said:N"), color=paint))
    return alt.LayerChart(layer=layers, width=width, height=height)


def _standing(rows: pl.DataFrame, end: float) -> pl.DataFrame:
    """The highest record so far of each kind, held to the end of the axis."""
    tables = []
    for style, column in ((CREDITED, "credited"), (PER_HEAD, "per_head")):
        best = rows.select("x", pl.col(column).cum_max().alias("value"))
        best = best.group_by("x", maintain_order=True).agg(pl.col("value").max())
        if not best.is_empty():
            held = best.tail(1).with_columns(pl.lit(max(end, best["x"][-1])).alias("x"))
            best = pl.concat([best.cast({"x": pl.Float64}), held.cast({"x": pl.Float64})])
        tables.append(best.select("x", pl.lit(style.series).alias("series"), "value"))
    return pl.concat(tables)


def _crews(rows: pl.DataFrame, *, wide: bool) -> list[alt.Chart]:
    """A tie from what was credited to what it is per head, for every record of a crew."""
    crews = rows.filter(pl.col("crew") > 1)
    if crews.is_empty():
        return []
    base = data_of(crews).encode(x=alt.X("x:Q"))
    tie = base.mark_rule(color=LIGHT["reported"], strokeWidth=1, opacity=0.6)
    upper = base.mark_point(color=LIGHT["reported"], fill=LIGHT["paper"], size=70, strokeWidth=2)
    upper.mark.opacity = 1.0
    lower = base.mark_circle(color=LIGHT["true"], size=50, opacity=1.0)
    layers = [
        tie.encode(y=alt.Y("credited:Q"), y2=alt.Y2("per_head:Q")),
        upper.encode(y=alt.Y("credited:Q")),
        lower.encode(y=alt.Y("per_head:Q")),
    ]
    return [*layers, _told(crews)] if wide else layers


def _told(crews: pl.DataFrame) -> alt.Chart:
    """The highest records in numbers: so many by so many heads."""
    best: list[dict[str, object]] = []
    for row in crews.sort("credited", descending=True).to_dicts():
        said = f"{short(row['credited'])} by {row['crew']}"
        near = any(
            abs(float(str(b["x"])) - row["x"]) < 0.9 for b in best
        )  # a year is about as wide as two of these
        if len(best) < TOLD and not near and width_of(said) > 0.0:
            best.append({"x": row["x"], "credited": row["credited"], "said": said})
    text = alt.Chart(alt.InlineData(values=best)).mark_text(
        align="right", baseline="middle", dx=-9, color=LIGHT["reported"]
    )
    told: alt.Chart = text.encode(x=alt.X("x:Q"), y=alt.Y("credited:Q"), text=alt.Text("said:N"))
    return told
