"""Cards to choose from that are made of claims: evidence, charts to read, look-alikes to tell apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from stakhanov.guide.load import load
from stakhanov.guide.practice.answers import Outcome
from stakhanov.guide.practice.asking import asked, judge
from stakhanov.guide.practice.cards import Card, Deck, deck_of
from stakhanov.guide.practice.cloze import GAP
from stakhanov.guide.practice.learner import Learner
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.session import Session

RECORD = "soviet-labour/stakhanovite-movement#record~evidence"
AUDITS = "soviet-labour/padded-reports#audits~evidence"
CHART = "soviet-labour/padded-reports#audits~chart"


def deck(folder: Path) -> Deck:
    guide, faults = load(folder)
    assert guide is not None
    assert not faults
    return deck_of(guide)


def options(card: Card) -> tuple[str, tuple[str, ...]]:
    assert card.choices is not None
    return card.choices.right, card.choices.wrong


def change(page: Path, old: str, new: str) -> None:
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), "utf-8")


def test_evidence_is_asked_of_disputed_claims_and_of_models_alone(example: Path) -> None:
    found = [card.id for card in deck(example).cards if card.kind == "evidence"]
    assert found == [RECORD, AUDITS]


def test_a_disputed_claim_rests_on_its_works_and_not_on_who_disputes_it(example: Path) -> None:
    card = deck(example).by_name[RECORD]
    right, wrong = options(card)
    assert card.prompt.startswith("What does this rest on? On the night of 30–31 August 1935")
    assert "Siegelbaum" in right
    assert "and 1 more" in right  # three works, two of them named
    assert any("Did Stakhanov Act Alone?" in one for one in wrong)
    assert any("run of our model" in one for one in wrong)
    assert not any("Siegelbaum" in one for one in wrong)
    assert "others differ" in card.answer


def test_a_run_alone_is_told_from_works(example: Path) -> None:
    card = deck(example).by_name[AUDITS]
    right, wrong = options(card)
    guide, _ = load(example)
    assert guide is not None
    title = guide.experiments["rare-audits"].experiment.title
    assert right == f"A run of our model, “{title}”, alone"
    assert all("run of our model" not in one for one in wrong)
    assert "never that it happened" in card.answer


def test_a_chart_is_read_from_the_locked_run(locked: Path) -> None:
    card = deck(locked).by_name[CHART]
    right, wrong = options(card)
    assert card.sort == "interpret"
    assert card.chart is not None
    assert [(bar.value, bar.low, bar.high) for bar in card.chart.bars] == [
        (0.0314, 0.0199, 0.0428),
        (0.00002, -1e-06, 0.00005),
    ]
    assert right.startswith("In our model: less under ")
    assert {one.split()[3] for one in wrong[:2]} == {"more", "about"}
    assert len({right, *wrong}) == 4  # the fourth: what the run does not support
    assert card.guess == 0.25
    assert "0.0314 (0.0199 to 0.0428)" in card.prompt
    assert "0.0314" not in card.learned  # a new run is nothing new to learn


@pytest.mark.parametrize(
    ("old", "new"),
    [('"holds": true', '"holds": false'), ('"high": -0.0199', '"high": 0.001')],
)
def test_a_run_that_decides_nothing_is_no_chart_to_read(locked: Path, old: str, new: str) -> None:
    change(locked / "results.lock.json", old, new)
    assert CHART not in deck(locked).by_name


def test_without_a_run_there_is_no_chart_to_read(example: Path) -> None:
    assert CHART not in deck(example).by_name


def test_look_alikes_are_told_apart_where_an_author_says_so(example: Path) -> None:
    page = example / "terms" / "stakhanovite-movement.md"
    change(page, "  rewards:\n", "  rewards:\n    apart: [padded-reports]\n")
    change(page, "Record-setters were", "Stakhanovites, unlike padding, were")
    card = deck(example).by_name["soviet-labour/stakhanovite-movement#rewards~look-alike"]
    assert options(card) == ("Stakhanovite movement", ("Padded reports",))
    assert card.prompt.startswith(f"Which of these is meant? {GAP}, unlike {GAP}, were paid")
    assert "padded-reports" in card.see
    put = asked(card, 0)
    assert judge(put, "Stakhanovite movement").outcome is Outcome.FOUND
    assert judge(put, "padded reports").outcome is Outcome.NOT_FOUND
    number = str(put.options.index("Stakhanovite movement") + 1)
    assert judge(put, number).outcome is Outcome.FOUND


def test_earlier_names_of_the_claim_lead_to_what_else_is_asked_of_it(example: Path) -> None:
    page = example / "terms" / "padded-reports.md"
    change(page, "  audits:\n", "  audits:\n    was: [checks]\n")
    found = deck(example).by_name
    assert found["soviet-labour/padded-reports#checks~evidence"] is found[AUDITS]
    assert found[AUDITS].first == "soviet-labour/padded-reports#checks~evidence"


def test_what_else_is_asked_of_a_claim_waits_for_its_sentence(locked: Path, tmp_path: Path) -> None:
    progress = Progress(tmp_path / "progress.sqlite")
    session = Session(Learner.of(deck(locked), []), progress, minutes=600.0)
    order = []
    while (found := session.next()) is not None and len(order) < 30:
        order.append(found[0].card.id)
        session.graded(found[0].card, Grade.GOT, 5.0)
    progress.close()
    for name in (RECORD, AUDITS, CHART):
        assert order.index(name.partition("~")[0]) < order.index(name)


def test_part_of_a_longer_sentence_is_asked_as_one_of_its_own(example: Path) -> None:
    page = example / "terms" / "stakhanovite-movement.md"
    change(page, "[Record-setters were", "In those years [record-setters were")
    change(page, "promotion.]{#rewards}", "promotion,]{#rewards} it is said.")
    card = deck(example).by_name["soviet-labour/stakhanovite-movement#rewards"]
    assert card.answer.startswith("Record-setters were paid")
    assert card.answer.endswith("promotion.")
