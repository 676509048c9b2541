"""Learn sessions in the browser: the same cards, the same judge and the same progress as in the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.guide.practice.cards import Deck
from stakhanov.guide.practice.groups import Member
from stakhanov.guide.practice.lessons import Held
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import ExamDay, moment
from stakhanov.guide.practice.session import USUAL
from stakhanov.guide.practice.standing import learner_of, standing, told
from stakhanov.web.lesson_steps import (
    LONGEST,
    MOST_MINUTES,
    SHORTEST,
    Take,
    answering,
    day_of,
    grading,
    known_terms,
    postponing,
    undoing,
)
from stakhanov.web.lesson_view import GRADES, View, page_of, view
from stakhanov.web.rendering import page, rendered
from stakhanov.web.shelf import shelf
from stakhanov.web.study import Study, Studying, Who, deck, guide, welcomed

router = APIRouter(include_in_schema=False)

#: What the forms of a session say of the look that they were made for.
Step = Annotated[int, Form(ge=0, le=1_000_000)]
CardName = Annotated[str, Form(max_length=400)]
Minutes = Annotated[float, Form(ge=SHORTEST, le=MOST_MINUTES, allow_inf_nan=False)]
Term = Annotated[str, Form(max_length=200)]


@dataclass(frozen=True)
class Look:
    """A class before a learner: where a page of it stands."""

    course: str
    deck: Deck
    progress: Progress

    @property
    def place(self) -> str:
        """The page of the class."""
        return f"/learn/{self.course}"


@router.get("/learn")
def classes(study: Studying, who: Who) -> Response:
    """The classes that can be learned, and how far one is with each."""
    rows = [_row(study, who, name) for name in shelf().asked]
    return page("learn.html", rows=rows, who=who, group=study.group(who), many=study.settings.many)


@router.get("/learn/{course}")
def learn(
    course: str,
    study: Studying,
    who: Who,
    term: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The card that is asked now, or how one stands and what to do today."""
    guide(course)
    cards = deck(course)
    if who is None:
        return page("learn_class.html", **_stand(study, None, cards, None, term))
    look = Look(course, cards, study.progress(who))
    held = Held.going_on(cards, look.progress)
    if held is not None:
        return page("lesson_page.html", **_shown(view(held), look))
    return page("learn_class.html", **_stand(study, who, cards, look.progress, term))


@router.post("/learn/{course}/begin")
def begin(
    course: str,
    *,
    request: Request,
    study: Studying,
    who: Who,
    minutes: Minutes = USUAL,
    term: Term = "",
) -> Response:
    """Begin a session; a learner whom the site does not know yet gets a key."""
    guide(course)
    cards = deck(course)
    known_terms(cards, (term,) if term else ())
    answer = RedirectResponse(f"/learn/{course}", 303)
    with study.alone(welcomed(study, who, answer, request)) as progress:
        Held.begun(cards, progress, minutes, (term,) if term else ())
    return answer


@router.post("/learn/{course}/exam")
def exam(
    course: str,
    *,
    request: Request,
    study: Studying,
    who: Who,
    on: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Keep when the class is examined; an empty date forgets it. Whom the site does not know gets a key."""
    guide(course)
    day = day_of(on)
    answer = RedirectResponse(f"/learn/{course}", 303)
    if who is not None or day is not None:
        with study.alone(welcomed(study, who, answer, request)) as progress:
            progress.add(ExamDay(guide=course, on=day))
    return answer


@router.post("/learn/{course}/answer")
def answer(
    course: str,
    *,
    request: Request,
    study: Studying,
    who: Who,
    step: Step,
    card: CardName,
    said: Annotated[str, Form(max_length=LONGEST)] = "",
) -> Response:
    """Take an answer and tell what is right."""
    return _changed(course, request, study, who, (step, answering(card, said)))


@router.post("/learn/{course}/grade")
def grade(
    course: str,
    *,
    request: Request,
    study: Studying,
    who: Who,
    step: Step,
    card: CardName,
    grade: Annotated[str, Form(max_length=1)],
    point: Annotated[list[str], Form(max_length=100)] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Keep how it went, and which key points count as the learner sees it."""
    if grade not in GRADES:
        raise BadInput([Problem("grade", "must be 1, 2 or 3", grade)])
    take = grading(card, GRADES[grade][0], point)
    return _changed(course, request, study, who, (step, take))


@router.post("/learn/{course}/undo")
def undo(course: str, request: Request, study: Studying, who: Who, step: Step) -> Response:
    """Take the last answer back."""
    return _changed(course, request, study, who, (step, undoing))


@router.post("/learn/{course}/later")
def later(course: str, request: Request, study: Studying, who: Who, step: Step) -> Response:
    """Ask a card no more today."""
    return _changed(course, request, study, who, (step, postponing))


@router.post("/learn/{course}/end")
def end(course: str, study: Studying, who: Who) -> Response:
    """End the session; one that was ended before its time says what it moved."""
    guide(course)
    there = f"/learn/{course}"
    if who is not None:
        with study.alone(who) as progress:
            held = Held.going_on(deck(course), progress)
            if held is not None:
                early = held.asks is not None and bool(held.session.done)
                held.end()
                there += "/over" if early else ""
    return RedirectResponse(there, 303)


@router.get("/learn/{course}/over")
def over(course: str, study: Studying, who: Who) -> Response:
    """What the last session moved; without one, how one stands."""
    guide(course)
    if who is not None:
        look = Look(course, deck(course), study.progress(who))
        held = Held.last(look.deck, look.progress)
        if held is not None and held.lesson.over and held.session.done:
            return page("lesson_page.html", **_shown(view(held), look))
    return RedirectResponse(f"/learn/{course}", 303)


def _changed(
    course: str,
    request: Request,
    study: Study,
    who: Member | None,
    wish: tuple[int, Take],
) -> Response:
    """What a session shows after a wish; one made at a look that was overtaken changes nothing."""
    guide(course)
    step, take = wish
    if who is not None:
        with study.alone(who) as progress:
            look = Look(course, deck(course), progress)
            held = Held.going_on(look.deck, progress)
            if held is not None:
                said = (
                    take(held)
                    if held.step == step
                    else "This page was out of date; here is the card."
                )
                if request.headers.get("hx-request") == "true":
                    shown = rendered("lesson.html", **_shown(view(held), look, said))
                    return HTMLResponse(shown)
    there = f"/learn/{course}"
    if request.headers.get("hx-request") == "true":  # the whole page: no session goes on
        return Response(status_code=204, headers={"hx-redirect": there})
    return RedirectResponse(there, 303)


def _shown(view: View, look: Look, notice: str = "") -> dict[str, Any]:
    return {
        "view": view,
        "look": look,
        "notice": notice,
        "grades": GRADES,
        "longest": LONGEST,
        "page_of": page_of,
    }


def _row(study: Study, who: Member | None, name: str) -> dict[str, Any]:
    cards = deck(name)
    learner = learner_of(cards, study.progress(who)) if who is not None else None
    begun = len(learner.reviews) if learner is not None else 0
    day = learner.exam.on if learner is not None and learner.exam is not None else None
    about = shelf().guides[name].about
    return {"id": name, "about": about, "cards": len(cards.cards), "begun": begun, "exam": day}


def _stand(
    study: Study, who: Member | None, cards: Deck, progress: Progress | None, term: str
) -> dict[str, Any]:
    """How a learner stands before a class, and what a session today would be."""
    titles = {card.term: card.title for card in cards.cards}
    found: dict[str, Any] = {
        "course": cards.guide,
        "title": cards.title,
        "cards": len(cards.cards),
        "term": term if term in titles else "",
        "term_title": titles.get(term, ""),
        "who": who,
        "group": study.group(who),
        "assigned": [],
        "lines": [],
        "stand": None,
        "minutes": int(USUAL),
        "today": date.today().isoformat(),
    }
    if progress is None or who is None:
        return found
    learner, now = learner_of(cards, progress), moment()
    stand = standing(learner, now)
    planned = stand["plan"]["minutes_a_day"] if stand["plan"] else 0
    group = found["group"]
    return found | {
        "lines": told(learner, now, "the date below"),
        "stand": stand,
        "minutes": planned or int(USUAL),
        "assigned": study.groups.assigned(group) if group and group.guide == cards.guide else [],
    }
