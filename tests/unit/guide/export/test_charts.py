"""A chart to be read goes along as a table, in every format that holds one."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from stakhanov.guide.export.anki import _note
from stakhanov.guide.export.gift import questions
from stakhanov.guide.export.moodle import question_bank
from stakhanov.guide.export.paper import _question
from stakhanov.guide.load import load
from stakhanov.guide.mock_tests.drawing import Item
from stakhanov.guide.practice.asking import asked
from stakhanov.guide.practice.cards import Card, Deck, deck_of

CHART = "soviet-labour/padded-reports#audits~chart"
NUMBERS = "0.0314 (0.0199 to 0.0428)"


@pytest.fixture
def card(locked: Path) -> Card:
    guide, _ = load(locked)
    assert guide is not None
    return deck_of(guide).by_name[CHART]


def test_cards_and_papers_show_the_numbers_and_not_the_answer(card: Card) -> None:
    fields = _note(card).fields
    paper = _question(Item(asked(card, 0), "interpret", 1.0))
    for text in (fields[1], paper):
        assert "<table>" in text
        assert NUMBERS in text
    assert card.choices is not None
    assert card.choices.right in fields[2]
    assert paper.count("<li>") == 4


def test_question_banks_show_the_numbers(card: Card) -> None:
    deck = Deck("soviet-labour", "Soviet labour", (card,))
    [question] = ElementTree.fromstring(question_bank(deck)).findall(
        "question[@type='multichoice']"
    )
    text = question.findtext("questiontext/text") or ""
    assert "<table>" in text
    assert NUMBERS in text
    assert len(question.findall("answer")) == 4
    assert NUMBERS in questions(deck)
