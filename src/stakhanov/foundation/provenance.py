"""Provenance: where the values of a file come from, and which of that still holds when values change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from stakhanov.foundation.about import About, Grade
from stakhanov.foundation.address import leaves
from stakhanov.foundation.declaration import Declaration


class Provenance(Declaration):
    """Where the value at an address comes from."""

    source: Annotated[str, About("Key of a source, or a sentence")] = ""
    grade: Annotated[Grade, About("Grade of evidence")] = "assumed"
    note: Annotated[str, About("What to know about it")] = ""


def still_true(before: Mapping[str, Any], after: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """`after` without the rows of evidence that it took over for values that it changed.

    Both are a file's plain data, `kind` is its header. A row speaks of its address and all below it; one
    that ends in `@date` speaks of what a change sets at that date.
    """
    rows = _rows(before, kind)
    kept = _rows(after, kind)
    moved = _moved(before, after)
    stale = [
        key
        for key, row in rows.items()
        if kept.get(key) == row and any(_speaks_of(key, address) for address in moved)
    ]
    if not stale:
        return dict(after)
    evidence = {key: row for key, row in kept.items() if key not in stale}
    return {**after, kind: {**after[kind], "evidence": evidence}}


def _rows(plain: Mapping[str, Any], kind: str) -> dict[str, Any]:
    header = plain.get(kind)
    rows = header.get("evidence") if isinstance(header, dict) else None
    return rows if isinstance(rows, dict) else {}


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    old, new = dict(_values(before)), dict(_values(after))
    return {address for address in old.keys() | new.keys() if old.get(address) != new.get(address)}


def _values(plain: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Values by address, those of changes as `address@date`."""
    yield from leaves({key: value for key, value in plain.items() if key != "changes"}).items()
    changes = plain.get("changes")
    for change in changes if isinstance(changes, list) else ():
        settings = change.get("set") if isinstance(change, dict) else None
        for address, value in settings.items() if isinstance(settings, dict) else ():
            yield f"{address}@{change.get('at')}", value


def _speaks_of(row: str, moved: str) -> bool:
    """Whether a row of evidence speaks of an address that moved: it, a part of it or the whole around it."""
    address, _, when = row.partition("@")
    where, _, at = moved.partition("@")
    if when != at:
        return False
    return address == where or where.startswith(f"{address}.") or address.startswith(f"{where}.")
