"""What the reports of a group look like: counts at the norm beside honest ones, and output over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from stakhanov.evidence.around_norm import Counts, around
from stakhanov.evidence.honest import honest_tables
from stakhanov.evidence.loglinear import fit, powers
from stakhanov.evidence.sample import Sample
from stakhanov.evidence.storming import TWO_THIRDS

HALF = 0.25
#: Bins of one per cent, or of about two where there are few reports, as many below the norm as above it; those
#: within two per cent are not fitted.
FINE, COARSE, FEW = 50, 26, 1000
LEFT_OUT = 0.02
DEGREE = 3
#: Periods that a line is drawn through; more are put together.
MOST_PERIODS = 200


@dataclass(frozen=True)
class Standing:
    """Where a group's reports stand: shares of reports."""

    reports: int
    workers: int
    met: float  # at the norm or above
    at: float  # from 100 up to 102 %
    below: float  # from 98 up to 100 %


def standing(sample: Sample) -> Standing:
    """Shares of reports that met the norm, stand at it, and stand just below it."""
    reached = sample.fulfilment
    return Standing(
        reports=sample.reports,
        workers=sample.workers,
        met=float(np.mean(reached >= 1.0)),
        at=float(np.mean((reached >= 1.0) & (reached < 1.0 + LEFT_OUT))),
        below=float(np.mean((reached < 1.0) & (reached >= 1.0 - LEFT_OUT))),
    )


def around_line(sample: Sample) -> pl.DataFrame:
    """Reports from 75 to 125 % of the norm in bins, with what a smooth curve through the rest expects.

    Columns: x, x2 (edges, per cent), count, low, expected, high; the band holds 95 of 100 honest tables in
    each bin. Empty where there are too few reports for a curve.
    """
    bins = FINE if sample.reports >= FEW else COARSE
    counts = around(sample, HALF, bins)
    edges = 100.0 * (counts.left + counts.width * np.arange(bins))
    table = pl.DataFrame({"x": edges, "x2": edges + 100.0 * counts.width, "count": counts.total})
    band = _band(counts, sample)
    return table.with_columns(**band) if band else table


def _band(counts: Counts, sample: Sample) -> dict[str, pl.Series]:
    place = (counts.places - 1.0) / HALF
    outer = np.abs(place) * HALF > LEFT_OUT
    clusters = int((counts.table.sum(axis=1) > 0).sum())
    if counts.total[outer].sum() < FEW // 10 or clusters < 3:
        return {}
    terms = powers(place, DEGREE)
    found, _ = fit(counts.total[outer], terms[outer])
    expected = np.exp(found[0] @ terms.T)
    tables = [
        part.sum(axis=1)
        for part in honest_tables(counts.table, expected, sample.luck("band"), sample.tables)
    ]
    drawn = np.concatenate(tables) * (expected.sum() / counts.total.sum())
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    return {
        "low": pl.Series(low),
        "expected": pl.Series(expected),
        "high": pl.Series(high),
    }


def over_periods(sample: Sample) -> pl.DataFrame:
    """Mean fulfilment and share at the norm by period: x (days or numbers), fulfilment, at, reports.

    In per cent; many periods are put together.
    """
    periods = np.unique(sample.period)
    group = max(1, -(-periods.size // MOST_PERIODS))
    place = np.searchsorted(periods, sample.period) // group
    at = (sample.fulfilment >= 1.0) & (sample.fulfilment < 1.0 + LEFT_OUT)
    count = np.bincount(place)
    first = periods[::group]
    return pl.DataFrame(
        {
            "x": first.astype(np.float64),
            "fulfilment": np.round(100.0 * np.bincount(place, sample.fulfilment) / count, 6),
            "at": 100.0 * np.bincount(place, at) / count,
            "reports": count,
        }
    )


def through_month(sample: Sample) -> pl.DataFrame:
    """Output by day of the month over that of an even day: x, output (1 = even), late.

    Only where periods are days; output is in norms.
    """
    day = pl.Series(sample.period).cast(pl.Int32).cast(pl.Date).dt.day()
    made = pl.DataFrame(
        {"x": day, "period": sample.period, "made": sample.fulfilment * sample.shifts}
    )
    by_date = made.group_by("x", "period").agg(pl.col("made").sum())
    by_day = by_date.group_by("x").agg(pl.col("made").mean()).sort("x")
    mean = by_date["made"].mean()
    assert isinstance(mean, float)
    return by_day.select(
        pl.col("x").cast(pl.Float64),
        output=(pl.col("made") / (mean or 1.0)).round(6),
        late=pl.col("x") > TWO_THIRDS,
    )
