"""An experiment's arms in charts: differences by seed, measures side by side, and their course."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.campaign import Campaign
from stakhanov.campaign.calendar import Calendar
from stakhanov.charts import Drawing, Figure, Style, bars, gaps
from stakhanov.charts.frame import Size
from stakhanov.charts.over_time import Time, over_time
from stakhanov.engine.drawing import time_of
from stakhanov.engine.shown import shown
from stakhanov.experiments.declaration import Experiment
from stakhanov.experiments.reading import KNOWN, LAST, Reading, reading
from stakhanov.experiments.verdict import Finding, Verdict

#: Measures whose course is drawn, at most.
COURSES = 2
#: How arms are told apart where they are drawn together.
STROKES = (("true", False), ("reported", False), ("second", True), ("third", False), ("plan", True))
Courses = Mapping[str, Mapping[str, NDArray[np.float64]]]


def when_of(what: Reading, campaign: Campaign) -> str:
    """A measure and when it is read, in words."""
    title = what.about.title
    if not what.when:
        return title
    if what.when == LAST:
        return f"{title} in the last period"
    span = what.span(campaign, 10**6)
    first, last = campaign.when(span.start), campaign.when(span.stop - 1)
    return f"{title}, {first}" + (f" to {last}" if last != first else "")


def gap_figure(one: Finding, verdict: Verdict, campaign: Campaign) -> Figure:
    """The paired differences of an expectation's arms, seed by seed, with their mean."""
    asked, what = one.expectation, reading(one.expectation.measure)
    known = shown(what.measure, campaign)
    values = verdict.values.gap(asked.arm, asked.versus, what)
    if asked.than is not None:
        values = values - verdict.values.gap(*asked.than, what)
    values = values * known.factor
    mean, low, high = (v * known.factor for v in (one.gap.mean, one.gap.low, one.gap.high))
    title = f"difference, {known.unit}"
    words = ", ".join(f"{value:.3g}" for value in values)
    return Figure(
        title=when_of(what, campaign),
        said="Difference on the same luck, each dot a seed.",
        label=f"Differences by seed: {words}. Mean {mean:.3g}, 95 % from {low:.3g} to {high:.3g}.",
        numbers=pl.DataFrame({"seed": list(verdict.values.seeds), title: values}),
        draw=partial(_gaps, values.tolist(), (mean, low, high), title),
    )


def arm_figures(verdict: Verdict, campaign: Campaign) -> list[Figure]:
    """Every measure over the arms, with intervals."""
    first = next(iter(verdict.measures.values()))
    return [_arms(what, verdict, campaign) for what in first]


def course_figures(experiment: Experiment, series: Courses, campaign: Campaign) -> list[Figure]:
    """How arms go, period by period: the measures that expectations speak of, then the others."""
    texts = [*(one.measure for one in experiment.expectations), *experiment.measures]
    first = next(iter(series.values()))
    names = dict.fromkeys(reading(text).measure for text in texts)
    drawn = [name for name in names if name in first and np.isfinite(first[name]).sum() > 1]
    time = time_of(Calendar(campaign, len(first["true_output"])))
    pairs = zip(series, STROKES * len(series), strict=False)
    styles = [Style(arm, role, dashed=dashed) for arm, (role, dashed) in pairs]
    return [_course(name, series, styles, time, campaign) for name in drawn[:COURSES]]


def _course(
    name: str, series: Courses, styles: list[Style], time: Time, campaign: Campaign
) -> Figure:
    known = shown(name, campaign)
    values = {
        style.series: one[name] * known.factor
        for style, one in zip(styles, series.values(), strict=True)
    }
    said = f"{KNOWN[name].definition} Under the first seed; lines bear the short names of arms."
    return over_time(known.title, values, styles, time, known.unit, zero=None, said=said)


def _arms(what: Reading, verdict: Verdict, campaign: Campaign) -> Figure:
    known = shown(what.measure, campaign)
    rows = [(arm, one[what]) for arm, one in verdict.measures.items()]
    table = pl.DataFrame(
        {
            "label": [arm for arm, _ in rows],
            "value": [one.mean * known.factor for _, one in rows],
            "low": [one.low * known.factor for _, one in rows],
            "high": [one.high * known.factor for _, one in rows],
        }
    )
    words = "; ".join(f"{arm} {one.mean * known.factor:.4g}" for arm, one in rows)
    return Figure(
        title=when_of(what, campaign),
        said=f"{what.about.definition} 95 % intervals.",
        label=f"Bars, {known.unit}. {words}.",
        numbers=table,
        draw=partial(_bars, table, known.unit),
    )


def _gaps(
    values: list[float], interval: tuple[float, float, float], title: str, size: Size
) -> Drawing:
    return gaps(values, interval, title, size=size)


def _bars(table: pl.DataFrame, title: str, size: Size) -> Drawing:
    return bars(table, title, size=size)
