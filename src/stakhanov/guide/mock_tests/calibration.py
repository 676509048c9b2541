"""How predictions of mock tests held: the range that was told before each, and the score that came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stakhanov.guide.practice.prediction import LEVEL, OWN_FROM, Range
from stakhanov.guide.practice.reviews import Sitting

#: Columns of the strip that a terminal shows from 0 to 100 points.
STRIP = 41


@dataclass(frozen=True)
class Foretold:
    """A test that was handed in, with the range that was told before it; shares from 0 to 1."""

    test: str
    at: datetime
    low: float
    high: float
    score: float

    @property
    def inside(self) -> bool:
        """Whether the score fell into the range."""
        return self.low <= self.score <= self.high

    @property
    def points(self) -> tuple[int, int]:
        """The range in points of 100, as it was told."""
        return Range(self.low, self.high, 0.0).points(100)


def foretold(sittings: Iterable[Sitting]) -> tuple[Foretold, ...]:
    """The tests that were handed in after a range was told, in the order of that; others say nothing of it."""
    found = [
        Foretold(one.id, one.submitted, one.low, one.high, one.score)
        for one in sittings
        if one.submitted is not None and one.low is not None and one.high is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.test)))


def calibration(sittings: Iterable[Sitting]) -> tuple[Foretold, ...]:
    """The same, and nothing before the third: fewer say too little of how far to trust the next range."""
    found = foretold(sittings)
    return found if len(found) >= OWN_FROM else ()


def held(tests: Sequence[Foretold]) -> str:
    """How often the score fell into the range, and how often it would if the model of memory held."""
    inside = sum(one.inside for one in tests)
    return (
        f"The score fell into the range that was told before in {inside} of {len(tests)} tests; "
        f"{100 * LEVEL:.0f} of 100 would be expected, if the model of memory holds."
    )


def strip(one: Foretold) -> str:
    """A test as a line from 0 to 100 points: the range as dashes, the score `o` within and `x` outside."""

    def place(share: float) -> int:
        return round(share * (STRIP - 1))

    line = ["."] * STRIP
    low, high = place(one.low), place(one.high)
    line[low : high + 1] = "-" * (high + 1 - low)
    line[place(one.score)] = "o" if one.inside else "x"
    return "".join(line)


def kept(tests: Sequence[Foretold]) -> dict[str, Any] | None:
    """How predictions held, as data; None before the third."""
    if not tests:
        return None
    return {
        "level": LEVEL,
        "inside": sum(one.inside for one in tests),
        "tests": [
            {
                "test": one.test,
                "handed_in": one.at.isoformat(),
                "low": one.low,
                "high": one.high,
                "score": one.score,
                "inside": one.inside,
            }
            for one in tests
        ],
    }
