"""The names of rows: whole where a line or two have room for them, so that a telephone can read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import altair as alt

from stakhanov.charts.lettering import TYPE, fitted, width_of

#: Of the width, what the names of rows may take.
SHARE = 0.45
#: Height of a row in pixels, and of one whose name takes two lines.
ROW, TALL = 24, 36
BREAK = "\n"


@dataclass(frozen=True)
class Names:
    """What stands left of each row, and the room that it takes."""

    labels: tuple[str, ...]

    @classmethod
    def of(cls, labels: Iterable[str], width: float) -> Names:
        """The names of rows in a drawing of this width."""
        return cls(tuple(folded(label, SHARE * width) for label in labels))

    @property
    def beside(self) -> float:
        """Pixels left of the rows."""
        lines = [line for label in self.labels for line in label.split(BREAK)]
        return max(map(width_of, lines), default=0.0) + 10.0

    @property
    def row(self) -> int:
        """Height of every row."""
        return TALL if any(BREAK in label for label in self.labels) else ROW

    def axis(self, free: float = 0.0) -> alt.Y:
        """The rows from the top, each with its name, and so many pixels left free between name and row."""
        axis = alt.Axis(
            labelPadding=5.0 + free,
            domain=False,
            ticks=False,
            labelExpr=r"split(datum.label, '\n')",
        )
        axis.labelLineHeight = TYPE + 1
        # Lines go down from the first: with its bottom in the middle of the row two of them lie around it.
        axis.labelBaseline = alt.condition(
            r"indexof(datum.label, '\n') >= 0", alt.value("bottom"), alt.value("middle")
        )
        return alt.Y("label:N", sort=list(self.labels), title=None, axis=axis)


def folded(text: str, room: float) -> str:
    """The text in a line if it fits, else in two, broken between words; what fits into neither is cut."""
    if width_of(text) <= room:
        return text
    words = text.split()
    first = 1
    while first < len(words) and width_of(" ".join(words[: first + 1])) <= room:
        first += 1
    lines = (" ".join(words[:first]), " ".join(words[first:]))
    return BREAK.join(fitted(line, room) for line in lines if line)
