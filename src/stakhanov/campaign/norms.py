"""Norms: what counts as 100 %, who shares one, and how norms are revised."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration

When = int | date


class Revision(Declaration):
    """The rule by which norms follow reports."""

    every: Annotated[
        int,
        Field(ge=1, le=600),
        About("Periods between revisions", "periods", "published", "Yearly revision of norms"),
    ] = 12
    up: Annotated[
        float,
        Field(ge=0, le=1),
        About(
            "Share of the excess taken into the norm",
            "share of the excess",
            "published",
            "Sign and asymmetry: Leone and Rock 2002, Journal of Accounting and Economics 33, 43",
        ),
    ] = 0.3
    down: Annotated[
        float,
        Field(ge=0, le=1),
        About(
            "Share of the shortfall taken off the norm",
            "share of the shortfall",
            "published",
            "Sign and asymmetry: Leone and Rock 2002, Journal of Accounting and Economics 33, 43",
        ),
    ] = 0.1
    basis: Annotated[
        Literal["mean", "best-tenth"],
        About(
            "Whose reports count",
            "",
            "published",
            "Average-progressive norms looked to the better workers",
        ),
    ] = "mean"
    rate_cut: Annotated[
        float,
        Field(ge=0, le=1),
        About(
            "How far rates fall when norms rise",
            "elasticity of rates to norms",
            "published",
            "1939: norms +31.7 %, rates -15.7 %, an elasticity of .62",
        ),
    ] = 1.0


class Order(Declaration):
    """Norms raised by order, whatever the reports say."""

    at: Annotated[When, About("When", "date or period")]
    rise: Annotated[float, Field(gt=-1, le=10), About("Rise of norms", "share")]
    branch: Annotated[str | None, About("Branch", "all if none")] = None


class Norms(Declaration):
    """Norms of output per shift."""

    start: Annotated[float, Field(ge=1e-3, le=1e9), About("First norm", "norm-units a shift")] = 1.0
    scope: Annotated[
        Literal["own", "brigade", "enterprise", "branch"],
        About("Who shares a norm", "", "assumed", "Norms were set by enterprises"),
    ] = "enterprise"
    revision: Revision = Revision()
    orders: Annotated[tuple[Order, ...], About("Norms raised by order, at dates")] = ()
