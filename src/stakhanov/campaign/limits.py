"""Limits: what no goal may buy."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration


class Limits(Declaration):
    """Hard limits. A campaign that goes beyond one may be run and looked at, but its check fails."""

    strain: Annotated[
        float | None,
        Field(ge=0, le=100),
        About("Largest mean strain in a period", "1 halves productivity"),
    ] = None
    hours: Annotated[
        float | None,
        Field(ge=0.1, le=3),
        About("Longest day", "relative to the first day's length"),
    ] = None
