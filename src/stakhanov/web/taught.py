"""A group as its teacher sees it, and how one comes to it: by a code, or by the key of the teacher's page."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request

from stakhanov.guide.practice.cards import Deck
from stakhanov.guide.practice.cohort import learned
from stakhanov.guide.practice.groups import Assignment, Group
from stakhanov.guide.practice.misses import Miss, Sat, misses, sat
from stakhanov.web.study import Study, deck, guide

NO_CODE = "code: must be one that a teacher gave; found none like it"
NO_GROUP = "address: must be that of a group; found none with this key"


@dataclass(frozen=True)
class Overview:
    """What a teacher sees: how many learners, what they miss, how the tests went; never who."""

    deck: Deck
    learners: int
    misses: list[Miss]
    tests: list[tuple[Assignment, Sat]]


def overview(study: Study, group: Group) -> Overview:
    """What is told of a group; of fewer than five learners nothing."""
    cards, learners = deck(group.guide), study.groups.learners(group)
    did = learned(study.database, group.guide, learners)
    tests = [(one, sat(cards, did, one.id)) for one in study.groups.assigned(group)]
    return Overview(cards, len(learners), misses(cards, did), tests)


def made(study: Study, course: str, title: str, request: Request) -> tuple[Group, str]:
    """A new group and the key of its teacher. Raises HTTPException, BadInput."""
    guide(course)
    study.ration("group", request)
    study.room()
    return study.groups.make(course, title)


def coded(study: Study, code: str, request: Request) -> Group:
    """The group that a code joins. Raises HTTPException where there is none."""
    study.spare("guess", request)
    group = study.groups.coded(code)
    if group is None:
        study.ration("guess", request)
        raise HTTPException(404, NO_CODE)
    return group


def taught(study: Study, key: str, request: Request) -> Group:
    """The group of a teacher's key. Raises HTTPException where there is none."""
    group = study.groups.taught(key)
    if group is None:
        study.ration("guess", request)
        raise HTTPException(404, NO_GROUP)
    return group
