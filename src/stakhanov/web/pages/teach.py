"""A teacher's page: a group by code, what it misses claim by claim, mock tests to set and to print.

Its address holds a key that nobody can guess: whoever has the address is the teacher.
"""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from stakhanov.guide.practice.groups import shown
from stakhanov.guide.practice.misses import LEAST
from stakhanov.web.lesson_view import page_of
from stakhanov.web.papers import SEEDS, printed
from stakhanov.web.rendering import page
from stakhanov.web.shelf import shelf
from stakhanov.web.study import Studying, deck
from stakhanov.web.taught import made, overview, taught

router = APIRouter(include_in_schema=False)

#: Claims that the table shows before the rest is folded away.
FIRST = 12
Title = Annotated[str, Form(max_length=200)]


@router.get("/teach")
def teach() -> Response:
    """How a group is made."""
    classes = {name: shelf().guides[name].about.title for name in shelf().asked}
    return page("teach.html", classes=classes)


@router.post("/teach")
def make(
    request: Request,
    study: Studying,
    course: Annotated[str, Form(max_length=100)],
    title: Title = "",
) -> Response:
    """Make a group and go to its teacher's page."""
    _, key = made(study, course, title, request)
    return RedirectResponse(f"/teach/{key}", 303)


@router.get("/teach/{key}")
def group_page(key: str, request: Request, study: Studying) -> Response:
    """The group: its code, what it misses, its tests."""
    group = taught(study, key, request)
    seen = overview(study, group)
    return page(
        "teach_group.html",
        key=key,
        group=group,
        code=shown(group.code),
        link=str(request.url_for("join_with", code=group.code)),
        address=str(request.url),
        deck=seen.deck,
        learners=seen.learners,
        least=LEAST,
        misses=seen.misses,
        first=FIRST,
        tests=seen.tests,
        seed=secrets.randbelow(SEEDS),
        page_of=page_of,
    )


@router.post("/teach/{key}/tests")
def assign(
    key: str,
    *,
    request: Request,
    study: Studying,
    title: Title = "",
    seed: Annotated[int, Form(ge=0, lt=SEEDS)] = 1,
    minutes: Annotated[float, Form(ge=1.0, le=600.0, allow_inf_nan=False)] = 15.0,
) -> Response:
    """Set a mock test: the same draw for everybody."""
    group = taught(study, key, request)
    study.groups.assign(group, title, seed, minutes)
    return RedirectResponse(f"/teach/{key}#tests", 303)


@router.get("/teach/{key}/delete")
def ask_delete(key: str, request: Request, study: Studying) -> Response:
    """Ask whether the group is to be deleted."""
    group = taught(study, key, request)
    learners = len(study.groups.learners(group))
    return page("teach_delete.html", key=key, group=group, learners=learners)


@router.post("/teach/{key}/delete")
def delete(key: str, request: Request, study: Studying) -> Response:
    """Delete the group; what its learners answered stays theirs."""
    study.groups.dissolve(taught(study, key, request))
    return RedirectResponse("/teach", 303)


@router.get("/teach/{key}/tests/{test}/{name}.html")
def print_test(key: str, test: str, name: str, request: Request, study: Studying) -> Response:
    """The paper of a test, or its key: a page to print."""
    group = taught(study, key, request)
    found = next((one for one in study.groups.assigned(group) if one.id == test), None)
    if found is None:
        raise HTTPException(404)
    return HTMLResponse(printed(deck(group.guide), found.seed, found.minutes, name))
