"""The first page: in five minutes from the record of August 1935 to a run that shows why it happened."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from stakhanov import workforce as workforces
from stakhanov.engine.employment import largest
from stakhanov.theory.records import record, record_tail
from stakhanov.web.rendering import page
from stakhanov.web.wanted import Wanted

router = APIRouter(include_in_schema=False)

TONNES, NORM, CREW = 102.0, 7.0, 3
#: The run at the end of the tour: the flagship until the year before the war, few enough people to be quick.
RUN = Wanted("stakhanovite-1935", workers=5_000, periods=72)
#: The same rules without a word about records.
SILENT = Wanted(
    "stakhanovite-1935",
    workers=5_000,
    periods=72,
    replicates=4,
    values={"publicity.intensity": 0.0},
)


@router.get("/")
def tour() -> Response:
    """The page."""
    return page("tour.html", **figures(), run=RUN, silent=SILENT)


@cache
def figures() -> dict[str, Any]:
    """The numbers of the page: arithmetic on the sources, and closed forms."""
    people = workforces.load(RUN.workforce)
    workers, spread = largest(people), people.ability.log_sd
    tail = record_tail(TONNES / NORM, spread)
    return {
        "multiple": TONNES / NORM,
        "per_head": TONNES / NORM / CREW,
        "workers": workers,
        "best": float(record(workers, 1.0, log_sd=spread)),
        "spread": spread,
        "power": math.floor(-float(tail.log10_probability)),
    }
