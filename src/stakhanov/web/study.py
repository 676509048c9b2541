"""What pages for learners share: the classes, the database of progress, who learns, what strangers may ask."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Annotated

from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from stakhanov.guide.guides import Guide
from stakhanov.guide.practice.cards import Deck, deck_of
from stakhanov.guide.practice.database import Database
from stakhanov.guide.practice.groups import Group, Groups, Member
from stakhanov.guide.practice.progress import ME, Progress
from stakhanov.web.settings import Settings
from stakhanov.web.shelf import shelf

COOKIE = "stakhanov-learner"
NO_LEARNER = "key: must be that of a learner here; found another"
YEAR = 365 * 24 * 3600
#: What one machine may ask for within an hour: new groups, new learners, codes and keys that fit nothing.
RATIONS = {"group": 20, "learner": 200, "guess": 60}
HOUR = 3600.0
MOST_MACHINES = 10_000
#: Groups and learners that a site keeps.
MOST_GROUPS, MOST_LEARNERS = 5_000, 100_000
#: Two requests of one learner wait for each other; those of others hardly ever do.
LOCKS = 64


@cache
def deck(name: str) -> Deck:
    """The cards of a class, made once."""
    return deck_of(shelf().guides[name])


def guide(name: str) -> Guide:
    """A class by its name. Raises HTTPException where none of that name ships."""
    found = shelf().guides.get(name)
    if found is None:
        known = ", ".join(sorted(shelf().guides))
        raise HTTPException(
            404, f"class: must be one that ships; found none of that name ({known})"
        )
    return found


class Study:
    """The learners of a site; the database is opened when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._locks = [threading.Lock() for _ in range(LOCKS)]
        self._opening = threading.Lock()
        self._spent: dict[tuple[str, str], deque[float]] = defaultdict(deque)

    @cached_property
    def _database(self) -> Database:
        return Database(self.settings.progress)

    @property
    def database(self) -> Database:
        """Where progress is kept."""
        with self._opening:
            return self._database

    @property
    def groups(self) -> Groups:
        """The groups and learners of the site."""
        return Groups(self.database)

    def close(self) -> None:
        """Let the database go, if it was opened."""
        if "_database" in self.__dict__:
            self._database.close()

    def known(self, request: Request) -> Member | None:
        """Who learns: by the key in a cookie; else the person at this machine, where it is theirs alone."""
        key = request.cookies.get(COOKIE, "")
        member = self.groups.member(key) if key else None
        if member is None and not self.settings.many:
            return Member(ME)
        return member

    def progress(self, member: Member) -> Progress:
        """What a learner did."""
        return Progress(self.database, member.learner)

    def group(self, member: Member | None) -> Group | None:
        """The group that a learner is in."""
        return self.groups.called(member.of) if member is not None and member.of else None

    @contextmanager
    def alone(self, member: Member) -> Iterator[Progress]:
        """A learner's progress while no other request of the same learner changes it.

        Raises HTTPException where the learner was deleted in the meantime.
        """
        with self._locks[hash(member.learner) % LOCKS]:
            if member.learner != ME and not self.groups.has(member):
                raise HTTPException(404, NO_LEARNER)
            yield self.progress(member)

    def forget(self, member: Member) -> None:
        """Delete a learner with everything that is kept; who has a key is not known by it any more."""
        with self.alone(member):
            self.groups.forget(member)

    def ration(self, kind: str, request: Request) -> None:
        """Count what a machine asks for. Raises HTTPException where it was too much within the hour."""
        self.spare(kind, request)
        self._spent[kind, _machine(request)].append(time.monotonic())

    def spare(self, kind: str, request: Request) -> None:
        """Raises HTTPException where a machine asked for too much within the hour."""
        now, spent = time.monotonic(), self._spent[kind, _machine(request)]
        while spent and now - spent[0] > HOUR:
            spent.popleft()
        if len(spent) >= RATIONS[kind]:
            wait = {"retry-after": str(int(HOUR - (now - spent[0])) + 1)}
            raise HTTPException(
                429, f"request: must be at most {RATIONS[kind]} an hour; found more", wait
            )
        if len(self._spent) > MOST_MACHINES:  # those that were not heard of lately are forgotten
            for place, times in list(self._spent.items()):
                if not times or now - times[-1] > HOUR:
                    self._spent.pop(place, None)

    def room(self) -> None:
        """Raises HTTPException where the site keeps as many groups and learners as it may."""
        made, learning = self.groups.count()
        if made >= MOST_GROUPS or learning >= MOST_LEARNERS:
            raise HTTPException(503, "site: must have room for more learners; found it full")

    def enrol(self, group: Group | None, name: str, request: Request) -> str:
        """A new learner; gives the key. Raises BadInput, HTTPException."""
        self.ration("learner", request)
        self.room()
        return self.groups.join(group, name)


def welcomed(study: Study, who: Member | None, answer: Response, request: Request) -> Member:
    """Who learns; one whom the site does not know yet gets a key with the answer. Raises HTTPException."""
    if who is not None:
        return who
    key = study.enrol(None, "", request)
    remember(answer, key, request)
    member = study.groups.member(key)
    assert member is not None
    return member


def remember(answer: Response, key: str, request: Request) -> None:
    """Put a learner's key into a cookie that scripts cannot read."""
    answer.set_cookie(
        COOKIE,
        key,
        max_age=YEAR,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _machine(request: Request) -> str:
    return request.client.host if request.client is not None else "nobody"


def _study(request: Request) -> Study:
    found: Study = request.app.state.study
    return found


def _member(request: Request) -> Member | None:
    return _study(request).known(request)


Studying = Annotated[Study, Depends(_study)]
Who = Annotated[Member | None, Depends(_member)]
