"""Live values: `{{padding.chasing.padded_share | percent}}` stands for what the locked run found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

#: Longer than any result's name; a bound, so that a long text of nothing costs nothing.
LIVE = re.compile(r"\{\{([^{}]{1,300})\}\}")
FORMS = ("percent", "round", "")


@dataclass(frozen=True)
class Live:
    """A live value in a text: which result, and how it is printed."""

    text: str
    reference: str
    form: str
    digits: int | None

    def shown(self, value: float) -> str:
        """A value as this place prints it."""
        if self.form == "percent":
            return f"{value * 100:.{1 if self.digits is None else self.digits}f}"
        if self.form == "round":
            return f"{value:,.{self.digits or 0}f}"
        return printed(value)


def printed(value: float) -> str:
    """A number as pages print it: four digits, whole from ten thousand on, never with an exponent."""
    if abs(value) >= 9_999.5:
        return f"{value:,.0f}"
    short = f"{value:.4g}"
    return f"{value:.7f}".rstrip("0").rstrip(".") if "e" in short else short


def lives(text: str) -> list[Live]:
    """Every live value of a text."""
    return [_made(match) for match in LIVE.finditer(text)]


def filled(text: str, value: Callable[[str], float | None], missing: str = "…") -> str:
    """A text with its live values printed; `missing` where nothing was run."""

    def put(match: re.Match[str]) -> str:
        live = _made(match)
        number = value(live.reference)
        return missing if number is None else live.shown(number)

    return LIVE.sub(put, text)


def _made(match: re.Match[str]) -> Live:
    reference, _, printed = (part.strip() for part in match[1].partition("|"))
    form, _, digits = (part.strip() for part in printed.partition(" "))
    if not re.fullmatch(r"[0-9]?", digits):
        form, digits = printed, ""  # no form that there is, and told as such
    return Live(match[0], reference, form, int(digits) if digits else None)
