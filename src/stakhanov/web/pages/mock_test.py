"""Mock tests in the browser: drawn from the class's blueprint, kept at every answer, marked when handed in."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.guide.mock_tests.drawing import drawn
from stakhanov.guide.mock_tests.sitting import Attempt
from stakhanov.guide.practice.cards import Deck
from stakhanov.guide.practice.groups import Member
from stakhanov.guide.practice.reviews import Sitting, moment
from stakhanov.guide.practice.standing import learner_of, ranged
from stakhanov.web.lesson_steps import LONGEST
from stakhanov.web.papers import GONE, KINDS, SEEDS, assigned, begun, credits, handed_in, printed
from stakhanov.web.rendering import page
from stakhanov.web.sitting_view import SORTS, decisions, question, result
from stakhanov.web.study import Study, Studying, Who, deck, guide, welcomed

router = APIRouter(include_in_schema=False)

Set = Annotated[str, Form(max_length=40)]


@router.get("/test")
def tests() -> Response:
    """The classes whose tests can be sat."""
    return RedirectResponse("/learn")


@router.get("/test/{course}")
def mock_test(
    course: str,
    study: Studying,
    who: Who,
    q: Annotated[int, Query(ge=1, le=1000)] | None = None,
    set: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """The question that is open, what is left to decide, or how a test is begun."""
    guide(course)
    cards = deck(course)
    if who is not None:
        progress = study.progress(who)
        attempt = Attempt.unfinished(cards, progress)
        if attempt is not None and attempt.sitting.closed:
            return page("test_decide.html", course=course, deck=cards, items=decisions(attempt))
        if attempt is not None:
            return page(
                "test.html", course=course, deck=cards, longest=LONGEST, view=question(attempt, q)
            )
    return page("test_begin.html", **_beginning(study, who, cards, set))


@router.get("/test/{course}/print/{seed}/{name}.html")
def on_paper(course: str, seed: Annotated[int, Path(ge=0, lt=SEEDS)], name: str) -> Response:
    """A full test by its number on paper, or its key: a page to print."""
    guide(course)
    return HTMLResponse(printed(deck(course), seed, None, name))


@router.post("/test/{course}/begin")
def begin(
    course: str,
    *,
    request: Request,
    study: Studying,
    who: Who,
    kind: Annotated[str, Form(max_length=10)] = "full",
    set: Set = "",
) -> Response:
    """Draw a test and begin it, unless one was begun already."""
    guide(course)
    cards = deck(course)
    if kind not in KINDS:
        raise BadInput([Problem("kind", f"must be one of {', '.join(KINDS)}", kind)])
    given = assigned(study, who, course, set) if set else None
    answer = RedirectResponse(f"/test/{course}", 303)
    with study.alone(welcomed(study, who, answer, request)) as progress:
        if Attempt.unfinished(cards, progress) is None:
            begun(cards, progress, kind, given)
    return answer


@router.post("/test/{course}/answer")
def answer(
    course: str,
    *,
    study: Studying,
    who: Who,
    q: Annotated[int, Form(ge=1, le=1000)],
    test: Annotated[str, Form(max_length=100)],
    said: Annotated[str, Form(max_length=LONGEST)] = "",
    go: Annotated[str, Form(max_length=5)] = "next",
) -> Response:
    """Keep an answer and go on: to the next question or to one by its number; `flag` stays."""
    guide(course)
    there = f"/test/{course}"
    if who is None:
        return RedirectResponse(there, 303)
    with study.alone(who) as progress:
        attempt = Attempt.unfinished(deck(course), progress)
        if attempt is None or attempt.sitting.id != test or q > len(attempt.sitting.items):
            return RedirectResponse(there, 303)
        if said != attempt.sitting.items[q - 1].answer or not attempt.sitting.items[q - 1].seen:
            attempt.answer(q - 1, said)
        if go == "flag":
            attempt.flag(q - 1)
        last = len(attempt.sitting.items) + 1
    to = int(go) if go.isascii() and go.isdigit() else {"flag": q, "back": q - 1}.get(go, q + 1)
    return RedirectResponse(f"{there}?q={max(1, min(to, last))}", 303)


@router.post("/test/{course}/hand-in")
def hand_in(course: str, study: Studying, who: Who) -> Response:
    """Close the test; where the judge was not sure of something, the learner is asked first."""
    guide(course)
    if who is not None:
        with study.alone(who) as progress:
            attempt = Attempt.unfinished(deck(course), progress)
            if attempt is not None and not attempt.close():
                return _result(course, attempt.submit())
    return RedirectResponse(f"/test/{course}", 303)


@router.post("/test/{course}/decide")
def decide(
    course: str,
    study: Studying,
    who: Who,
    counts: Annotated[list[str], Form(max_length=1000)] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Hand in with what the learner says of answers of which the judge was not sure: `place:point`."""
    guide(course)
    if who is not None:
        with study.alone(who) as progress:
            attempt = Attempt.unfinished(deck(course), progress)
            if attempt is not None and attempt.sitting.closed:
                return _result(course, attempt.submit(credits(attempt, set(counts))))
    return RedirectResponse(f"/test/{course}", 303)


@router.get("/test/{course}/results/{name}")
def results(course: str, name: str, study: Studying, who: Who) -> Response:
    """A test that was handed in."""
    guide(course)
    if who is None:
        raise HTTPException(404, GONE)
    cards, progress = deck(course), study.progress(who)
    sitting = handed_in(progress, course, name)
    return page("test_result.html", course=course, deck=cards, **result(cards, progress, sitting))


def _result(course: str, sitting: Sitting) -> Response:
    return RedirectResponse(f"/test/{course}/results/{sitting.id}", 303)


def _beginning(study: Study, who: Member | None, cards: Deck, set: str) -> dict[str, Any]:
    given = assigned(study, who, cards.guide, set) if set else None
    minutes = given.minutes if given is not None else None
    paper = drawn(cards, 0, minutes)
    sorts = [item.sort for item in paper.items]
    past: list[Sitting] = []
    outlook = ranged("not enough data yet")
    if who is not None:
        learner = learner_of(cards, study.progress(who))
        past = [one for one in learner.sittings if one.submitted is not None]
        outlook = ranged(learner.outlook(moment()))
    return {
        "course": cards.guide,
        "deck": cards,
        "given": given,
        "paper": paper,
        "counts": {SORTS[sort]: count for sort, count in Counter(sorts).items()},
        "short": drawn(cards, 0, KINDS["short"][0]),
        "seed": secrets.randbelow(SEEDS),
        "outlook": outlook,
        "past": sorted(past, key=_when, reverse=True)[:10],
        "who": who,
        "group": study.group(who),
    }


def _when(sitting: Sitting) -> datetime:
    return sitting.submitted or sitting.started
