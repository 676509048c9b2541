"""Charts of tidy tables as SVG, in one theme; they know nothing of runs."""

from stakhanov.charts.histogram import histogram
from stakhanov.charts.lines import Style, lines, points
from stakhanov.charts.svg import svg_of

__all__ = ["Style", "histogram", "lines", "points", "svg_of"]
