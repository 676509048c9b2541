"""Charts of what a report table says."""

from __future__ import annotations

import datetime

import numpy as np
import polars as pl

from stakhanov.charts import FULL, LOW, SMALL, Across, Drawing, Figure, Size, Style, Up, lines
from stakhanov.charts.banded import banded
from stakhanov.engine.shown import percent
from stakhanov.evidence.curves import around_line, over_periods, standing, through_month
from stakhanov.evidence.sample import Sample
from stakhanov.foundation.written import day

EPOCH = datetime.date(1970, 1, 1)
ALONE = Style("", "reported")  # the title names it
EVEN = (1.0, "even")


def line_figure(sample: Sample, *, wide: bool) -> Figure:
    """Reports at the norm, beside what a smooth curve through the rest expects there."""
    table = around_line(sample)
    known = standing(sample)
    said = (
        f"{percent(known.met)} of {known.reports:,} reports met the norm; {percent(known.at)} stand"
        f" from 100 up to 102 % of it, {percent(known.below)} from 98 up to 100 %."
    )
    if "expected" in table.columns:
        said += " The outline is reports; the band is what 95 of 100 honest tables of this size would show."
    highest = [table["count"].max(), table["high"].max() if "high" in table.columns else 0.0]
    up = Up.of([float(value) for value in highest if isinstance(value, float)], "reports")

    def draw(size: Size) -> Drawing:
        title = "per cent of the norm"
        return banded(table, up, mark=(100.0, "norm"), title=title, size=size)

    title = (
        f"Reports at the norm, {sample.group}" if sample.group != "all" else "Reports at the norm"
    )
    label = (
        f"Histogram of reports from 75 to 125 % of the norm, with the band of honest ones. {said}"
    )
    numbers = table.rename({"x": "from, %", "x2": "to, %", "count": "reports"})
    return Figure(title, said, label, numbers, draw, FULL if wide else (SMALL,))


def period_figure(sample: Sample, *, wide: bool) -> Figure:
    """Mean fulfilment by period, with the norm as a rule."""
    table = over_periods(sample)
    first = float(table["x"][0])
    start = day(EPOCH + datetime.timedelta(days=int(first)))
    across_title = f"days from {start}" if sample.dated else "period"
    shift = first if sample.dated else 0.0
    drawn = table.select(x=pl.col("x") - shift, series=pl.lit(""), value=pl.col("fulfilment"))
    across = Across(float(drawn["x"][0]), float(drawn["x"][-1]), across_title)
    up = Up.of([*drawn["value"], 100.0], "% of the norm", zero=False)

    def draw(size: Size) -> Drawing:
        return lines(drawn, [ALONE], across, up, size=size, mark=(100.0, "norm"))

    periods = np.unique(sample.period).size
    said = f"{periods:,} periods" + (
        f", put together into {table.height:,}." if table.height < periods else "."
    )
    title = "Mean fulfilment" + (f", {sample.group}" if sample.group != "all" else "")
    numbers = table.rename(
        {"x": "period", "fulfilment": "mean fulfilment, %", "at": "at 100-102 %, % of reports"}
    )
    label = f"Line chart of mean fulfilment by period. {said}"
    return Figure(title, said, label, numbers, draw, LOW if wide else (SMALL,))


def month_figure(sample: Sample) -> Figure:
    """Output by day of the month."""
    table = through_month(sample)
    drawn = table.select("x", series=pl.lit(""), value="output")
    up = Up.of([*drawn["value"], 1.0], "1 = an even day", zero=False)
    across = Across(1.0, 31.0, "day of the month")

    def draw(size: Size) -> Drawing:
        return lines(drawn, [ALONE], across, up, size=size, mark=EVEN)

    title = "Through the month" + (f", {sample.group}" if sample.group != "all" else "")
    said = "Output of all workers by day of the month, over that of a mean day."
    return Figure(title, said, f"Line chart. {said}", table.drop("late"), draw)
