"""Axes: where they begin and end, where they are marked, and what they say."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import altair as alt

from stakhanov.charts.frame import HEAD, LEFT, Frame
from stakhanov.charts.lettering import width_of
from stakhanov.foundation.written import with_unit

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
#: Tens that a logarithmic axis spans before it is marked at tens alone.
WIDE_SPAN = 4
#: Room for one mark of the time axis, in pixels.
MARK = 46.0


class Measured(Protocol):
    """Anything that says what it is called and in what it is counted."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def unit(self) -> str:
        """In what it is counted."""


@dataclass(frozen=True)
class Across:
    """A horizontal axis from `low` to `high`; whole numbers are marked."""

    low: float
    high: float
    title: str | None = None

    def axis(self, width: float) -> alt.X:
        """The axis on a plot so many pixels wide."""
        first, last = math.ceil(self.low), math.floor(self.high)
        most = max(2, int(width / MARK))
        step = next((s for s in _whole_steps() if (last - first) / s <= most), 1)
        marks = [first + i * step for i in range(int((last - first) / step) + 1)]
        domain = [self.low, self.high] if self.high > self.low else [self.low - 1, self.low + 1]
        return alt.X(
            "x:Q",
            title=self.title,
            scale=alt.Scale(domain=domain, nice=False, zero=False),
            axis=alt.Axis(
                values=marks, format="d", labelFlush=False, labelOverlap=False, tickCount=len(marks)
            ),
        )


@dataclass(frozen=True)
class Up:
    """A vertical axis: its ends, its marks, and how their numbers are written."""

    marks: tuple[float, ...]
    title: str
    log: bool = False

    @classmethod
    def of(cls, values: Iterable[float | None], title: str, *, zero: bool | None = True) -> Up:
        """An axis with four to seven round marks around values; with zero unless told.

        `zero` None: with zero unless all values are closer to each other than to it.
        """
        finite = [v for v in values if v is not None and math.isfinite(v)] or [0.0, 1.0]
        low, high = min(finite), max(finite)
        if zero or (zero is None and not 0.0 < 0.5 * high < low):
            low, high = min(low, 0.0), max(high, 0.0)
        if high <= low:
            low, high = (low - 0.5 * abs(low), high + 0.5 * abs(high)) if low else (0.0, 1.0)
        step = _round_step((high - low) / 4.0)
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        return cls(tuple(round(i * step, 12) for i in range(first, last + 1)), title)

    @property
    def low(self) -> float:
        """Where the axis begins."""
        return self.marks[0]

    @property
    def high(self) -> float:
        """Where the axis ends."""
        return self.marks[-1]

    @property
    def form(self) -> str:
        """The marks' number format, after d3: as many decimals as they need."""
        if max(map(abs, self.marks)) >= 10_000.0:
            return "~s"
        return f",.{max(len(f'{mark:.10g}'.partition('.')[2]) for mark in self.marks)}f"

    @property
    def room(self) -> float:
        """Pixels that the marks' numbers take beside the plot; the same for most charts."""
        if max(map(abs, self.marks)) >= 10_000.0:
            return max(width_of("100k") + 9.0, LEFT)
        digits = int(self.form[2:-1])
        return max(max(width_of(f"{mark:,.{digits}f}") for mark in self.marks) + 9.0, LEFT)

    def axis(self, frame: Frame, field: str = "value:Q") -> alt.Y:
        """The axis for a field; its title stands at the upper left corner of the drawing."""
        axis = alt.Axis(values=list(self.marks), format=self.form, grid=True)
        axis.tickCount, axis.labelOverlap = len(self.marks), False  # else every second one goes
        if self.form == "~s":  # the format alone writes 0k
            axis.labelExpr = "datum.value == 0 ? '0' : format(datum.value, '~s')"
        axis.titleX, axis.titleY = -frame.left, HEAD - 8.0 - frame.top
        scale = alt.Scale(domain=[self.low, self.high], nice=False, zero=False)
        if self.log:
            scale = alt.Scale(type="log", domain=[self.low, self.high], nice=False)
        return alt.Y(field, title=self.title, scale=scale, axis=axis)

    def place(self, value: float, height: float) -> float:
        """Pixels from the top of a plot to a value."""
        return height * (1.0 - self._share(value))

    def value(self, place: float, height: float) -> float:
        """The value so many pixels from the top of a plot."""
        share = 1.0 - place / height
        if self.log:
            return self.low * math.exp(share * math.log(self.high / self.low))
        return self.low + share * (self.high - self.low)

    def _share(self, value: float) -> float:
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def log_up(values: Iterable[float], title: str) -> Up:
    """A logarithmic axis around values, marked at 1, 2, 5 and their tens, or at tens alone over a wide span.

    Only values above zero have a place.
    """
    given = [value for value in values if math.isfinite(value) and value > 0.0] or [1.0]
    least, most = (math.floor(math.log10(end)) for end in (min(given), max(given)))
    within = (1.0, 2.0, 5.0) if most - least < WIDE_SPAN else (1.0,)
    ladder = [m * 10.0**e for e in range(least - 1, most + 3) for m in within]
    first = max(i for i, mark in enumerate(ladder) if mark <= min(given) * (1.0 + 1e-9))
    last = min(i for i, mark in enumerate(ladder) if mark >= max(given) * (1.0 - 1e-9))
    return Up(tuple(ladder[first : max(last, first + 1) + 1]), title, log=True)


def said_of(measure: Measured) -> str:
    """A measure as the title of an axis; a unit that the title says is not said again."""
    return with_unit(measure.title, measure.unit)


def _round_step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(s for s in STEPS if s * size >= rough * (1.0 - 1e-9)) * size


def _whole_steps() -> Iterable[int]:
    for size in (1, 10, 100, 1000, 10_000, 100_000):
        yield from (size, 2 * size, 5 * size)
