"""Runs and comparisons over the JSON interface: asked for, looked at, cancelled."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException

from stakhanov.web.api.standing import Standing, refused, standing
from stakhanov.web.api.wishes import ComparisonWish, RunWish
from stakhanov.web.comparing import Comparing
from stakhanov.web.pages.runs import NOT_YOURS
from stakhanov.web.running import Running
from stakhanov.web.seats import Asked, At, Visitor

router = APIRouter(prefix="/api/v1", tags=["laboratory"])


@router.post("/runs", status_code=202, responses=refused(400, 403, 413, 422, 429, 503))
def ask_run(wish: RunWish, seats: At, visitor: Visitor) -> Standing:
    """Ask for a run; the same wish again finds the same run."""
    work = Running(wish.wanted(seats.settings), seats.threads)
    return standing(seats.ask(work, visitor), seats)


@router.post("/comparisons", status_code=202, responses=refused(400, 403, 413, 422, 429, 503))
def ask_comparison(wish: ComparisonWish, seats: At, visitor: Visitor) -> Standing:
    """Ask for a comparison on shared luck."""
    work = Comparing(*wish.wanted(seats.settings), seats.threads, seats.outcomes)
    work.designs()
    return standing(seats.ask(work, visitor), seats)


@router.get("/runs/{key}", responses=refused(404, 422))
def look(job: Asked, seats: At) -> Standing:
    """Where a job stands, and its result when it is done."""
    return standing(job, seats)


@router.delete("/runs/{key}", responses=refused(403, 404, 422))
def cancel(job: Asked, seats: At, visitor: Visitor) -> Standing:
    """Give a job up."""
    if not seats.jobs.cancel(job, visitor):
        raise HTTPException(403, NOT_YOURS)
    return standing(job, seats)
