"""Runs and comparisons over the JSON interface: asked for, looked at, cancelled."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from stakhanov import campaign as campaigns
from stakhanov.foundation.plain import plain
from stakhanov.web.api.wishes import ComparisonWish, RunWish
from stakhanov.web.comparing import Comparing
from stakhanov.web.jobs import Job, State
from stakhanov.web.pages.runs import NOT_YOURS
from stakhanov.web.running import Running
from stakhanov.web.seats import Asked, At, Seats, Visitor

router = APIRouter(prefix="/api/v1", tags=["laboratory"])


class Refusal(BaseModel):
    """Why something cannot be done: `address: what must hold; found what`, each problem a sentence."""

    problems: list[str]


class Standing(BaseModel):
    """Where a job stands."""

    id: str
    state: State
    before: int  # jobs in the queue before this one
    so_far: str
    seconds: float
    problems: list[str]
    page: str  # its page, while the site knows it
    link: str  # the page that shows what was asked for, for ever
    result: dict[str, Any] | None = None  # as the command gives it


class CampaignLine(BaseModel):
    """A campaign that ships."""

    name: str
    title: str
    summary: str
    periods: int


REFUSED: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal, "description": said}
    for status, said in (
        (403, "asked by another, or from a foreign page"),
        (404, "not known, or not any more"),
        (413, "larger than may be sent"),
        (422, "something must be put right"),
        (429, "you have enough in the queue; Retry-After says when to ask again"),
        (503, "the queue is full; Retry-After says when to ask again"),
    )
}


def _refused(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: REFUSED[status] for status in statuses}


@router.get("/campaigns")
def all_campaigns() -> list[CampaignLine]:
    """Every campaign that ships."""
    return [
        CampaignLine(
            name=name,
            title=one.campaign.title or name,
            summary=one.campaign.summary,
            periods=one.length,
        )
        for name in campaigns.library()
        for one in (campaigns.load(name),)
    ]


@router.get("/campaigns/{name}", responses=_refused(404, 422))
def one_campaign(name: Annotated[str, Path(max_length=100)]) -> dict[str, Any]:
    """A campaign in full: what its file says, with defaults filled in."""
    if name not in campaigns.library():
        raise HTTPException(404, "campaign: must be one that ships; found none of that name")
    found: dict[str, Any] = plain(campaigns.load(name).plain())
    return found


@router.post("/runs", status_code=202, responses=_refused(403, 413, 422, 429, 503))
def ask_run(wish: RunWish, seats: At, visitor: Visitor) -> Standing:
    """Ask for a run; the same wish again finds the same run."""
    work = Running(wish.wanted(seats.settings), seats.threads)
    return _standing(seats.ask(work, visitor), seats)


@router.post("/comparisons", status_code=202, responses=_refused(403, 413, 422, 429, 503))
def ask_comparison(wish: ComparisonWish, seats: At, visitor: Visitor) -> Standing:
    """Ask for a comparison on shared luck."""
    work = Comparing(*wish.wanted(seats.settings), seats.threads)
    work.designs()
    return _standing(seats.ask(work, visitor), seats)


@router.get("/runs/{key}", responses=_refused(404, 422))
def look(job: Asked, seats: At) -> Standing:
    """Where a job stands, and its result when it is done."""
    return _standing(job, seats)


@router.delete("/runs/{key}", responses=_refused(403, 404, 422))
def cancel(job: Asked, seats: At, visitor: Visitor) -> Standing:
    """Give a job up."""
    if not seats.jobs.cancel(job, visitor):
        raise HTTPException(403, NOT_YOURS)
    return _standing(job, seats)


def _standing(job: Job, seats: Seats) -> Standing:
    state = job.state
    return Standing(
        id=job.key,
        state=state,
        before=seats.jobs.before(job),
        so_far=job.work.so_far(job) if state is State.RUNNING else "",
        seconds=job.seconds,
        problems=job.problems,
        page=f"/runs/{job.key}",
        link=job.work.link,
        result=plain(job.work.plain(job)) if state is State.DONE else None,
    )
