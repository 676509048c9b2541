"""A workforce: how many people, in which hierarchy, with which traits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, field_validator

from stakhanov.foundation.about import About
from stakhanov.foundation.address import assigned, yielding
from stakhanov.foundation.declaration import ByAddress, Declaration, EntryName, Whole, declared
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.provenance import Provenance, still_true
from stakhanov.workforce.traits import (
    Ability,
    Aspiration,
    Effort,
    Foresight,
    Honesty,
    Money,
    Peers,
)
from stakhanov.workforce.wear import (
    Accidents,
    Fatigue,
    Morale,
    Quits,
    Recruits,
    Strain,
    Trust,
)


class Header(Declaration):
    """Name and sources."""

    name: Annotated[str, Field(min_length=1), About("Name")]
    title: Annotated[str, About("Title")] = ""
    base: Annotated[str | None, About("Workforce that this one is laid over")] = None
    sources: Annotated[dict[str, str], About("Works cited, by key")] = {}
    evidence: Annotated[dict[str, Provenance], About("Source and grade of values, by address")] = {}


class DatedSize(Declaration):
    """People at work at a date."""

    at: Annotated[int | date, About("When", "date or period")]
    workers: Annotated[int, Field(ge=1), About("People at work", "workers")]


class Size(Declaration):
    """How many people, and in what groups."""

    workers: Annotated[
        Annotated[int, Field(ge=1)] | tuple[DatedSize, ...],
        About(
            "People at work, or a dated series",
            "workers",
            "published",
            "Soviet industry, 8.0 million in 1932 to 11 million in 1940",
        ),
    ] = 8_000_000
    brigade: Annotated[
        int, Field(ge=1, le=10000), About("Workers in a brigade", "workers", "assumed")
    ] = 20
    enterprise: Annotated[
        int, Field(ge=1, le=100000), About("Brigades in an enterprise", "brigades", "assumed")
    ] = 50

    @field_validator("workers")
    @classmethod
    def _somebody(cls, workers: int | tuple[DatedSize, ...]) -> int | tuple[DatedSize, ...]:
        if workers == ():
            raise ValueError("must be a number, or a dated series with an entry")
        return workers


class BranchOfWork(Declaration):
    """A branch of the workforce, with what is different there."""

    name: Annotated[EntryName, About("Name")]
    share: Annotated[float, Field(gt=0, le=1), About("Share of workers", "share")] = 1.0
    overrides: Annotated[ByAddress, About("Traits that differ, by address")] = {}


class Workforce(Whole):
    """The people of a run, one group of traits a field."""

    format: Annotated[int, About("Format of the file")] = 1
    workforce: Header
    size: Size = Size()
    branches: Annotated[
        tuple[BranchOfWork, ...], Field(min_length=1), About("Branches; their shares sum to 1")
    ] = (BranchOfWork(name="industry"),)
    ability: Ability = Ability()
    effort: Effort = Effort()
    money: Money = Money()
    peers: Peers = Peers()
    aspiration: Aspiration = Aspiration()
    foresight: Foresight = Foresight()
    honesty: Honesty = Honesty()
    fatigue: Fatigue = Fatigue()
    strain: Strain = Strain()
    morale: Morale = Morale()
    trust: Trust = Trust()
    quits: Quits = Quits()
    accidents: Accidents = Accidents()
    recruits: Recruits = Recruits()

    @property
    def name(self) -> str:
        """The workforce's name."""
        return self.workforce.name

    def by_branch(self) -> list[Workforce]:
        """The workforce as each branch has it, in the order of the file."""
        return list(self._by_branch)

    @cached_property
    def _by_branch(self) -> tuple[Workforce, ...]:
        plain = self.plain()
        return tuple(
            declared(Workforce, assigned(plain, branch.overrides)) if branch.overrides else self
            for branch in self.branches
        )

    def held(self, values: Mapping[str, Any]) -> Workforce:
        """The same with some traits at a value in every branch: what differs there is dropped.

        Raises BadInput.
        """
        before = self.plain()
        plain = assigned(before, values)
        plain["branches"] = [
            {**branch, "overrides": yielding(branch.get("overrides", {}), values)}
            for branch in plain["branches"]
        ]
        return checked(still_true(before, plain, "workforce"))

    def with_(self, changes: Mapping[str, Any]) -> Workforce:
        """The same with other values at some addresses, checked again. Raises BadInput.

        Evidence for values that change is left behind.
        """
        before = self.plain()
        return checked(still_true(before, assigned(before, changes), "workforce"))


def checked(plain: Mapping[str, Any]) -> Workforce:
    """A workforce from plain data. Raises BadInput with every problem."""
    workforce = declared(Workforce, plain)
    problems = []
    total = sum(branch.share for branch in workforce.branches)
    if abs(total - 1.0) > 1e-6:
        problems.append(
            Problem("branches", "must have shares that sum to 1", f"a sum of {total:g}")
        )
    names = [branch.name for branch in workforce.branches]
    for name in sorted(name for name, times in Counter(names).items() if times > 1):
        problems.append(Problem("branches", "must have names of their own", f"{name} twice"))
    for branch in workforce.branches:
        problems += _problems_of_overrides(workforce, branch)
    if problems:
        raise BadInput(problems)
    return workforce


def _problems_of_overrides(workforce: Workforce, branch: BranchOfWork) -> list[Problem]:
    where = f"branches.{branch.name}.overrides"
    whole = [
        a
        for a in branch.overrides
        if a.split(".")[0] in ("size", "branches", "workforce", "format")
    ]
    problems = [Problem(f"{where}.{a}", "must be a trait of people", a) for a in whole]
    try:
        declared(Workforce, assigned(workforce.plain(), branch.overrides))
    except BadInput as found:
        problems += [
            Problem(f"{where}.{p.address}", p.must, p.found, p.hint) for p in found.problems
        ]
    return problems
