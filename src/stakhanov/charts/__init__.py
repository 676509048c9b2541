"""Charts of tidy tables in one theme; they know nothing of runs."""

from stakhanov.charts.axes import Across, Up, log_up, said_of
from stakhanov.charts.bands import band
from stakhanov.charts.bars import bars
from stakhanov.charts.curves import curve
from stakhanov.charts.figure import Figure, drawn_as
from stakhanov.charts.frame import FULL, LOW, SMALL, Size
from stakhanov.charts.gaps import gaps
from stakhanov.charts.heat import heat
from stakhanov.charts.histogram import histogram
from stakhanov.charts.lines import lines, room_beside
from stakhanov.charts.marks import NORM, PLAN, REPORTED, TRUE, Event, Style
from stakhanov.charts.multiples import multiples
from stakhanov.charts.ranges import ranges
from stakhanov.charts.records import records
from stakhanov.charts.scatter import scatter
from stakhanov.charts.svg import Drawing, svg_of
from stakhanov.charts.waterfall import waterfall

__all__ = [
    "FULL",
    "LOW",
    "NORM",
    "PLAN",
    "REPORTED",
    "SMALL",
    "TRUE",
    "Across",
    "Drawing",
    "Event",
    "Figure",
    "Size",
    "Style",
    "Up",
    "band",
    "bars",
    "curve",
    "drawn_as",
    "gaps",
    "heat",
    "histogram",
    "lines",
    "log_up",
    "multiples",
    "ranges",
    "records",
    "room_beside",
    "said_of",
    "scatter",
    "svg_of",
    "waterfall",
]
