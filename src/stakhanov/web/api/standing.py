"""What every part of the JSON interface says: where a job stands, and why something cannot be done."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from stakhanov.foundation.plain import plain
from stakhanov.web.jobs import Job, State
from stakhanov.web.seats import Seats


class Refusal(BaseModel):
    """Why something cannot be done: `address: what must hold; found what`, each problem a sentence."""

    problems: list[str]


class Standing(BaseModel):
    """Where a job stands."""

    id: str
    state: State
    before: int  # jobs in the queue before this one
    so_far: str
    seconds: float
    problems: list[str]
    page: str  # its page, while the site knows it
    link: str  # the page that shows what was asked for, for ever
    result: dict[str, Any] | None = None  # as the command gives it


REFUSED: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal, "description": said}
    for status, said in (
        (400, "cannot be read"),
        (403, "asked by another, or from a foreign page"),
        (404, "not known, or not any more"),
        (409, "overtaken: something else is asked now"),
        (413, "larger than may be sent"),
        (415, "not of a kind that is read here"),
        (422, "something must be put right"),
        (429, "you have enough in the queue; Retry-After says when to ask again"),
        (
            503,
            "the queue is full, or progress cannot be kept now; Retry-After says when to ask again",
        ),
    )
}


def refused(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Answers other than a good one that an address may give."""
    return {status: REFUSED[status] for status in statuses}


def standing(job: Job, seats: Seats) -> Standing:
    """Where a job stands now."""
    state = job.state
    return Standing(
        id=job.key,
        state=state,
        before=seats.jobs.before(job),
        so_far=job.work.so_far(job) if state is State.RUNNING else "",
        seconds=job.seconds,
        problems=job.problems,
        page=f"/runs/{job.key}",
        link=job.work.link,
        result=plain(job.work.plain(job)) if state is State.DONE else None,
    )
