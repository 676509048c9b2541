"""Differences by address: which are the campaign's, which the workforce's, and what they make of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from stakhanov.foundation.nearest import nearest
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce

#: Chapters that describe a file and are no rules.
_NO_RULES = {"format", "campaign", "workforce"}


def parted(differences: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], list[Problem]]:
    """The campaign's differences, the workforce's, and problems of those that are neither's."""
    rules, people = chapters()
    of_rules: dict[str, Any] = {}
    of_people: dict[str, Any] = {}
    problems = []
    for address, value in differences.items():
        chapter, _, rest = address.partition(".")
        if chapter in rules:
            of_rules[address] = value
        elif chapter in people:
            of_people[address] = value
        else:
            problems.append(_unknown(address, chapter, rest, rules | people))
    return of_rules, of_people, problems


def chapters() -> tuple[set[str], set[str]]:
    """First steps of addresses: of a campaign, and those that only a workforce has."""
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce

    rules = set(Campaign.model_fields) - _NO_RULES
    return rules, set(Workforce.model_fields) - _NO_RULES - rules


def _unknown(address: str, chapter: str, rest: str, known: set[str]) -> Problem:
    near = nearest(chapter, sorted(known))
    hint = f"did you mean {'.'.join(filter(None, (near, rest)))}?" if near else ""
    must = "must begin with a chapter of the campaign or the workforce"
    return Problem(address, must, chapter, hint)


def held(
    campaign: Campaign, workforce: Workforce, differences: Mapping[str, Any]
) -> tuple[Campaign, Workforce]:
    """Rules and people with values held at some addresses for the whole run.

    Dated changes and branches' overrides of a held address are dropped. Raises BadInput with every problem.
    """
    of_rules, of_people, problems = parted(differences)
    rules, people = campaign, workforce
    try:
        rules = campaign.held(of_rules) if of_rules else campaign
    except BadInput as error:
        problems += error.problems
    try:
        people = workforce.held(of_people) if of_people else workforce
    except BadInput as error:
        problems += error.problems
    if problems:
        raise BadInput(problems)
    return rules, people


def told(address: str) -> str:
    """An address in words, with its unit, as its declaration has them; itself where there are none."""
    from stakhanov.campaign import Campaign
    from stakhanov.foundation.catalogue import parameters
    from stakhanov.foundation.written import with_unit
    from stakhanov.workforce import Workforce

    steps = address.split(".")
    for kind in (Campaign, Workforce):
        for one in parameters(kind):
            pattern = one.address.split(".")
            if len(pattern) == len(steps) and all(
                mine in (theirs, "*") for mine, theirs in zip(pattern, steps, strict=True)
            ):
                return with_unit(one.title or address, one.unit)
    return address


def under(address: str, problems: list[Problem]) -> Iterator[Problem]:
    """Problems told under the place of the file where they come from."""
    for one in problems:
        yield Problem(f"{address}.{one.address}", one.must, one.found, one.hint)
