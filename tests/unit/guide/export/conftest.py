"""The small class as a deck, and one full of what other formats take for marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from stakhanov.guide.load import load
from stakhanov.guide.practice.cards import Card, Deck, deck_of
from stakhanov.guide.practice.cloze import Gap
from stakhanov.guide.terms import Choices, Point

EXAMPLE = Path(__file__).parent.parent / "example"
ODD = 'a <b> & "c" {d} ~ = # : \\ // ]]> :: {{e}} ©норма'


@pytest.fixture
def deck() -> Deck:
    guide, _ = load(EXAMPLE)
    assert guide is not None
    return deck_of(guide)


@pytest.fixture
def odd() -> Deck:
    """One card of each kind, with every character that means something to some format."""
    sentence = f"{ODD} 102 {ODD}"
    claim = Card(
        "c/t#a",
        "t",
        ODD,
        "recall",
        sentence,
        sentence,
        gaps=(Gap(len(ODD) + 1, len(ODD) + 4),),
        first="c/t#a",
    )
    name = Card(
        "c/t#definition", "t", ODD, "recall", ODD, ODD, names=(ODD, "other"), first="c/t#definition"
    )
    points = (Point(id="p", weight=2.0, any=("norm rais",)),)
    essay = Card(
        "c/t?q", "t", ODD, "short", ODD, ODD, points=points, first="c/t?q", evidence=(ODD,)
    )
    choices = Choices(right=ODD, wrong=("<i>", "no"))
    choice = Card(
        "c/t?r", "t", ODD, "recall", ODD, ODD, points=points, choices=choices, first="c/t?r"
    )
    return Deck("c", ODD, (claim, name, essay, choice))
