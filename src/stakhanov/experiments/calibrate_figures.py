"""What a calibration looks like: how far the model stands from the reports, moment by moment."""

from __future__ import annotations

import polars as pl

from stakhanov.charts import Figure, bars, drawn_as
from stakhanov.charts.frame import FULL
from stakhanov.experiments.calibrate import Calibration

_APART = "Model less reports, in standard errors"


def calibrate_figures(found: Calibration) -> dict[str, Figure]:
    """One chart: the misfit of every moment."""
    table = pl.DataFrame({"label": one.moment, "value": one.apart} for one in found.moments)
    worst = max(found.moments, key=lambda one: abs(one.apart))
    return {
        "misfit": Figure(
            title="How far the calibrated workforce stands from the reports",
            said=(
                f"In our model, {found.runs} runs on shared luck. Beyond 2 either way a moment is farther apart"
                " than the luck of workers would put it one time in twenty."
            ),
            label=f"{len(found.moments)} moments; farthest: {worst.moment}, {worst.apart:+.2g}.",
            numbers=table,
            draw=drawn_as(bars, table, _APART),
            sizes=FULL,
        )
    }
