"""Live values: `{{padding.chasing.padded_share | percent}}` stands for what the locked run found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

LIVE = re.compile(r"\{\{\s*([^{}|]+?)\s*(?:\|\s*([a-z]+)(?:\s+(\d))?\s*)?\}\}")
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
        return f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}"


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
    digits = int(match[3]) if match[3] else None
    return Live(match[0], match[1], match[2] or "", digits)
