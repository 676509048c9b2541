"""Who was paid what: pay by how far the norm was reported as fulfilled."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from stakhanov.charts import Drawing, Figure, Size, bars
from stakhanov.engine.shown import percent, period_of
from stakhanov.summary.open_run import OpenRun

#: Per cent of the norm at which one group ends and the next begins.
EDGES = (80, 100, 110, 125, 150)
NEEDED = {"period", "norm", "reported", "pay"}


def pay_by_fulfilment(opened: OpenRun) -> Figure | None:
    """Mean pay by reported fulfilment in the last year, from the sample of reports; none without."""
    years = opened.years()
    span = opened.year(years[-1]) if years else slice(0, opened.periods)
    reports = opened.run.reports
    if not set(reports.columns) >= NEEDED:
        return None
    rows = reports.filter(pl.col("period").is_between(span.start, span.stop - 1))
    if rows.is_empty():
        return None
    table = _groups(rows)
    minor = opened.campaign.campaign.currency.minor
    unit = f"{minor}s a {period_of(opened.campaign)}"

    def draw(size: Size) -> Drawing:
        return bars(table.select("label", "value"), unit, size=size)

    when = f"in {years[-1]}" if years else "over the run"
    ends = table.sort("order")
    ratio = float(ends["value"][-1]) / float(ends["value"][0]) if ends["value"][0] else 0.0
    said = f"Mean pay {when} by reported fulfilment, from the sample of reports."
    if len(ends) > 1 and ratio > 0.0:
        most, least = (f"at {ends['label'][i]}".replace("at below", "below") for i in (-1, 0))
        said += f" Those {most} got {ratio:.1f} times as much as those {least}."
    label = f"Bar chart of mean pay by reported fulfilment of the norm, {unit}. {said}"
    numbers = table.select(
        pl.col("label").alias("fulfilment"),
        pl.col("value").round(0).cast(pl.Int64).alias(unit),
        pl.col("share").map_elements(percent, pl.String).alias("of reports"),
    )
    return Figure("Pay by fulfilment", said, label, numbers, draw)


def _groups(rows: pl.DataFrame) -> pl.DataFrame:
    """label, value, share, order: one row a group that has anybody, the highest first."""
    level = 100.0 * pl.col("reported") / pl.col("norm")
    # A hair below the edge is at it: reports are whole thousandths, divided and multiplied again.
    order = pl.sum_horizontal((level >= edge - 1e-6).cast(pl.Int32) for edge in EDGES)
    table = rows.group_by(order.alias("order")).agg(value=pl.col("pay").mean(), number=pl.len())
    names = [f"below {EDGES[0]} %", *_between(), f"{EDGES[-1]} % or more"]
    return table.sort("order", descending=True).with_columns(
        label=pl.col("order").replace_strict(dict(enumerate(names)), return_dtype=pl.String),
        share=pl.col("number") / rows.height,
    )


def _between() -> list[str]:
    return [f"{low} to {high} %" for low, high in pairwise(EDGES)]
