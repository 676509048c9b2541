"""Study guides: the pages of the static build, with answers judged and ways to the other parts of the site."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from stakhanov.guide.experiments import Declared
from stakhanov.guide.guides import Guide
from stakhanov.guide.live import filled
from stakhanov.guide.pages import Page
from stakhanov.guide.render.served import Reading, Served, Way, answered, predicted
from stakhanov.guide.render.site import Make, makers, page_read
from stakhanov.web.rendering import LINKS
from stakhanov.web.seats import At
from stakhanov.web.shelf import shelf
from stakhanov.web.wanted import Wanted, of_arm

router = APIRouter(include_in_schema=False)

FIRST = "/guides/index.html"
KINDS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "toml": "application/toml",
    "apkg": "application/octet-stream",
    "xml": "application/xml",
    "gift": "text/plain",
    "json": "application/json",
}
#: Files that were made, by name.
_TEXTS: dict[str, str | bytes] = {}
#: Letters of one answer to a review question.
LONGEST = 4_000
NO_QUESTION = "question: must be one of the page; found none of that name"


@router.get("/guides")
@router.get("/guides/")
@router.get("/c")
def classes() -> Response:
    """The classes that ship."""
    return RedirectResponse(FIRST)


@router.get("/c/{course}")
@router.get("/c/{course}/{term}")
def short(course: str, term: str = "index") -> Response:
    """A class or a term by its short address."""
    name = f"{course}/{term}.html"
    if name not in _makers():
        raise HTTPException(404)
    return RedirectResponse(f"/guides/{name}")


@router.get("/guides/{name:path}")
async def guide(name: str, request: Request, seats: At) -> Response:
    """A file of the guides by its name; a name that is none of theirs is not looked for anywhere."""
    if name in _TEXTS and not request.query_params:  # nobody waits for what is there
        return Response(_TEXTS[name], media_type=KINDS[name.rpartition(".")[2]])
    known = await seats.drawn(_makers)
    if name not in known:
        raise HTTPException(404)
    found = _term(name)
    if found is not None:
        guesses = predicted(*found, dict(request.query_params))
        if guesses:
            return HTMLResponse(await seats.drawn(lambda: _read(found, Reading(guesses))))
    kind = KINDS[name.rpartition(".")[2]]
    return Response(await seats.drawn(lambda: _text(name)), media_type=kind)


@router.post("/guides/{name:path}")
async def judge(
    name: str,
    seats: At,
    question: Annotated[str, Form(max_length=200)],
    said: Annotated[str, Form(max_length=LONGEST)] = "",
) -> Response:
    """A term's page with an answer to one of its review questions judged; nothing of it is kept."""
    await seats.drawn(_makers)
    found = _term(name)
    asked = (
        next((one for one in found[1].term.questions if one.id == question), None)
        if found
        else None
    )
    if found is None or asked is None:
        raise HTTPException(404, NO_QUESTION)
    number = found[0].lock.number
    prompt, model = (" ".join(filled(one, number).split()) for one in (asked.prompt, asked.model))
    told = answered(asked, said, prompt, model)
    return HTMLResponse(await seats.drawn(lambda: _read(found, Reading(answered={question: told}))))


def served() -> Served:
    """The site around the guides."""
    return Served(tuple(Way(href, title) for href, title in LINKS), _ways)


def _ways(course: str, name: str) -> tuple[Way, ...]:
    """Where an experiment is run: its page if it ships, and its arms with their settings."""
    found = shelf().guides[course].experiments.get(name)
    if found is None:
        return ()
    asked = found.experiment
    wishes = ((title, _arm(found, arm)) for arm, title in asked.titles.items())
    arms = tuple(Way(one.link, title) for title, one in wishes if one is not None)
    return arms if found.own else (Way(f"/experiments/{name}", "Run it here", whole=True), *arms)


def _arm(found: Declared, name: str) -> Wanted | None:
    """An arm as a wish; none where a value of it is no number, truth or word, which alone go into a link."""
    asked = found.experiment
    if not found.own:
        return of_arm(asked, name)
    values = {**asked.set, **asked.differences[name]}
    if not all(isinstance(value, (bool, int, float, str)) for value in values.values()):
        return None
    seeds = asked.seeds_of
    sizes = (asked.workforce, asked.workers, asked.periods, seeds[0], len(seeds))
    return Wanted(asked.campaign, *sizes, values=values)


def _term(name: str) -> tuple[Guide, Page] | None:
    """The term whose page a name is."""
    course, _, file = name.partition("/")
    within = shelf().guides.get(course)
    page = within.page(file.removesuffix(".html")) if within and file.endswith(".html") else None
    return (within, page) if within is not None and page is not None else None


def _read(found: tuple[Guide, Page], reading: Reading) -> str:
    return page_read(shelf(), *found, served(), reading)


@cache
def _makers() -> dict[str, Make]:
    return makers(shelf(), served())


def _text(name: str) -> str | bytes:
    if name not in _TEXTS:
        _TEXTS[name] = _makers()[name]()
    return _TEXTS[name]
