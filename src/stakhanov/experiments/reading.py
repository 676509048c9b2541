"""What is read off a run: a measure, of the whole run or of some of its periods.

Written `true_output`, `norm_level@last`, `quit_rate@12`, `effort_mean@12..23` or
`morale_mean@1937-01..1937-12`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from stakhanov.foundation.measures import MEASURES, SERIES, Measure
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.written import with_unit

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.experiments.trial import Outcome

LAST = "last"
KNOWN: Mapping[str, Measure] = {**MEASURES, **SERIES}
_MUST = "must be `last`, a period, a month such as 1937-01, or a span of them such as 12..23"
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


@dataclass(frozen=True)
class Reading:
    """A measure and the periods that it is read in; without `when`, the whole run.

    A series that is no measure of the run is averaged over the run's periods.
    """

    measure: str
    when: str = ""

    def __str__(self) -> str:
        """As it is written."""
        return f"{self.measure}@{self.when}" if self.when else self.measure

    @property
    def about(self) -> Measure:
        """Title, unit and definition of the measure."""
        return KNOWN[self.measure]

    @property
    def said(self) -> str:
        """Title, when and unit, in words; a unit that the title says is not said again."""
        about = self.about
        title = about.title + (f" @{self.when}" if self.when else "")
        return with_unit(title, about.unit)

    def of(self, outcome: Outcome, campaign: Campaign) -> float:
        """The value in one outcome: a mean over the periods that are read."""
        if not self.when and self.measure in MEASURES:
            return float(outcome.measures[self.measure])
        series = outcome.series[self.measure]
        return float(np.mean(series[self.span(campaign, series.size)]))

    def span(self, campaign: Campaign, periods: int) -> slice:
        """The periods that are read in a run of so many. Raises BadInput where they lie outside."""
        if not self.when:
            return slice(0, periods)
        first, _, last = self.when.partition("..")
        start = _period(first, campaign, periods)
        stop = _period(last, campaign, periods) if last else start
        if not 0 <= start <= stop < periods:
            must = f"must lie within the run's periods, 0 to {periods - 1}, the earlier first"
            raise BadInput([Problem(str(self), must, self.when)])
        return slice(start, stop + 1)


def _period(text: str, campaign: Campaign, periods: int) -> int:
    if text == LAST:
        return periods - 1
    day = _DAY.fullmatch(text)
    if day is None:
        return int(text)
    year, month, number = (int(part or 1) for part in day.groups())
    return campaign.period_of(date(year, month, number))


def reading(text: str, address: str = "measure") -> Reading:
    """Read how a reading is written. Raises BadInput, with the nearest measure that there is."""
    measure, sign, when = (part.strip() for part in text.partition("@"))
    if measure not in KNOWN:
        hint = hint_of(measure, list(KNOWN))
        raise BadInput([Problem(address, "must be a measure", measure or "nothing", hint)])
    if sign and not all(_understood(part) for part in when.split("..", 1)):
        raise BadInput([Problem(address, _MUST, when or "nothing")])
    return Reading(measure, when)


def readings(texts: Iterable[str], address: str = "measures") -> list[Reading]:
    """Several, each once, in the order given. Raises BadInput with every problem."""
    found: dict[Reading, None] = {}
    problems: list[Problem] = []
    for text in texts:
        try:
            found[reading(text, address)] = None
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return list(found)


def _understood(text: str) -> bool:
    if text == LAST or text.isdecimal():
        return True
    day = _DAY.fullmatch(text)
    if day is None:
        return False
    try:
        date(*(int(part or 1) for part in day.groups()))
    except ValueError:
        return False
    return True
