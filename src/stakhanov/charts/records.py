"""Records as they were set: what was credited to one name, and what that is per head."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from stakhanov.charts.axes import Across, Up, log_up
from stakhanov.charts.ends import ends_of, names_of, room_of
from stakhanov.charts.frame import FOOT, HEAD, NARROW, TITLE, WIDE, Frame, Size
from stakhanov.charts.lettering import width_of
from stakhanov.charts.marks import LINE, Style, colours, data_of, short
from stakhanov.charts.theme import LIGHT

CREDITED = Style("credited", "reported", step=True)
PER_HEAD = Style("per head", "true", step=True)
#: Of the records of crews, the highest ones that are told in numbers.
TOLD = 5


def records(
    table: pl.DataFrame, across: Across, title: str, *, size: Size = WIDE
) -> alt.LayerChart:
    """The standing record as credited and per head of its crew, as steps on a logarithmic scale.

    `table`: x, credited, per_head (multiples above zero), crew. Every record is a point; that of a
    crew is hollow and tied to what it comes to per head.
    """
    rows = table.sort("x")
    up = log_up([*rows["credited"], *rows["per_head"], 1.0], title)
    crews = rows.filter(pl.col("crew") > 1)
    styles = [CREDITED, PER_HEAD] if crews.height else [Style("record", "true", step=True)]
    steps = _standing(rows, styles, across.high)
    ends = ends_of(steps, styles, across)
    bottom = FOOT + (TITLE if across.title else 0.0)
    frame = Frame(size, up.room, room_of(ends), HEAD, bottom)
    x, y = across.axis(frame.width), up.axis(frame)
    drawn = data_of(steps).mark_line(interpolate="step-after", strokeWidth=2)
    layers: list[Any] = [drawn.encode(x=x, y=y, color=colours(styles)), *_crews(crews)]
    own = data_of(rows.filter(pl.col("crew") <= 1))
    dots = own.mark_circle(size=22, opacity=0.5, color=LIGHT["true"])
    layers.append(dots.encode(x=alt.X("x:Q"), y=alt.Y("credited:Q")))
    if size.width > NARROW.width:
        layers.append(_told(crews, across, up, frame))
    return frame.layered([*layers, names_of(ends, up, frame.height)])


def _standing(rows: pl.DataFrame, styles: list[Style], end: float) -> pl.DataFrame:
    """The highest record so far of each kind, held to the end of the axis."""
    tables = []
    for style, column in zip(styles, ("credited", "per_head"), strict=False):
        best = rows.select("x", pl.col(column).cum_max().alias("value"))
        best = best.group_by("x", maintain_order=True).agg(pl.col("value").max())
        if not best.is_empty():
            held = best.tail(1).with_columns(pl.lit(max(end, best["x"][-1])).alias("x"))
            best = pl.concat([best.cast({"x": pl.Float64}), held.cast({"x": pl.Float64})])
        tables.append(best.select("x", pl.lit(style.series).alias("series"), "value"))
    return pl.concat(tables)


def _crews(crews: pl.DataFrame) -> list[alt.Chart]:
    """A tie from what was credited to what it is per head, for every record of a crew."""
    if crews.is_empty():
        return []
    base = data_of(crews).encode(x=alt.X("x:Q"))
    tie = base.mark_rule(color=LIGHT["reported"], strokeWidth=1, opacity=0.6)
    upper = base.mark_point(color=LIGHT["reported"], fill=LIGHT["paper"], size=70, strokeWidth=2)
    upper.mark.opacity = 1.0
    lower = base.mark_circle(color=LIGHT["true"], size=50, opacity=1.0)
    return [
        tie.encode(y=alt.Y("credited:Q"), y2=alt.Y2("per_head:Q")),
        upper.encode(y=alt.Y("credited:Q")),
        lower.encode(y=alt.Y("per_head:Q")),
    ]


def _told(crews: pl.DataFrame, across: Across, up: Up, frame: Frame) -> alt.Chart:
    """The highest records in numbers, left of their points, where none stands on another."""
    best: list[dict[str, Any]] = []
    scale = frame.width / ((across.high - across.low) or 1.0)
    for row in crews.sort("credited", descending=True).to_dicts():
        said = f"{short(row['credited'])} by a crew of {row['crew']}"
        right, middle = (row["x"] - across.low) * scale, up.place(row["credited"], frame.height)
        left = right - width_of(said) - 9.0
        clear = all(
            abs(middle - other["middle"]) >= LINE or left > other["right"] or right < other["left"]
            for other in best
        )
        if left > 0.0 and clear and len(best) < TOLD:
            place = {"left": left, "right": right + 6.0, "middle": middle}
            best.append({"x": row["x"], "credited": row["credited"], "said": said, **place})
    text = alt.Chart(alt.InlineData(values=best)).mark_text(
        align="right", baseline="middle", dx=-9, color=LIGHT["reported"]
    )
    told: alt.Chart = text.encode(x=alt.X("x:Q"), y=alt.Y("credited:Q"), text=alt.Text("said:N"))
    return told
