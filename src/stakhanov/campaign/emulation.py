"""Socialist emulation: who sees whom, and contests with prizes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from stakhanov.campaign.prizes import Scope
from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration, EntryName


class Contest(Declaration):
    """A contest ranks workers and gives prizes that the campaign names."""

    name: Annotated[EntryName, About("Name")]
    scope: Annotated[Scope, About("Among whom")] = "branch"
    measure: Annotated[Literal["fulfilment", "output"], About("Ranked by")] = "fulfilment"
    every: Annotated[int, Field(ge=1, le=600), About("Periods between rounds", "periods")] = 1
    prizes: Annotated[tuple[str, ...], About("Names of its prizes")] = ()


class Emulation(Declaration):
    """Emulation between workers."""

    visibility: Annotated[
        float,
        Field(ge=0, le=1),
        About("How far a brigade sees each other's output; scales conformity", "share", "assumed"),
    ] = 1.0
    contests: Annotated[tuple[Contest, ...], About("Contests")] = ()
