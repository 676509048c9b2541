"""Study guides over the JSON interface: classes, terms with their claims, what their runs found, search."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from stakhanov.guide.verify import judged
from stakhanov.web.api.library import Name
from stakhanov.web.api.standing import refused
from stakhanov.web.shelf import index, shelf, whole

router = APIRouter(prefix="/api/v1", tags=["guides"])

NO_CLASS = "class: must be one that ships; found none of that name"
NO_TERM = "term: must be one of the class; found none of that name"
MOST_FOUND = 50
Sought = Annotated[
    str, Query(max_length=200, description="Words that a term must hold, all of them.")
]


class ClassLine(BaseModel):
    """A class that ships."""

    id: str
    title: str
    years: list[int] | None
    tagline: str
    terms: int
    claims: int
    page: str


class Hit(BaseModel):
    """A term that holds what was looked for."""

    guide: str
    term: str
    title: str
    gist: str
    page: str


class Found(BaseModel):
    """Terms that hold every word, the best first."""

    query: str
    found: list[Hit]


@router.get("/guides")
def all_classes() -> list[ClassLine]:
    """Every class that ships."""
    library = shelf()
    return [
        ClassLine(
            id=one.id,
            title=one.about.title,
            years=list(one.about.years) if one.about.years else None,
            tagline=one.about.tagline,
            terms=len(one.pages),
            claims=sum(len(page.term.claims) for page in one.pages),
            page=f"/guides/{one.id}/index.html",
        )
        for one in library.each()
    ]


@router.get("/guides/{name}", responses=refused(404, 422))
def one_class(name: Name) -> dict[str, Any]:
    """A class in full: terms, claims with their evidence, questions; as `stakhanov guide export` gives it."""
    return _whole(name)


@router.get("/guides/{name}/terms/{term}", responses=refused(404, 422))
def one_term(name: Name, term: Name) -> dict[str, Any]:
    """One term of a class, by its name or an earlier one."""
    found = _whole(name)
    page = shelf().guides[name].page(term)
    if page is None:
        raise HTTPException(404, NO_TERM)
    return next(one for one in found["terms"] if one["id"] == page.term.id)


@router.get("/guides/{name}/claims", responses=refused(404, 422))
def verdicts(name: Name) -> dict[str, Any]:
    """Claims that rest on a run, and what the locked run found; as `stakhanov guide verify` tells them."""
    _whole(name)
    guide = shelf().guides[name]
    claims = judged(guide, guide.lock)
    return {
        "claims": [one.plain() for one in claims],
        "failed": sum(one.verdict == "fails" for one in claims),
        "not_run": sum(one.verdict == "not run" for one in claims),
    }


@router.get("/search", responses=refused(422))
def search(q: Sought) -> Found:
    """Terms that hold every word, the best first; at most fifty."""
    entries = index().look_up(q)[:MOST_FOUND]
    hits = [
        Hit(
            guide=one.guide.id,
            term=one.page.term.id,
            title=one.page.term.title,
            gist=one.page.term.gist,
            page=f"/guides/{one.address}",
        )
        for one in entries
    ]
    return Found(query=q, found=hits)


def _whole(name: str) -> dict[str, Any]:
    """A class in full. Raises HTTPException where none ships under that name."""
    library = shelf()
    if name not in library.asked:
        raise HTTPException(404, NO_CLASS)
    return whole(name)
