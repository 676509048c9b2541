"""`results.lock.json`: what the runs behind a class's claims found, written by verification only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from stakhanov.experiments.declaration import Expectation
from stakhanov.foundation.declaration import Declaration, declared
from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.problem import BadInput, Problem

NAME = "results.lock.json"


class Result(Declaration):
    """A measure of an arm over its seeds: mean with a 95 % interval, and means by period.

    One seed has no interval; a measure that is read at a time, or has no series, has no periods.
    """

    mean: float
    low: float | None = None
    high: float | None = None
    unit: str = ""
    periods: tuple[float, ...] = ()


class Held(Declaration):
    """How an expectation came out, and the bar: as it was run, and as it stood before the first run."""

    holds: bool
    difference: float
    low: float | None = None
    high: float | None = None
    unit: str = ""
    bar: dict[str, Any]
    first: dict[str, Any]

    @property
    def moved(self) -> bool:
        """Whether the bar was changed after its first run."""
        return self.bar != self.first


class Ran(Declaration):
    """One experiment as it was run last; `hash` is the digest of its declaration, `on` the day."""

    hash: str
    engine: str = ""
    on: Annotated[str, Field(pattern=r"^(\d{4}-\d\d-\d\d)?$")] = ""
    seeds: tuple[int, ...] = ()
    workers: int = 0
    periods: int = 0
    arms: dict[str, dict[str, Result]] = {}
    expectations: dict[str, Held] = {}


class Lock(Declaration):
    """The whole file."""

    format: Literal[1] = 1
    experiments: Annotated[dict[str, Ran], Field()] = {}

    def value(self, reference: str) -> Result | Held | None:
        """A result by `EXP.ARM.MEASURE`, or a paired difference by `EXP.expect.NAME`."""
        parts = reference.split(".", 2)  # a measure's periods may hold dots
        if len(parts) != 3 or parts[0] not in self.experiments:
            return None
        ran = self.experiments[parts[0]]
        if parts[1] == "expect":
            return ran.expectations.get(parts[2])
        return ran.arms.get(parts[1], {}).get(parts[2])

    def number(self, reference: str) -> float | None:
        """The number that a reference names, if it was run."""
        found = self.value(reference)
        if isinstance(found, Held):
            return found.difference
        return found.mean if found is not None else None

    def write(self, folder: Path) -> None:
        """Put it into a class's folder."""
        text = json.dumps(self.plain(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        write_atomically(folder / NAME, text.encode("utf-8"))


def read_lock(folder: Path) -> Lock:
    """The lock of a class; an empty one where nothing was run. Raises BadInput."""
    path = folder / NAME
    try:
        plain: Any = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Lock()
    except (OSError, ValueError, RecursionError):
        must = "must be JSON as `stakhanov guide verify` writes it"
        raise BadInput([Problem(NAME, must, "something else")]) from None
    if not isinstance(plain, Mapping):
        raise BadInput([Problem(NAME, "must be a table", type(plain).__name__)])
    return declared(Lock, plain)


def bar_of(expectation: Expectation) -> dict[str, Any]:
    """What an expectation asks, without its name and its words."""
    return {key: value for key, value in expectation.plain().items() if key not in ("id", "says")}


def said(expectation: Expectation) -> str:
    """What an expectation asks, in a few words."""
    gap = f" by {expectation.min_gap:g} at least" if expectation.min_gap else ""
    gap = f" within {expectation.max_gap:g}" if expectation.max_gap is not None else gap
    arms = f"{expectation.arm} {expectation.op} {expectation.versus}"
    if expectation.than is not None:
        first, second = expectation.than
        arms = f"{expectation.arm} less {expectation.versus} {expectation.op} {first} less {second}"
    return f"{expectation.measure}: {arms}{gap}"
