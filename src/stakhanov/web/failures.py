"""What a visitor is told when something cannot be done: a sentence, never a traceback."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.guide.practice.database import Unkept, Unusable
from stakhanov.web.rendering import page

MISSING = "address: must be that of a page here; found none of that name"
LARGE = "request: must be smaller; found more than may be sent here"
NOT_NOW = "Progress cannot be kept now"
KEPT = "What you answered before is kept; go back and try again"
UNUSABLE = (
    "progress: must be a database that can be read; found one that is not; whoever runs the site "
    "is told more by stakhanov guide practise"
)
TITLES = {
    400: "This cannot be read",
    404: "There is nothing here",
    405: "This cannot be done here",
    408: "Too slow",
    409: "Overtaken",
    413: "Too large",
    415: "Not a kind that is read here",
    422: "Something must be put right",
    429: "One thing after the other",
    500: "A fault of this site",
    503: "All seats are taken",
}


def told(
    request: Request,
    status: int,
    sentences: Sequence[str],
    headers: Mapping[str, str] | None = None,
    *,
    title: str = "",
) -> Response:
    """Sentences as a page, or as JSON where JSON was asked for."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"problems": list(sentences)}, status, dict(headers or {}))
    title = title or TITLES.get(status, "This cannot be done")
    whole = request.headers.get("hx-request") != "true"
    template = "problem.html" if whole else "problems.html"
    answer = page(template, status, title=title, problems=sentences)
    answer.headers.update(headers or {})
    return answer


async def bad_input(request: Request, error: Exception) -> Response:
    """Everything that is wrong with what was sent."""
    assert isinstance(error, BadInput)
    return told(request, 422, [str(one) for one in error.problems])


async def misread(request: Request, error: Exception) -> Response:
    """What does not have the form that was asked for."""
    assert isinstance(error, RequestValidationError)
    problems = [
        Problem(".".join(map(str, one["loc"][1:])) or "body", _must(one["msg"]), _found(one))
        for one in error.errors()
    ]
    return told(request, 422, [str(one) for one in problems])


async def refused(request: Request, error: Exception) -> Response:
    """What the router or a page refuses."""
    assert isinstance(error, HTTPException)
    sentence = str(error.detail)
    if error.status_code == 404 and sentence == "Not Found":
        sentence = MISSING
    if error.status_code == 405:
        sentence = f"method: must be one that this address knows; found {request.method}"
    if error.status_code == 413:
        sentence = LARGE
    return told(request, error.status_code, [sentence], dict(error.headers or {}))


async def unkept(request: Request, error: Exception) -> Response:
    """Progress that cannot be read or written now; where it lies is nobody's business but the site's."""
    assert isinstance(error, Unkept)
    said = str(error.strerror or "the machine failed").lower()
    sentence = f"progress: must be free to read and to write; found that {said}. {KEPT}"
    return told(request, 503, [sentence], {"retry-after": "10"}, title=NOT_NOW)


async def unusable(request: Request, error: Exception) -> Response:
    """Progress that is none, or damaged: for whoever runs the site to mend."""
    del error
    return told(request, 503, [UNUSABLE], {"retry-after": "600"}, title=NOT_NOW)


async def fault(request: Request, error: Exception) -> Response:
    """A fault of ours; what it was is told to whoever runs the site, not to who asked."""
    del error
    sentence = "site: must not fail; found a fault of stakhanov, not of yours"
    return told(request, 500, [sentence])


Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]
HANDLERS: dict[int | type[Exception], Handler] = {
    BadInput: bad_input,
    Unkept: unkept,
    Unusable: unusable,
    RequestValidationError: misread,
    HTTPException: refused,
    Exception: fault,
}


def _must(message: str) -> str:
    return f"must fit: {message[:1].lower()}{message[1:]}"


def _found(one: dict[str, object]) -> str:
    return repr(one.get("input"))[:80]
