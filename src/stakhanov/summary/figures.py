"""Charts of a run's series over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.charts import (
    NORM,
    PLAN,
    REPORTED,
    TRUE,
    Drawing,
    Figure,
    Style,
    Up,
    band,
    lines,
)
from stakhanov.charts.theme import LOW, NARROW, SMALL, WIDE, Size
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.shown import shown
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
        mark: tuple[float, str] | None = None,
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
        zero: bool = True,
        said: str = "",
        mark: tuple[float, str] | None = None,
        wide: bool = False,
    ) -> Figure:
        """Several measures of one unit over time; `wide` for the whole width of the page."""
        series = self.series(drawn)
        styles = [line.style for line in drawn]
        known = shown(drawn[0].measure, self.opened.campaign)
        table = self.time.table(series)
        levels = [] if mark is None else [mark[0]]
        up = Up.of([*table["value"], *levels], unit or known.unit, zero=zero)
        if len(drawn) == 1:  # the title names it
            styles = [Style("", styles[0].role, width=styles[0].width)]
            table = table.with_columns(series=pl.lit(""))

        def draw(size: Size) -> Drawing:
            return lines(table, styles, self.time.across, up, size=size, mark=mark)

        label = f"Line chart of {title[:1].lower()}{title[1:]}, {up.title}. {self._told(series)}"
        shown_as = Figure(title, said, label, self.time.numbers(series), draw)
        return replace(shown_as, size=LOW, narrow=SMALL) if wide else shown_as

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
        up = Up.of(table["value"], "norm-units a shift")
        events = self.time.events()
        told = "; ".join(f"{event.said} at {event.x:.1f}" for event in events)
        label = f"Line chart of output against plan and norm. {self._told(series)}"
        label += f" Marked: {told}." if told else ""
        styles = [line.style for line in drawn]
        numbers = self.time.numbers(series)

        def draw(size: Size) -> Drawing:
            gap = ("reported", "true")
            across = self.time.across
            return lines(table, styles, across, up, size=size, gap=gap, events=events)

        return Figure(title, said, label, numbers, draw, size=WIDE, narrow=NARROW)

    def pay(self) -> Figure:
        """Mean pay within the band from the tenth to the ninetieth percentile."""
        edges = (Style("top tenth", "plan", width=1.0), Style("lowest tenth", "plan", width=1.0))
        middle = Style("mean", "true")
        drawn = [Line("pay_p90", edges[0]), Line("pay_mean", middle), Line("pay_p10", edges[1])]
        series = self.series(drawn)
        table = self.time.table(series)
        known = shown("pay_mean", self.opened.campaign)
        up = Up.of(table["value"], known.unit)
        label = f"Band of pay, {known.unit}. {self._told(series)}"
        said = f"{self.change('pay_mean')} The band is from the tenth to the ninetieth percentile."

        def draw(size: Size) -> Drawing:
            return band(table, edges, middle, self.time.across, up, size=size)

        return Figure("Pay and its spread", said, label, self.time.numbers(series), draw)

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

    def _told(self, series: dict[str, NDArray[np.float64]]) -> str:
        """What each series was at the start and at the end, and its extremes, in words."""
        told = []
        for name, values in series.items():
            known = values[np.isfinite(values)]
            if known.size == 0:
                told.append(f"{name} has no value")
            elif known.size == 1:
                told.append(f"{name} {known[0]:.3g}")
            else:
                told.append(
                    f"{name} from {known[0]:.3g} to {known[-1]:.3g},"
                    f" lowest {known.min():.3g}, highest {known.max():.3g}"
                )
        words = "; ".join(told)
        return f"{words[:1].upper()}{words[1:]}."


def _said(value: float, unit: str) -> str:
    if not np.isfinite(value):
        return "not known"
    digits = 0 if abs(value) >= 99.95 else 1 if abs(value) >= 9.95 else 2
    number = f"{value:,.{digits}f}" if abs(value) >= 0.0995 or value == 0.0 else f"{value:.2g}"
    return f"{number} %" if unit.startswith("%") else number
