"""Cards of a class: what they ask, what they leave out, and names that outlive renaming."""

from __future__ import annotations

from pathlib import Path

import pytest

from stakhanov.guide.load import load
from stakhanov.guide.practice.answers import Outcome, judged
from stakhanov.guide.practice.cards import Deck, deck_of
from stakhanov.guide.practice.cloze import GAP, named, put_back

FOUND, UNSURE, NOT_FOUND = Outcome.FOUND, Outcome.UNSURE, Outcome.NOT_FOUND


def deck(folder: Path) -> Deck:
    guide, faults = load(folder)
    assert guide is not None
    assert not faults
    return deck_of(guide)


def test_each_claim_and_each_question_has_a_card(example: Path) -> None:
    cards = deck(example).cards
    assert [card.id for card in cards if card.kind in ("claim", "question")] == [
        "soviet-labour/stakhanovite-movement#definition",
        "soviet-labour/stakhanovite-movement#record",
        "soviet-labour/stakhanovite-movement#rewards",
        "soviet-labour/stakhanovite-movement#norms",
        "soviet-labour/stakhanovite-movement?q-plans",
        "soviet-labour/padded-reports#definition",
        "soviet-labour/padded-reports#audits",
        "soviet-labour/padded-reports?q-audit",
    ]


def test_what_an_author_says_is_left_out(example: Path) -> None:
    card = deck(example).by_name["soviet-labour/stakhanovite-movement#record"]
    assert [card.hidden(gap) for gap in range(len(card.gaps))] == ["102", "14"]
    assert f"credited with {GAP} tonnes of coal" in card.gapped(0)
    assert f"roughly {GAP} times his norm" in card.gapped(1)
    assert "four times" in card.gapped(0)


def test_without_a_word_of_the_author_numbers_are_left_out_and_never_the_error(
    example: Path,
) -> None:
    page = example / "terms" / "stakhanovite-movement.md"
    page.write_text(page.read_text("utf-8").replace('    cloze: ["102", "14"]\n', ""), "utf-8")
    card = deck(example).by_name["soviet-labour/stakhanovite-movement#record"]
    hidden = [card.hidden(gap) for gap in range(len(card.gaps))]
    assert hidden == ["30–31 August 1935", "102", "7", "14"]
    assert card.gapped(2).endswith(
        f"His norm was about {GAP}, so the record is roughly 14 times his norm. "
        "Guides that say four times are mistaken."
    )


def test_without_numbers_a_rare_word_is_left_out(example: Path) -> None:
    card = deck(example).by_name["soviet-labour/stakhanovite-movement#rewards"]
    assert len(card.gaps) == 1
    assert len(card.hidden(0)) >= 6
    assert (
        card.hidden(0)
        in "Record-setters were paid bonuses and given goods, better flats and promotion"
    )


def test_a_definition_asks_for_the_term(example: Path) -> None:
    card = deck(example).by_name["soviet-labour/padded-reports#definition"]
    assert card.names == ("Padded reports", "padding", "приписки")
    assert "padded" not in card.prompt.lower()
    assert named("paddded reports", card.names) is FOUND
    assert named("Приписки!", card.names) is FOUND
    assert named("reports", card.names) is UNSURE
    assert named("shock work", card.names) is NOT_FOUND


def test_a_name_in_its_own_definition_is_masked(example: Path) -> None:
    page = example / "terms" / "padded-reports.md"
    page.write_text(
        page.read_text("utf-8").replace("[Reports that", "[Padding means reports that"), "utf-8"
    )
    card = deck(example).by_name["soviet-labour/padded-reports#definition"]
    assert card.prompt.startswith(f"{GAP} means reports that")
    assert card.answer.startswith("Padding means")


def test_a_model_answer_satisfies_its_own_points(example: Path) -> None:
    for card in deck(example).cards:
        assert all(one.outcome is FOUND for one in judged(card.answer, card.points, card.prompt))


def test_a_card_says_what_it_rests_on(example: Path) -> None:
    cards = deck(example).by_name
    record = cards["soviet-labour/stakhanovite-movement#record"]
    assert any("Siegelbaum" in one for one in record.evidence)
    assert any(
        one.startswith("Disputed: ") and "11 times; 102 t over a norm" in one
        for one in record.evidence
    )
    plans = cards["soviet-labour/stakhanovite-movement?q-plans"]
    assert plans.rests_on == ("definition", "norms", "rewards")
    assert any("Siegelbaum" in one for one in plans.evidence)
    audits = cards["soviet-labour/padded-reports#audits"]
    assert any(one.startswith("Experiment in our model: ") for one in audits.evidence)


def test_a_new_run_is_nothing_new_to_learn(example: Path) -> None:
    """Live values are filled in for reading; what was learned is the sentence without them."""
    card = deck(example).by_name["soviet-labour/padded-reports#audits"]
    assert "{{" not in card.answer
    assert "{{rare-audits.rare.padded_share" in card.learned


def test_earlier_names_lead_to_a_card(example: Path) -> None:
    page = example / "terms" / "padded-reports.md"
    text = page.read_text("utf-8").replace("kind: term\n", "kind: term\nwas: [padding-reports]\n")
    text = text.replace(
        "  audits:\n    kind: mechanism\n", "  audits:\n    was: [checks]\n    kind: mechanism\n"
    )
    page.write_text(text, "utf-8")
    found = deck(example).by_name
    now = found["soviet-labour/padded-reports#audits"]
    for name in ("padding-reports#audits", "padding-reports#checks", "padded-reports#checks"):
        assert found[f"soviet-labour/{name}"] is now
    assert (
        found["soviet-labour/padding-reports?q-audit"].id == "soviet-labour/padded-reports?q-audit"
    )


def test_a_correction_of_a_claim_reaches_its_questions(example: Path) -> None:
    page = example / "terms" / "stakhanovite-movement.md"
    correction = (
        "    corrected: [{on: 2026-05-03, said: norms stayed, why: a source was misread}]\n"
    )
    text = page.read_text("utf-8").replace("  norms:\n", f"  norms:\n{correction}")
    page.write_text(text, "utf-8")
    found = deck(example).by_name
    assert found["soviet-labour/stakhanovite-movement#norms"].corrected[0].said == "norms stayed"
    assert found["soviet-labour/stakhanovite-movement?q-plans"].corrected[0].said == "norms stayed"
    assert not found["soviet-labour/stakhanovite-movement#record"].corrected


@pytest.mark.parametrize(
    ("said", "hidden", "outcome"),
    [
        ("102", "102", FOUND),
        (" about 102 t", "102", FOUND),
        ("103", "102", UNSURE),
        ("50", "102", NOT_FOUND),
        ("", "102", NOT_FOUND),
        ("fourteen", "14", FOUND),
        ("14.0", "14", FOUND),
        ("1633526", "1,633,526", FOUND),
        ("30-31 August 1935", "30–31 August 1935", FOUND),
        ("August 1935", "30–31 August 1935", UNSURE),
        ("1936", "30–31 August 1935", NOT_FOUND),
        ("promotoin", "promotion", FOUND),
        ("promotions", "promotion", FOUND),
        ("demotion", "promotion", NOT_FOUND),
        ("flat", "flat", FOUND),
        ("flap", "flat", NOT_FOUND),  # short words must be right
        ("Норма", "норма", FOUND),
    ],
)
def test_what_is_put_into_a_gap(said: str, hidden: str, outcome: Outcome) -> None:
    assert put_back(said, hidden) is outcome


def test_a_sentence_of_short_words_leaves_one_out_too(example: Path) -> None:
    page = example / "terms" / "padded-reports.md"
    text = page.read_text("utf-8").replace("[Padding falls as audits grow frequent: in", "[In", 1)
    start, end = text.index("[In our"), text.index("{#audits}")
    page.write_text(f"{text[:start]}[In our model few pad then.]{text[end:]}", "utf-8")
    guide, _ = load(example)
    assert guide is not None
    card = deck_of(guide).by_name["soviet-labour/padded-reports#audits"]
    assert len(card.gaps) == 1
    assert len(card.hidden(0)) >= 4
