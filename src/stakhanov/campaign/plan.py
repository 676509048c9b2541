"""The plan: its periods and years, how output is to grow, and how time runs within a period."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration

FLAT = (1.0,)


class Plan(Declaration):
    """Periods, years, growth, the clock of a period and the length of the day."""

    shifts_per_period: Annotated[
        int,
        Field(ge=1, le=400),
        About("Shifts in a period", "shifts", "published", "A month of a six-day week"),
    ] = 25
    periods_per_year: Annotated[
        int,
        Field(ge=1, le=366),
        About("Periods in a year", "periods", "published", "Monthly settlement of pay"),
    ] = 12
    years: Annotated[
        int, Field(ge=1, le=50), About("Years of the plan", "years", "published", "Five-year plans")
    ] = 5
    growth: Annotated[
        float, Field(ge=-1, le=5), About("Growth that the plan demands", "share a year")
    ] = 0.0
    clock: Annotated[
        tuple[Annotated[float, Field(ge=0, le=1)], ...],
        Field(min_length=1),
        About(
            "Effective time over equal parts of the period",
            "shares, sum 1",
            "assumed",
            "Soviet thirds .15 .25 .60: inputs arrive late; an assumption after contemporary anecdotes",
        ),
    ] = FLAT
    hours: Annotated[
        float, Field(ge=0.1, le=3), About("Length of the day", "relative to the first day's length")
    ] = 1.0

    @field_validator("clock")
    @classmethod
    def _sums_to_one(cls, clock: tuple[float, ...]) -> tuple[float, ...]:
        if abs(sum(clock) - 1.0) > 1e-9:
            raise ValueError(f"must sum to 1 (it sums to {sum(clock):g})")
        return clock


class Technology(Declaration):
    """Growth that no rule brings about."""

    growth: Annotated[
        float,
        Field(ge=-0.1, le=0.1),
        About(
            "Growth of productivity by equipment",
            "share a period",
            "assumed",
            "Rules alone do not make history",
        ),
    ] = 0.0
