"""Jobs as pages: each under its address, followed by server-sent events, cancelled, taken away as CSV."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Any, Literal

import anyio
from fastapi import APIRouter, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from stakhanov.web.asked import unscripted
from stakhanov.web.jobs import Job, Jobs, State
from stakhanov.web.parts import Scheme, part, specs_of, table_of
from stakhanov.web.rendering import page
from stakhanov.web.running import Running
from stakhanov.web.seats import Asked, At, Visitor

router = APIRouter(include_in_schema=False)

#: Seconds between two looks at a job, and between two drawings of it, at least.
LOOK, PAUSE = 0.03, 0.25
NOT_YOURS = "run: must be one that you asked for; found another's"
Period = Annotated[int | None, Query(ge=1, le=100_000)]


@router.get("/runs/{key}")
async def run(job: Asked, seats: At, again: bool = False, period: Period = None) -> Response:
    """The page of one job, for as long as the site knows it.

    `again`: the page asks again by itself, for browsers that run no scripts. `period`: which one the picture
    of brigades shows.
    """
    over = job.over
    shown = await seats.drawn(lambda: part(job, seats.jobs, period=period))
    return page("run.html", job=job, part=shown, again=again and not over)


@router.get("/runs/{key}/events", response_class=EventSourceResponse)
async def events(
    job: Asked, seats: At, live: Literal["", "light", "dark"] = ""
) -> AsyncIterator[ServerSentEvent]:
    """Every change of a job as it comes: the part of the page that shows it, whole.

    `live`: the browser draws moving charts itself, in these colours; it gets their specifications, and charts
    of the whole before everything else of a result is drawn. Whoever loses the connection and comes back gets
    the newest state, so nothing is missed.
    """
    seen: Any = None
    early = bool(live)
    while True:
        if job.standing == seen:
            await anyio.sleep(LOOK)
            continue
        seen = job.standing
        began = time.perf_counter()
        first = early and job.state is State.DONE
        news = await seats.drawn(partial(_news, job, seats.jobs, live, early=first))
        over = job.over and job.standing == seen and not first
        yield ServerSentEvent(event="part", data={**news, "over": over})
        if over:
            return
        if first:
            early, seen = False, None
            continue
        await _rest(job, max(PAUSE, time.perf_counter() - began))


async def _rest(job: Job, seconds: float) -> None:
    """Leave time for others, but not beyond the job's end, and none before there is something to draw."""
    end = anyio.current_time() + seconds
    nothing = not job.told
    while anyio.current_time() < end and not job.over and bool(job.told) is not nothing:
        await anyio.sleep(LOOK)


def _news(job: Job, jobs: Jobs, live: Scheme, *, early: bool) -> dict[str, Any]:
    html = part(job, jobs, live=live, early=early)
    return {"html": html, "charts": specs_of(job, live)}


@router.get("/runs/{key}/brigades")
async def brigades(job: Asked, seats: At, period: Period = None) -> Response:
    """The picture of brigades in one period of a run."""
    work = job.work
    if not isinstance(work, Running) or not job.told:
        raise HTTPException(404, "run: must be one of the laboratory under way; found another")
    return HTMLResponse(await seats.drawn(lambda: work.picture(job, period)))


@router.post("/runs/{key}/cancel")
async def cancel(job: Asked, seats: At, visitor: Visitor, request: Request) -> Response:
    """Give a job up."""
    if not seats.jobs.cancel(job, visitor):
        raise HTTPException(403, NOT_YOURS)
    if request.headers.get("hx-request") != "true":
        return RedirectResponse(unscripted(job), 303)
    return HTMLResponse(await seats.drawn(lambda: part(job, seats.jobs)))


@router.get("/runs/{key}/table.csv")
def table(job: Asked) -> Response:
    """The series of a run, or the table of another answer."""
    found = table_of(job)
    if found is None:
        raise HTTPException(404, "run: must be done before its table is there; found it not done")
    taken = {"content-disposition": f'attachment; filename="{job.key}.csv"'}
    return Response(found.write_csv(), media_type="text/csv", headers=taken)
