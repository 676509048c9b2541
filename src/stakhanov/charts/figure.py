"""A chart with its title, its description in words and its numbers, drawn in any form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import altair as alt
import polars as pl
from altair.utils.schemapi import debug_mode

from stakhanov.charts.svg import Drawing, png_of, spec_of, svg_of
from stakhanov.charts.theme import SMALL, Size


@dataclass(frozen=True)
class Figure:
    """One specification for page, paper, file and notebook.

    `said` is the sentence under the title, `label` the description for those who do not see the
    chart, `numbers` the table behind it, `draw` makes the chart in a size.
    """

    title: str
    said: str
    label: str
    numbers: pl.DataFrame
    draw: Callable[[Size], Drawing]
    size: Size = SMALL
    narrow: Size | None = None  # the size for a telephone, where it is another

    def __post_init__(self) -> None:
        """A chart without a description is not a chart for everybody."""
        if not self.label.strip():
            raise ValueError(f"{self.title}: a chart must have a description; found none")

    def spec(self, size: Size | None = None, *, dark: bool = False) -> dict[str, Any]:
        """The Vega-Lite specification, with title and theme."""
        return spec_of(self._drawn(size), (self.title, self.said), dark=dark)

    def svg(self, name: str, size: Size | None = None) -> str:
        """An SVG element for a page that has its own heading; `name` keeps inner names apart."""
        return svg_of(self._drawn(size), self.label, name)

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
        """The chart for a notebook."""
        drawn: alt.TopLevelMixin = alt.Chart.from_dict(self.spec(dark=dark))
        return drawn

    def _drawn(self, size: Size | None) -> Drawing:
        # Every part of a chart checked against the schema, row by row, takes longer than drawing.
        with debug_mode(False):
            return self.draw(size or self.size)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """What a notebook shows; without a viewer the description in words."""
        return {
            "application/vnd.vegalite.v6+json": self.spec(),
            "text/plain": f"{self.title}. {self.label}",
        }
