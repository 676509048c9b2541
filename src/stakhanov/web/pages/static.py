"""Files that pages need: one style sheet, our script, htmx with its licence. Nothing comes from elsewhere."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

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
    return found | {"site.css": sheet()}


_FILES = _files()


@router.get("/static/{name}")
def static(name: str) -> Response:
    """One file."""
    if name not in _FILES:
        raise HTTPException(404)
    kind = KINDS[name.rpartition(".")[2]]
    return Response(_FILES[name], media_type=kind, headers={"cache-control": "max-age=3600"})


@router.get("/favicon.ico")
def icon() -> Response:
    """What browsers ask for by themselves on pages that name no icon."""
    return static("icon.svg")
