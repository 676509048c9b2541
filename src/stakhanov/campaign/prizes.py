"""Prizes: by rank, at a threshold, or by a queue for scarce goods."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration, EntryName

Scope = Literal["brigade", "enterprise", "branch", "all"]


class Prize(Declaration):
    """One prize. A rank or a queue has winners per thousand, a threshold has a mark."""

    name: Annotated[EntryName, About("Name")]
    by: Annotated[Literal["rank", "threshold", "queue"], About("How it is won")]
    scope: Annotated[Scope, About("Among whom ranks are taken")] = "branch"
    per_thousand: Annotated[
        float | None, Field(gt=0, le=1000), About("Winners", "per thousand workers")
    ] = None
    at: Annotated[float | None, Field(gt=0, le=100), About("Mark", "norms")] = None
    amount: Annotated[int, Field(ge=0), About("Money", "minor units")] = 0
    esteem: Annotated[
        float,
        Field(ge=0, le=1000),
        About("Worth beside the money, thinned out as holders multiply", "utils"),
    ] = 0.0
    every: Annotated[int, Field(ge=1, le=600), About("Periods between awards", "periods")] = 1

    @model_validator(mode="after")
    def _has_its_mark(self) -> Self:
        if self.by == "threshold" and self.at is None:
            raise ValueError("a prize by threshold must say `at`")
        if self.by != "threshold" and self.per_thousand is None:
            raise ValueError(f"a prize by {self.by} must say `per_thousand`")
        return self
