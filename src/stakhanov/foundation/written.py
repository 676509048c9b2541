"""Values as a file writes them, and dates as people do: in English whatever the machine speaks."""

from __future__ import annotations

from datetime import date
from typing import Any

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def month(when: date) -> str:
    """The month of a date: August 1935."""
    return f"{_MONTHS[when.month - 1]} {when.year}"


def day(when: date) -> str:
    """A date: 31 August 1935."""
    return f"{when.day} {month(when)}"


def written(value: Any, *, within: bool = False) -> str:
    """A value in the notation of the files; text stands without quotes unless it is part of something."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case float():
            return f"{value:.12g}"
        case str():
            return f'"{value}"' if within else value
        case dict():
            inner = ", ".join(f"{key} = {written(one, within=True)}" for key, one in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case list() | tuple():
            return f"[{', '.join(written(one, within=True) for one in value)}]"
        case _:
            return str(value)


def counted(count: int, word: str) -> str:
    """A number of things: 1 worker, 2,000 workers."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def with_unit(title: str, unit: str) -> str:
    """A title and in what it is counted; a unit that the title says is not said again."""
    told = not unit or f" {unit.lower()} " in f" {title.lower()} "
    return title if told else f"{title}, {unit}"
