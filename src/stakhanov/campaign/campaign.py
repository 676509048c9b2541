"""A campaign: the rules in force, chapter by chapter, and dated changes of them."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING, Annotated, Any

from stakhanov.campaign.agreement import is_fixed, problems_of_prizes, problems_of_queues
from stakhanov.campaign.audits import Audits, Discipline
from stakhanov.campaign.emulation import Emulation
from stakhanov.campaign.header import Change, Header
from stakhanov.campaign.limits import Limits
from stakhanov.campaign.norms import Norms, When
from stakhanov.campaign.pay import Pay
from stakhanov.campaign.plan import Plan, Technology
from stakhanov.campaign.prizes import Prize
from stakhanov.campaign.publicity import Publicity
from stakhanov.foundation.about import About
from stakhanov.foundation.address import assigned, keys_of, named, within, yielding
from stakhanov.foundation.declaration import Whole, declared
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.provenance import still_true
from stakhanov.foundation.salvage import Salvaged, salvaged
from stakhanov.foundation.written import day, month

if TYPE_CHECKING:
    from stakhanov.campaign.application import Applied

MONTHS = 12
FOUR_YEARS = 1461  # days
#: What a header says at length of where values come from.
LONG = ("evidence", "sources")


class Campaign(Whole):
    """The rules of a campaign, one chapter a field."""

    format: Annotated[int, About("Format of the file")] = 1
    campaign: Header
    plan: Plan = Plan()
    technology: Technology = Technology()
    norms: Norms = Norms()
    pay: Pay = Pay()
    prizes: Annotated[tuple[Prize, ...], About("Prizes")] = ()
    emulation: Emulation = Emulation()
    publicity: Publicity = Publicity()
    audits: Audits = Audits()
    discipline: Discipline = Discipline()
    limits: Limits = Limits()
    changes: Annotated[tuple[Change, ...], About("Rules that change during the run")] = ()

    @property
    def name(self) -> str:
        """The campaign's name."""
        return self.campaign.name

    @property
    def length(self) -> int:
        """Periods of the plan."""
        return self.plan.periods_per_year * self.plan.years

    def period_of(self, when: When) -> int:
        """The period in which a date falls, counted from 0 at the start; a number is a period already.

        Twelve periods a year are months from the day of the start on; any other number divides a year of
        365.25 days.
        """
        if isinstance(when, int):
            return when
        start = self.campaign.start
        if self.plan.periods_per_year == MONTHS:
            months = MONTHS * (when.year - start.year) + when.month - start.month
            return months - (when.day < min(start.day, monthrange(when.year, when.month)[1]))
        return (when - start).days * 4 * self.plan.periods_per_year // FOUR_YEARS

    def date_of(self, period: int) -> date:
        """The first day of a period."""
        start = self.campaign.start
        if self.plan.periods_per_year == MONTHS:
            months = start.year * MONTHS + start.month - 1 + period
            year, month = months // MONTHS, months % MONTHS + 1
            return date(year, month, min(start.day, monthrange(year, month)[1]))
        days = -(-period * FOUR_YEARS // (4 * self.plan.periods_per_year))
        return date.fromordinal(start.toordinal() + days)

    def when(self, period: int) -> str:
        """A period in words: its month, or its first day where periods are no months."""
        first = self.date_of(period)
        monthly = self.plan.periods_per_year == MONTHS and first.day == 1
        return month(first) if monthly else day(first)

    def in_force(self, period: int) -> Campaign:
        """The rules as they stand in one period."""
        return self.stages[bisect_right(self._turns, period)]

    def plan_by(self, period: int) -> float:
        """The plan of a period over that of the first: every period grows at the rate in force in it."""
        turns = [0, *self._turns, period + 1]
        grown: Counter[tuple[float, int]] = (
            Counter()
        )  # a rate that goes on is one power, not several
        for stage, (begin, end) in zip(self.stages, pairwise(turns), strict=True):
            key = (stage.plan.growth, stage.plan.periods_per_year)
            grown[key] += max(min(end, period + 1) - max(begin, 1), 0)
        return float(prod((1.0 + rate) ** (n / a_year) for (rate, a_year), n in grown.items()))

    @cached_property
    def dated(self) -> tuple[Change, ...]:
        """Changes in the order in which they come."""
        return tuple(sorted(self.changes, key=lambda change: self.period_of(change.at)))

    @cached_property
    def _turns(self) -> list[int]:
        """The periods from which on the changes hold."""
        return [self.period_of(change.at) for change in self.dated]

    @cached_property
    def stages(self) -> list[Campaign]:
        """The rules after no change, after the first, and so on."""
        stages, plain = [self], self.plain()
        header = {key: value for key, value in plain["campaign"].items() if key not in LONG}
        for change in self.dated:
            plain = assigned(plain, change.set)
            stage = declared(Campaign, {**plain, "campaign": header, "changes": []})
            same = {
                "campaign": self.campaign,
                "changes": self.changes,
            }  # they hold for the whole run
            stages.append(stage.model_copy(update=same))
        return stages

    def with_(self, changes: Mapping[str, Any]) -> Campaign:
        """The same with other values at some addresses, checked again. Raises BadInput.

        Evidence for values that change is left behind.
        """
        before = self.plain()
        return checked(still_true(before, assigned(before, changes), "campaign"))

    def held(self, values: Mapping[str, Any]) -> Campaign:
        """The same with some rules at a value for the whole run: dated changes of them are dropped.

        Raises BadInput.
        """
        before = self.plain()
        plain = assigned(before, values)
        held = {named(plain, address): value for address, value in values.items()}
        left = []
        for change in plain["changes"]:
            told = {named(plain, address): value for address, value in change["set"].items()}
            left.append({**change, "set": yielding(told, held)})
        plain["changes"] = [change for change in left if change["set"]]
        return checked(still_true(before, plain, "campaign"))

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
        """By what the file says."""
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        """By what the files say."""
        return isinstance(other, Campaign) and self.digest == other.digest


def checked(plain: Mapping[str, Any]) -> Campaign:
    """A campaign from plain data, with its changes tried and its chapters held against each other.

    Raises BadInput with every problem.
    """
    try:
        campaign = declared(Campaign, plain)
    except BadInput as found:
        together = _problems_of_the_rest(plain)
        raise BadInput(dict.fromkeys([*found.problems, *together])) from None
    problems = [] if _is_in_order(campaign) else list(_problems_together(Salvaged(campaign)))
    if not problems:
        problems += problems_of_queues(stage.prizes for stage in campaign.stages)
    if problems:
        raise BadInput(problems)
    return campaign


def _is_in_order(campaign: Campaign) -> bool:
    """Whether chapters and changes agree; if so, the rules of every date are known from here on."""
    if any(is_fixed(address) for change in campaign.changes for address in change.set):
        return False
    try:
        stages = campaign.stages
    except BadInput:
        return False
    return not any(
        problem for stage in stages for problem in problems_of_prizes(stage.prizes, stage.emulation)
    )


def _problems_of_the_rest(plain: Mapping[str, Any]) -> list[Problem]:
    """What the parts of a file show together, as far as they could be read."""
    rest = salvaged(Campaign, plain, {"campaign": {"name": "nameless"}})
    if rest is None:
        return []
    read = [prize.name for prize in rest.whole.prizes]
    listed = plain["prizes"] if "prizes" in rest.kept else ()
    entries = [entry for entry in listed if isinstance(entry, Mapping)]
    named_too = [str(entry["name"]) for entry in entries if entry.get("name", read) not in read]
    return list(_problems_together(rest, named_too))


def _problems_together(rest: Salvaged[Campaign], unread: Sequence[str] = ()) -> Iterator[Problem]:
    yield from problems_of_prizes(rest.whole.prizes, rest.whole.emulation, unread)
    yield from _problems_of_changes(rest, unread)


def _problems_of_changes(rest: Salvaged[Campaign], unread: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with each change, in the order in which they come into force."""
    now, whole = rest.whole, rest.whole.plain()
    known = set(problems_of_prizes(now.prizes, now.emulation, unread))
    names = _names_of_changes(rest, whole["changes"])
    plain = {
        **whole,
        "changes": [],
    }  # they are no rules of a date, and trying them again takes long
    for place, change in _in_order(rest.whole):
        where = f"changes.{names[place]}.set"
        for address in filter(is_fixed, change.set):
            yield Problem(f"{where}.{address}", "must be a rule that may change", address)
        values = {
            at: value
            for at, value in change.set.items()
            if not rest.touches(at) and not within(at, "changes")
        }
        try:
            now = declared(Campaign, assigned(plain, values))
            plain = now.plain()
        except BadInput as found:
            yield from (_within(where, problem) for problem in found.problems)
            continue
        for problem in problems_of_prizes(now.prizes, now.emulation, unread):
            if problem not in known:
                known.add(problem)
                yield _within(where, problem)


def _names_of_changes(rest: Salvaged[Campaign], changes: Sequence[Any]) -> list[str]:
    """What changes are called in addresses: by their dates, else by their places in the file."""
    keys = keys_of(changes)
    in_file = rest.places("changes", len(keys))
    return [str(in_file[place]) if key == str(place) else key for place, key in enumerate(keys)]


def _in_order(campaign: Campaign) -> list[tuple[int, Change]]:
    """The changes in the order in which they come, each with its place in the file."""
    return sorted(enumerate(campaign.changes), key=lambda placed: campaign.period_of(placed[1].at))


def _within(where: str, problem: Problem) -> Problem:
    return replace(problem, address=f"{where}.{problem.address}")
