"""What a sensitivity analysis looks like: bars for every address."""

from __future__ import annotations

import math
from collections.abc import Iterable

import polars as pl

from stakhanov.charts import Figure, bars, drawn_as, said_of
from stakhanov.charts.frame import FULL
from stakhanov.experiments.intervals import Interval
from stakhanov.experiments.reading import Reading
from stakhanov.experiments.sensitivity import Sensitivity
from stakhanov.foundation.written import counted

_SHARE = "Total share of the variance"


def sensitivity_figures(found: Sensitivity) -> dict[str, Figure]:
    """For every measure its effects, and its shares where the analysis went so far."""
    figures = {f"{what}-effects": _effects(found, what) for what in found.effects}
    return figures | {f"{what}-shares": _shares(found, what) for what in found.shares}


def _effects(found: Sensitivity, what: Reading) -> Figure:
    table = _rows(
        (one.address, effect.size)
        for one, effect in zip(found.ranges, found.effects[what], strict=True)
    )
    return _figure(
        (f"{what.about.title}: what crossing each range does", "Mean size of effects"),
        table,
        f"In our model; {said_of(what.about)}. Elementary effects, 95 % intervals over trajectories;"
        f" {counted(found.replicates, 'replicate')} on shared luck.",
    )


def _shares(found: Sensitivity, what: Reading) -> Figure:
    replicates = counted(found.replicates, "replicate")
    table = _rows(
        (one.address, parts.total)
        for one, parts in zip(found.kept, found.shares[what], strict=True)
    )
    return _figure(
        (f"{what.about.title}: what its variance hangs on", _SHARE),
        table,
        "In our model, over the ranges given; an address with all its interplay, so that shares may sum to"
        f" more than 1. 95 % intervals over samples; {replicates} on shared luck.",
    )


def _rows(pairs: Iterable[tuple[str, Interval]]) -> pl.DataFrame:
    rows = [
        {"label": address, "value": one.mean, "low": one.low, "high": one.high}
        for address, one in sorted(pairs, key=_larger_first)
    ]
    return pl.DataFrame(rows, schema_overrides=dict.fromkeys(("value", "low", "high"), pl.Float64))


def _larger_first(pair: tuple[str, Interval]) -> tuple[bool, float]:
    mean = pair[1].mean
    return math.isnan(mean), -mean


def _figure(titles: tuple[str, str], table: pl.DataFrame, said: str) -> Figure:
    words = "; ".join(
        f"{label} {value:.3g}" for label, value in table.select("label", "value").rows()
    )
    return Figure(
        title=titles[0],
        said=said,
        label=f"{titles[1]}. {words}.",
        numbers=table,
        draw=drawn_as(bars, table, titles[1]),
        sizes=FULL,
    )
