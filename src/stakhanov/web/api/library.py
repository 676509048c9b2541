"""What ships, over the JSON interface: campaigns and workforces, each in full."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from stakhanov import campaign as campaigns
from stakhanov import workforce as workforces
from stakhanov.foundation.plain import plain
from stakhanov.web import shelf
from stakhanov.web.api.standing import refused

router = APIRouter(prefix="/api/v1", tags=["library"])

#: A name as part of an address.
Name = Annotated[str, Path(max_length=100)]


class CampaignLine(BaseModel):
    """A campaign that ships."""

    name: str
    title: str
    summary: str
    periods: int


class WorkforceLine(BaseModel):
    """A workforce that ships."""

    name: str
    title: str


@router.get("/campaigns")
def all_campaigns() -> list[CampaignLine]:
    """Every campaign that ships."""
    return [
        CampaignLine(
            name=one.name,
            title=one.campaign.title or one.name,
            summary=one.campaign.summary,
            periods=one.length,
        )
        for one in shelf.campaigns()
    ]


@router.get("/campaigns/{name}", responses=refused(404, 422))
def one_campaign(name: Name) -> dict[str, Any]:
    """A campaign in full: what its file says, with defaults filled in."""
    if name not in campaigns.library():
        raise HTTPException(404, "campaign: must be one that ships; found none of that name")
    found: dict[str, Any] = plain(campaigns.load(name).plain())
    return found


@router.get("/workforces")
def all_workforces() -> list[WorkforceLine]:
    """Every workforce that ships."""
    return [
        WorkforceLine(name=name, title=workforces.load(name).workforce.title or name)
        for name in workforces.library()
    ]


@router.get("/workforces/{name}", responses=refused(404, 422))
def one_workforce(name: Name) -> dict[str, Any]:
    """A workforce in full: what its file says, with defaults filled in."""
    if name not in workforces.library():
        raise HTTPException(404, "workforce: must be one that ships; found none of that name")
    found: dict[str, Any] = plain(workforces.load(name).plain())
    return found
