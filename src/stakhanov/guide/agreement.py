"""Whether a number in the prose agrees with what it is bound to."""

from __future__ import annotations

import re
from datetime import date

from stakhanov.guide.figures import Figure, figures

ABOUT = re.compile(
    r"\b(?:about|roughly|some|nearly|almost|around|approximately|circa|close to|an estimated)\s+"
    r"(?:[a-z]+\s+)?$",
    re.I,
)
ABOVE = re.compile(
    r"\b(?:more than|over|at least|above|upwards? of|exceeding|no fewer than)\s+$", re.I
)
BELOW = re.compile(r"\b(?:less than|fewer than|under|at most|up to|below|no more than)\s+$", re.I)
#: How far a number after "more than" or "less than" may be from the value, relative to it.
REACH = 0.35

Value = float | tuple[float, float] | date | str


def agrees(text: str, before: str, value: Value, tolerance: float) -> bool:
    """Whether a text, after the words before it, says a value.

    To the printed digits; within the tolerance after "about"; on the right side after "more than".
    """
    found = figures(text)
    if isinstance(value, date):
        return bool(found) and all(_dated(one, value) for one in found)
    if isinstance(value, str):
        return _plain(value) == _plain(text) or _quoted(text, value)
    wanted = (float(value), float(value)) if isinstance(value, (int, float)) else value
    if not found:
        return False
    low, high = min(f.low for f in found), max(f.high for f in found)
    step = min(f.step for f in found)
    if any(f.day is not None and f.day.month is not None for f in found):
        return False
    if low == high and wanted[0] != wanted[1]:
        return _within(low, wanted, _slack(before, low, step, tolerance))
    if low != high and wanted[0] == wanted[1]:
        return low - step / 2 <= wanted[0] <= high + step / 2
    return _same(low, wanted[0], before, step, tolerance) and _same(
        high, wanted[1], before, step, tolerance
    )


def _same(said: float, value: float, before: str, step: float, tolerance: float) -> bool:
    slack = _rounding(step)
    if ABOVE.search(before):
        return said - slack <= value <= said + max(abs(said) * REACH, slack)
    if BELOW.search(before):
        return said - max(abs(said) * REACH, slack) <= value <= said + slack
    return abs(said - value) <= _slack(before, value, step, tolerance)


def _within(said: float, wanted: tuple[float, float], slack: float) -> bool:
    return min(wanted) - slack <= said <= max(wanted) + slack


def _slack(before: str, value: float, step: float, tolerance: float) -> float:
    slack = _rounding(step)
    return max(slack, abs(value) * tolerance) if ABOUT.search(before) else slack


def _rounding(step: float) -> float:
    return step / 2 * (1 + 1e-9)


def _dated(figure: Figure, when: date) -> bool:
    if figure.day is not None:
        return figure.day.holds(when)
    return figure.low == figure.high == when.year


def _quoted(text: str, value: str) -> bool:
    """Whether all figures of a text stand in the words of a fact."""
    inside = figures(value)
    said = figures(text)
    return bool(said) and all(
        any((a.low, a.high, a.day) == (b.low, b.high, b.day) for b in inside) for a in said
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
