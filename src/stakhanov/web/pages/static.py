"""Files that pages need: style sheets, our scripts, htmx and Vega with their licences: all from here."""

from __future__ import annotations

import gzip

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from stakhanov.guide.export.paper import STYLE
from stakhanov.guide.render.site import STATIC as GUIDES
from stakhanov.web.rendering import STATIC, sheet

router = APIRouter(include_in_schema=False)

KINDS = {"js": "text/javascript", "css": "text/css", "txt": "text/plain", "svg": "image/svg+xml"}


def _files() -> dict[str, str]:
    """All of them by name, read once: what is asked for never becomes a path."""
    found = {
        file.name: file.read_text(encoding="utf-8")
        for file in STATIC.iterdir()
        if file.suffix.removeprefix(".") in KINDS
    }
    theme = (GUIDES / "theme.js").read_text(encoding="utf-8")  # one switch for all pages
    return found | {"site.css": sheet(), "paper.css": STYLE, "theme.js": theme}


_FILES = _files()
#: The same, packed for browsers that unpack; packed once.
_PACKED = {name: gzip.compress(text.encode(), 9, mtime=0) for name, text in _FILES.items()}


@router.get("/static/{name}")
def static(name: str, request: Request) -> Response:
    """One file."""
    if name not in _FILES:
        raise HTTPException(404)
    headers = {"cache-control": "max-age=3600", "vary": "accept-encoding"}
    kind = KINDS[name.rpartition(".")[2]]
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            _PACKED[name], media_type=kind, headers={**headers, "content-encoding": "gzip"}
        )
    return Response(_FILES[name], media_type=kind, headers=headers)


@router.get("/favicon.ico")
def icon(request: Request) -> Response:
    """What browsers ask for by themselves on pages that name no icon."""
    return static("icon.svg", request)
