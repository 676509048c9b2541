"""What a measure of a run is called, with when it is read."""

from __future__ import annotations


def titled(measure: str) -> str:
    """A measure's title, with when it is read."""
    from stakhanov.foundation.measures import MEASURES, SERIES

    name, _, when = measure.partition("@")
    about = {**MEASURES, **SERIES}.get(name)
    title = about.title if about is not None else name
    return f"{title}, {_when(when)}" if when else title


def _when(when: str) -> str:
    """When a measure is read, in words."""
    if when in ("0", "last"):  # periods count from 0, readers from the first
        return "first period" if when == "0" else "last period"
    first, _, last = when.partition("..")
    if last:
        return f"{'periods ' if first.isdecimal() else ''}{first} to {last}"
    return f"period {first}" if first.isdecimal() else first
