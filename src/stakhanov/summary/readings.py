"""How each kind of reading takes its number from a run."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.summary.open_run import NotInRun, OpenRun
from stakhanov.summary.targets import (
    DoublingReading,
    HistogramReading,
    Months,
    PassThroughReading,
    Reading,
    RecordsReading,
    ReportsReading,
    RuleReading,
    SeriesReading,
)

TITLE = "publicity.esteem.threshold"


def read(opened: OpenRun, reading: Reading) -> float:
    """The number that a reading asks for. Raises NotInRun, with the reason."""
    value = _READERS[type(reading)](opened, reading)
    if not math.isfinite(value):
        raise NotInRun("the run has no such number")
    return value


def _series(opened: OpenRun, reading: SeriesReading) -> float:
    column = opened.product(reading.series, reading.branch) / _rules(opened, reading.over)
    value = float(np.mean(column[opened.span(reading.during)]))
    if reading.against is None:
        return reading.scale * (value - 1.0 if reading.transform == "excess" else value)
    ratio: float = value / float(np.mean(column[opened.span(reading.against)]))
    if reading.transform == "ratio":
        return reading.scale * ratio
    if reading.transform == "growth":
        return reading.scale * (ratio - 1.0)
    yearly = math.log(ratio) / _years_between(reading.against, reading.during)
    return reading.scale * math.expm1(yearly)


def _rules(opened: OpenRun, addresses: tuple[str, ...]) -> NDArray[np.float64]:
    """The product of some rules as they stood in each period."""
    periods = range(opened.periods)
    values = [[float(opened.rule_in(a, period)) for period in periods] for a in addresses]
    return np.asarray(np.prod(values, axis=0)) if values else np.ones(opened.periods)


def _years_between(first: Months, second: Months) -> float:
    """Years from the middle of some months to the middle of others."""
    months = [12 * day.year + day.month for day in (*first, *second)]
    return (months[2] + months[3] - months[0] - months[1]) / 24.0


def _doubling(opened: OpenRun, reading: DoublingReading) -> float:
    column = opened.product(reading.series, reading.branch)
    first, last = (_at_date(opened, column, day) for day in (reading.since, reading.until))
    days = (reading.until - reading.since).days
    return days * math.log(2.0) / (last - first) if last > first else math.inf


def _at_date(opened: OpenRun, column: NDArray[np.float64], day: date) -> float:
    """Log of a series at the close of a day; values stand at period ends, straight between."""
    period = opened.campaign.period_of(day)
    if period < 1 or period >= opened.periods:
        raise NotInRun(f"the run does not cover {day.year}")
    begins, ends = opened.campaign.date_of(period), opened.campaign.date_of(period + 1)
    before, after = column[period - 1], column[period]
    if before <= 0.0 or after <= 0.0:
        raise NotInRun("the run has nobody to count at that date")
    share = (day + timedelta(days=1) - begins) / (ends - begins)
    return float((1.0 - share) * math.log(before) + share * math.log(after))


def _pass_through(opened: OpenRun, reading: PassThroughReading) -> float:
    during, against = opened.span(reading.during), opened.span(reading.against)

    def growth(measure: str) -> float:
        now = opened.mean(measure, during, reading.branch)
        return math.log(now / opened.mean(measure, against, reading.branch))

    leader = growth(reading.leader)
    return growth(reading.follower) / leader if leader else math.nan


def _histogram(opened: OpenRun, reading: HistogramReading) -> float:
    span = opened.span(reading.during)
    counts = opened.counts(reading.reports, span).astype(float)
    middles = (np.arange(counts.size) + 0.5) / 100.0
    above = opened.rule_in(TITLE, span.start) if reading.above == "title" else reading.above
    inside = middles > above
    if reading.below is not None:
        inside &= middles < reading.below
    number = counts[inside].sum()
    if reading.statistic == "share":
        return reading.scale * float(number / counts.sum())
    if number == 0.0:
        raise NotInRun("the run has no such reports")
    return reading.scale * float((counts * middles)[inside].sum() / number)


def _reports(opened: OpenRun, reading: ReportsReading) -> float:
    span = opened.span(reading.during)
    value = _mean_of_reports(opened, reading, span, who=reading.who)
    base_span = span if reading.against is None else opened.span(reading.against)
    base_who = "all" if reading.against is None else reading.who
    ratio = value / _mean_of_reports(opened, reading, base_span, who=base_who)
    return reading.scale * (ratio - 1.0 if reading.transform == "growth" else ratio)


def _mean_of_reports(opened: OpenRun, reading: ReportsReading, span: slice, *, who: str) -> float:
    """Mean of what is asked over the sample of reports."""
    rows = opened.run.reports.filter(pl.col("period").is_between(span.start, span.stop - 1))
    if reading.branch != "all":
        rows = rows.filter(pl.col("branch") == reading.branch)
    if who == "title":
        title = float(opened.rule_in(TITLE, span.start))
        rows = rows.filter(pl.col("reported") >= title * pl.col("norm"))
    if rows.is_empty():
        raise NotInRun("the sample of reports has no such workers")
    return float(rows.select(_OF[reading.of].mean()).item())


def _records(opened: OpenRun, reading: RecordsReading) -> float:
    value = _highest(opened, reading, reading.during)
    return value if reading.against is None else value / _highest(opened, reading, reading.against)


def _highest(opened: OpenRun, reading: RecordsReading, months: Months) -> float:
    span = opened.span(months)
    first = span.start if reading.staged else 0
    rows = opened.run.records.filter(
        pl.col("period").is_between(first, span.stop - 1) & (pl.col("staged") == reading.staged)
    )
    if reading.branch is not None:
        rows = rows.filter(pl.col("branch") == reading.branch)
    if reading.but is not None:
        rows = rows.filter(pl.col("branch") != reading.but)
    if rows.is_empty():
        raise NotInRun("the run set no such record")
    what = pl.col("multiple") / (pl.col("crew") if reading.per_head else 1)
    return float(rows.select(what.max()).item())


def _rule(opened: OpenRun, reading: RuleReading) -> float:
    value = math.prod(float(opened.rule(address, reading.at)) for address in reading.addresses)
    if reading.against is None:
        return reading.scale * value
    base = math.prod(float(opened.rule(address, reading.against)) for address in reading.addresses)
    return reading.scale * (value / base - 1.0)


_OF = {
    "pay": pl.col("pay"),
    "rate": pl.col("price") / pl.col("norm"),
    "price": pl.col("price"),
}

_READERS: dict[type[Any], Callable[[OpenRun, Any], float]] = {
    SeriesReading: _series,
    DoublingReading: _doubling,
    PassThroughReading: _pass_through,
    HistogramReading: _histogram,
    ReportsReading: _reports,
    RecordsReading: _records,
    RuleReading: _rule,
}
