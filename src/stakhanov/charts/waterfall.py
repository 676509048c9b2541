"""From one level to another, step by step: what each part adds or takes."""

from __future__ import annotations

import math

import altair as alt
import polars as pl

from stakhanov.charts.axes import MARK, Up
from stakhanov.charts.frame import SMALL, Size
from stakhanov.charts.lettering import width_of
from stakhanov.charts.marks import data_of, short
from stakhanov.charts.names import Names
from stakhanov.charts.theme import LIGHT

EDGES = ("low", "high")


def waterfall(table: pl.DataFrame, title: str, *, size: Size = SMALL) -> alt.LayerChart:
    """Rows from the top: a level as a full bar, or a step that begins where the last one ended.

    `table`: label, value (the level, or what the step adds), level (whether it is one), and low and high,
    the interval of a step, where they are known. `title`: what is measured and in what.
    """
    names = Names.of(table["label"], size.width)
    rows = _placed(table).with_columns(pl.Series("label", names.labels, pl.String))
    edges = [v for name in ("from", "to", "low_at", "high_at") for v in rows[name]]
    scale = Up.of(edges, title)
    room = max(map(width_of, rows["said"]), default=0.0)
    width = max(size.width - names.beside - room - 10.0, 80.0)
    every = -(-len(scale.marks) // max(int(width / MARK), 2))
    marks = list(scale.marks[::every])
    axis = alt.Axis(orient="top", values=marks, format=scale.form, domain=False, labelFlush=False)
    axis.tickCount = len(marks)
    axis.grid, axis.ticks, axis.titleAnchor = True, False, "start"
    x_scale = alt.Scale(domain=[scale.low, scale.high], nice=False, zero=False)
    x = alt.X("from:Q", title=title, scale=x_scale, axis=axis)
    y = names.axis()
    paint = alt.Color(
        "kind:N",
        scale=alt.Scale(
            domain=["level", "adds", "takes"],
            range=[LIGHT["soft"], LIGHT["true"], LIGHT["reported"]],
        ),
        legend=None,
    )
    base = data_of(rows)
    bars = base.mark_bar(height={"band": 0.62}).encode(x=x, x2=alt.X2("to:Q"), y=y, color=paint)
    rule = base.mark_rule(color=LIGHT["ink"], strokeWidth=1.5)
    known = rule.transform_filter("isValid(datum.low_at)").encode(
        x=alt.X("low_at:Q"), x2=alt.X2("high_at:Q"), y=y
    )
    said = base.mark_text(align="left", dx=5).encode(x=alt.X("end:Q"), y=y, text=alt.Text("said:N"))
    height = names.row * len(names.labels)
    return alt.LayerChart(layer=[bars, known, said], width=width, height=height)


def _placed(table: pl.DataFrame) -> pl.DataFrame:
    """Where each row begins and ends, and what stands beside it."""
    found, stands = [], 0.0
    for row in table.to_dicts():
        value = float(row["value"])
        start = 0.0 if row["level"] else stands
        stands = value if row["level"] else stands + value
        low_at, high_at = (None if row["level"] else _edge(start, row.get(n)) for n in EDGES)
        ends = [start, stands, *(edge for edge in (low_at, high_at) if edge is not None)]
        kind = "level" if row["level"] else "adds" if value >= 0.0 else "takes"
        said = _said(value, sign="" if row["level"] else "+")
        found.append(
            {
                "label": row["label"],
                "level": row["level"],
                "from": start,
                "to": stands,
                "low_at": low_at,
                "high_at": high_at,
                "end": max(ends),
                "kind": kind,
                "said": said,
            }
        )
    schema = dict.fromkeys(("from", "to", "low_at", "high_at", "end"), pl.Float64)
    return pl.DataFrame(found, schema_overrides=schema)


def _said(value: float, sign: str) -> str:
    """A number as it stands beside a bar: three digits that count, of a level and of its steps alike."""
    if value == 0.0:
        return "0"
    return short(value) if abs(value) >= 9.995 and not sign else f"{value:{sign}.3g}"


def _edge(start: float, edge: float | None) -> float | None:
    """Where the end of a step's interval lies, if it is known."""
    return None if edge is None or not math.isfinite(edge) else start + edge
