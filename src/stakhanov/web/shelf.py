"""The study guides that a site has open, read once."""

from __future__ import annotations

from functools import cache
from typing import Any

from stakhanov.guide.export.data import data
from stakhanov.guide.guides import Library
from stakhanov.guide.load import library
from stakhanov.guide.search import Index


@cache
def shelf() -> Library:
    """The classes that ship."""
    return library()


@cache
def index() -> Index:
    """All their terms, to be looked up."""
    return Index.of(shelf())


@cache
def whole(name: str) -> dict[str, Any]:
    """A class in full, as `stakhanov guide export CLASS --to json` writes it. Raises KeyError."""
    return data(shelf().guides[name])
