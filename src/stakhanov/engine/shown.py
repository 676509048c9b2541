"""How measures are shown to people: shares in per cent, the rest in their units."""

from __future__ import annotations

import math
from dataclasses import dataclass

from stakhanov.campaign import Campaign
from stakhanov.foundation.measures import MEASURES, PER_SHIFT, SERIES, Measure

MINOR = "minor units per worker and period"
#: What a period is called where a year has so many of them.
PERIODS = {12: "month", 52: "week", 4: "quarter", 1: "year", 365: "day", 366: "day"}


@dataclass(frozen=True)
class Shown:
    """A measure as it stands on axes and in tables: its title, its unit, the factor to it."""

    title: str
    unit: str
    factor: float = 1.0


def about(name: str) -> Measure:
    """What the catalogue says of a measure or series; a name that it lacks stands for itself."""
    known = MEASURES.get(name) or SERIES.get(name)
    return known or Measure(name.replace("_", " "), "", "")


def period_of(campaign: Campaign) -> str:
    """What a period of a campaign is called: a month, a week, a period."""
    return PERIODS.get(campaign.plan.periods_per_year, "period")


def shown(name: str, campaign: Campaign) -> Shown:
    """How a measure of the catalogue is shown."""
    known = about(name)
    if known.unit == MINOR:
        unit = f"{campaign.campaign.currency.minor}s a {period_of(campaign)}"
        return Shown(known.title, unit)
    if known.unit.startswith("share"):
        return Shown(known.title, known.unit.replace("share", "%", 1), 100.0)
    if known.unit == "per worker and period":
        return Shown(known.title, f"% of people a {period_of(campaign)}", 100.0)
    if known.unit == "norms" and name != "record_level":  # a record is told in norms
        return Shown(known.title, "% of the norm", 100.0)
    if known.unit == PER_SHIFT:
        return Shown(known.title, "norm-units a shift")
    return Shown(known.title, known.unit)


def percent(share: float, *, sign: bool = False) -> str:
    """A share in per cent: whole from 10 on, one decimal below, two digits of what is small."""
    value = 100.0 * share
    if not math.isfinite(value):
        return "not known"
    if value == 0.0:
        return "0 %"
    if abs(value) >= 9.95:
        said = f"{value:+,.0f}" if sign else f"{value:,.0f}"
    elif abs(value) >= 0.95:
        said = f"{value:+.1f}" if sign else f"{value:.1f}"
    else:
        said = f"{value:+.2g}" if sign else f"{value:.2g}"
    return f"{said} %"
