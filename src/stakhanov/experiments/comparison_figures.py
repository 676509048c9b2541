"""What two campaigns side by side look like: every measure's difference in per cent of what it was."""

from __future__ import annotations

import math

import polars as pl

from stakhanov.charts import Figure, bars, drawn_as
from stakhanov.charts.frame import FULL
from stakhanov.experiments.comparison import Comparison, Row
from stakhanov.foundation.written import counted


def comparison_figures(found: Comparison) -> dict[str, Figure]:
    """One chart; none where nothing can be told in per cent."""
    rows = [_row(one) for one in found.rows if one.a.mean and math.isfinite(one.difference.mean)]
    if not rows:
        return {}
    edges = ", 95 % intervals" if found.replicates > 1 else ""
    table = pl.DataFrame(rows)
    words = "; ".join(f"{row['label']} {row['value']:+.3g} %" for row in rows)
    return {
        "differences": Figure(
            title="What is different in b",
            said=(
                f"In our model: b less a in per cent of a, {counted(found.replicates, 'replicate')} on shared"
                f" luck{edges}. What is 0 in a has no per cent; the numbers have it."
            ),
            label=f"Bars, b less a in per cent of a. {words}.",
            numbers=found.table,
            draw=drawn_as(bars, table if edges else table.drop("low", "high"), "Per cent of a"),
            sizes=FULL,
        )
    }


def _row(one: Row) -> dict[str, str | float]:
    title = one.what.about.title + (f" @{one.what.when}" if one.what.when else "")
    part = 100.0 / abs(one.a.mean)
    gap = one.difference
    return {
        "label": title,
        "value": part * gap.mean,
        "low": part * gap.low,
        "high": part * gap.high,
    }
