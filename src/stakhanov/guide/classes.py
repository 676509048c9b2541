"""What a class is: its title and years, its evidence policy, its units and its exam."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from stakhanov.foundation.declaration import Declaration
from stakhanov.guide.ids import Id

FORMAT = 1
Sort = Literal["recall", "short", "interpret"]


class Least(Declaration):
    """How many independent sources a claim of a kind must have."""

    event: Annotated[int, Field(ge=1)] = 1
    attribution: Annotated[int, Field(ge=1)] = 1
    quantity: Annotated[int, Field(ge=1)] = 2


class Policy(Declaration):
    """What counts as evidence enough."""

    unsourced: Literal["error", "warn"] = "error"
    min_sources: Least = Least()
    tolerance: Annotated[float, Field(ge=0.0, le=0.5)] = 0.05
    experiment_max_age_days: Annotated[int, Field(ge=1)] = 400
    review_max_age_days: Annotated[int, Field(ge=1)] = 365
    reading_grade: Annotated[float, Field(gt=0.0)] = 12.0


class Unit(Declaration):
    """Some terms of a class, in the order in which they are taught."""

    id: Id
    title: Annotated[str, Field(min_length=1)]
    terms: tuple[Id, ...] = ()


class Share(Declaration):
    """How many items of a sort an exam has, and what they weigh together."""

    items: Annotated[int, Field(ge=1)]
    weight: Annotated[float, Field(gt=0.0, le=1.0)]


class Exam(Declaration):
    """The exam that a class prepares for."""

    minutes: Annotated[int, Field(ge=1)] = 40
    blueprint: dict[Sort, Share] = {}

    @model_validator(mode="after")
    def _whole(self) -> Exam:
        total = sum(share.weight for share in self.blueprint.values())
        if self.blueprint and abs(total - 1.0) > 1e-6:
            raise ValueError(f"must have weights that sum to 1, not {total:g}")
        return self


class About(Declaration):
    """The file `class.toml`."""

    format: Literal[1] = 1
    id: Id
    title: Annotated[str, Field(min_length=1)]
    years: Annotated[tuple[int, int] | None, Field()] = None
    language: str = "en"
    level: str = ""
    licence: str = "CC-BY-SA-4.0"
    tagline: str = ""
    names: tuple[str, ...] = ()
    was: tuple[Id, ...] = ()
    policy: Policy = Policy()
    unit: tuple[Unit, ...] = ()
    exam: Exam = Exam()

    @model_validator(mode="after")
    def _forward(self) -> About:
        if self.years is not None and self.years[0] > self.years[1]:
            raise ValueError("must have years that run forward")
        return self
