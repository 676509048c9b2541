"""Any measure of a run as a chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.campaign import checked
from stakhanov.campaign.calendar import Calendar
from stakhanov.charts import NORM, PLAN, REPORTED, TRUE, Figure, Style
from stakhanov.charts.over_time import Time, over_time
from stakhanov.engine.ledger import EVERYBODY
from stakhanov.engine.portrait import course_of, name_of
from stakhanov.engine.shown import shown
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem

#: How the best known series are drawn everywhere, and the colours that others take in turn.
KNOWN = {"true_output": TRUE, "reported_output": REPORTED, "plan": PLAN, "norm_level": NORM}
ROLES = ("true", "second", "reported", "third", "plan")


def chart_of(
    record: Mapping[str, Any],
    series: pl.DataFrame,
    measures: tuple[str, ...],
    branch: str = EVERYBODY,
) -> Figure:
    """Some measures of one unit over time as one chart. Raises BadInput."""
    columns = _columns(series, measures, branch)
    campaign = checked(record["campaign"])
    known = [shown(measure, campaign) for measure in measures]
    units = sorted({one.unit for one in known})
    if len(units) > 1:
        raise BadInput([Problem("measures", "must share a unit", "; ".join(units))])
    styles, drawn = [], {}
    for place, (measure, one) in enumerate(zip(measures, known, strict=True)):
        role = ROLES[place % len(ROLES)]
        style = KNOWN.get(measure, Style(one.title.lower(), role, dashed=place >= len(ROLES)))
        styles.append(style)
        drawn[style.series] = columns[measure] * one.factor
    calendar = Calendar(campaign, len(columns[measures[0]]))
    title = ", ".join([known[0].title, *(one.title.lower() for one in known[1:])])
    where = "" if branch == EVERYBODY else f", {branch}"
    said = f"{name_of(record)}."
    return over_time(title + where, drawn, styles, time_of(calendar), units[0], said=said)


def time_of(calendar: Calendar) -> Time:
    """The time axis of a run."""
    periods = range(calendar.periods)
    places = tuple(calendar.place(period) for period in periods)
    names = tuple(calendar.name(period) for period in periods)
    return Time(places, names, None if calendar.by_year else "period")


def _columns(
    series: pl.DataFrame, measures: tuple[str, ...], branch: str
) -> dict[str, NDArray[np.float64]]:
    """The asked series over all periods; nothing asked or not there is told. Raises BadInput."""
    known = series["measure"].unique().sort().to_list()
    branches = series["branch"].unique().sort().to_list()
    problems = [_unknown("measure", name, known) for name in measures if name not in known]
    if not measures:
        problems.append(Problem("measures", "must name at least one", "none"))
    if branch not in branches:
        problems.append(_unknown("branch", branch, branches))
    if problems:
        raise BadInput(problems)
    columns = {name: course_of(series, name, branch) for name in measures}
    missing = [name for name, column in columns.items() if not np.isfinite(column).any()]
    if missing:
        must = f"must be kept by branch to be drawn for {branch}"
        raise BadInput([Problem(name, must, "a series of everybody") for name in missing])
    return columns


def _unknown(kind: str, name: str, known: list[str]) -> Problem:
    return Problem(kind, f"must be a {kind} of the run", name, hint_of(name, known))
