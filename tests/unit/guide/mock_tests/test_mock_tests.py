"""Mock tests: drawn by the blueprint, kept at every answer, marked when handed in, compared with the range."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stakhanov.guide.classes import Exam, Share
from stakhanov.guide.load import load
from stakhanov.guide.mock_tests.drawing import drawn
from stakhanov.guide.mock_tests.sitting import Attempt, expected, parts, reliability, unsure
from stakhanov.guide.practice.cards import Card, Deck, deck_of
from stakhanov.guide.practice.learner import Learner
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.prediction import Range, band
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Review, Sitting, Taken

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
EXAM = Exam(
    minutes=40,
    blueprint={
        "recall": Share(items=20, weight=0.5),
        "short": Share(items=3, weight=0.3),
        "interpret": Share(items=2, weight=0.2),
    },
)


def card(number: int, sort: str = "recall", term: str = "") -> Card:
    term = term or f"t{number % 15}"
    name = f"answer {chr(97 + number % 26)}{number}"
    return Card(
        f"c/{term}#{sort}{number}", term, term, sort, "ask", name, names=(name,), learned=name
    )  # type: ignore[arg-type]


@pytest.fixture
def deck() -> Deck:
    cards = (
        [card(n) for n in range(40)] + [card(n, "short") for n in range(6)] + [card(0, "interpret")]
    )
    return Deck("c", "A class", tuple(cards), EXAM)


@pytest.fixture
def progress(tmp_path: Path) -> Progress:
    return Progress(tmp_path / "progress.sqlite")


def test_the_blueprint_decides_numbers_and_weights(deck: Deck) -> None:
    """20 recall items share .5: .025 each; 3 short .1 each; one interpret (there is no second) bears .2."""
    paper = drawn(deck, seed=1)
    assert Counter(item.sort for item in paper.items) == {"recall": 20, "short": 3, "interpret": 1}
    assert {item.sort: round(item.weight, 6) for item in paper.items} == {
        "recall": 0.025,
        "short": 0.1,
        "interpret": 0.2,
    }
    assert sum(item.weight for item in paper.items) == pytest.approx(1.0)
    assert paper.short_of == ("interpret: 1 of 2 items, the class has no more",)
    assert paper.minutes == 40


def test_nothing_is_asked_twice_and_terms_take_turns(deck: Deck) -> None:
    for seed in range(20):
        recall = [item.asked.card for item in drawn(deck, seed).items if item.sort == "recall"]
        assert len({one.id for one in recall}) == 20
        counts = Counter(one.term for one in recall)
        assert len(counts) == 15
        assert max(counts.values()) == 2


def test_a_seed_is_a_paper(deck: Deck) -> None:
    papers = {tuple(item.asked.card.id for item in drawn(deck, seed).items) for seed in range(10)}
    assert len(papers) == 10
    assert drawn(deck, 3) == drawn(deck, 3)


def test_a_sort_that_the_class_lacks_leaves_its_weight_to_the_others() -> None:
    """.5 and .3 without the .2: .625 and .375."""
    deck = Deck("c", "A class", (card(0), card(1, "short")), EXAM)
    paper = drawn(deck, 0)
    assert [item.weight for item in paper.items] == pytest.approx([0.625, 0.375])
    assert "interpret: 0 of 2 items, the class has no more" in paper.short_of


def test_a_short_test_shrinks_in_proportion(deck: Deck) -> None:
    paper = drawn(deck, 0, minutes=10)
    assert Counter(item.sort for item in paper.items) == {"recall": 5, "short": 1, "interpret": 1}
    assert paper.minutes == 10


def test_weak_spots_are_the_least_sure(deck: Deck) -> None:
    sure = {one.id: 0.99 for one in deck.cards}
    weak = [one.id for one in deck.cards if one.sort == "recall"][5:25]
    paper = drawn(deck, 0, chances=sure | dict.fromkeys(weak, 0.4))
    assert {item.asked.card.id for item in paper.items if item.sort == "recall"} == set(weak)


def test_a_class_without_cards_gives_an_empty_paper() -> None:
    assert drawn(Deck("c", "A class", (), EXAM), 0).items == ()


def begun(deck: Deck, progress: Progress) -> Attempt:
    learner = Learner.of(deck, progress.reviews("c"), progress.sittings("c"))
    return Attempt.begin(learner, progress, drawn(deck, 4), 4)


def test_every_answer_is_kept_at_once_and_a_test_is_gone_on_with(
    deck: Deck, progress: Progress
) -> None:
    first = begun(deck, progress)
    first.answer(0, "something")
    first.flag(2)
    resumed = Attempt.unfinished(deck, Progress(progress.place))
    assert resumed is not None
    assert resumed.sitting == first.sitting
    assert resumed.sitting.items[0].answer == "something"
    assert resumed.open == list(range(1, len(resumed.sitting.items)))
    assert [resumed.asked(place) for place in range(3)] == [
        first.asked(place) for place in range(3)
    ]


def test_a_test_that_was_handed_in_is_not_gone_on_with(deck: Deck, progress: Progress) -> None:
    begun(deck, progress).submit()
    assert Attempt.unfinished(deck, progress) is None


def test_a_test_whose_cards_are_gone_is_not_gone_on_with(deck: Deck, progress: Progress) -> None:
    begun(deck, progress)
    assert Attempt.unfinished(Deck("c", "A class", deck.cards[40:], EXAM), progress) is None


def test_the_score_is_the_weight_of_what_was_found(deck: Deck, progress: Progress) -> None:
    """Ten of twenty recall items right, .025 each, and one of three short ones, .1: .35."""
    attempt = begun(deck, progress)
    places = [*range(10), 20]
    for place in places:
        attempt.answer(place, attempt.asked(place).right)
    assert attempt.submit().score == pytest.approx(0.35)


def test_misses_are_scheduled(deck: Deck, progress: Progress) -> None:
    attempt = begun(deck, progress)
    attempt.answer(0, attempt.asked(0).right)
    attempt.submit()
    grades = {one.card: one.grade for one in progress.reviews("c")}
    assert len(grades) == len(attempt.sitting.items)
    assert grades[attempt.sitting.items[0].card] is Grade.GOT
    assert grades[attempt.sitting.items[1].card] is Grade.MISSED


def test_a_new_learner_is_told_no_range(deck: Deck, progress: Progress) -> None:
    assert begun(deck, progress).sitting.low is None


def test_the_range_is_written_down_before_and_compared_after(
    deck: Deck, progress: Progress
) -> None:
    progress.add(*(Review(card=one.id, grade=Grade.GOT) for one in deck.cards))
    attempt = begun(deck, progress)
    assert attempt.sitting.low is not None
    assert attempt.sitting.middle is not None
    assert attempt.sitting.low < attempt.sitting.middle
    kept = attempt.submit()
    assert kept.low == attempt.sitting.low
    assert reliability(progress.sittings("c")) == (0, 1)  # nothing answered: below what was told


def test_the_range_of_a_paper_is_that_of_its_items(deck: Deck) -> None:
    log = [Review(card=one.id, at=NOW, grade=Grade.GOT) for one in deck.cards]
    paper = drawn(deck, 0)
    learner = Learner.of(deck, log)
    found = expected(learner, paper, NOW)
    assert isinstance(found, Range)
    assert found == band([(1.0, item.weight) for item in paper.items])


def test_a_score_is_told_in_two_numbers(deck: Deck, progress: Progress) -> None:
    attempt = begun(deck, progress)
    known = attempt.sitting.items[0].card
    for place in range(2):
        attempt.answer(place, attempt.asked(place).right)
    before = Learner.of(deck, [Review(card=known, grade=Grade.GOT)])
    found = parts(attempt.submit(), before)
    assert found.practised == pytest.approx(1.0)
    assert found.unseen == pytest.approx(0.025 / 0.975)


def test_reliability_counts_tests_with_a_range() -> None:
    def done(low: float | None, high: float | None, credit: float) -> Sitting:
        items = (Taken(card="c/t#a", sort="recall", weight=1.0, credit=credit),)
        return Sitting(guide="c", minutes=9, items=items, submitted=NOW, low=low, high=high)

    assert reliability([done(None, None, 1.0)]) is None
    assert reliability([done(0.5, 0.9, 0.7), done(0.5, 0.9, 0.3), done(None, None, 1.0)]) == (1, 2)


def test_what_the_judge_is_not_sure_of_the_learner_decides(
    example: Path, progress: Progress
) -> None:
    guide, _ = load(example)
    assert guide is not None
    small = deck_of(guide)
    learner = Learner.of(small, ())
    attempt = Attempt.begin(learner, progress, drawn(small, 1), 1)
    place = next(p for p, one in enumerate(attempt.sitting.items) if one.card.endswith("?q-plans"))
    attempt.answer(place, "They did not lift the norms.")
    assert unsure(attempt.judged()) == [place]
    weight = attempt.sitting.items[place].weight
    assert attempt.submit({place: 0.4}).score == pytest.approx(0.4 * weight)
