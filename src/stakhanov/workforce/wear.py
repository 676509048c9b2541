"""What work does to people: fatigue, strain, morale, trust, leaving, accidents; and those who come new."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration

_MODEL = "Scaled in trials of this model"


class Fatigue(Declaration):
    """The tiredness of days."""

    recovery: Annotated[
        float, Field(gt=0, le=1000), About("Recovery from fatigue", "shifts", "assumed", _MODEL)
    ] = 2.0
    load: Annotated[
        float, Field(ge=0, le=10), About("Load of a shift", "per effort squared", "assumed", _MODEL)
    ] = 0.10
    effect: Annotated[
        float, Field(ge=0, le=10), About("Effect on productivity", "log", "assumed", _MODEL)
    ] = 0.10
    rest: Annotated[
        float | None,
        Field(ge=0, le=100),
        About(
            "Fatigue at which productivity is normal",
            "level",
            "assumed",
            "The level that effort 1 keeps up",
            default="load / (1 - e^(-1/recovery))",
        ),
    ] = None

    @property
    def normal(self) -> float:
        """Fatigue at which productivity is normal: what is declared, or what effort 1 keeps up."""
        if self.rest is not None:
            return self.rest
        return self.load / -math.expm1(-1.0 / self.recovery)


class Strain(Declaration):
    """The wear of months."""

    recovery: Annotated[
        float,
        Field(gt=0, le=10000),
        About("Recovery from strain", "shifts", "assumed", "A slow constant of two months"),
    ] = 60.0
    growth: Annotated[
        float,
        Field(ge=0, le=100),
        About(
            "Growth of strain",
            "per excess effort squared",
            "published",
            "Form: hours and output in Pencavel 2015, Economic Journal 125, 2052",
        ),
    ] = 1.06
    sustainable: Annotated[
        float, Field(ge=0, le=100), About("Effort that can be kept up", "effort", "assumed", _MODEL)
    ] = 1.2


class Morale(Declaration):
    """How the period's result moves morale."""

    recovery: Annotated[
        float,
        Field(ge=0, le=1),
        About("Recovery toward trust", "share a period", "assumed", _MODEL),
    ] = 0.4
    gain: Annotated[
        float,
        Field(ge=0, le=10),
        About("Gain for output above the aspiration", "per share", "assumed", _MODEL),
    ] = 0.2
    loss: Annotated[
        float,
        Field(ge=0, le=10),
        About("Loss for output below it", "per share", "assumed", "Twice the gain: loss aversion"),
    ] = 0.4
    norm_shock: Annotated[
        float,
        Field(ge=0, le=10),
        About("Loss when the norm is raised", "per share of the norm", "assumed", _MODEL),
    ] = 0.5
    caught: Annotated[
        float, Field(ge=0, le=10), About("Loss when caught padding", "level", "assumed", _MODEL)
    ] = 0.1


class Trust(Declaration):
    """The slow level to which morale recovers."""

    recovery: Annotated[
        float, Field(ge=0, le=1), About("Recovery of trust", "share a period", "assumed", _MODEL)
    ] = 0.02
    learning: Annotated[
        float, Field(ge=0, le=1), About("Trust follows morale", "share a period", "assumed", _MODEL)
    ] = 0.05
    norm_shock: Annotated[
        float,
        Field(ge=0, le=10),
        About("Loss when the norm is raised", "per share of the norm", "assumed", _MODEL),
    ] = 0.125
    lie: Annotated[
        float,
        Field(ge=0, le=1),
        About("Loss to records nobody believes", "a period", "assumed", _MODEL),
    ] = 0.01


class Quits(Declaration):
    """Leaving of one's own will: a hazard a shift."""

    base: Annotated[
        float,
        Field(ge=0, le=1),
        About(
            "Hazard of leaving",
            "a shift",
            "assumed",
            "About 7 % a month; no year's turnover was found in a source that can be cited",
        ),
    ] = 0.003
    strain: Annotated[
        float, Field(ge=0, le=100), About("Push of strain", "exponent", "assumed", _MODEL)
    ] = 1.5
    morale: Annotated[
        float, Field(ge=0, le=100), About("Hold of morale", "exponent", "assumed", _MODEL)
    ] = 3.0
    wage: Annotated[
        float,
        Field(ge=0, le=100),
        About("Hold of pay above the mean", "exponent", "assumed", _MODEL),
    ] = 1.0


class Accidents(Declaration):
    """Accidents that take a worker out: a hazard a shift."""

    base: Annotated[
        float, Field(ge=0, le=1), About("Hazard of an accident", "a shift", "assumed", _MODEL)
    ] = 0.0002
    fatigue: Annotated[
        float, Field(ge=0, le=100), About("Push of fatigue", "exponent", "assumed", _MODEL)
    ] = 1.0
    strain: Annotated[
        float, Field(ge=0, le=100), About("Push of strain", "exponent", "assumed", _MODEL)
    ] = 1.0


class Recruits(Declaration):
    """Those who come new."""

    skill: Annotated[
        float,
        Field(gt=0, le=1),
        About("Skill of a recruit", "share of own ability", "assumed", _MODEL),
    ] = 0.7
    learning: Annotated[
        float, Field(gt=0, le=1e5), About("Time constant of learning", "shifts", "assumed", _MODEL)
    ] = 75.0
