"""Audits: who is checked, and what follows for those who are caught."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration

_LENIENCY = "Harrison 2011, Journal of Comparative Economics 39, 43: fraud was punished leniently"


class Audits(Declaration):
    """Checks of reports. Sanctions are felt in utils; only the deduction is taken from pay."""

    probability: Annotated[
        float,
        Field(ge=0, le=1),
        About("Share of reports audited", "share a period", "published", _LENIENCY),
    ] = 0.2
    aim: Annotated[
        Literal["random", "risk"], About("At whom: anyone, or reports just at the norm first")
    ] = "random"
    fine: Annotated[
        float,
        Field(ge=0, le=1000),
        About("Sanction felt by the unit", "utils per norm-unit padded", "published", _LENIENCY),
    ] = 1.5
    fixed_fine: Annotated[
        float,
        Field(ge=0, le=1000),
        About("Sanction felt for being caught at all", "utils", "assumed"),
    ] = 0.0
    deduction: Annotated[
        float,
        Field(ge=0, le=1000),
        About("Money taken by the unit", "reference days' pay per norm-unit padded", "assumed"),
    ] = 0.0
    clawback: Annotated[
        bool, About("Bonus and pay for what was padded are taken back", "", "published", _LENIENCY)
    ] = True


class Discipline(Declaration):
    """Laws of labour discipline."""

    leaving: Annotated[
        float,
        Field(ge=0, le=10),
        About(
            "Factor on the hazard of leaving of one's own will",
            "ratio",
            "assumed",
            "The decree of June 1940 forbade leaving without permission; its size here is an assumption",
        ),
    ] = 1.0
