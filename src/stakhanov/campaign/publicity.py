"""Publicity: records held up, how far they reach, staged records, and the title."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from stakhanov.campaign.norms import When
from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration


class Spread(Declaration):
    """How publicity spreads from person to person (Bass)."""

    innovation: Annotated[
        float,
        Field(ge=0, le=5),
        About(
            "Reached by the press itself",
            "a period",
            "assumed",
            "Form: Bass 1969, Management Science 15(5)",
        ),
    ] = 0.03
    imitation: Annotated[
        float,
        Field(ge=0, le=5),
        About(
            "Reached by those who were reached",
            "a period",
            "assumed",
            "Form: Bass 1969, Management Science 15(5)",
        ),
    ] = 1.5


class Staged(Declaration):
    """A staged record: a prepared place and a crew whose output is credited to one."""

    at: Annotated[When, About("When", "date or period")]
    branch: Annotated[str | None, About("Branch", "all if none")] = None
    crew: Annotated[
        int,
        Field(ge=1, le=1000),
        About(
            "People at work for it", "people", "published", "August 1935: a hewer and two timbermen"
        ),
    ] = 3
    per_head: Annotated[
        float,
        Field(gt=0, le=100),
        About(
            "Output per head of the crew",
            "norms",
            "published",
            "August 1935: 102 t on a norm of 7 t by three men, 4.9 norms a head",
        ),
    ] = 4.9


class Esteem(Declaration):
    """The title of those who exceed the norm far enough."""

    threshold: Annotated[
        float, Field(gt=0, le=100), About("Fulfilment that earns the title", "norms", "assumed")
    ] = 1.25
    value: Annotated[
        float,
        Field(ge=0, le=1000),
        About("Worth of the title, thinned out as holders multiply", "utils", "assumed"),
    ] = 0.3


class Publicity(Declaration):
    """What is made public, and how loudly."""

    intensity: Annotated[
        float, Field(ge=0, le=1), About("How loudly records are published", "share", "assumed")
    ] = 0.0
    spread: Spread = Spread()
    staged: Annotated[tuple[Staged, ...], About("Staged records")] = ()
    esteem: Esteem = Esteem()
