"""Jobs as pages: each under its address, followed by server-sent events, cancelled, taken away as CSV."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import anyio
from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from stakhanov.engine.results import Run
from stakhanov.web.comparing import Compared
from stakhanov.web.jobs import Job, Jobs, State
from stakhanov.web.rendering import page, rendered
from stakhanov.web.seats import Asked, At, Visitor

router = APIRouter(include_in_schema=False)

#: Seconds between two looks at a job, at least.
PAUSE = 0.25
NOT_YOURS = "run: must be one that you asked for; found another's"


def part(job: Job, jobs: Jobs) -> str:
    """What a page shows of a job now. Takes time: charts are drawn."""
    state, told = job.standing
    moving = result = ""
    if state is State.DONE:
        result = job.once(state, lambda: job.work.result(job))
    elif state is State.RUNNING and told:
        moving = job.once((state, told), lambda: job.work.moving(job))
    return rendered(
        "job.html",
        job=job,
        state=state.value,
        over=state not in (State.WAITING, State.RUNNING),
        before=jobs.before(job),
        so_far=job.work.so_far(job) if state is State.RUNNING else "",
        moving=moving,
        result=result,
        csv=isinstance(job.result, (Run, Compared)),
    )


@router.get("/runs/{key}")
async def run(job: Asked, seats: At, again: bool = False) -> Response:
    """The page of one job, for as long as the site knows it.

    `again`: the page asks again by itself, for browsers that run no scripts.
    """
    over = job.over
    shown = await seats.drawn(lambda: part(job, seats.jobs))
    return page("run.html", job=job, part=shown, again=again and not over)


def unscripted(job: Job) -> str:
    """The page of a job for a browser without scripts."""
    return f"/runs/{job.key}?again=true"


@router.get("/runs/{key}/events", response_class=EventSourceResponse)
async def events(job: Asked, seats: At) -> AsyncIterator[ServerSentEvent]:
    """Every change of a job as it comes: the part of the page that shows it, whole.

    Whoever loses the connection and comes back gets the newest state, so nothing is missed.
    """
    seen = None
    while True:
        spent = 0.0
        if job.standing != seen:
            seen = job.standing
            began = time.perf_counter()
            html = await seats.drawn(lambda: part(job, seats.jobs))
            spent = time.perf_counter() - began
            over = job.over and job.standing == seen
            yield ServerSentEvent(event="part", data={"html": html, "over": over})
            if over:
                return
        await anyio.sleep(max(PAUSE, spent))


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
    """The series of a run, or the differences of a comparison."""
    match job.result:
        case Run() as run:
            text = run.series.write_csv()
        case Compared() as compared:
            text = compared.comparison.table.write_csv()
        case _:
            raise HTTPException(
                404, "run: must be done before its table is there; found it not done"
            )
    taken = {"content-disposition": f'attachment; filename="{job.key}.csv"'}
    return Response(text, media_type="text/csv", headers=taken)
