"""How large a drawing is, and where the plot lies in it.

Everything is placed before it is drawn, so that charts set side by side have their plots in line and
their type in one size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from stakhanov.charts.lettering import wrapped

#: Room left of a plot for the numbers of its axis, so that plots below each other are in line.
LEFT = 44.0
#: Room right of a plot at the least: half of the last mark of the time axis.
RIGHT = 18.0
#: Above a plot for what is measured, and below it for the marks of the axis and for its title.
HEAD, FOOT, TITLE = 24.0, 24.0, 18.0


@dataclass(frozen=True)
class Size:
    """What a whole drawing takes, in pixels, axes and names of lines included.

    `beside` is the room to the right that charts in a row share for the names of their lines.
    """

    width: int
    height: int
    beside: float = 0.0


#: A chart among others; a page 360 pixels wide has as much.
SMALL = Size(330, 232)
#: A chart that has the page's whole width, on a screen, a tablet and a telephone.
WIDE, MIDDLE, NARROW = Size(1032, 420), Size(680, 380), Size(330, 290)
FULL = (WIDE, MIDDLE, NARROW)
#: As wide as the page, but a second thought.
LOW = (Size(1032, 300), Size(680, 280), Size(330, 240))


def below(title: str, size: Size, left: float, right: float) -> list[str]:
    """The title of a horizontal axis in lines that fit into a drawing, each in the middle of the plot."""
    plot = size.width - left - right
    return wrapped(title, plot + 2.0 * min(left, right))


@dataclass(frozen=True)
class Frame:
    """What a drawing leaves free on the four sides of its plot, in pixels."""

    size: Size
    left: float
    right: float
    top: float = HEAD
    bottom: float = FOOT

    @property
    def width(self) -> float:
        """Of the plot."""
        return max(self.size.width - self.left - self.right, 60.0)

    @property
    def height(self) -> float:
        """Of the plot."""
        return max(self.size.height - self.top - self.bottom, 40.0)

    def layered(self, layers: Sequence[Any]) -> alt.LayerChart:
        """Layers drawn in this frame, and nothing moved to make room."""
        sides = {"left": self.left, "right": self.right, "top": self.top, "bottom": self.bottom}
        drawn = alt.LayerChart(layer=list(layers), width=self.width, height=self.height)
        drawn.autosize, drawn.padding = "none", sides
        return drawn
