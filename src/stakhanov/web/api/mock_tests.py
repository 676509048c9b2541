"""Mock tests over the JSON interface: drawn, answered in any order, handed in, marked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request

from stakhanov.foundation.plain import plain
from stakhanov.guide.mock_tests.sitting import Attempt, result_of
from stakhanov.guide.practice.groups import Member
from stakhanov.guide.practice.learner import Learner
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Sitting
from stakhanov.web.api.library import Name
from stakhanov.web.api.sheets import PointSaid, Sheet, point_of, sheet_of
from stakhanov.web.api.standing import refused
from stakhanov.web.lesson_steps import LONGEST
from stakhanov.web.papers import assigned, begun, credits, handed_in
from stakhanov.web.sitting_view import Decision, decisions
from stakhanov.web.study import Studying, Who, deck, guide, welcomed

router = APIRouter(prefix="/api/v1/tests", tags=["mock tests"])

NO_TEST = "test: must be begun; found none that is open"
OTHER = "test: must be the one that is open; found another"
CLOSED = "test: must be open for answers; found one that is closed"
NO_NUMBER = "number: must be that of a question of the test; found another"
NOT_CLOSED = "test: must be closed before it is decided what counts; found one that is open"
CHANGED = refused(400, 403, 404, 409, 413, 422, 503)
STRICT = ConfigDict(extra="forbid", strict=True)
TestName = Annotated[str, Field(max_length=100, description="The `id` of the test that is open.")]
Number = Annotated[int, Path(ge=1, le=1000, description="A question, from 1.")]


class Question(Sheet):
    """A question of a test with what was answered so far."""

    number: int
    weight: float
    answer: str
    flagged: bool


class Undecided(BaseModel):
    """An answer of which the judge was not sure: the learner says which points count."""

    number: int
    answer: str
    right: str
    points: list[PointSaid]


class MockTest(BaseModel):
    """A test that is not handed in. What it should bring was reckoned before its first question."""

    id: str
    course: Annotated[str, Field(serialization_alias="class")]
    seed: int
    minutes: float
    started: str
    predicted: dict[str, float] | None
    assigned: Annotated[str, Field(description="The test as the teacher set it, or empty.")]
    closed: bool
    open: list[int]
    questions: list[Question]
    undecided: Annotated[list[Undecided], Field(description="Told once the test is closed.")]
    page: str


class Marked(BaseModel):
    """Whether a test is handed in: with the result, or with what is left to decide."""

    id: str
    handed_in: bool
    undecided: list[Undecided]
    result: Annotated[
        dict[str, Any] | None, Field(description="As `stakhanov guide test` gives it.")
    ] = None
    page: str


class DrawWish(BaseModel):
    """Which test: a kind that one draws for oneself, or the `id` of one that the teacher set."""

    model_config = STRICT

    kind: Literal["full", "short", "weak"] = "full"
    set: Annotated[str, Field(max_length=40)] = ""


class OfTest(BaseModel):
    """Which test is meant."""

    model_config = STRICT

    test: TestName


class Answer(OfTest):
    """An answer to a question; `flagged` marks it to come back to, and is left as it is unless told."""

    said: Annotated[str, Field(max_length=LONGEST)]
    flagged: bool | None = None


class Counting(BaseModel):
    """A point of a question that counts; a whole answer has an empty point."""

    model_config = STRICT

    number: Annotated[int, Field(ge=1, le=1000)]
    point: Annotated[str, Field(max_length=200)] = ""


class Decided(OfTest):
    """What counts; what is left out does not."""

    counts: Annotated[list[Counting], Field(max_length=1000)] = []


@router.post("/{course}", status_code=201, responses=refused(400, 403, 404, 413, 422, 429, 503))
def begin(
    course: Name, *, wish: DrawWish, study: Studying, who: Who, request: Request, response: Response
) -> MockTest:
    """Draw a test and begin it; one that was begun and not handed in is gone on with."""
    guide(course)
    cards = deck(course)
    given = assigned(study, who, course, wish.set) if wish.set else None
    with study.alone(welcomed(study, who, response, request)) as progress:
        open_ = Attempt.unfinished(cards, progress)
        return _shown(open_ or begun(cards, progress, wish.kind, given))


@router.get("/{course}", responses=refused(404, 422, 503))
def look(course: Name, study: Studying, who: Who) -> MockTest:
    """The test that is open, with all its questions and what was answered."""
    guide(course)
    return _shown(_open(course, study.progress(_known(who))))


@router.put("/{course}/answers/{number}", responses=CHANGED)
def answer(course: Name, number: Number, wish: Answer, study: Studying, who: Who) -> MockTest:
    """Keep an answer; nothing is marked before the test is handed in."""
    guide(course)
    with study.alone(_known(who)) as progress:
        attempt = _open(course, progress, wish.test)
        if number > len(attempt.sitting.items):
            raise HTTPException(404, NO_NUMBER)
        if attempt.sitting.closed:
            raise HTTPException(409, CLOSED)
        attempt.answer(number - 1, wish.said)
        if wish.flagged not in (None, attempt.sitting.items[number - 1].flagged):
            attempt.flag(number - 1)
        return _shown(attempt)


@router.post("/{course}/hand-in", responses=CHANGED)
def hand_in(course: Name, wish: OfTest, study: Studying, who: Who) -> Marked:
    """Close the test; the result, or the answers of which the judge is not sure."""
    guide(course)
    with study.alone(_known(who)) as progress:
        attempt = _open(course, progress, wish.test)
        if attempt.close():
            return _undecided(attempt)
        return _marked(progress, attempt.submit())


@router.post("/{course}/decide", responses=CHANGED)
def decide(course: Name, wish: Decided, study: Studying, who: Who) -> Marked:
    """Hand in with what the learner says of answers of which the judge was not sure."""
    guide(course)
    with study.alone(_known(who)) as progress:
        attempt = _open(course, progress, wish.test)
        if not attempt.sitting.closed:
            raise HTTPException(409, NOT_CLOSED)
        counts = {f"{one.number - 1}:{one.point}" for one in wish.counts}
        return _marked(progress, attempt.submit(credits(attempt, counts)))


@router.get("/{course}/results", responses=refused(404, 422, 503))
def results(course: Name, study: Studying, who: Who) -> list[Marked]:
    """Tests that were handed in, in the order of their time."""
    guide(course)
    if who is None:
        return []
    progress = study.progress(who)
    done = [one for one in progress.sittings(course) if one.submitted is not None]
    return [_marked(progress, one) for one in done]


@router.get("/{course}/results/{name}", responses=refused(404, 422, 503))
def one_result(course: Name, name: Name, study: Studying, who: Who) -> Marked:
    """A test that was handed in."""
    guide(course)
    progress = study.progress(_known(who))
    return _marked(progress, handed_in(progress, course, name))


def _known(who: Member | None) -> Member:
    if who is None:
        raise HTTPException(404, NO_TEST)
    return who


def _open(course: str, progress: Progress, name: str | None = None) -> Attempt:
    """The test that is open. Raises HTTPException where there is none, or another than is meant."""
    attempt = Attempt.unfinished(deck(course), progress)
    if attempt is None:
        raise HTTPException(404, NO_TEST)
    if name is not None and attempt.sitting.id != name:
        raise HTTPException(409, OTHER)
    return attempt


def _shown(attempt: Attempt) -> MockTest:
    sitting = attempt.sitting
    questions = [
        Question(
            **vars(sheet_of(attempt.asked(place))),
            number=place + 1,
            weight=item.weight,
            answer=item.answer,
            flagged=item.flagged,
        )
        for place, item in enumerate(sitting.items)
    ]
    return MockTest(
        id=sitting.id,
        course=sitting.guide,
        seed=sitting.seed,
        minutes=sitting.minutes,
        started=sitting.started.isoformat(),
        predicted={"low": sitting.low, "high": sitting.high}
        if sitting.low is not None and sitting.high is not None
        else None,
        assigned=sitting.assigned,
        closed=sitting.closed,
        open=[place + 1 for place in attempt.open],
        questions=questions,
        undecided=_open_points(attempt) if sitting.closed else [],
        page=f"/test/{sitting.guide}",
    )


def _open_points(attempt: Attempt) -> list[Undecided]:
    def told(one: Decision) -> Undecided:
        return Undecided(
            number=one.place + 1,
            answer=attempt.sitting.items[one.place].answer,
            right=one.asked.right,
            points=[point_of(point) for point in one.points],
        )

    return [told(one) for one in decisions(attempt)]


def _undecided(attempt: Attempt) -> Marked:
    sitting = attempt.sitting
    page = f"/test/{sitting.guide}"
    return Marked(id=sitting.id, handed_in=False, undecided=_open_points(attempt), page=page)


def _marked(progress: Progress, sitting: Sitting) -> Marked:
    """The result, as the command tells it: by what the learner had done before the test."""
    assert sitting.submitted is not None
    cards = deck(sitting.guide)
    before = [one for one in progress.reviews(cards.guide) if one.at < sitting.submitted]
    found = result_of(Attempt(cards, progress, sitting), Learner.of(cards, before))
    return Marked(
        id=sitting.id,
        handed_in=True,
        undecided=[],
        result=plain({"class": cards.guide, **found}),
        page=f"/test/{cards.guide}/results/{sitting.id}",
    )
