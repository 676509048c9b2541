"""A run as a prompt and a notebook show it: one line, and a table with small lines."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.engine.ledger import EVERYBODY
from stakhanov.foundation.measures import MEASURES, SERIES
from stakhanov.foundation.written import counted

SPARK = (120, 18)  # pixels


def name_of(record: Mapping[str, Any]) -> str:
    """What was run, in one line, from its record."""
    name = record.get("campaign", {}).get("campaign", {}).get("name", "a campaign")
    people, periods = record.get("workers"), record.get("periods")
    parts = [
        counted(people, "worker") if isinstance(people, int) else "",
        counted(periods, "period") if isinstance(periods, int) else "",
        f"seed {record['seed']}" if "seed" in record else "",
    ]
    return f"{name}: {', '.join(filter(None, parts))}" if any(parts) else str(name)


def html_of(
    record: Mapping[str, Any], measures: Mapping[str, Mapping[str, Any]], series: pl.DataFrame
) -> str:
    """The measures of a run as a table, each with its course in a small line, for a notebook."""
    rows = "".join(
        f'<tr><th style="text-align:left">{escape(_title(name))}</th>'
        f'<td style="text-align:right">{one["value"]:,.4g}</td>'
        f'<td style="text-align:left">{escape(str(one["unit"]))}</td>'
        f"<td>{_spark(course_of(series, name))}</td></tr>"
        for name, one in measures.items()
    )
    digest = str(record.get("digest", ""))[:12]
    told = f" Digest {digest}." if digest else ""
    return (
        f"<p><b>{escape(name_of(record))}.</b>{told}</p><table>{rows}</table>"
        "<p><code>run.chart(&quot;true_output&quot;)</code> draws a measure;"
        " <code>run.series</code>, <code>run.histogram</code>, <code>run.records</code>,"
        " <code>run.prizes</code> and <code>run.reports</code> are tables.</p>"
    )


def course_of(series: pl.DataFrame, measure: str, branch: str = EVERYBODY) -> NDArray[np.float64]:
    """One series over all periods, with gaps where it has no value."""
    rows = series.filter((pl.col("measure") == measure) & (pl.col("branch") == branch))
    last = series["period"].max()
    column = np.full(0 if last is None else int(str(last)) + 1, np.nan)
    column[rows["period"].to_numpy()] = rows["value"].to_numpy()
    return column


def _title(name: str) -> str:
    about = MEASURES.get(name) or SERIES.get(name)
    return about.title if about else name


def _spark(values: NDArray[np.float64]) -> str:
    """A series as a line a word high; nothing where there is no course to show."""
    known = np.flatnonzero(np.isfinite(values))
    if known.size < 2:
        return ""
    width, height = SPARK
    low, high = float(values[known].min()), float(values[known].max())
    across = known / (values.size - 1) * width
    up = (height - 2) * (1.0 - (values[known] - low) / ((high - low) or 1.0)) + 1.0
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, up, strict=True))
    return (
        f'<svg width="{width}" height="{height}" role="img" aria-label="from'
        f' {values[known[0]]:.4g} to {values[known[-1]]:.4g}"><polyline points="{points}"'
        ' fill="none" stroke="currentColor" stroke-width="1.2"/></svg>'
    )
