"""Series over periods as a figure: lines, their description in words, and the numbers behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.charts.axes import Across, Up
from stakhanov.charts.ends import Level
from stakhanov.charts.figure import Figure
from stakhanov.charts.frame import SMALL, Size
from stakhanov.charts.lines import lines, room_beside
from stakhanov.charts.marks import Style
from stakhanov.charts.svg import Drawing

Series = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Time:
    """Where each period stands on the axis, what it is called, and what the axis counts."""

    places: tuple[float, ...]
    names: tuple[str, ...]
    title: str | None = None

    @property
    def across(self) -> Across:
        """The axis from the first period to the last."""
        low, high = (self.places[0], self.places[-1]) if self.places else (0.0, 0.0)
        return Across(low, high, self.title)

    def table(self, series: Series) -> pl.DataFrame:
        """Series over all periods as a table: x, series, value."""
        schema = {"x": pl.Float64, "series": pl.String, "value": pl.Float64}
        parts = [
            pl.DataFrame(
                {"x": self.places, "series": [name] * len(self.places), "value": values},
                schema=schema,
            )
            for name, values in series.items()
        ]
        return pl.concat(parts) if parts else pl.DataFrame(schema=schema)

    def numbers(self, series: Series) -> pl.DataFrame:
        """The same for readers: one row a period, one column a series."""
        return pl.DataFrame({"period": self.names, **series})


def over_time(
    title: str,
    series: Series,
    styles: Sequence[Style],
    time: Time,
    unit: str,
    *,
    zero: bool | None = True,
    said: str = "",
    mark: Level | None = None,
    sizes: tuple[Size, ...] = (SMALL,),
) -> Figure:
    """Several series of one unit over time, each under the name of its style.

    `zero`: the axis begins at zero; None: unless the values are far from it. `mark`: a level and
    what it is called. A single line bears no name: the title names it.
    """
    table = time.table(series)
    up = Up.of([*table["value"], *([] if mark is None else [mark[0]])], unit, zero=zero)
    drawn = list(styles)
    if len(drawn) == 1:
        drawn = [Style("", drawn[0].role, width=drawn[0].width, step=drawn[0].step)]
        table = table.with_columns(series=pl.lit(""))

    def draw(size: Size) -> Drawing:
        return lines(table, drawn, time.across, up, size=size, mark=mark)

    label = f"Line chart of {title[:1].lower()}{title[1:]}, {unit}. {told(series)}"
    beside = room_beside(table, drawn, time.across, mark)
    return Figure(title, said, label, time.numbers(series), draw, sizes, beside, timed=True)


def told(series: Series) -> str:
    """What each series was at the start and at the end, and its extremes, in words."""
    parts = []
    for name, values in series.items():
        known = values[np.isfinite(values)]
        if known.size == 0:
            parts.append(f"{name} has no value")
        elif known.size == 1:
            parts.append(f"{name} {known[0]:.3g}")
        else:
            parts.append(
                f"{name} from {known[0]:.3g} to {known[-1]:.3g},"
                f" lowest {known.min():.3g}, highest {known.max():.3g}"
            )
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}."
