"""A class by what somebody calls it: its folder, or the name of one that ships."""

from __future__ import annotations

from pathlib import Path

from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.guide.guides import Guide
from stakhanov.guide.load import SHIPPED, is_class, load


def called(text: str) -> Guide:
    """The class in a folder, or the one that ships under a name. Raises BadInput.

    What could not be read of it is in its `faults`; the rest can be learned.
    """
    folder = _folder(text)
    guide, faults = load(folder)
    if guide is None:
        problems = [Problem(f"{one.file}:{one.line}", one.message, "another") for one in faults]
        raise BadInput(problems)
    return guide


def names() -> list[str]:
    """Names of the classes that ship."""
    if not SHIPPED.is_dir():
        return []
    return sorted(folder.name for folder in SHIPPED.iterdir() if is_class(folder))


def _folder(text: str) -> Path:
    known = names()
    if text in known:
        return SHIPPED / text
    place = Path(text)
    try:
        if is_class(place):
            return place
    except OSError:  # no name that a file could have
        pass
    must = "must be the name of a class or its folder"
    raise BadInput([Problem("class", must, text or "nothing", hint_of(text, known))])
