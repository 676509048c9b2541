"""A run as text with charts: what the terminal shows when a run is done."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from stakhanov.engine.results import Run

BLOCKS = " ▁▂▃▄▅▆▇█"
PLAIN = " .:-=+*#@"
LINES = (
    ("true_output", "true output"),
    ("reported_output", "reported output"),
    ("plan", "plan"),
    ("norm_level", "norm"),
    ("pay_mean", "pay"),
    ("record_level", "record"),
    ("morale_mean", "morale"),
    ("trust_mean", "trust"),
    ("strain_mean", "strain"),
    ("quit_rate", "quits"),
)
LABEL = 16
NUMBER = 10
FIRST_BIN, LAST_BIN, STEP = 40, 220, 10


def render(run: Run, *, width: int = 100, blocks: bool = True) -> str:
    """Series as lines of blocks and the last year's fulfilment as bars, the norm marked.

    `width` is in characters, at least 50; without `blocks` plain characters stand in for them.
    """
    ramp = BLOCKS if blocks else PLAIN
    room = max(width, 50) - LABEL - 2 * NUMBER - 4
    national = run.series.filter(pl.col("branch") == "all")
    lines = [f"{'':{LABEL}} {'first':>{NUMBER}} {'over time':{room}} {'last':>{NUMBER}}"]
    for name, label in LINES:
        values = national.filter(pl.col("measure") == name).sort("period")["value"].to_list()
        if values:
            first, last = _short(values[0]), _short(values[-1])
            drawn = line_of(values, room, ramp)
            lines.append(f"{label:{LABEL}} {first:>{NUMBER}} {drawn:{room}} {last:>{NUMBER}}")
    return "\n".join([*lines, "", *_histogram(run, room, ramp[-1])])


def line_of(values: list[float], room: int, ramp: str) -> str:
    """A series as one line of characters between its lowest and its highest value."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return "nothing to draw"
    count = min(room, len(values))
    edges = [i * len(values) // count for i in range(count + 1)]
    parts = [values[a:b] for a, b in pairwise(edges)]
    means = [sum(part) / len(part) for part in parts]
    low, high = min(finite), max(finite)
    if high - low <= 1e-9 * max(abs(high), 1.0):
        return ramp[len(ramp) // 2] * count
    top = len(ramp) - 2
    return "".join(
        " " if not math.isfinite(mean) else ramp[1 + round((mean - low) / (high - low) * top)]
        for mean in means
    )


def _histogram(run: Run, room: int, full: str) -> list[str]:
    """Reported fulfilment of the last year in bars of ten per cent; the norm has a mark."""
    if run.histogram.is_empty():
        return []
    last = run.histogram["period"].max()
    assert isinstance(last, int)
    counts = (
        run.histogram.filter((pl.col("kind") == "reported") & (pl.col("period") > last - 12))
        .with_columns((pl.col("bin").clip(FIRST_BIN, LAST_BIN) // STEP * STEP).alias("from"))
        .group_by("from")
        .agg(pl.col("count").sum())
        .sort("from")
    )
    shares = dict(zip(counts["from"].to_list(), counts["count"].to_list(), strict=True))
    total, most = max(sum(shares.values()), 1), max(*shares.values(), 1)
    rows = ["reported fulfilment, last year, per cent of the norm"]
    for start in range(FIRST_BIN, LAST_BIN + STEP, STEP):
        share = shares.get(start, 0)
        mark = " <- the norm" if start == 100 else ""
        bar = full * round(share / most * (room - 14))
        edge = "less" if start == FIRST_BIN else "more" if start == LAST_BIN else ""
        rows.append(f"{start:>6} {edge:5} {share / total:6.1%} {bar}{mark}")
    return rows


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
