"""Groups over the JSON interface: made, joined by a code, what they miss; how one and a learner are deleted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request

from stakhanov.guide.practice.cards import Card
from stakhanov.guide.practice.groups import Assignment, Group, Member, shown
from stakhanov.guide.practice.misses import LEAST, Miss, Sat
from stakhanov.web.api.library import Name
from stakhanov.web.api.standing import refused
from stakhanov.web.lesson_view import page_of
from stakhanov.web.papers import SEEDS
from stakhanov.web.study import COOKIE, NO_LEARNER, Study, Studying, Who, remember
from stakhanov.web.taught import coded, made, overview, taught

router = APIRouter(prefix="/api/v1", tags=["groups"])

STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
MADE = refused(400, 403, 404, 413, 422, 429, 503)
Title = Annotated[str, Field(max_length=200)]


class GroupWish(BaseModel):
    """A class and what the group is called."""

    model_config = STRICT

    course: Annotated[str, Field(max_length=100, description="A class that ships.")]
    title: Title


class TestWish(BaseModel):
    """A mock test: the same seed draws the same for everybody."""

    model_config = STRICT

    title: Title
    seed: Annotated[int, Field(ge=0, lt=SEEDS)] = 1
    minutes: Annotated[float, Field(ge=1.0, le=600.0)] = 15.0


class JoinWish(BaseModel):
    """A code, and a name that one makes up."""

    model_config = STRICT

    code: Annotated[str, Field(max_length=40)]
    name: Annotated[str, Field(max_length=200)]


class Made(BaseModel):
    """A new group. Whoever has its `key` is the teacher, and nobody is told it again."""

    key: str
    code: str
    course: Annotated[str, Field(serialization_alias="class")]
    title: str
    page: str
    join: str


class Missed(BaseModel):
    """A card that at least five answered: how many did, missed it, and overruled the judge."""

    card: str
    title: str
    text: str
    asked: int
    missed: int
    share: float
    overruled: int
    page: str


class Found(BaseModel):
    """A card of a test, and its mean credit."""

    card: str
    title: str
    credit: float
    page: str


class SetTest(BaseModel):
    """A test that was set; its mean and its items are told once five have handed it in."""

    id: str
    title: str
    seed: int
    minutes: float
    handed_in: int
    mean: float | None
    items: list[Found]
    paper: str
    answers: str


class Taught(BaseModel):
    """A group as its teacher sees it. No names: a share, never a person."""

    course: Annotated[str, Field(serialization_alias="class")]
    title: str
    code: str
    learners: int
    least: Annotated[int, Field(description="Of fewer learners nothing is told.")]
    misses: list[Missed]
    tests: list[SetTest]
    page: str


class Own(BaseModel):
    """A test that the teacher of one's group set: its `id` begins it."""

    id: str
    title: str
    minutes: float


class Me(BaseModel):
    """Who learns, as the site knows it: a name that was made up, and a group if in any."""

    known: bool
    name: str
    group: str
    course: Annotated[str, Field(serialization_alias="class")]
    tests: list[Own]


@router.post("/groups", status_code=201, responses=MADE)
def make(wish: GroupWish, request: Request, study: Studying) -> Made:
    """Make a group."""
    group, key = made(study, wish.course, wish.title, request)
    code = shown(group.code)
    return Made(
        key=key,
        code=code,
        course=group.guide,
        title=group.title,
        page=f"/teach/{key}",
        join=f"/join/{group.code}",
    )


@router.get("/groups/{key}", responses=refused(404, 422, 429, 503))
def look(key: Name, request: Request, study: Studying) -> Taught:
    """The group: its code, what it misses, how its tests went."""
    group = taught(study, key, request)
    seen = overview(study, group)
    return Taught(
        course=group.guide,
        title=group.title,
        code=shown(group.code),
        learners=seen.learners,
        least=LEAST,
        misses=[_missed(one) for one in seen.misses],
        tests=[_set(key, test, sat) for test, sat in seen.tests],
        page=f"/teach/{key}",
    )


@router.delete("/groups/{key}", status_code=204, responses=refused(403, 404, 422, 429, 503))
def dissolve(key: Name, request: Request, study: Studying) -> None:
    """Delete a group with its tests and the names in it; what its learners answered stays theirs."""
    study.groups.dissolve(taught(study, key, request))


@router.post(
    "/groups/{key}/tests", status_code=201, responses=refused(400, 403, 404, 413, 422, 429, 503)
)
def assign(key: Name, wish: TestWish, request: Request, study: Studying) -> SetTest:
    """Set a mock test."""
    group = taught(study, key, request)
    test = study.groups.assign(group, wish.title, wish.seed, wish.minutes)
    return _set(key, test, Sat(0, None, ()))


@router.get("/learner")
def me(study: Studying, who: Who) -> Me:
    """Who learns."""
    return _me(study, who, study.group(who))


@router.post("/learner", status_code=201, responses=MADE)
def join(wish: JoinWish, request: Request, response: Response, study: Studying) -> Me:
    """Join a group as a new learner; the key comes in a cookie."""
    group = coded(study, wish.code, request)
    key = study.enrol(group, wish.name, request)
    remember(response, key, request)
    return _me(study, study.groups.member(key), group)


@router.delete("/learner", status_code=204, responses=refused(403, 404, 503))
def forget(response: Response, study: Studying, who: Who) -> None:
    """Delete what is kept of the learner: every answer and test, the name, the place in a group."""
    if who is None:
        raise HTTPException(404, NO_LEARNER)
    study.forget(who)
    response.delete_cookie(COOKIE)


def _me(study: Study, who: Member | None, group: Group | None) -> Me:
    tests = study.groups.assigned(group) if group is not None else []
    return Me(
        known=who is not None,
        name=who.name if who is not None else "",
        group=group.title if group is not None else "",
        course=group.guide if group is not None else "",
        tests=[Own(id=one.id, title=one.title, minutes=one.minutes) for one in tests],
    )


def _missed(one: Miss) -> Missed:
    return Missed(
        card=one.card.id,
        title=one.card.title,
        text=_text(one.card),
        asked=one.asked,
        missed=one.missed,
        share=one.share,
        overruled=one.overruled,
        page=page_of(one.card),
    )


def _text(card: Card) -> str:
    return card.answer if card.kind == "claim" else card.prompt


def _set(key: str, test: Assignment, sat: Sat) -> SetTest:
    place = f"/teach/{key}/tests/{test.id}"
    items = [
        Found(card=card.id, title=card.title, credit=credit, page=page_of(card))
        for card, credit in sat.items
    ]
    return SetTest(
        id=test.id,
        title=test.title,
        seed=test.seed,
        minutes=test.minutes,
        handed_in=sat.handed_in,
        mean=sat.mean,
        items=items,
        paper=f"{place}/paper.html",
        answers=f"{place}/key.html",
    )
