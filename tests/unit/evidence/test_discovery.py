"""Many tests at once: the worked example of the paper."""

from __future__ import annotations

from stakhanov.evidence.discovery import standing_out

#: Benjamini and Hochberg (1995), section 4.1: fifteen p-values of which four stand out at 5 %.
PAPER = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1.0000,
]


def test_the_example_of_the_paper() -> None:
    assert standing_out(PAPER) == [True] * 4 + [False] * 11
    assert standing_out(PAPER[::-1]) == [False] * 11 + [True] * 4


def test_nothing_among_nothing() -> None:
    assert standing_out([]) == []
    assert standing_out([0.2, 0.9]) == [False, False]
