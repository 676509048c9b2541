"""Storming: how much of a month's output is made in its last days."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import polars as pl

from stakhanov.evidence.finding import Finding, Outcome, Refusal
from stakhanov.evidence.honest import interval
from stakhanov.evidence.sample import Flags, Numbers, Sample, Whole
from stakhanov.evidence.shares import share

TEST = "storming"
#: The last third of a month begins after this day.
TWO_THIRDS = 20
#: A month counts if it was worked on from here to there, and on so many days.
FROM_DAY, TO_DAY, FEWEST_DAYS = 7, 24, 12


class Days(NamedTuple):
    """Working days of whole months: output by cluster and day, whether a day is late, and its month."""

    amounts: Numbers
    late: Flags
    month: Whole


def storming(sample: Sample) -> list[Outcome]:
    """Share of a month's output made after the twentieth, over the share of working days that lie there.

    Output is in norms. Honest reports: the days of every month moved round by a random number of days, for
    all workers together, so that a good week stays a good week.
    """
    if not sample.dated:
        return [
            Refusal(TEST, sample.group, "periods are numbers: where a month ends cannot be seen")
        ]
    days = _days(sample)
    if days is None:
        return [
            Refusal(TEST, sample.group, "needs reports by day over a whole month; there is none")
        ]
    amounts, late, month = days
    if amounts.min() < 0.0 or not amounts.sum() > 0.0:
        return [Refusal(TEST, sample.group, "needs output above zero, and none below")]
    estimate, error = _index(amounts, late)
    honest = _honest(amounts.sum(axis=0), late, month, sample)
    away = abs(math.log(estimate)) if estimate > 0.0 else math.inf
    rate = (np.count_nonzero(np.abs(np.log(np.maximum(honest, 1e-9))) >= away - 1e-12) + 1.0) / (
        sample.tables + 1.0
    )
    low, high = interval(estimate, error, sample.clusters - 1)
    return [
        Finding(
            test=TEST,
            group=sample.group,
            estimate=estimate,
            low=low,
            high=high,
            unit="times an even share",
            says="share of a month's output made after the twentieth, over the share of working days",
            false_alarm=float(rate),
            reports=sample.reports,
            workers=sample.workers,
            details={"months": float(np.unique(month).size), "days": float(month.size)},
        )
    ]


def _days(sample: Sample) -> Days | None:
    """Output by cluster and working day of whole months, whether the day is late, and its month."""
    dates = pl.Series(np.unique(sample.period)).cast(pl.Int32).cast(pl.Date)
    table = pl.DataFrame({"day": dates}).with_columns(
        month=12 * pl.col("day").dt.year() + pl.col("day").dt.month(), of=pl.col("day").dt.day()
    )
    whole = table.filter(
        (pl.col("of").min().over("month") <= FROM_DAY)
        & (pl.col("of").max().over("month") >= TO_DAY)
        & (pl.len().over("month") >= FEWEST_DAYS)
    )
    if whole.is_empty():
        return None
    days = whole["day"].to_physical().cast(pl.Int64).to_numpy()
    place = np.searchsorted(days, sample.period)
    known = np.isin(sample.period, days)
    index = sample.cluster[known] * days.size + place[known]
    output = (sample.fulfilment * sample.shifts)[known]
    amounts: Numbers = np.asarray(
        np.bincount(index, output, sample.clusters * days.size), np.float64
    )
    late = (whole["of"] > TWO_THIRDS).to_numpy()
    month = whole["month"].cast(pl.Int64).to_numpy()
    return Days(amounts.reshape(sample.clusters, days.size), late, month)


def _index(amounts: Numbers, late: Flags) -> tuple[float, float]:
    """The storming index and its error by cluster."""
    found, error = share(amounts[:, late].sum(axis=1), amounts.sum(axis=1))
    days = float(late.mean())
    return found / days, error / days


def _honest(by_day: Numbers, late: Flags, month: Whole, sample: Sample) -> Numbers:
    """The index with the days of each month moved round."""
    luck = sample.luck(TEST)
    made = np.zeros(sample.tables)
    for one in np.unique(month):
        own, ends = by_day[month == one], late[month == one]
        moved = (
            np.arange(own.size)[None, :] + luck.integers(0, own.size, sample.tables)[:, None]
        ) % own.size
        made += own[moved][:, ends].sum(axis=1)
    found: Numbers = made / by_day.sum() / late.mean()
    return found
