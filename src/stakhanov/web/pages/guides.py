"""Study guides: the pages of the static build, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from stakhanov.guide.render.site import makers
from stakhanov.web.seats import At
from stakhanov.web.shelf import shelf

router = APIRouter(include_in_schema=False)

FIRST = "/guides/index.html"
KINDS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "toml": "application/toml",
}


@router.get("/guides")
@router.get("/guides/")
def classes() -> Response:
    """The classes that ship."""
    return RedirectResponse(FIRST)


@router.get("/guides/{name:path}")
async def guide(name: str, seats: At) -> Response:
    """A file of the guides by its name; a name that is none of theirs is not looked for anywhere."""
    known = await seats.drawn(_makers)
    if name not in known:
        raise HTTPException(404)
    kind = KINDS[name.rpartition(".")[2]]
    return Response(await seats.drawn(lambda: _text(name)), media_type=kind)


@cache
def _makers() -> dict[str, Callable[[], str]]:
    return makers(shelf())


@cache
def _text(name: str) -> str:
    return _makers()[name]()
