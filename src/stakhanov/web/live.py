"""What a page shows of a run while it goes: the periods that are done, on axes of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stakhanov.campaign import Campaign
from stakhanov.campaign.calendar import Calendar
from stakhanov.charts import NORM, REPORTED, TRUE, Figure, Style
from stakhanov.charts.over_time import over_time
from stakhanov.engine.course import Progress
from stakhanov.engine.drawing import time_of
from stakhanov.engine.shown import shown
from stakhanov.summary.page import Drawn
from stakhanov.web.rendering import rendered

#: Charts that move: title, what is said of it, unit, the lines, whether from zero.
MOVING: tuple[tuple[str, str, str, Mapping[str, Style], bool], ...] = (
    (
        "Output per worker and shift",
        "Where the pale line parts from the dark one, reports are padded.",
        "norm-units a shift",
        {"true_output": TRUE, "reported_output": REPORTED, "norm_level": NORM},
        False,
    ),
    (
        "Below, at and far above the norm",
        "At the norm: reported at 100 or 101 % of it.",
        "% of reports",
        {
            "below_norm_share": Style("below", "true"),
            "at_norm_share": Style("at the norm", "second", dashed=True),
            "stakhanovite_share": Style("title", "reported"),
        },
        True,
    ),
    (
        "Morale and strain",
        "1 is neutral morale; output is divided by 1 + strain.",
        "scales of the model",
        {
            "morale_mean": Style("morale", "true"),
            "strain_mean": Style("strain", "reported", dashed=True),
        },
        True,
    ),
    (
        "People who leave",
        "Quits in each period; successors begin unskilled.",
        "% of people",
        {"quit_rate": Style("quits", "true")},
        True,
    ),
)


def moving(campaign: Campaign, steps: Sequence[Progress]) -> list[Figure]:
    """The charts so far; the part of the run that is still to come is left empty."""
    periods = steps[-1].periods
    time = time_of(Calendar(campaign, periods))
    figures = []
    for title, said, unit, drawn, zero in MOVING:
        series = {
            style.series: _padded(campaign, measure, steps) for measure, style in drawn.items()
        }
        styles = list(drawn.values())
        figures.append(over_time(title, series, styles, time, unit, zero=zero or None, said=said))
    return figures


def places(figures: Sequence[Figure]) -> str:
    """Where a browser draws the charts itself: their words, with room for the drawings."""
    return rendered("live.html", figures=figures)


def specs(figures: Sequence[Figure], *, dark: bool) -> list[dict[str, Any]]:
    """What a browser draws them from."""
    return [figure.spec(dark=dark, titled=False) for figure in figures]


def moving_html(campaign: Campaign, steps: Sequence[Progress]) -> str:
    """The same as a part of a page."""
    return Drawn().grid(moving(campaign, steps)) if steps else ""


def _padded(campaign: Campaign, measure: str, steps: Sequence[Progress]) -> NDArray[np.float64]:
    known = shown(measure, campaign)
    factor = campaign.norms.start if measure == "norm_level" else known.factor
    column = np.full(steps[-1].periods, np.nan)
    column[: len(steps)] = [step.measures[measure] * factor for step in steps]
    return column
