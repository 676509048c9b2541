"""A chart with its title, its description in words and its numbers, drawn in any form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import altair as alt
import polars as pl
from altair.utils.schemapi import debug_mode

from stakhanov.charts.frame import SMALL, Size
from stakhanov.charts.svg import Drawing, picture_of, png_of, spec_of, svg_of


def drawn_as(kind: Callable[..., Drawing], *what: Any) -> Callable[[Size], Drawing]:
    """A kind of chart with all that it shows: what is left to say is its size."""
    return lambda size: kind(*what, size=size)


@dataclass(frozen=True)
class Figure:
    """One specification for page, paper, file and notebook.

    `said` is the sentence under the title, `label` the description for those who do not see the
    chart, `numbers` the table behind it, `draw` makes the chart in a size. `sizes` are those of a
    screen, a tablet and a telephone, or one for all. `beside` is the room that names at the ends of
    lines take, so that charts in a row can share it. `timed`: one row of the numbers a period.
    """

    title: str
    said: str
    label: str
    numbers: pl.DataFrame
    draw: Callable[[Size], Drawing]
    sizes: tuple[Size, ...] = (SMALL,)
    beside: float = 0.0
    timed: bool = False

    def __post_init__(self) -> None:
        """A chart without a description is not a chart for everybody."""
        if not self.label.strip():
            raise ValueError(f"{self.title}: a chart must have a description; found none")

    def spec(
        self, size: Size | None = None, *, dark: bool = False, titled: bool = True
    ) -> dict[str, Any]:
        """The Vega-Lite specification, with title and theme; without title for a page that has its own."""
        titles = (self.title, self.said) if titled else None
        return spec_of(self._drawn(size), titles, dark=dark)

    def svg(self, name: str, size: Size | None = None) -> str:
        """An SVG element for a page that has its own heading; `name` keeps inner names apart."""
        return svg_of(self._drawn(size), self.label, name)

    def picture(self, *, dark: bool = False) -> str:
        """A whole SVG file with its title."""
        return picture_of(self.spec(dark=dark))

    def png(self, *, dark: bool = False, scale: float = 2.0) -> bytes:
        """A picture with its title."""
        return png_of(self.spec(dark=dark), scale)

    def html(self, name: str) -> str:
        """A figure element with heading, words and drawing."""
        return (
            f"<figure><h3>{escape(self.title)}</h3><figcaption>{escape(self.said)}</figcaption>"
            f"{self.svg(name)}</figure>"
        )

    def chart(self, *, dark: bool = False) -> alt.TopLevelMixin:
        """The Altair chart, to change or to lay over others."""
        drawn: alt.TopLevelMixin = alt.Chart.from_dict(self.spec(dark=dark))
        return drawn

    def __repr__(self) -> str:
        """One line: a table of a thousand rows is no name."""
        return f"<chart: {self.title}, {self.numbers.height} rows>"

    def _drawn(self, size: Size | None) -> Drawing:
        # Every part of a chart checked against the schema, row by row, takes longer than drawing.
        with debug_mode(False):
            return self.draw(size or self.sizes[0])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """What a notebook shows: the chart if it can draw one, a picture, or words; no network."""
        return {
            "application/vnd.vegalite.v6+json": self.spec(),
            "image/svg+xml": self.picture(),
            "text/plain": f"{self.title}. {self.label}",
        }
