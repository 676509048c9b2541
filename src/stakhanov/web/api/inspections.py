"""The data check over the JSON interface: a table as CSV text in, findings out, nothing kept of the table."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request

from stakhanov.web.api.standing import Standing, refused, standing
from stakhanov.web.checking import LARGEST, MAPPED, checking
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


class Asking(BaseModel):
    """What columns are called in the table, and whether its groups are tested apart."""

    worker: Source = ""
    period: Source = ""
    norm: Source = ""
    reported: Source = ""
    group: Source = ""
    apart: Annotated[bool, Field(description="Test the groups apart.")] = False

    @property
    def columns(self) -> dict[str, str]:
        """The table's names by column, where it has others than ours."""
        named = {column: str(getattr(self, column)) for column in MAPPED}
        return {column: source for column, source in named.items() if source}


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
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != KIND:
        raise HTTPException(415, NO_CSV)
    content = await request.body()
    columns, settings, apart = asked.columns, seats.settings, asked.apart
    work = await seats.drawn(lambda: checking(content, "the table", columns, settings, apart=apart))
    return standing(seats.ask(work, visitor), seats)
