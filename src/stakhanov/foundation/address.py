"""Addresses: the dotted path of a parameter, the same in files, commands, sweeps and pages.

`norms.revision.up` walks tables; lists are walked by place (`pay.scale.1.rate`), by the `name` of an entry
(`prizes.red-banner.amount`) or by its date (`changes.1936-01-01.note`).
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.overlay import overlaid
from stakhanov.foundation.problem import BadInput, Problem

#: Tables whose keys are addresses themselves.
BY_ADDRESS = ("set", "overrides")


class _BrokenOff(LookupError):
    """A path that leads nowhere: the step at which it ends, and what there is instead."""

    def __init__(self, step: str, known: Sequence[str] = (), why: str = "") -> None:
        self.step = step
        self.why = why
        self.known = list(known)
        super().__init__(step)


def assigned(plain: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data with other values at some addresses; what no address leads to is shared, not copied.

    A table given at an address is laid over what is there; None takes away what is there, so that the
    default holds again. Raises BadInput for paths that break off.
    """
    result = dict(plain)
    problems = []
    for address, value in changes.items():
        try:
            _assign(result, address.split("."), copy.deepcopy(value))
        except _BrokenOff as error:
            found = f"nothing at {error.step}"
            hint = hint_of(error.step, error.known) or error.why
            problems.append(Problem(address, "must lead to a parameter", found, hint))
    if problems:
        raise BadInput(problems)
    return result


def _assign(plain: dict[str, Any], steps: list[str], value: Any) -> None:
    """Put a value at the end of a path, in copies of what the path leads through."""
    here: Any = plain
    table = ""
    while True:
        if isinstance(here, list):
            here, place, steps = here, place_of(here, steps[0]), steps[1:]
            if not steps:
                here[place : place + 1] = [] if value is None else [value]
                return
            table, here = "", _copied(here, place)
        elif isinstance(here, dict):
            key, steps = _key(here, steps, whole=table in BY_ADDRESS)
            if not steps:
                _put(here, key, value)
                return
            here.setdefault(key, {})
            table, here = key, _copied(here, key)
        else:
            raise _BrokenOff(steps[0])


def _copied(container: Any, key: Any) -> Any:
    """What a container holds, as a copy of its own in its place."""
    if isinstance(container[key], (dict, list)):
        container[key] = copy.copy(container[key])
    return container[key]


def _key(table: Mapping[str, Any], steps: list[str], *, whole: bool) -> tuple[str, list[str]]:
    """The key of a table that a path begins with, and the rest of the path. Keys may hold dots."""
    for length in range(len(steps), 0, -1):
        if (key := ".".join(steps[:length])) in table:
            return key, steps[length:]
    return (".".join(steps), []) if whole else (steps[0], steps[1:])


def _put(table: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        table.pop(key, None)
    elif value and isinstance(value, dict) and isinstance(table.get(key), dict):
        table[key] = overlaid(table[key], value)
    else:
        table[key] = value


def place_of(entries: Sequence[Any], step: str) -> int:
    """The place of an entry by its number, its name or its date. Raises LookupError."""
    if step.isdigit():
        if int(step) < len(entries):
            return int(step)
        raise _BrokenOff(step)
    keys = keys_of(entries)
    if step not in keys:
        why = "" if keys else "the list is empty; a list held by --set drops changes of it"
        raise _BrokenOff(step, [key for key in keys if not key.isdigit()], why)
    return keys.index(step)


def keys_of(entries: Sequence[Any]) -> list[str]:
    """What the entries of a list are called: by name or date where that is an entry's own, else by place."""
    own = [_own_key(entry) for entry in entries]
    times = Counter(own)
    return [
        key if key is not None and times[key] == 1 else str(place) for place, key in enumerate(own)
    ]


def _own_key(entry: Any) -> str | None:
    for word in ("name", "at") if isinstance(entry, dict) else ():
        if isinstance(value := entry.get(word), (str, date)):
            return str(value)
    return None


def told_by_key(plain: Any, steps: Sequence[str | int]) -> list[str]:
    """A path with places in lists as a path in the file's own words: entries by name or date."""
    said = []
    for step in steps:
        if isinstance(plain, list) and isinstance(step, int) and step < len(plain):
            said.append(keys_of(plain)[step])
            plain = plain[step]
        else:
            said.append(str(step))
            plain = plain.get(step) if isinstance(plain, dict) else None
    return said


def named(plain: Any, address: str) -> str:
    """An address with the entries of lists by name or date rather than by place."""
    steps: list[str | int] = []
    here = plain
    for step in address.split("."):
        if isinstance(here, list):
            try:
                place = place_of(here, step)
            except LookupError:
                return address
            steps.append(place)
            here = here[place]
        else:
            steps.append(step)
            here = here.get(step) if isinstance(here, dict) else None
    return ".".join(told_by_key(plain, steps))


def leaves(plain: Any, prefix: str = "") -> dict[str, Any]:
    """Every address of plain data with its value, in the order of the data."""
    if isinstance(plain, dict) and plain:
        steps = list(plain.items())
    elif isinstance(plain, list) and plain and all(isinstance(entry, dict) for entry in plain):
        steps = list(zip(keys_of(plain), plain, strict=True))
    else:
        return {prefix: plain}
    return {
        address: value
        for step, inner in steps
        for address, value in leaves(inner, f"{prefix}.{step}" if prefix else str(step)).items()
    }


def by_address(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """A table of values by address: tables nested by dots without quotes count as written with them."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        address = f"{prefix}.{key}" if prefix else str(key)
        if isinstance(value, dict) and value:
            flat.update(by_address(value, address))
        else:
            flat[address] = value
    return flat


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
