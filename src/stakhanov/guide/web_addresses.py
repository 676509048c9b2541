"""Web addresses of works: when each was tried and last answered, kept beside the class.

Nothing is asked of the web unless somebody says so: `stakhanov guide check --links` tries them and writes
`links.lock.json`, and the linter reads it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.client import HTTPException
from pathlib import Path
from typing import Any, Literal
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from stakhanov.foundation.declaration import Declaration, declared
from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.problem import BadInput, Problem

NAME = "links.lock.json"
#: Seconds to wait for an answer, and addresses that are tried at once.
PATIENCE, AT_ONCE = 10.0, 8
#: Answers that say the page is there, only not for a program.
THERE = frozenset({401, 403, 405, 406, 429})


class Tried(Declaration):
    """An address: the day it was first tried, last tried, and last answered."""

    first: date
    last: date
    reached: date | None = None

    @property
    def silent(self) -> int:
        """Days for which it has been tried in vain."""
        return (self.last - (self.reached or self.first)).days


class Addresses(Declaration):
    """The whole file."""

    format: Literal[1] = 1
    addresses: dict[str, Tried] = {}

    def write(self, folder: Path) -> None:
        """Put it into a class's folder."""
        text = json.dumps(self.plain(), indent=1, sort_keys=True, default=str) + "\n"
        write_atomically(folder / NAME, text.encode("utf-8"))


def read_addresses(folder: Path) -> Addresses:
    """What is kept of a class's addresses; nothing where none was tried. Raises BadInput."""
    try:
        plain: Any = json.loads((folder / NAME).read_bytes())
    except FileNotFoundError:
        return Addresses()
    except (OSError, ValueError, RecursionError):
        must = "must be JSON as `stakhanov guide check --links` writes it"
        raise BadInput([Problem(NAME, must, "something else")]) from None
    if not isinstance(plain, dict):
        raise BadInput([Problem(NAME, "must be a table", type(plain).__name__)])
    return declared(Addresses, plain)


def answers(address: str) -> bool:
    """Whether a page answers at an address."""
    if not address.startswith(("http://", "https://")):
        return False
    try:
        request = Request(address, method="HEAD", headers={"User-Agent": "stakhanov guide check"})
        with urlopen(request, timeout=PATIENCE):
            return True
    except HTTPError as error:
        return error.code in THERE
    except (OSError, ValueError, HTTPException):
        return False


def tried(
    before: Addresses,
    addresses: Iterable[str],
    today: date,
    ask: Callable[[str], bool] = answers,
) -> Addresses:
    """What is known of addresses after asking each of them once; others are forgotten."""
    every = sorted(set(addresses))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(ask, every))
    made = {}
    for address, reached in zip(every, found, strict=True):
        old = before.addresses.get(address)
        made[address] = Tried(
            first=old.first if old else today,
            last=today,
            reached=today if reached else old.reached if old else None,
        )
    return Addresses(addresses=made)
