"""Addresses: the dotted path of a parameter, the same in files, commands, sweeps and pages.

`norms.revision.up` walks tables; `pay.scale.1.rate` and `prizes.red-banner.amount` walk lists, by place or
by the `name` of the entry.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from stakhanov.foundation.problem import BadInput, Problem


def assigned(plain: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of plain data with other values at some addresses. Raises BadInput for a path that breaks off."""
    result = copy.deepcopy(dict(plain))
    problems = []
    for address, value in changes.items():
        try:
            _assign(result, address, copy.deepcopy(value))
        except LookupError as error:
            problems.append(
                Problem(address, "must lead to a parameter", f"nothing at {error.args[0]}")
            )
    if problems:
        raise BadInput(problems)
    return result


def _assign(plain: Any, address: str, value: Any) -> None:
    *path, last = address.split(".")
    here = plain
    for step in path:
        if isinstance(here, dict):
            here = here.setdefault(step, {})
        else:
            here = here[_place(here, step)]
    if isinstance(here, dict):
        here[last] = value
    else:
        here[_place(here, last)] = value


def _place(entries: Any, step: str) -> int:
    if not isinstance(entries, list):
        raise LookupError(step)
    if step.isdigit() and int(step) < len(entries):
        return int(step)
    for place, entry in enumerate(entries):
        if isinstance(entry, dict) and entry.get("name") == step:
            return place
    raise LookupError(step)


def leaves(plain: Any, prefix: str = "") -> dict[str, Any]:
    """Every address of plain data with its value; entries of lists go by name where they have one."""
    if isinstance(plain, dict) and plain:
        steps = plain.items()
    elif isinstance(plain, list) and plain and all(isinstance(entry, dict) for entry in plain):
        steps = {str(entry.get("name", place)): entry for place, entry in enumerate(plain)}.items()
    else:
        return {prefix: plain}
    return {
        address: value
        for step, inner in steps
        for address, value in leaves(inner, f"{prefix}.{step}" if prefix else str(step)).items()
    }


def overlaid(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """A base with another file laid over it: tables merge, lists of named things merge by name."""
    result = copy.deepcopy(dict(base))
    for key, value in over.items():
        below = result.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            result[key] = overlaid(below, value)
        elif _named(below) and _named(value):
            result[key] = _merged(below, value)
        else:
            result[key] = copy.deepcopy(value)
    return result


def _named(entries: Any) -> bool:
    return (
        isinstance(entries, list)
        and bool(entries)
        and all(isinstance(entry, dict) and "name" in entry for entry in entries)
    )


def _merged(base: Any, over: Any) -> list[dict[str, Any]]:
    by_name = {entry["name"]: entry for entry in over}
    kept = [overlaid(entry, by_name.pop(entry["name"], {})) for entry in base]
    return kept + [copy.deepcopy(entry) for entry in by_name.values()]


def yielding(later: Mapping[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    """Later values at some addresses, as far as they leave the held ones alone.

    What lies at a held address or below it is dropped; where a whole table that holds one is set anew, the
    held value is set again after it.
    """
    kept: dict[str, Any] = {}
    for address, value in later.items():
        if any(within(address, other) for other in held):
            continue
        kept[address] = value
        kept |= {other: there for other, there in held.items() if within(other, address)}
    return kept


def within(address: str, other: str) -> bool:
    """Whether an address is another one or lies below it."""
    return address == other or address.startswith(f"{other}.")
