"""Charts of a run's series over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stakhanov.charts import (
    FULL,
    LOW,
    NORM,
    PLAN,
    REPORTED,
    SMALL,
    TRUE,
    Drawing,
    Figure,
    Size,
    Style,
    Up,
    band,
    lines,
    room_beside,
)
from stakhanov.charts.ends import Level
from stakhanov.charts.over_time import over_time, told
from stakhanov.engine.shown import shown
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.timeline import Timeline


@dataclass(frozen=True)
class Line:
    """A series of the run as a line: its measure, its style with the name it has here."""

    measure: str
    style: Style

    @property
    def name(self) -> str:
        """What the line is called."""
        return self.style.series


class Figures:
    """Draws the charts of one run."""

    def __init__(self, opened: OpenRun) -> None:
        self.opened = opened
        self.time = Timeline(opened)

    def one(
        self,
        measure: str,
        *,
        role: str = "true",
        zero: bool = True,
        title: str = "",
        said: str = "",
        mark: Level | None = None,
    ) -> Figure:
        """One measure over time, with its title and unit from the catalogue.

        The words under the title tell the first and the last year, unless `said` does it better.
        """
        known = shown(measure, self.opened.campaign)
        line = Line(measure, Style(known.title.lower(), role))
        told = said or self.change(measure)
        return self.over_time(title or known.title, [line], zero=zero, said=told, mark=mark)

    def over_time(
        self,
        title: str,
        drawn: Sequence[Line],
        *,
        unit: str = "",
        zero: bool | None = True,
        said: str = "",
        mark: Level | None = None,
        wide: bool = False,
    ) -> Figure:
        """Several measures of one unit over time; `wide` for the whole width of the page."""
        return over_time(
            title,
            self.series(drawn),
            [line.style for line in drawn],
            self.time.time,
            unit or shown(drawn[0].measure, self.opened.campaign).unit,
            zero=zero,
            said=said,
            mark=mark,
            sizes=LOW if wide else (SMALL,),
        )

    def output(self, title: str, said: str) -> Figure:
        """Reported and true output against the plan and the norm, as wide as the page."""
        drawn = [
            Line("true_output", TRUE),
            Line("reported_output", REPORTED),
            Line("plan", PLAN),
            Line("norm_level", NORM),
        ]
        series = self.series(drawn)
        series["norm"] = series["norm"] * float(self.opened.campaign.norms.start)
        table = self.time.table(series)
        up = Up.of(table["value"], "norm-units a shift", zero=None)
        events = self.time.events()
        happened = "; ".join(f"{event.said} at {event.x:.1f}" for event in events)
        label = f"Line chart of output against plan and norm. {told(series)}"
        label += f" Marked: {happened}." if happened else ""
        styles = [line.style for line in drawn]
        numbers = self.time.numbers(series)

        def draw(size: Size) -> Drawing:
            gap = ("reported", "true")
            across = self.time.across
            return lines(table, styles, across, up, size=size, gap=gap, events=events)

        return Figure(title, said, label, numbers, draw, FULL, timed=True)

    def ratios(self, title: str, drawn: Mapping[Style, str], base: str, *, said: str) -> Figure:
        """Some measures in per cent of another, with a mark where they are equal."""
        under = self.opened.column(base)
        series = {
            style.series: 100.0 * self.opened.column(measure) / np.where(under > 0.0, under, np.nan)
            for style, measure in drawn.items()
        }
        unit = f"% of the {base}"
        mark = (100.0, base)
        axis = self.time.time
        return over_time(title, series, list(drawn), axis, unit, zero=False, said=said, mark=mark)

    def whole_output(self) -> Figure:
        """What everybody made together, and how many they were, against the first period."""
        people, rate = self.opened.column("workers"), self.opened.column("true_output")
        made = people * rate
        series = {"output": over_first(made), "people": over_first(people)}
        styles = [Style("output", "true"), Style("people", "plan", dashed=True)]
        said = "True output of everybody in a shift. What grows faster than people, each made more."
        unit = "first period = 1"
        return over_time(
            "Output of everybody", series, styles, self.time.time, unit, zero=None, said=said
        )

    def pay(self) -> Figure:
        """Mean pay within the band from the tenth to the ninetieth percentile."""
        edges = (Style("top tenth", "plan", width=1.0), Style("low tenth", "plan", width=1.0))
        middle = Style("mean", "true")
        drawn = [Line("pay_p90", edges[0]), Line("pay_mean", middle), Line("pay_p10", edges[1])]
        series = self.series(drawn)
        table = self.time.table(series)
        known = shown("pay_mean", self.opened.campaign)
        up = Up.of(table["value"], known.unit)
        label = f"Band of pay, {known.unit}. {told(series)}"
        said = f"{self.change('pay_mean')} The band is from the tenth to the ninetieth percentile."

        def draw(size: Size) -> Drawing:
            return band(table, edges, middle, self.time.across, up, size=size)

        beside = room_beside(table, [edges[0], middle, edges[1]], self.time.across)
        numbers = self.time.numbers(series)
        return Figure("Pay and its spread", said, label, numbers, draw, beside=beside, timed=True)

    def series(self, drawn: Sequence[Line]) -> dict[str, NDArray[np.float64]]:
        """The lines' values as they are shown, by name. Raises NotInRun."""
        campaign = self.opened.campaign
        return {
            line.name: self.opened.column(line.measure) * shown(line.measure, campaign).factor
            for line in drawn
        }

    def change(self, measure: str) -> str:
        """A measure in the first and in the last year, as a sentence."""
        known = shown(measure, self.opened.campaign)
        column = self.opened.column(measure) * known.factor
        ends = self.time.spans(column)
        if ends is None:
            return f"{_said(float(column[0]), known.unit)}." if len(column) else ""
        (then, was), (now, became) = ends
        return f"{_said(was, known.unit)} in {then}, {_said(became, known.unit)} in {now}."


def over_first(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """A series over its first value; not numbers where that is nothing."""
    return np.asarray(values / (values[0] or np.nan))


def _said(value: float, unit: str) -> str:
    if not np.isfinite(value):
        return "not known"
    digits = 0 if abs(value) >= 99.95 else 1 if abs(value) >= 9.95 else 2
    number = f"{value:,.{digits}f}" if abs(value) >= 0.0995 or value == 0.0 else f"{value:.2g}"
    return f"{number} %" if unit.startswith("%") else number
