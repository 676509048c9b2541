"""A workforce file that lies over another and says only the traits that were found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit

from stakhanov.foundation.address import assigned
from stakhanov.foundation.overlay import overlaid
from stakhanov.workforce.workforce import Workforce, checked

#: Chapters that every file has of its own.
_OWN = ("workforce", "format", "branches")


def overlay(
    found: Workforce, below: Workforce, base: str, header: Mapping[str, Any], comment: str
) -> str:
    """The text of a file over `base`, the workforce `below` by name or path, that gives the people of `found`.

    `header` has the file's name, sources and evidence. Branches that differ in what was found get the found
    value. Where people differ in more than single traits, the text says all of them.
    """
    values = {
        address: theirs
        for address, (_, theirs) in below.difference(found).items()
        if address.partition(".")[0] not in _OWN and theirs is not None
    }
    branches = [
        {"name": one.name, "overrides": {a: values[a] for a in one.overrides if a in values}}
        for one in below.branches
    ]
    plain = assigned({}, values)
    own = [one for one in branches if one["overrides"]]
    plain |= {"branches": own} if own else {}
    whole: dict[str, Any] = {"format": 1, "workforce": {**header, "base": base}, **plain}
    if not _same_people(checked(overlaid(below.plain(), whole)), found):
        plain = found.plain()
        whole = {**plain, "workforce": overlaid(plain["workforce"], header)}
    document = tomlkit.document()
    document.add(tomlkit.comment(comment))
    for key, value in whole.items():
        document.add(key, tomlkit.item(value))
    return tomlkit.dumps(document)


def _same_people(one: Workforce, other: Workforce) -> bool:
    """Whether people are the same in every branch, wherever the files say so."""
    return [_people(branch) for branch in one.by_branch()] == [
        _people(branch) for branch in other.by_branch()
    ] and [(b.name, b.share) for b in one.branches] == [(b.name, b.share) for b in other.branches]


def _people(workforce: Workforce) -> dict[str, Any]:
    return {key: value for key, value in workforce.plain().items() if key not in _OWN}
