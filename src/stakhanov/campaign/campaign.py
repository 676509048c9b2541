"""A campaign: the rules in force, dated changes of them, and what must agree between its chapters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from stakhanov.campaign.audits import Audits, Discipline, Limits
from stakhanov.campaign.emulation import Emulation
from stakhanov.campaign.norms import Norms, When
from stakhanov.campaign.pay import Pay
from stakhanov.campaign.plan import Plan, Technology
from stakhanov.campaign.prizes import Prize
from stakhanov.campaign.publicity import Publicity
from stakhanov.foundation.about import About, Grade
from stakhanov.foundation.address import assigned, yielding
from stakhanov.foundation.declaration import Declaration, Whole, declared
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.campaign.application import Applied

MONTHS = 12


class Currency(Declaration):
    """What amounts are in."""

    name: Annotated[str, About("Currency")] = "rouble"
    minor: Annotated[str, About("Minor unit; all amounts are whole numbers of it")] = "kopeck"


class Provenance(Declaration):
    """Where the value at an address comes from."""

    source: Annotated[str, About("Key of a source, or a sentence")] = ""
    grade: Annotated[Grade, About("Grade of evidence")] = "assumed"
    note: Annotated[str, About("What to know about it")] = ""


class Header(Declaration):
    """Name, title, start, sources."""

    name: Annotated[str, Field(min_length=1), About("Name")]
    title: Annotated[str, About("Title")] = ""
    summary: Annotated[str, About("What it is, in a few sentences")] = ""
    start: Annotated[date, About("First day of the first period")] = date(1935, 1, 1)
    base: Annotated[str | None, About("Campaign that this one is laid over")] = None
    currency: Currency = Currency()
    sources: Annotated[dict[str, str], About("Works cited, by key")] = {}
    evidence: Annotated[dict[str, Provenance], About("Source and grade of values, by address")] = {}


class Change(Declaration):
    """Rules that change during the run."""

    at: Annotated[When, About("When", "date or period")]
    set: Annotated[dict[str, Any], About("New values by address")]
    note: Annotated[str, About("What happened")] = ""
    source: Annotated[str, About("Key of a source, or a sentence")] = ""


class Campaign(Whole):
    """The rules of a campaign, one chapter a field."""

    format: Annotated[int, About("Format of the file")] = 1
    campaign: Header
    plan: Plan = Plan()
    technology: Technology = Technology()
    norms: Norms = Norms()
    pay: Pay = Pay()
    prizes: tuple[Prize, ...] = ()
    emulation: Emulation = Emulation()
    publicity: Publicity = Publicity()
    audits: Audits = Audits()
    discipline: Discipline = Discipline()
    limits: Limits = Limits()
    changes: tuple[Change, ...] = ()

    @property
    def name(self) -> str:
        """The campaign's name."""
        return self.campaign.name

    def period_of(self, when: When) -> int:
        """The period in which a date falls, counted from 0 at the start; a number is a period already."""
        if isinstance(when, int):
            return when
        start = self.campaign.start
        if self.plan.periods_per_year == MONTHS:
            return MONTHS * (when.year - start.year) + when.month - start.month
        return int((when - start).days * self.plan.periods_per_year / 365.25)

    def date_of(self, period: int) -> date:
        """The first day of a period."""
        start = self.campaign.start
        if self.plan.periods_per_year == MONTHS:
            months = start.year * MONTHS + start.month - 1 + period
            return date(months // MONTHS, months % MONTHS + 1, 1)
        return date.fromordinal(
            start.toordinal() + round(period * 365.25 / self.plan.periods_per_year)
        )

    def in_force(self, period: int) -> Campaign:
        """The rules as they stand in one period."""
        return _in_force(self, sum(self.period_of(change.at) <= period for change in self.dated))

    @cached_property
    def dated(self) -> tuple[Change, ...]:
        """Changes in the order in which they come."""
        return tuple(sorted(self.changes, key=lambda change: self.period_of(change.at)))

    def with_(self, changes: Mapping[str, Any]) -> Campaign:
        """The same with other values at some addresses, checked again. Raises BadInput."""
        return checked(assigned(self.plain(), changes))

    def held(self, values: Mapping[str, Any]) -> Campaign:
        """The same with some rules at a value for the whole run: dated changes of them are dropped.

        Raises BadInput.
        """
        plain = assigned(self.plain(), values)
        for change in plain["changes"]:
            change["set"] = yielding(change["set"], values)
        plain["changes"] = [change for change in plain["changes"] if change["set"]]
        return checked(plain)

    def explain(self) -> str:
        """The campaign in sentences."""
        from stakhanov.campaign.explain import explained

        return explained(self)

    def apply(
        self, reports: Any, columns: Mapping[str, str] | None = None, **reading: Any
    ) -> Applied:
        """Pay and rank everybody in a report table under these rules.

        `reports`: a path, a database's URL, or a Polars, pandas or Arrow table; `columns`: what a column of the
        report table is called there. Raises BadInput.
        """
        from stakhanov.campaign.application import apply

        return apply(self, reports, columns, **reading)

    def __hash__(self) -> int:
        """By identity: a campaign is frozen but holds tables."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        """By what the files say."""
        return isinstance(other, Campaign) and self.plain() == other.plain()


@lru_cache(maxsize=1024)
def _in_force(campaign: Campaign, changes: int) -> Campaign:
    """The campaign after its first so many changes."""
    if changes == 0:
        return campaign
    before = _in_force(campaign, changes - 1)
    return declared(Campaign, assigned(before.plain(), campaign.dated[changes - 1].set))


def checked(plain: Mapping[str, Any]) -> Campaign:
    """A campaign from plain data, with its changes tried and its chapters held against each other.

    Raises BadInput with every problem.
    """
    campaign = declared(Campaign, plain)
    problems = [*_problems_of_changes(campaign), *_problems_between_chapters(campaign)]
    if problems:
        raise BadInput(problems)
    return campaign


def _problems_of_changes(campaign: Campaign) -> list[Problem]:
    problems = []
    plain = campaign.plain()
    order = sorted(
        range(len(campaign.changes)), key=lambda i: campaign.period_of(campaign.changes[i].at)
    )
    for i in order:
        for address, value in campaign.changes[i].set.items():
            try:
                tried = assigned(plain, {address: value})
                declared(Campaign, tried)
                plain = tried
            except BadInput as found:
                problems += [
                    Problem(f"changes.{i}.set.{p.address}", p.must, p.found, p.hint)
                    for p in found.problems
                ]
            if address.split(".")[0] in ("changes", "campaign", "format"):
                must = "must be a rule, not the file's own header or changes"
                problems.append(Problem(f"changes.{i}.set.{address}", must, address))
    return problems


def _problems_between_chapters(campaign: Campaign) -> list[Problem]:
    problems = []
    names = [prize.name for prize in campaign.prizes]
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.append(Problem("prizes", "must have names of their own", f"{name} twice"))
    for contest in campaign.emulation.contests:
        for name in contest.prizes:
            if name not in names:
                address = f"emulation.contests.{contest.name}.prizes"
                known = ", ".join(names) or "there are none"
                problems.append(
                    Problem(address, f"must name prizes of the campaign ({known})", name)
                )
    if campaign.limits.hours is not None and campaign.plan.hours > campaign.limits.hours:
        must = f"must be at most limits.hours ({campaign.limits.hours:g})"
        problems.append(Problem("plan.hours", must, f"{campaign.plan.hours:g}"))
    return problems
