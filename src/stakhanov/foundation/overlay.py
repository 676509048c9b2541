"""Overlays: data that says only where it differs, laid over a base."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any


def overlaid(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """A base with other data laid over it.

    Tables merge; lists of named entries merge by name and dated changes by their date; any other list
    is replaced whole.
    """
    result = copy.deepcopy(dict(base))
    for key, value in over.items():
        below = result.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            result[key] = overlaid(below, value)
        elif isinstance(below, list) and (word := _told_apart_by(below, value)):
            result[key] = _merged(below, value, word)
        else:
            result[key] = copy.deepcopy(value)
    return result


def _told_apart_by(base: Any, over: Any) -> str | None:
    """What the entries of two lists merge by: `name`, or `at` where entries set rules anew."""
    for word, besides in (("name", "name"), ("at", "set")):
        if all(_all_have(entries, word, besides) for entries in (base, over)):
            return word
    return None


def _all_have(entries: Any, word: str, besides: str) -> bool:
    """Whether every entry of a list has both words, and no two say the same by the first."""
    if not isinstance(entries, list) or not entries:
        return False
    if not all(isinstance(entry, dict) and {word, besides} <= entry.keys() for entry in entries):
        return False
    return len({str(entry[word]) for entry in entries}) == len(entries)


def _merged(base: list[Any], over: list[Any], word: str) -> list[dict[str, Any]]:
    """Entries of the base with those of the same name or date laid over them, then the new ones."""
    merged: list[dict[str, Any]] = copy.deepcopy(base)
    places = {str(entry[word]): place for place, entry in enumerate(merged)}
    for entry in over:
        place = places.get(str(entry[word]))
        if place is not None:
            merged[place] = overlaid(merged[place], entry)
        else:
            merged.append(copy.deepcopy(entry))
    return merged
