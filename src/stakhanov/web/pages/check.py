"""The data check: a CSV of reports in, findings with charts out, nothing kept of the table."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web.asked import unscripted
from stakhanov.web.checking import LARGEST, SAMPLES, Checked, Checking, checking, sample
from stakhanov.web.jobs import Job
from stakhanov.web.looking import looked
from stakhanov.web.manner import MAPPED, TITLES, Manner, manner_of
from stakhanov.web.parts import part
from stakhanov.web.rendering import page, rendered
from stakhanov.web.seats import Asked, At, Seats, Visitor
from stakhanov.web.settings import Settings

router = APIRouter(include_in_schema=False)

#: Columns of our names, all tests.
USUAL = Manner()


@router.get("/check")
def check_page() -> Response:
    """The form."""
    return _form()


@router.get("/check/{name}.csv")
def sample_file(name: str) -> Response:
    """A sample as a file."""
    if name not in SAMPLES:
        raise HTTPException(404)
    taken = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(sample(name), media_type="text/csv", headers=taken)


@router.post("/check", max_body_size=LARGEST)
async def check(request: Request, seats: At, visitor: Visitor) -> Response:
    """Ask for a check of a table or of a sample, or for a first look at it."""
    whole = request.headers.get("hx-request") != "true"
    async with seats.doors:
        found = await _received(request, seats)
    if not isinstance(found, Checking):
        return found
    job = seats.ask(found, visitor)
    if whole:
        return RedirectResponse(unscripted(job), 303)
    return HTMLResponse(await seats.drawn(lambda: part(job, seats.jobs)))


async def _received(request: Request, seats: Seats) -> Checking | Response:
    """The check of what was sent, or the page of a first look at it. The text itself is let go."""
    sent, settings = await _sent(request, seats.settings), seats.settings
    if not sent.look:
        return await seats.drawn(lambda: checking(sent.content, sent.name, sent.manner, settings))
    found = await seats.drawn(lambda: looked(sent.content, sent.name, sent.manner, settings))
    shown = rendered("look.html", look=found, name=sent.name)
    if request.headers.get("hx-request") == "true":
        return HTMLResponse(shown)
    return _form(shown, sent.manner)


@router.get("/runs/{key}/report.html")
def report(job: Asked) -> Response:
    """The report of a check as one page that needs nothing else."""
    return _taken(_checked(job).report, "text/html", "report.html")


@router.get("/runs/{key}/parameters.json")
def parameters(job: Asked) -> Response:
    """What a check was made with."""
    text = json.dumps(_checked(job).parameters, indent=1, ensure_ascii=False) + "\n"
    return _taken(text, "application/json", "parameters.json")


def _checked(job: Job) -> Checked:
    if not isinstance(job.result, Checked):
        raise HTTPException(404, "run: must be a check that is done; found another")
    return job.result


def _taken(text: str, kind: str, name: str) -> Response:
    taken = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=kind, headers=taken)


def _form(seen: str = "", manner: Manner = USUAL) -> Response:
    return page(
        "check.html",
        mapped=MAPPED,
        tests=TITLES,
        settings=Settings(),
        seen=seen,
        manner=manner,
        chosen=manner.tests or tuple(TITLES),
    )


@dataclass(frozen=True)
class Sent:
    """What a form brings: a table, what it is called, how it is to be read, and whether only to look."""

    content: bytes
    name: str
    manner: Manner = USUAL
    look: bool = False


async def _sent(request: Request, settings: Settings) -> Sent:
    """The table and the words of the form. Raises BadInput, HTTPException."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise BadInput([Problem("request", "must be a form with a file", "another kind")])
    parser = MultiPartParser(
        request.headers,
        request.stream(),
        max_files=1,
        max_fields=len(TITLES) + 12,
        max_part_size=settings.largest_table,
    )
    parser.spool_max_size = LARGEST  # never onto the disk
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise HTTPException(400, f"request: must be a form; found {error.message}") from None
    given = {key: text.strip() for key, text in form.items() if isinstance(text, str)}
    tests = [text for key, text in form.multi_items() if key == "test" and isinstance(text, str)]
    file = form.get("file")
    content, name = b"", ""
    if isinstance(file, UploadFile):
        content, name = await file.read(), file.filename or ""
    await form.close()
    chosen = given.get("sample", "")
    if chosen in SAMPLES:
        return Sent(sample(chosen), f"the {chosen} sample", look=given.get("look") == "yes")
    content = content or given.get("text", "").encode()
    called = name.replace("\\", "/").rpartition("/")[2][:100] or "the table"
    return Sent(content, called, manner_of(given, tests), given.get("look") == "yes")
