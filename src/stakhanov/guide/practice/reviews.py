"""The log of what a learner did, as it is kept, told to others and read back: never changed, only added to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import uuid4

from pydantic import AwareDatetime, Field

from stakhanov.foundation.declaration import Declaration
from stakhanov.guide.practice.memory import MODEL, Grade

FORMAT = 1
Name = Annotated[str, Field(min_length=1, max_length=400)]


def new_id() -> str:
    """A name that no other entry has, on any machine."""
    return uuid4().hex


def moment() -> datetime:
    """Now."""
    return datetime.now(UTC)


class Review(Declaration):
    """One answer to a card: when, how it went, seconds it took, and the digest of what was learned then.

    `undone`: taken back, and counted no more; it stays, so that a copy elsewhere is taken back too.
    """

    id: Name = Field(default_factory=new_id)
    card: Name
    at: AwareDatetime = Field(default_factory=moment)
    grade: Grade
    seconds: Annotated[float, Field(ge=0.0)] = 0.0
    learned: str = ""
    answer: str = ""
    undone: bool = False


class Override(Declaration):
    """A key point on which the learner overruled the judge: what was answered, and what each of them said."""

    id: Name = Field(default_factory=new_id)
    question: Name
    point: Name
    at: AwareDatetime = Field(default_factory=moment)
    answer: str
    judged: Literal["found", "not sure", "not found"]
    credited: bool


class Said(Declaration):
    """An answer that was shown what is right, and waits for its grade; `card`: the one that it answers."""

    card: Annotated[str, Field(max_length=400)] = ""
    answer: str = ""
    seconds: Annotated[float, Field(ge=0.0)] = 0.0


class Lesson(Declaration):
    """A learn session as far as the log does not tell it: what another look at it needs to go on.

    `moved`: when the card that is asked now was put; `said`: the answer to it, once it was given;
    `postponed`: cards that are asked no more; `over`: the learner ended it. Only the last session of a class
    is kept, and no other machine is told of it.
    """

    guide: Name
    started: AwareDatetime
    minutes: Annotated[float, Field(gt=0.0)]
    terms: tuple[Name, ...] = ()
    moved: AwareDatetime
    said: Said | None = None
    postponed: tuple[Name, ...] = ()
    over: bool = False


class ExamDay(Declaration):
    """When a class is examined."""

    guide: Name
    on: date | None = None


class Taken(Declaration):
    """One item of a mock test: what was answered, and what it counted; no `credit` until it is submitted."""

    card: Name
    sort: Name
    weight: Annotated[float, Field(ge=0.0)]
    gap: Annotated[int, Field(ge=0)] = 0
    answer: str = ""
    flagged: bool = False
    seen: bool = False
    credit: Annotated[float, Field(ge=0.0, le=1.0)] | None = None


class Sitting(Declaration):
    """A mock test from its first question to its score; `low`, `high` and `middle` were predicted before it.

    `assigned`: the name under which a teacher set it; `closed`: no answer changes any more, and where the
    judge was not sure, the learner says what counts before it is handed in.
    """

    id: Name = Field(default_factory=new_id)
    guide: Name
    started: AwareDatetime = Field(default_factory=moment)
    submitted: AwareDatetime | None = None
    minutes: Annotated[float, Field(gt=0.0)]
    seed: int = 0
    assigned: str = ""
    closed: bool = False
    items: tuple[Taken, ...]
    low: float | None = None
    high: float | None = None
    middle: float | None = None

    @property
    def score(self) -> float:
        """The share of the whole that was credited."""
        whole = sum(item.weight for item in self.items)
        return (
            sum(item.weight * (item.credit or 0.0) for item in self.items) / whole if whole else 0.0
        )


class Kept(Declaration):
    """Everything that is known of a learner, as one file: written by one machine, read by another."""

    format: Literal[1] = 1
    kind: Literal["stakhanov progress"] = "stakhanov progress"
    model: str = MODEL
    reviews: tuple[Review, ...] = ()
    overrides: tuple[Override, ...] = ()
    exams: tuple[ExamDay, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    texts: dict[str, str] = {}
