"""What questions of many runs look like: sweeps and decompositions as charts."""

from __future__ import annotations

from itertools import product

import polars as pl

from stakhanov.charts import Figure, bars, curve, drawn_as, heat, said_of, waterfall
from stakhanov.charts.frame import FULL
from stakhanov.experiments.addresses import told
from stakhanov.experiments.decomposition import Decomposition
from stakhanov.experiments.intervals import Interval
from stakhanov.experiments.reading import Reading
from stakhanov.experiments.sweep import Sweep
from stakhanov.foundation.written import counted


def sweep_figures(sweep: Sweep) -> dict[str, Figure]:
    """A chart for every measure of a sweep: a curve, bars where values are words, a grid for two addresses."""
    return {str(what): _sweep_figure(sweep, what) for what in sweep.readings}


def _sweep_figure(sweep: Sweep, what: Reading) -> Figure:
    table = sweep.table.filter(pl.col("measure") == str(what))
    first = sweep.axes[0]
    measure, across = said_of(what.about), told(first.address)
    if len(sweep.axes) == 2:
        second = sweep.axes[1]
        places = list(product(first.labels, second.labels))
        grid = pl.DataFrame(places, schema=["x", "y"], orient="row").with_columns(table["value"])
        draw = drawn_as(heat, grid, (across, told(second.address)))
    elif first.numeric:
        line = table.select(
            pl.col(first.address).cast(pl.Float64).alias("x"), "value", "low", "high"
        )
        draw = drawn_as(curve, line, (across, measure))
    else:
        rows = table.select(pl.Series("label", first.labels), "value", "low", "high")
        draw = drawn_as(bars, rows, measure)
    addresses = " and ".join(axis.address for axis in sweep.axes)
    said = _said(sweep)
    return Figure(
        title=f"{what.about.title} over {addresses}",
        said=said,
        label=f"{what.about.title} at {len(sweep.points)} values of {addresses}. {_range(table)}",
        numbers=table,
        draw=draw,
        sizes=FULL,
    )


def _said(sweep: Sweep) -> str:
    """What the values are; intervals only where there are any, and where they stand."""
    said = f"In our model; {counted(sweep.replicates, 'replicate')} on shared luck"
    if sweep.replicates == 1:
        return f"{said}."
    if len(sweep.axes) == 2:
        return f"{said}; the numbers below have 95 % intervals."
    return f"{said}, 95 % intervals."


def _range(table: pl.DataFrame) -> str:
    values = [float(value) for value in table["value"]]
    return f"From {min(values):.4g} to {max(values):.4g}."


def decomposition_figure(found: Decomposition) -> Figure:
    """What every rule adds or takes, step by step, to the sum of all."""
    rows = [
        {
            "label": one.rule.title,
            "value": one.share.mean,
            "level": False,
            **_edges(one.share),
        }
        for one in found.shares
    ]
    last = {"label": "All together", "value": found.total, "level": True, "low": None, "high": None}
    table = pl.DataFrame(
        [*rows, last], strict=False, schema_overrides={"low": pl.Float64, "high": pl.Float64}
    )
    what = found.what.about
    edges = ", 95 % intervals" if found.replicates > 1 else ""
    words = "; ".join(f"{one.rule.title} {one.share.mean:+.3g}" for one in found.shares)
    return Figure(
        title=f"{what.title}: what each rule adds",
        said=(
            f"In our model: {found.nothing.mean:.4g} without these rules, {found.everything.mean:.4g} with"
            f" all. Shapley values, {counted(found.replicates, 'replicate')} on shared luck{edges}."
        ),
        label=f"Waterfall chart. {words}. Together {found.total:+.3g} {what.unit}.",
        numbers=found.table,
        draw=drawn_as(waterfall, table, said_of(what)),
        sizes=FULL,
    )


def _edges(one: Interval) -> dict[str, float]:
    return {"low": one.low, "high": one.high}
