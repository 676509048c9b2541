"""Output against the norm in every branch."""

from __future__ import annotations

import math

import polars as pl

from stakhanov.charts import FULL, NORM, REPORTED, TRUE, Drawing, Figure, Size, Up, multiples
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.timeline import Timeline

DRAWN = {"true_output": TRUE, "reported_output": REPORTED, "norm_level": NORM}


def branch_figure(opened: OpenRun) -> Figure | None:
    """One small chart a branch; none where a run has only one."""
    branches = opened.branches()
    if len(branches) < 2:
        return None
    time, start = Timeline(opened), float(opened.campaign.norms.start)
    parts = []
    for branch in branches:
        series = {
            style.series: opened.column(measure, branch) * (start if style is NORM else 1.0)
            for measure, style in DRAWN.items()
        }
        part = pl.lit(branch.replace("-", " ")).alias("part")
        parts.append(time.table(series).with_columns(part))
    table = pl.concat(parts)
    up = Up.of(table["value"], "norm-units a shift", zero=False)

    def draw(size: Size) -> Drawing:
        return multiples(table, list(DRAWN.values()), time.across, up, size=size)

    said = _said(opened, branches)
    title = "Branch by branch"
    label = f"Small line charts of true output, reported output and norm by branch. {said}"
    key = (
        "Norm-units a shift. Dark: true output, its last value beside the name; pale and wide:"
        " reported; thin: the norm."
    )
    numbers = _numbers(opened, branches, time)
    told = f"{said} {key}"
    return Figure(title, told, label, numbers, draw, FULL)


def _said(opened: OpenRun, branches: list[str]) -> str:
    ends = {branch: float(opened.column("true_output", branch)[-1]) for branch in branches}
    last = {branch: value for branch, value in ends.items() if math.isfinite(value)}
    if not last:
        return "At the end nobody was at work."
    high, low = max(last, key=lambda b: last[b]), min(last, key=lambda b: last[b])
    return (
        f"At the end true output stood highest in {high.replace('-', ' ')} ({last[high]:.2f}"
        f" norm-units a shift) and lowest in {low.replace('-', ' ')} ({last[low]:.2f})."
    )


def _numbers(opened: OpenRun, branches: list[str], time: Timeline) -> pl.DataFrame:
    """One row a period; true and reported output and norm of every branch."""
    columns = {}
    for branch in branches:
        name = branch.replace("-", " ")
        columns[f"{name}, true"] = opened.column("true_output", branch)
        columns[f"{name}, reported"] = opened.column("reported_output", branch)
        columns[f"{name}, norm"] = opened.column("norm_level", branch)
    return time.numbers(columns)
