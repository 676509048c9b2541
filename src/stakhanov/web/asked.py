"""How a page asks for a job: the form that was sent, the job's part of the page, and what is there already."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stakhanov.web.jobs import Job, Keyed, State
from stakhanov.web.parts import part
from stakhanov.web.seats import Seats


def unscripted(job: Job) -> str:
    """The page of a job for a browser without scripts."""
    return f"/runs/{job.key}?again=true"


async def sent(request: Request) -> dict[str, str]:
    """The fields of a form, the last of each name."""
    async with request.form(max_files=0, max_fields=400, max_part_size=10_000) as form:
        return {name: text for name, text in form.items() if isinstance(text, str)}


async def asked(work: Keyed, seats: Seats, visitor: str, request: Request) -> Response:
    """The job's part of the page, or the way to its page for a browser without scripts."""
    job = seats.ask(work, visitor)
    if request.headers.get("hx-request") != "true":
        return RedirectResponse(unscripted(job), 303)
    answer = await seats.drawn(lambda: part(job, seats.jobs))
    return Response(answer, media_type="text/html", headers={"hx-push-url": work.link})


async def answered(work: Keyed, seats: Seats) -> str:
    """The job's part of the page where the answer is there; else nothing."""
    job = seats.jobs.find(work.key)
    if job is None or job.state is not State.DONE:
        return ""
    return await seats.drawn(lambda: part(job, seats.jobs))
