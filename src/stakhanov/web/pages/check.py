"""The data check: a CSV of reports in, findings with charts out, nothing kept of the table."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web.asked import unscripted
from stakhanov.web.checking import LARGEST, MAPPED, SAMPLES, checking, sample
from stakhanov.web.parts import part
from stakhanov.web.rendering import page
from stakhanov.web.seats import At, Visitor
from stakhanov.web.settings import Settings

router = APIRouter(include_in_schema=False)


@router.get("/check")
def check_page() -> Response:
    """The form."""
    return page("check.html", mapped=MAPPED, settings=Settings())


@router.get("/check/{name}.csv")
def sample_file(name: str) -> Response:
    """A sample as a file."""
    if name not in SAMPLES:
        raise HTTPException(404)
    taken = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(sample(name), media_type="text/csv", headers=taken)


@router.post("/check", max_body_size=LARGEST)
async def check(request: Request, seats: At, visitor: Visitor) -> Response:
    """Ask for a check of a table, or of a sample."""
    given, content, name = await _sent(request, seats.settings)
    columns = {column: given[column] for column in MAPPED if given.get(column)}
    apart, settings = given.get("apart") == "yes", seats.settings
    work = await seats.drawn(lambda: checking(content, name, columns, settings, apart=apart))
    job = seats.ask(work, visitor)
    if request.headers.get("hx-request") != "true":
        return RedirectResponse(unscripted(job), 303)
    shown = await seats.drawn(lambda: part(job, seats.jobs))
    return Response(shown, media_type="text/html")


async def _sent(request: Request, settings: Settings) -> tuple[dict[str, str], bytes, str]:
    """The words of the form, the table, and what it is called. Raises BadInput, HTTPException."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise BadInput([Problem("request", "must be a form with a file", "another kind")])
    parser = MultiPartParser(
        request.headers,
        request.stream(),
        max_files=1,
        max_fields=12,
        max_part_size=settings.largest_table,
    )
    parser.spool_max_size = LARGEST  # never onto the disk
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise HTTPException(400, f"request: must be a form; found {error.message}") from None
    given = {key: text.strip() for key, text in form.items() if isinstance(text, str)}
    file = form.get("file")
    content, name = b"", ""
    if isinstance(file, UploadFile):
        content, name = await file.read(), file.filename or ""
    await form.close()
    chosen = given.get("sample", "")
    if chosen in SAMPLES:
        return {}, sample(chosen), f"the {chosen} sample"
    content = content or given.get("text", "").encode()
    return given, content, name.replace("\\", "/").rpartition("/")[2][:100] or "the table"
