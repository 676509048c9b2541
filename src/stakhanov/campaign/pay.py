"""Pay: the reference day, the piece rate and its scale, the guarantee, bonuses."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration


class Step(Declaration):
    """A step of the scale."""

    from_: Annotated[
        float,
        Field(ge=0, le=100, alias="from"),
        About("Fulfilment from which the step holds", "norms"),
    ]
    rate: Annotated[
        float,
        Field(ge=0, le=100),
        About(
            "Multiple of the piece rate",
            "ratio",
            "published",
            "Metro construction 1933: 1.25, 1.5 and 2 beyond 100, 110 and 125 %",
        ),
    ]
    retroactive: Annotated[bool, About("Pays the whole output once reached")] = False


class Bonus(Declaration):
    """A sum for reaching a mark in the period."""

    at: Annotated[float, Field(gt=0, le=100), About("Fulfilment that earns it", "norms")]
    inclusive: Annotated[bool, About("Exactly at the mark earns it too")] = True
    amount: Annotated[int, Field(ge=0), About("Amount", "minor units a period")]


class Pay(Declaration):
    """How fulfilment becomes money."""

    reference: Annotated[
        int,
        Field(gt=0, le=10**9),
        About("Pay of a shift at 100 % of the first norm", "minor units a shift"),
    ] = 1000
    reference_date: Annotated[date | None, About("Date of the reference pay")] = None
    piece_share: Annotated[
        float,
        Field(ge=0, le=1),
        About(
            "Share of pay by the piece",
            "share",
            "published",
            "Piece work was paid to 57.5 % of workers in 1928, about 70 % in 1933",
        ),
    ] = 1.0
    scale: Annotated[
        tuple[Step, ...],
        Field(min_length=1),
        About("Scale: multiples of the piece rate by fulfilment, from 0 up"),
    ] = (Step(from_=0.0, rate=1.0),)
    guarantee: Annotated[
        float,
        Field(ge=0, le=1),
        About(
            "Least pay of a shift",
            "share of the reference",
            "assumed",
            "Two thirds of the tariff; keeps people below an unreachable norm from collapsing",
        ),
    ] = 0.67
    bonus: Annotated[tuple[Bonus, ...], About("Sums for reaching a mark; several stack")] = ()

    @field_validator("scale")
    @classmethod
    def _ascends(cls, scale: tuple[Step, ...]) -> tuple[Step, ...]:
        starts = [step.from_ for step in scale]
        if starts[0] != 0.0:
            raise ValueError("must begin with a step from 0")
        if sorted(set(starts)) != starts:
            raise ValueError("must ascend, each step from a fulfilment of its own")
        return scale
