"""Learn sessions over the JSON interface: how one stands, the card that is asked, its answer and its grade."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request

from stakhanov.foundation.plain import plain
from stakhanov.guide.practice.groups import Member
from stakhanov.guide.practice.learner import Learner
from stakhanov.guide.practice.lessons import Held
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.moved import kept, moved, now_of, tried
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import ExamDay, moment
from stakhanov.guide.practice.session import USUAL
from stakhanov.guide.practice.standing import learner_of, standing
from stakhanov.web.api.library import Name
from stakhanov.web.api.sheets import Sheet, Telling, sheet_of, telling_of
from stakhanov.web.api.standing import refused
from stakhanov.web.lesson_steps import (
    LONGEST,
    MOST_MINUTES,
    SHORTEST,
    Take,
    answering,
    asked_card,
    day_of,
    grading,
    known_terms,
    postponing,
    undoing,
)
from stakhanov.web.lesson_view import View, view
from stakhanov.web.study import Study, Studying, Who, deck, guide, welcomed

router = APIRouter(prefix="/api/v1/learn", tags=["learning"])

NO_SESSION = "session: must be begun; found none that goes on"
OVERTAKEN = "step: must be that of the card that is asked now; found another"
OTHER_CARD = "card: must be the one that is asked now; found another"
NO_ANSWER = "answer: must be given before its grade; found none"
GRADES = {"missed": Grade.MISSED, "got": Grade.GOT, "easy": Grade.EASY}
CHANGED = refused(400, 403, 404, 409, 413, 422, 503)
STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Change(BaseModel):
    """What changed of a card since it was learned."""

    said: str
    now: str
    why: str
    on: str | None


class Lesson(BaseModel):
    """A session as it stands. `told` is there once the answer was given; without `asked` it is over."""

    course: Annotated[str, Field(serialization_alias="class")]
    stage: Literal["asking", "telling", "over"]
    step: Annotated[int, Field(description="Sent back with every wish, so that none counts twice.")]
    minutes: float
    minutes_left: int
    answers: int
    got: int
    left_today: int
    notice: str
    asked: Sheet | None
    change: Change | None
    told: Telling | None
    page: str


class BeginWish(BaseModel):
    """How long to learn, and of which terms; all of them unless told."""

    model_config = STRICT

    minutes: Annotated[float, Field(ge=SHORTEST, le=MOST_MINUTES)] = USUAL
    terms: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=100)
    ] = []


class StepWish(BaseModel):
    """At which step of the session something is wished."""

    model_config = STRICT

    step: Annotated[int, Field(ge=0, le=1_000_000)]


class CardWish(StepWish):
    """For which card."""

    card: Annotated[str, Field(max_length=400)]


class AnswerWish(CardWish):
    """An answer; an empty one shows what is right."""

    said: Annotated[str, Field(max_length=LONGEST)] = ""


class GradeWish(CardWish):
    """How it went; `points` are the key points that count, else the judge's word stands."""

    grade: Literal["missed", "got", "easy"]
    points: Annotated[list[Annotated[str, Field(max_length=100)]] | None, Field(max_length=100)] = (
        None
    )


class ExamWish(BaseModel):
    """When the class is examined; null forgets it."""

    model_config = STRICT

    on: Annotated[str | None, Field(max_length=20, json_schema_extra={"examples": ["2026-12-31"]})]


@router.get("/{course}", responses=refused(404, 422, 503))
def stand(course: Name, study: Studying, who: Who) -> dict[str, Any]:
    """How one stands before a class, and today's plan; as `stakhanov guide practise --plan` tells it."""
    guide(course)
    return _standing(course, study.progress(who) if who is not None else None)


@router.put("/{course}/exam", responses=refused(400, 403, 404, 413, 422, 429, 503))
def exam(
    course: Name, *, wish: ExamWish, study: Studying, who: Who, request: Request, response: Response
) -> dict[str, Any]:
    """Keep when the class is examined."""
    guide(course)
    day = day_of(wish.on or "")
    with study.alone(welcomed(study, who, response, request)) as progress:
        progress.add(ExamDay(guide=course, on=day))
        return _standing(course, progress)


@router.post(
    "/{course}/session", status_code=201, responses=refused(400, 403, 404, 413, 422, 429, 503)
)
def begin(
    course: Name,
    *,
    wish: BeginWish,
    study: Studying,
    who: Who,
    request: Request,
    response: Response,
) -> Lesson:
    """Begin a session; the one before it is over. Whom the site does not know yet gets a key in a cookie."""
    guide(course)
    cards = deck(course)
    known_terms(cards, wish.terms)
    with study.alone(welcomed(study, who, response, request)) as progress:
        return _lesson(Held.begun(cards, progress, wish.minutes, tuple(wish.terms)))


@router.get("/{course}/session", responses=refused(404, 422, 503))
def look(course: Name, study: Studying, who: Who) -> Lesson:
    """The card that is asked now, or what is told of its answer."""
    guide(course)
    return _lesson(_going_on(course, study.progress(_known(who))))


@router.delete("/{course}/session", responses=refused(403, 404, 422, 503))
def end(course: Name, study: Studying, who: Who) -> dict[str, Any]:
    """End the session; gives what `stakhanov guide practise` ends with."""
    guide(course)
    with study.alone(_known(who)) as progress:
        held = _going_on(course, progress)
        held.end()
        return {**_standing(course, progress), **held.session.summed(), "moved": _moved(held)}


@router.post("/{course}/session/answer", responses=CHANGED)
def answer(course: Name, wish: AnswerWish, study: Studying, who: Who) -> Lesson:
    """Answer the card; gives what is right, and what the judge says."""
    return _changed(course, study, who, wish, answering(wish.card, wish.said))


@router.post("/{course}/session/grade", responses=CHANGED)
def grade(course: Name, wish: GradeWish, study: Studying, who: Who) -> Lesson:
    """Keep how it went; gives the next card."""
    take = grading(wish.card, GRADES[wish.grade], wish.points)
    return _changed(course, study, who, wish, take)


@router.post("/{course}/session/undo", responses=CHANGED)
def undo(course: Name, wish: StepWish, study: Studying, who: Who) -> Lesson:
    """Take the last answer back; its card is asked again."""
    return _changed(course, study, who, wish, undoing)


@router.post("/{course}/session/later", responses=CHANGED)
def later(course: Name, wish: StepWish, study: Studying, who: Who) -> Lesson:
    """Ask the card no more today."""
    return _changed(course, study, who, wish, postponing)


def _changed(course: str, study: Study, who: Member | None, wish: StepWish, take: Take) -> Lesson:
    """The session after a wish. Raises HTTPException where it was made for something else than is asked."""
    guide(course)
    with study.alone(_known(who)) as progress:
        held = _going_on(course, progress)
        if held.step != wish.step:
            raise HTTPException(409, OVERTAKEN)
        if isinstance(wish, CardWish) and asked_card(held) != wish.card:
            raise HTTPException(409, OTHER_CARD)
        if isinstance(wish, GradeWish) and held.judgement is None:
            raise HTTPException(409, NO_ANSWER)
        return _lesson(held, take(held))


def _moved(held: Held) -> dict[str, Any] | None:
    session = held.session
    if not session.done:
        return None
    found = moved(session, now_of(session.learner, held.progress), held.clock())
    return kept(found, tried(guide(held.lesson.guide), session))


def _known(who: Member | None) -> Member:
    if who is None:
        raise HTTPException(404, NO_SESSION)
    return who


def _going_on(course: str, progress: Progress) -> Held:
    held = Held.going_on(deck(course), progress)
    if held is None:
        raise HTTPException(404, NO_SESSION)
    return held


def _standing(course: str, progress: Progress | None) -> dict[str, Any]:
    cards = deck(course)
    learner = learner_of(cards, progress) if progress is not None else Learner.of(cards, ())
    return {"class": cards.guide, **standing(learner, moment())}


def _lesson(held: Held, notice: str = "") -> Lesson:
    shown = view(held)
    sums = held.session.summed()
    return Lesson(
        course=held.lesson.guide,
        stage=shown.stage,
        step=held.step,
        minutes=held.lesson.minutes,
        minutes_left=shown.minutes_left,
        answers=sums["answers"],
        got=sums["got"],
        left_today=sums["left_today"],
        notice=notice,
        asked=sheet_of(shown.asked) if shown.asked is not None else None,
        change=_change(shown),
        told=telling_of(shown.asked, shown.told)
        if shown.asked is not None and shown.told is not None
        else None,
        page=f"/learn/{held.lesson.guide}",
    )


def _change(shown: View) -> Change | None:
    return Change(**plain(vars(shown.change))) if shown.change is not None else None
