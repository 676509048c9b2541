"""The data check over the JSON interface: a table as CSV text in, findings out, nothing kept of the table."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request

from stakhanov.foundation.nearest import listed
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web.api.standing import Standing, refused, standing
from stakhanov.web.checking import LARGEST, checking
from stakhanov.web.looking import Look, looked
from stakhanov.web.manner import MAPPED, TITLES, Manner, manner_of
from stakhanov.web.seats import At, Visitor

router = APIRouter(prefix="/api/v1", tags=["data check"])

KIND = "text/csv"
NO_CSV = f"request: must be of the type {KIND}; found another"
Source = Annotated[
    str, Field(max_length=200, description="What the column is called in the table, if otherwise.")
]
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The table as text: a heading, then a row for each report.",
        "content": {KIND: {"schema": {"type": "string", "minLength": 1}}},
    }
}


#: What may be said of tests; the site says which is near to what was found.
NAMES: dict[str, Any] = {"items": {"type": "string", "enum": list(TITLES)}}


class Asking(BaseModel):
    """What columns are called in the table, and whether its groups are tested apart."""

    worker: Source = ""
    period: Source = ""
    norm: Source = ""
    reported: Source = ""
    group: Source = ""
    apart: Annotated[bool, Field(description="Test the groups apart.")] = False
    dates: Annotated[
        Literal["", "dmy", "mdy"],
        Field(description="Day or month first, where the dates do not tell."),
    ] = ""
    leave_out: Annotated[bool, Field(description="Leave out rows that will not do.")] = False
    test: Annotated[
        list[str],
        Field(
            max_length=len(TITLES), json_schema_extra=NAMES, description="Tests; all unless told."
        ),
    ] = []

    @property
    def manner(self) -> Manner:
        """How the table is to be read and tested. Raises BadInput."""
        given = {column: str(getattr(self, column)) for column in MAPPED}
        said = {"apart": self.apart, "leave-out": self.leave_out}
        given |= {name: "yes" for name, chosen in said.items() if chosen}
        return manner_of({**given, "dates": self.dates}, self.test)


@router.post(
    "/inspections",
    status_code=202,
    responses=refused(403, 413, 415, 422, 429, 503),
    openapi_extra=BODY,
    max_body_size=LARGEST,
)
async def ask_inspection(
    request: Request, asked: Annotated[Asking, Query()], seats: At, visitor: Visitor
) -> Standing:
    """Ask for a check of a report table; the result is what `stakhanov inspect` gives."""
    manner, settings = asked.manner, seats.settings
    async with seats.doors:
        content = await _table(request)
        work = await seats.drawn(lambda: checking(content, "the table", manner, settings))
    return standing(seats.ask(work, visitor), seats)


@router.post(
    "/inspections/look",
    responses=refused(403, 413, 415, 422),
    openapi_extra=BODY,
    max_body_size=LARGEST,
)
async def look(request: Request, asked: Annotated[Asking, Query()], seats: At) -> Look:
    """How a report table would be read: which column is which, and cells that will not do. Nothing is kept."""
    manner, settings = asked.manner, seats.settings
    async with seats.doors:
        content = await _table(request)
        found = await seats.drawn(lambda: looked(content, "the table", manner, settings))
    if found.missing:
        hint = f"there are {listed([head for head, _ in found.heads])}"
        must = "must be a column of the table, or be told which is"
        raise BadInput([Problem(name, must, "none of that name", hint) for name in found.missing])
    return found


async def _table(request: Request) -> bytes:
    """The table that was sent. Raises HTTPException where it is none."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != KIND:
        raise HTTPException(415, NO_CSV)
    return await request.body()
