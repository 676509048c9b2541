"""A card as the JSON interface asks it, and what it tells of an answer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from stakhanov.guide.practice.answers import Outcome
from stakhanov.guide.practice.asking import Asked
from stakhanov.guide.practice.marking import PointLine
from stakhanov.web.lesson_view import Told, page_of


class Sheet(BaseModel):
    """A card as it is asked; where it has options, the text of one or its number from 1 answers it."""

    card: str
    about: str
    sort: str
    text: str
    options: list[str]


class PointSaid(BaseModel):
    """A key point: what the judge says of it, and why where it is not sure; a whole answer has no `id`."""

    id: str
    words: str
    outcome: Outcome
    why: str
    weight: float
    quote: str


class Telling(BaseModel):
    """What is told of an answer: what is right, what it rests on, and which grade is suggested."""

    said: str
    outcome: Outcome
    right: str
    model: str
    points: list[PointSaid]
    suggested: Literal["missed", "got"]
    evidence: list[str]
    page: str


def sheet_of(asked: Asked) -> Sheet:
    """A card as it is asked."""
    return Sheet(
        card=asked.card.id,
        about=asked.about,
        sort=asked.card.sort,
        text=asked.text,
        options=list(asked.options),
    )


def telling_of(asked: Asked, told: Told) -> Telling:
    """What is told of an answer."""
    return Telling(
        said="".join(one.text for one in told.said),
        outcome=Outcome(told.outcome),
        right=asked.right,
        model=asked.card.answer,
        points=[point_of(one) for one in told.points],
        suggested="missed" if told.suggested == "1" else "got",
        evidence=list(asked.card.evidence),
        page=page_of(asked.card),
    )


def point_of(line: PointLine) -> PointSaid:
    """A key point in words."""
    return PointSaid(**vars(line))
