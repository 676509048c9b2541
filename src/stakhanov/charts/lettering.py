"""How wide letters are drawn: a drawing must leave room for its words before they are drawn."""

from __future__ import annotations

import unicodedata

TYPE = 13  # pixels
#: Thousandths of the size, from the space to the tilde: Helvetica, which Arial and Liberation Sans
#: were made as wide as. Source: Adobe Font Metrics of the Core 14 fonts, Helvetica.
WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
OTHER, FULL = 667, 1000
#: Bold letters, and a little for faces that are wider than Helvetica.
BOLD, SPARE = 1.07, 1.03
ELLIPSIS = "\u2026"


def width_of(text: str, size: float = TYPE, *, bold: bool = False) -> float:
    """Pixels that a line of text takes."""
    thousandths = sum(map(_width, unicodedata.normalize("NFD", text)))
    return thousandths / 1000.0 * size * SPARE * (BOLD if bold else 1.0)


def fitted(text: str, room: float, size: float = TYPE, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits into so many pixels, with an ellipsis."""
    if width_of(text, size, bold=bold) <= room:
        return text
    kept = len(text)
    while kept and width_of(text[:kept].rstrip() + ELLIPSIS, size, bold=bold) > room:
        kept -= 1
    return text[:kept].rstrip() + ELLIPSIS


def wrapped(text: str, room: float, size: float = TYPE) -> list[str]:
    """The text in lines of so many pixels at most, cut between words; a longer word has a line alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [text]


def _width(letter: str) -> int:
    place = ord(letter) - 32
    if 0 <= place < len(WIDTHS):
        return WIDTHS[place]
    if unicodedata.combining(letter):
        return 0
    return FULL if unicodedata.east_asian_width(letter) in "WF" or letter == ELLIPSIS else OTHER
