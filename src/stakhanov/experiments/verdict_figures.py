"""What an experiment's answer looks like: its arms side by side, and where an expectation breaks."""

from __future__ import annotations

import polars as pl

from stakhanov.charts import Figure, bars, curve, drawn_as
from stakhanov.charts.frame import FULL
from stakhanov.experiments.addresses import told
from stakhanov.experiments.breaking import Break
from stakhanov.experiments.reading import Reading, reading
from stakhanov.experiments.verdict import Verdict
from stakhanov.foundation.written import counted


def verdict_figures(verdict: Verdict) -> dict[str, Figure]:
    """For every measure a bar for each arm."""
    what = next(iter(verdict.measures.values()), {})
    return {str(one): _arms(verdict, one) for one in what}


def _arms(verdict: Verdict, what: Reading) -> Figure:
    titles = verdict.experiment.titles
    rows = [
        {"label": titles[arm], "value": one.mean, "low": one.low, "high": one.high}
        for arm, measures in verdict.measures.items()
        for one in [measures[what]]
    ]
    words = "; ".join(f"{row['label']} {row['value']:.4g}" for row in rows)
    many = ", 95 % intervals" if verdict.replicates > 1 else ""
    return Figure(
        title=what.said,
        said=f"In our model; {counted(verdict.replicates, 'replicate')} on shared luck{many}.",
        label=f"{what.said}. {words}.",
        numbers=verdict.table.filter(pl.col("measure") == str(what)),
        draw=drawn_as(bars, _known(rows), what.said),
        sizes=FULL,
    )


def break_figure(found: Break) -> Figure:
    """The difference that the expectation looks at, at every value that was tried."""
    what = reading(found.expectation.measure)
    rows = [
        {"x": value, "value": one.gap.mean, "low": one.gap.low, "high": one.gap.high}
        for value, one in sorted(found.tried, key=lambda pair: pair[0])
    ]
    table = _known(rows)
    replicates = counted(found.replicates, "replicate")
    return Figure(
        title=f"{what.about.title}: {found.expectation.arm} less {found.expectation.versus}",
        said=f"{found.sentence}. In our model; {replicates} on shared luck.",
        label=f"{found.sentence}; tried at {counted(len(rows), 'value')}.",
        numbers=found.table,
        draw=drawn_as(curve, table, (told(found.address), f"Difference, {what.about.unit}")),
        sizes=FULL,
    )


def _known(rows: list[dict[str, float]] | list[dict[str, object]]) -> pl.DataFrame:
    """Rows as a table, without the edges of intervals that are not known."""
    table = pl.DataFrame(rows)
    return table if table["low"].is_finite().all() else table.drop("low", "high")
