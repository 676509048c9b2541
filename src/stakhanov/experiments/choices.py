"""What an optimiser may choose: rules of the campaign, each over a range or among listed values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stakhanov.experiments.addresses import chapters
from stakhanov.experiments.arms import Base
from stakhanov.experiments.limits import Limit, hours_of
from stakhanov.experiments.ranges import Range, entangled, ranges_over
from stakhanov.experiments.sweep import axis_of, axis_over, span_of
from stakhanov.foundation.address import leaves
from stakhanov.foundation.problem import BadInput, Problem

_SPAN = re.compile(r"[^=]+=\s*[-+.\deE]+\s*:\s*[-+.\deE]+\s*")
#: Chapters of a campaign that nobody may choose, and why.
_GIVEN = {
    "limits": "must not be varied: no goal can buy strain or hours",
    "changes": "must not be varied: a value that is varied holds for the whole run",
    "technology": "must not be varied: technology is given, no rule brings it about",
}


@dataclass(frozen=True)
class Listed:
    """An address and the values that it may take."""

    address: str
    values: tuple[Any, ...]


Choice = Range | Listed
#: As it is asked for: a pair is a range, a list names every value.
Asked = Mapping[str, tuple[float, float] | list[Any]]


def choice_of(text: str, option: str = "vary") -> tuple[str, tuple[float, float] | list[Any]]:
    """`ADDRESS=FROM:TO`, a range, or `ADDRESS=v1,v2,...`, values. Raises BadInput."""
    if _SPAN.fullmatch(text):
        address, low, high = span_of(text, option)
        return address, (low, high)
    axis = axis_of(text, option)
    return axis.address, list(axis.values)


def choices_over(base: Base, asked: Asked) -> list[Choice]:
    """Choices by address, in the order given. Raises BadInput with every problem."""
    problems = _not_chosen(asked)
    listed = {a: v for a, v in asked.items() if isinstance(v, list)}
    spans = {a: v for a, v in asked.items() if not isinstance(v, list)}
    ranges: list[Range] = []
    try:
        ranges = ranges_over(base, spans)
    except BadInput as error:
        problems += error.problems
    if listed:
        problems += entangled(list(asked))
    for address, values in listed.items():
        problems += _refused(base, address, values)
    if not asked:
        must = "must be given at least once, as ADDRESS=FROM:TO or ADDRESS=v1,v2,..."
        problems.append(Problem("vary", must, "nothing"))
    if problems:
        raise BadInput(dict.fromkeys(problems))
    by_address: dict[str, Choice] = {one.address: one for one in ranges}
    by_address |= {address: Listed(address, tuple(values)) for address, values in listed.items()}
    return [by_address[address] for address in asked]


def _not_chosen(asked: Asked) -> list[Problem]:
    _, people = chapters()
    problems = []
    for address in asked:
        chapter = address.partition(".")[0]
        if chapter in people:
            must = "must be a rule of the campaign: people are not chosen"
            problems.append(Problem(address, must, "a trait of the workforce"))
        elif chapter in _GIVEN:
            problems.append(Problem(address, _GIVEN[chapter], "it varied"))
    return problems


def _refused(base: Base, address: str, values: Sequence[Any]) -> list[Problem]:
    problems: list[Problem] = []
    try:
        axis_over(address, values)
    except BadInput as error:
        return error.problems
    for value in values:
        try:
            base.design({address: value})
        except BadInput as error:
            problems += error.problems
    return problems


def check_hours(base: Base, choices: Sequence[Choice], limit: Limit) -> None:
    """No choice may make the day longer than the limit. Raises BadInput."""
    problems = []
    for one in choices:
        ends = [one.low, one.high] if isinstance(one, Range) else list(one.values)
        for end in ends:
            campaign = base.design({one.address: end}).campaign
            if limit.excess(hours_of(campaign, limit.by_period.size)) > 0.0:
                whose = "limits.hours" if limit.stated else "the longest day of the campaign"
                must = f"must not make the day longer than {whose} ({limit.largest:g})"
                problems.append(Problem(one.address, must, str(end)))
    if problems:
        raise BadInput(problems)


def first_day(base: Base, choices: Sequence[Choice]) -> dict[str, Any]:
    """What the campaign has at all the addresses on its first day; nothing where it has nothing."""
    plain = leaves(base.campaign.plain())
    return {one.address: plain[one.address] for one in choices if one.address in plain}


def present_of(base: Base, choices: Sequence[Choice]) -> dict[str, Any] | None:
    """The same as a candidate; none where the choices do not have it."""
    found = first_day(base, choices)
    return found if all(_has(one, found.get(one.address)) for one in choices) else None


def _has(one: Choice, value: Any) -> bool:
    if not isinstance(one, Range):
        return value in one.values
    low, high = sorted((one.low, one.high))
    return isinstance(value, (int, float)) and low <= value <= high
