"""What pages and the JSON interface share of one site: its settings, its jobs, and who asks."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request

from stakhanov.engine.estimate import cores
from stakhanov.web.jobs import Full, Job, Jobs, Keyed
from stakhanov.web.remembered import Remembered
from stakhanov.web.settings import Settings

T = TypeVar("T")
#: Pages that are drawn at the same time; who comes later waits without taking up a thread.
DRAWN_AT_ONCE = 2
#: Tables that are received and read at the same time; who comes later sends when there is room.
TABLES_AT_ONCE = 16
GONE = "run: must be one that this site still knows; found none (its link runs it again)"


class Seats:
    """The places of a site where work is done."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.jobs = Jobs(settings)
        self.outcomes = Remembered()
        self.pencils = CapacityLimiter(DRAWN_AT_ONCE)
        self.doors = CapacityLimiter(TABLES_AT_ONCE)

    @property
    def threads(self) -> int:
        """Threads that one job gets."""
        return max(1, math.ceil(cores() / self.settings.at_once))

    async def drawn(self, draw: Callable[[], T]) -> T:
        """What takes time, done beside the requests of others."""
        return await to_thread.run_sync(draw, limiter=self.pencils)

    def ask(self, work: Keyed, visitor: str) -> Job:
        """A job for a visitor. Raises HTTPException where the queue is full."""
        try:
            return self.jobs.ask(work.key, visitor, work)
        except Full as full:
            status = 429 if full.own else 503
            raise HTTPException(status, str(full), {"retry-after": str(full.seconds)}) from None

    def job(self, key: str) -> Job:
        """A job by its address. Raises HTTPException where there is none."""
        found = self.jobs.find(key)
        if found is None:
            raise HTTPException(404, GONE)
        return found


def _seats(request: Request) -> Seats:
    found: Seats = request.app.state.seats
    return found


def _visitor(request: Request) -> str:
    return str(request.state.visitor)


def _job(key: str, request: Request) -> Job:
    return _seats(request).job(key)


At = Annotated[Seats, Depends(_seats)]
Visitor = Annotated[str, Depends(_visitor)]
Asked = Annotated[Job, Depends(_job)]
Plain = dict[str, Any]
