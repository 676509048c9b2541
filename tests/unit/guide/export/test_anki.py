"""The deck as Anki's own program reads it: notes, gaps, and an import again that only updates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stakhanov.guide.export.anki import package
from stakhanov.guide.practice.cards import Deck

pytest.importorskip("anki", reason="the reader of Anki is not installed")

from anki.collection import Collection, ImportAnkiPackageRequest

EARLY, LATER = 1_790_000_000.0, 1_790_086_400.0


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Any]:
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def read(collection: Any, deck: Deck, seconds: float, folder: Path) -> None:
    file = folder / "deck.apkg"
    file.write_bytes(package(deck, seconds))
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(file)))


def notes(collection: Any) -> dict[str, Any]:
    found = (collection.get_note(one) for one in collection.find_notes(""))
    return {note["Name"]: note for note in found}


def test_anki_reads_every_card(collection: Any, deck: Deck, tmp_path: Path) -> None:
    read(collection, deck, EARLY, tmp_path)
    found = notes(collection)
    assert found.keys() == {card.id for card in deck.cards}
    record = found["soviet-labour/stakhanovite-movement#record"]
    assert "{{c1::102}}" in record["Sentence"]
    assert "{{c2::14}}" in record["Sentence"]
    assert len(record.cards()) == 2
    names = [one.name for one in collection.decks.all_names_and_ids()]
    assert "Stakhanov::Soviet labour, 1917–1991" in names
    assert collection.find_notes("tag:stakhanovite-movement")


def test_anki_shows_what_is_asked_and_answered(collection: Any, deck: Deck, tmp_path: Path) -> None:
    read(collection, deck, EARLY, tmp_path)
    found = notes(collection)
    first = found["soviet-labour/stakhanovite-movement#record"].cards()[0]
    assert "[...]" in first.question()
    shown = re.sub("<[^>]*>", "", first.question())
    assert "credited with [...] tonnes" in shown
    assert "102" not in shown
    assert "102" in first.answer()
    assert "Siegelbaum" in first.answer()
    plans = found["soviet-labour/stakhanovite-movement?q-plans"].cards()[0]
    assert "second Five-Year Plan" in plans.question()
    assert "lever for lifting norms" in plans.answer()
    definition = found["soviet-labour/padded-reports#definition"].cards()[0]
    assert "Which term is this?" in definition.question()
    assert "Padded reports" not in definition.question()
    assert "Padded reports" in definition.answer()


def test_importing_again_updates_and_makes_nothing_twice(
    collection: Any, deck: Deck, tmp_path: Path
) -> None:
    read(collection, deck, EARLY, tmp_path)
    name = "soviet-labour/stakhanovite-movement#norms"
    before = notes(collection)[name]
    card = before.cards()[0]
    collection.sched.set_due_date([card.id], "30")
    due = collection.get_card(card.id).due
    corrected = tuple(
        replace(one, answer=one.answer.replace("basic rates", "basic rates again"), gaps=one.gaps)
        if one.id == name
        else one
        for one in deck.cards
    )
    read(collection, Deck(deck.guide, deck.title, corrected), LATER, tmp_path)
    found = notes(collection)
    assert len(found) == len(deck.cards)
    assert found[name].id == before.id
    assert "basic rates again" in found[name]["Sentence"]
    assert collection.get_card(card.id).due == due  # its history is kept
    assert len(collection.models.all_names_and_ids()) == len(
        {m.name for m in collection.models.all_names_and_ids()}
    )


def test_a_renamed_claim_is_the_same_note(collection: Any, deck: Deck, tmp_path: Path) -> None:
    read(collection, deck, EARLY, tmp_path)
    renamed = tuple(replace(card, id=f"{card.id}-anew") for card in deck.cards)
    read(collection, Deck(deck.guide, deck.title, renamed), LATER, tmp_path)
    assert len(collection.find_notes("")) == len(deck.cards)


def test_marks_of_other_formats_are_only_text(collection: Any, odd: Deck, tmp_path: Path) -> None:
    read(collection, odd, EARLY, tmp_path)
    found = notes(collection)
    assert found.keys() == {card.id for card in odd.cards}
    sentence = found["c/t#a"]
    assert len(sentence.cards()) == 1
    assert "&lt;b&gt;" in sentence.cards()[0].question()
    assert "<b>" not in sentence["Sentence"]


def test_the_same_cards_make_the_same_file(deck: Deck) -> None:
    assert package(deck, EARLY) == package(deck, EARLY)
