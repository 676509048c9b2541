"""Ranges: values along them, and what they may not be."""

from __future__ import annotations

import pytest

from stakhanov.experiments.arms import Base
from stakhanov.experiments.ranges import Range, ranges_over
from stakhanov.foundation.problem import BadInput


@pytest.fixture
def base() -> Base:
    return Base.of("plain-piece-rate", "heavy-machine-building", workers=40, periods=2)


def test_values_along_a_range() -> None:
    assert [Range("a", 0.0, 0.3).at(share) for share in (0.0, 1 / 3, 0.5, 1.0)] == [
        *(0.0, 0.1, 0.15, 0.3)
    ]
    whole = Range("a", 1.0, 4.0, whole=True)
    assert [whole.at(share) for share in (0.0, 0.24, 0.26, 0.5, 0.76, 1.0)] == [1, 1, 2, 3, 4, 4]
    assert [Range("a", 4.0, 1.0, whole=True).at(share) for share in (0.0, 0.5, 1.0)] == [4, 2, 1]


def test_whole_numbers_are_known_from_the_declaration(base: Base) -> None:
    found = ranges_over(base, {"norms.revision.every": (1, 12), "norms.revision.up": (0, 1)})
    assert [one.whole for one in found] == [True, False]
    assert not ranges_over(base, {"limits.hours": (1, 2)})[0].whole


def test_every_problem_is_told_at_once(base: Base) -> None:
    spans = {
        "norms.revision.up": (0, 1.5),
        "norms.revision": (0, 1),
        "norms.scope": (0, 1),
        "norms.revision.every": (1, 2.5),
        "money.valu": (0, 1),
    }
    with pytest.raises(BadInput) as found:
        ranges_over(base, spans)
    told = [str(problem) for problem in found.value.problems]
    assert told == [
        "norms.revision.up: must be another address than the others; found norms.revision",
        "norms.revision: must be another address than the others; found norms.revision.every",
        "norms.revision.up: must be at most 1; found 1.5",
        "norms.revision: must be a table; found 0",
        "norms.revision: must be a table; found 1",
        "norms.scope: must be a number, to be moved over a range; found enterprise",
        "norms.revision.every: must go from one whole number to another; found 1:2.5",
        "money.valu: must be a key that is known here; found `valu` (did you mean value?)",
    ]
