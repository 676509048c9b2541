"""Records of a run: what was credited to one name, and what that comes to per head."""

from __future__ import annotations

import polars as pl

from stakhanov.charts import FULL, Drawing, Figure, Size, records
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.timeline import Timeline


def record_figure(opened: OpenRun) -> Figure | None:
    """The chronology of records; none without records."""
    rows = opened.run.records.filter(pl.col("multiple") > 0.0).sort("period", "multiple")
    if rows.is_empty():
        return None
    time = Timeline(opened)
    when = [time.place(period) for period in rows["period"].to_list()]
    table = rows.select(
        pl.Series("x", when, dtype=pl.Float64),
        pl.col("multiple").alias("credited"),
        (pl.col("multiple") / pl.col("crew")).alias("per_head"),
        "crew",
    )
    said = _said(rows)

    def draw(size: Size) -> Drawing:
        return records(table, time.across, "multiples of the norm, log scale", size=size)

    label = f"Steps of the standing record in multiples of the norm, on a log scale. {said}"
    crews = bool((rows["crew"] > 1).any())
    title = "Records: credited to one name, and per head of the crew" if crews else "The record"
    return Figure(title, said, label, _numbers(rows, time), draw, FULL)


def _said(rows: pl.DataFrame) -> str:
    best = rows.sort("multiple").tail(1).to_dicts()[0]
    crew, staged = int(best["crew"]), int(rows["staged"].sum())
    said = f"{len(rows)} record{'' if len(rows) == 1 else 's'}, {staged} of them staged."
    said += f" The highest was credited with {best['multiple']:.1f} norms"
    if crew > 1:
        said += f"; made by a crew of {crew}, that is {best['multiple'] / crew:.1f} a head"
    return f"{said}."


def _numbers(rows: pl.DataFrame, time: Timeline) -> pl.DataFrame:
    named = pl.Series("period", [time.name(period) for period in rows["period"].to_list()])
    return rows.select(
        named,
        "branch",
        "contest",
        "worker",
        pl.col("multiple").alias("credited, norms"),
        "crew",
        (pl.col("multiple") / pl.col("crew")).alias("per head, norms"),
        "staged",
    )
