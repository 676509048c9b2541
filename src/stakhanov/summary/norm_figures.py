"""Fulfilment around the norm: who stood where, in truth and in the reports."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from stakhanov.charts import TRUE, Drawing, Figure, Size, Style, Up, histogram
from stakhanov.engine.shown import percent
from stakhanov.summary.open_run import OpenRun

STEP = 5  # per cent of the norm in one bar
LEAST, MOST = 160, 300  # where the axis may end, per cent of the norm
DRAWN = 0.995  # share of worker-periods that the axis must reach
OUTLINE = Style("reported", "reported")


@dataclass(frozen=True)
class Chosen:
    """A stretch of a run with its name and why it was chosen."""

    name: str
    span: slice
    why: str = ""


def chosen_years(opened: OpenRun) -> list[Chosen]:
    """The first year, that of most Stakhanovites between, and the last; all of a short run.

    Without a title the one between is the middle, and no year is before or after anything.
    """
    years = opened.years()
    if not years:
        return [Chosen("The whole run", slice(0, opened.periods))]
    first, last = years[0], years[-1]
    if not opened.titled:
        between = [years[len(years) // 2]] if len(years) > 2 else []
        told = dict.fromkeys([first, *between, last])
        return [Chosen(f"{year}", opened.year(year)) for year in told]
    chosen = [Chosen(f"{first}", opened.year(first), "before")]
    if len(years) > 2:
        titles = {
            year: opened.mean("stakhanovite_share", opened.year(year)) for year in years[1:-1]
        }
        height = max(titles, key=lambda year: (titles[year], -year))
        chosen.append(Chosen(f"{height}", opened.year(height), "the height"))
    if last != first:
        chosen.append(Chosen(f"{last}", opened.year(last), "after"))
    return chosen


def norm_figures(opened: OpenRun, chosen: Sequence[Chosen]) -> list[Figure]:
    """A histogram of fulfilment for every stretch, all on the same axes."""
    end = _end(opened, chosen)
    tables = [_shares(opened, one.span, end) for one in chosen]
    up = Up.of(
        [value for table in tables for value in table["value"]],
        f"% of people, bars of {STEP} points",
    )
    return [
        _figure(opened, one, table, up=up, end=end)
        for one, table in zip(chosen, tables, strict=True)
    ]


def _figure(opened: OpenRun, one: Chosen, table: pl.DataFrame, *, up: Up, end: int) -> Figure:
    said = _said(opened, one.span)
    beyond = float(opened.counts("reported", one.span)[end:].sum())
    if beyond:
        share = beyond / float(opened.counts("reported", one.span).sum())
        said += f" Not drawn: {percent(share)} beyond {end} %."

    def draw(size: Size) -> Drawing:
        title = "per cent of the norm"
        return histogram(table, TRUE, OUTLINE, up, mark=(100.0, "norm"), title=title, size=size)

    title = f"{one.name}, {one.why}" if one.why else one.name
    label = f"Histogram of fulfilment of the norm, {title}. True fulfilment is solid, reported"
    label += f" fulfilment an outline; the norm is marked at 100 %. {said}"
    numbers = table.pivot(on="series", index=["x", "x2"], values="value").rename(
        {"x": "from, %", "x2": "to, %", "true": "true, %", "reported": "reported, %"}
    )
    return Figure(title, said, label, numbers, draw)


def _shares(opened: OpenRun, span: slice, end: int) -> pl.DataFrame:
    """Shares of worker-periods in bars of fulfilment, in per cent, true and reported."""
    tables = []
    for kind in ("true", "reported"):
        counts = opened.counts(kind, span)
        bars = counts[:end].reshape(-1, STEP).sum(axis=1)
        edges = np.arange(0, end, STEP)
        shares = 100.0 * bars / max(int(counts.sum()), 1)
        columns = {"x": edges, "x2": edges + STEP, "series": [kind] * len(bars), "value": shares}
        tables.append(pl.DataFrame(columns))
    return pl.concat(tables)


def _said(opened: OpenRun, span: slice) -> str:
    reported, true = opened.counts("reported", span), opened.counts("true", span)
    total = max(int(reported.sum()), 1)
    below, at = int(reported[:100].sum()) / total, int(reported[100:102].sum()) / total
    really = int(true[:100].sum()) / max(int(true.sum()), 1)
    said = (
        f"{percent(below)} of reports were below the norm and {percent(at)} at 100 or 101 % of it"
    )
    if abs(really - below) >= 5e-4:
        said += f"; in truth {percent(really)} were below"
    return f"{said}."


def _end(opened: OpenRun, chosen: Sequence[Chosen]) -> int:
    end = LEAST
    for one in chosen:
        for kind in ("true", "reported"):
            counts = opened.counts(kind, one.span)
            within = counts[:MOST].cumsum() < DRAWN * counts.sum()
            end = max(end, math.ceil((int(within.sum()) + 1) / 20) * 20)
    return min(end, MOST)
