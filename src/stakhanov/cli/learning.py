"""What the commands that learn share: the class, the place of progress, and how an exam date is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from stakhanov.cli import output
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.guide.guides import Guide
    from stakhanov.guide.practice.cards import Deck

Class = Annotated[
    str, typer.Argument(metavar="CLASS", help="The name of a class that ships, or its folder.")
]
Place = Annotated[
    str | None,
    typer.Option(
        "--progress",
        metavar="FILE|URL",
        help="Where progress is kept; else STAKHANOV_PROGRESS, or a file among your data.",
    ),
]

#: How an exam date is given.
HOW = "--exam 2026-12-31"


def deck_called(name: str) -> tuple[Guide, Deck]:
    """A class and its cards; what cannot be read is told beside. Raises BadInput where nothing is left."""
    from stakhanov.guide.practice.cards import deck_of
    from stakhanov.guide.shelf import called

    guide = called(name)
    if guide.faults:
        count = len(guide.faults)
        output.note(
            f"{guide.id}: {count} faults leave something out; stakhanov guide check tells them"
        )
    deck = deck_of(guide)
    if not deck.cards:
        raise BadInput([Problem(guide.id, "must have a claim or a question to learn", "none")])
    return guide, deck
