"""Joining a group: a code that a teacher reads out, a name that one makes up, a key in this browser."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stakhanov.foundation.problem import BadInput
from stakhanov.guide.practice.database import Unusable
from stakhanov.guide.practice.groups import shown
from stakhanov.web.rendering import page
from stakhanov.web.study import COOKIE, NO_LEARNER, Studying, Who, remember
from stakhanov.web.taught import coded

router = APIRouter(include_in_schema=False)

#: What the form itself says, for it can be put right there.
SAID_IN_FORM = (404, 422)
EMPTY: dict[str, Any] = {"name": "", "problems": []}

Key = Annotated[str, Form(max_length=100)]


@router.get("/join")
def join_page(request: Request, study: Studying, who: Who) -> Response:
    """The form, and the link that takes a learner along to another device."""
    key = request.cookies.get(COOKIE, "")
    mine = (
        str(request.url_for("as_page", key=key))
        if who is not None and key and who.learner != "me"
        else ""
    )
    return page("join.html", code="", group=None, who=who, own=study.group(who), mine=mine, **EMPTY)


@router.get("/join/delete")
def ask_delete(study: Studying, who: Who) -> Response:
    """Ask whether what is kept of a learner is to be deleted."""
    if who is None:
        raise HTTPException(404, NO_LEARNER)
    return page("join_delete.html", who=who, group=study.group(who))


@router.post("/join/delete")
def delete(study: Studying, who: Who) -> Response:
    """Delete what is kept of a learner."""
    if who is None:
        raise HTTPException(404, NO_LEARNER)
    study.forget(who)
    answer = RedirectResponse("/learn", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/join/{code}")
def join_with(code: str, request: Request, study: Studying, who: Who) -> Response:
    """The form with a code in it, as the teacher's link has it."""
    group = coded(study, code, request)
    return page(
        "join.html", code=shown(group.code), group=group, who=who, own=None, mine="", **EMPTY
    )


@router.post("/join")
def join(
    request: Request,
    study: Studying,
    code: Annotated[str, Form(max_length=40)] = "",
    name: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Join a group as a new learner; where that cannot be, the form says why and keeps what was written."""
    group = None
    try:
        group = coded(study, code, request)
        key = study.enrol(group, name, request)
    except (HTTPException, BadInput) as error:
        status, said = (
            (422, [str(one) for one in error.problems])
            if isinstance(error, BadInput)
            else (error.status_code, [str(error.detail)])
        )
        if status not in SAID_IN_FORM or isinstance(error, Unusable):
            raise
        form = {"code": code, "name": name, "group": group, "problems": said}
        return page("join.html", status, who=None, own=None, mine="", **form)
    answer = RedirectResponse(f"/learn/{group.guide}", 303)
    remember(answer, key, request)
    return answer


@router.get("/join/as/{key}", name="as_page")
def as_page(key: str, request: Request, study: Studying) -> Response:
    """Ask whether to go on as a learner on this device."""
    member = study.groups.member(key)
    if member is None:
        study.ration("guess", request)
        raise HTTPException(404, NO_LEARNER)
    return page("join_as.html", key=key, member=member, group=study.group(member))


@router.post("/join/as")
def go_on_as(key: Key, request: Request, study: Studying) -> Response:
    """Go on as a learner on this device."""
    if study.groups.member(key) is None:
        study.ration("guess", request)
        raise HTTPException(404, NO_LEARNER)
    answer = RedirectResponse("/learn", 303)
    remember(answer, key, request)
    return answer


@router.post("/join/leave")
def leave() -> Response:
    """Forget the learner in this browser; what was learned stays."""
    answer = RedirectResponse("/learn", 303)
    answer.delete_cookie(COOKIE)
    return answer
