"""Breadth: a class, and each of its pages, rests on more than one independent work."""

from __future__ import annotations

from collections.abc import Iterable

from stakhanov.guide.finding import Finding, Level
from stakhanov.guide.lint.claims import origins_of
from stakhanov.guide.lint.registry import ClassDesk, known, on_classes

SINGLE = known(
    "single-source-class", "all claims of a class rest on one independent work", Level.WARN
)
#: From so many claims with works on, one witness for all of them is too few.
CLAIMS = 3


@on_classes
def single(desk: ClassDesk) -> Iterable[Finding]:
    """Classes with one witness."""
    witnesses: set[str] = set()
    sourced = 0
    for page in desk.guide.pages:
        for claim in page.term.claims.values():
            found = origins_of(desk.guide, claim)
            witnesses |= found
            sourced += bool(found)
        if len(witnesses) > 1:
            return
    if sourced >= CLAIMS and witnesses:
        message = (
            f"a class must rest on several independent works (those that share an origin count once);"
            f" found {next(iter(witnesses))} behind all {sourced} claims with works"
        )
        yield desk.at(SINGLE, message, "sources.toml")
