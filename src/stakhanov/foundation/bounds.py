"""How much a file may hold: files from strangers end somewhere, whatever they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stakhanov.foundation.problem import Problem

#: Entries of one list, tables and lists within each other, letters of a key.
MOST_ENTRIES, DEEPEST, LONGEST_KEY = 1000, 20, 200
SHOWN = 40


def problems_of_bounds(plain: Any, address: str = "", depth: int = 0) -> Iterator[Problem]:
    """What of plain data lies beyond the bounds; what lies within such a part is not looked at."""
    if depth > DEEPEST:
        must = f"must lie at most {DEEPEST} tables or lists deep"
        yield Problem(_short(address), must, "more within each other")
    elif isinstance(plain, dict):
        for key, inner in plain.items():
            here = f"{address}.{key}" if address else str(key)
            if len(key) > LONGEST_KEY:
                must = f"must have a key of at most {LONGEST_KEY} letters"
                yield Problem(_short(here), must, f"{len(key):,}")
            else:
                yield from problems_of_bounds(inner, here, depth + 1)
    elif isinstance(plain, list):
        if len(plain) > MOST_ENTRIES:
            must = f"must have at most {MOST_ENTRIES:,} entries"
            yield Problem(address, must, f"{len(plain):,}")
        else:
            for place, inner in enumerate(plain):
                yield from problems_of_bounds(inner, f"{address}.{place}", depth + 1)


def _short(address: str) -> str:
    return address if len(address) <= SHOWN else f"{address[:SHOWN]}..."
