"""A session asks what gains most, brings back what was missed, forgets what is undone, tells what changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakhanov.guide.load import load
from stakhanov.guide.practice.answers import Outcome
from stakhanov.guide.practice.asking import asked, judge
from stakhanov.guide.practice.cards import Card, Deck, deck_of
from stakhanov.guide.practice.changes import changed
from stakhanov.guide.practice.learner import Learner
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.planner import Stake
from stakhanov.guide.practice.prediction import Range
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import ExamDay, Review
from stakhanov.guide.practice.session import Session
from stakhanov.guide.terms import Choices, Correction

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def card(number: int, term: str = "", **more: object) -> Card:
    term = term or f"t{number}"
    return Card(
        f"c/{term}#{number}",
        term,
        term,
        "recall",
        "ask",
        f"says {number}",
        learned=f"says {number}",
        **more,
    )  # type: ignore[arg-type]


def deck(*cards: Card) -> Deck:
    return Deck("c", "A class", cards)


def session(progress: Progress, cards: Deck, minutes: float = 60.0) -> Session:
    learner = Learner.of(cards, progress.reviews("c"), (), progress.exam("c"))
    return Session(learner, progress, minutes, Clock())


@pytest.fixture
def progress(tmp_path: Path) -> Progress:
    return Progress(tmp_path / "progress.sqlite")


def ask(running: Session) -> Card:
    found = running.next()
    assert found is not None
    return found[0].card


def test_everything_new_is_asked_once_and_the_session_ends(progress: Progress) -> None:
    running = session(progress, deck(*map(card, range(5))))
    seen = []
    while (found := running.next()) is not None:
        seen.append(found[0].card.id)
        running.graded(found[0].card, Grade.GOT, 10.0)
    assert sorted(seen) == sorted(f"c/t{n}#{n}" for n in range(5))
    assert (
        session(progress, deck(*map(card, range(5)))).next() is None
    )  # nothing more is gained today


def test_what_was_missed_comes_back_after_three_others(progress: Progress) -> None:
    running = session(progress, deck(*map(card, range(8))))
    missed = ask(running)
    running.graded(missed, Grade.MISSED, 10.0)
    others = []
    while (again := ask(running)).id != missed.id:
        others.append(again.id)
        running.graded(again, Grade.GOT, 10.0)
    assert len(others) == len(set(others)) == 3


def test_a_lone_card_that_was_missed_comes_back_at_once(progress: Progress) -> None:
    running = session(progress, deck(card(0)))
    running.graded(ask(running), Grade.MISSED, 5.0)
    running.graded(ask(running), Grade.GOT, 5.0)
    assert running.next() is None


def test_the_minutes_end_a_session(progress: Progress) -> None:
    running = session(progress, deck(*map(card, range(50))), minutes=1.0)
    while (found := running.next()) is not None:
        running.graded(found[0].card, Grade.GOT, 20.0)
    assert len(running.done) == 3


def test_time_away_is_not_time_of_answering(progress: Progress) -> None:
    running = session(progress, deck(card(0)))
    assert running.graded(ask(running), Grade.GOT, 9_999.0).seconds == 300.0


def test_an_answer_is_kept_before_the_next_question(progress: Progress) -> None:
    running = session(progress, deck(card(0), card(1)))
    review = running.graded(ask(running), Grade.GOT, 4.0, "my words")
    assert Progress(progress.place).reviews("c") == [review]
    assert progress.text(review.learned) in ("says 0", "says 1")


@settings(max_examples=30)
@given(st.lists(st.sampled_from([1, 3, 4]), min_size=1, max_size=12))
def test_undo_brings_back_what_was_before(grades: list[int]) -> None:
    """After undoing everything the session asks as at its start, and the log counts nothing."""
    progress = Progress("sqlite://")
    running = session(progress, deck(*map(card, range(4))))
    start, memories = ask(running), dict(running.memories)
    for grade in grades:
        found = running.next()
        if found is None:
            break
        running.graded(found[0].card, Grade(grade), 1.0)
    while running.done:
        expected = running.done[-1].card
        assert running.undo() is expected
        assert ask(running) is expected
    assert running.undo() is None
    assert running.memories == memories
    assert ask(running) is start
    assert progress.reviews("c") == []
    progress.close()


def test_cards_of_one_term_do_not_follow_each_other_and_look_alikes_do(progress: Progress) -> None:
    cards = [card(n, "shock", see=("stakhanovite",)) for n in range(2)]
    cards += [card(n, "plan") for n in range(2, 4)] + [card(n, "stakhanovite") for n in range(4, 6)]
    running = session(progress, deck(*cards))
    terms = []
    while (found := running.next()) is not None:
        terms.append(found[0].card.term)
        running.graded(found[0].card, Grade.GOT, 10.0)
    assert terms[:4] == ["shock", "stakhanovite", "shock", "stakhanovite"]


def test_an_exam_soon_prefers_what_is_shaky(progress: Progress) -> None:
    """Learned well a day ago, missed a day ago: the missed one gains more until an exam in two days."""
    sure, shaky = card(0), card(1)
    day = timedelta(days=1)
    progress.add(
        Review(card=sure.id, at=NOW - day, grade=Grade.EASY, learned=sure.digest),
        Review(card=shaky.id, at=NOW - day, grade=Grade.MISSED, learned=shaky.digest),
        ExamDay(guide="c", on=date(2026, 11, 27)),
    )
    assert ask(session(progress, deck(sure, shaky))) is shaky


def corrected(progress: Progress, new: Card) -> Session:
    old = card(0)
    week = NOW - timedelta(days=7)
    progress.add(
        Review(card=old.id, at=week, grade=Grade.EASY, learned=old.digest),
        texts={old.digest: old.learned},
    )
    return session(progress, deck(new, card(1), card(2)))


def test_a_dated_correction_is_told_once_and_first(progress: Progress) -> None:
    correction = Correction(on=date(2026, 11, 20), said="four times", why="the norm was 7 t")
    new = Card(
        "c/t0#0",
        "t0",
        "t0",
        "recall",
        "ask",
        "14 times",
        learned="14 times",
        corrected=(correction,),
    )
    running = corrected(progress, new)
    found = running.next()
    assert found is not None
    put, change = found
    assert put.card is new
    assert change is not None
    assert (change.said, change.now, change.why) == ("four times", "14 times", "the norm was 7 t")
    running.graded(new, Grade.GOT, 5.0)
    again = session(progress, deck(new, card(1)))
    assert not again.changes


def test_other_numbers_are_a_change_and_other_words_are_none(progress: Progress) -> None:
    numbers = Card("c/t0#0", "t0", "t0", "recall", "ask", "says 14", learned="says 14")
    running = corrected(progress, numbers)
    assert running.changes[numbers.id].said == "says 0"
    last = running.learner.reviews[numbers.id][-1]
    reworded = Card("c/t0#0", "t0", "t0", "recall", "ask", "it says 0", learned="it says 0")
    assert changed(reworded, last, progress.text) is None


def test_a_number_of_a_run_that_was_learned_is_not_known_any_more(progress: Progress) -> None:
    learned = "a norm of 6, and {{pay.piece.effort_mean@last | round 2}} in our model"
    last = Review(card="c/t0#0", grade=Grade.GOT, at=NOW, learned="old")
    progress.add(last, texts={"old": learned})
    now = Card("c/t0#0", "t0", "t0", "recall", "ask", "a norm of 7", learned="a norm of 7")
    change = changed(now, last, progress.text)
    assert change is not None
    assert change.said == "a norm of 6, and … in our model"


def test_a_correction_before_it_was_learned_is_no_news(progress: Progress) -> None:
    correction = Correction(on=date(2026, 11, 1), said="four times", why="misread")
    new = Card(
        "c/t0#0",
        "t0",
        "t0",
        "recall",
        "ask",
        "it says 0",
        learned="it says 0",
        corrected=(correction,),
    )
    assert not corrected(progress, new).changes


def test_a_renamed_card_keeps_its_memory(progress: Progress) -> None:
    progress.add(Review(card="c/old#0", at=NOW - timedelta(days=2), grade=Grade.GOT))
    renamed = card(0, was=("c/old#0",))
    learner = Learner.of(deck(renamed), progress.reviews("c"))
    memory = learner.memory(renamed)
    assert memory is not None
    assert memory.times == 1


def test_answers_to_cards_that_are_no_more_do_no_harm(progress: Progress) -> None:
    progress.add(Review(card="c/gone#0", grade=Grade.GOT))
    assert Learner.of(deck(card(0)), progress.reviews("c")).firsts == (0, 0)


def test_costs_are_the_learners_own_once_there_are_five() -> None:
    log = [
        Review(card="c/t0#0", at=NOW + timedelta(days=d), grade=Grade.GOT, seconds=8.0)
        for d in range(5)
    ]
    assert Learner.of(deck(card(0)), log[:4]).stakes() == [Stake(20.0)]
    assert Learner.of(deck(card(0)), log).stakes() == [Stake(8.0)]
    untimed = [one.model_copy(update={"seconds": 0.0}) for one in log]  # answers of a mock test
    assert Learner.of(deck(card(0)), [*log[:4], *untimed]).stakes() == [Stake(20.0)]


def test_the_plan_counts_days_until_the_exam() -> None:
    learner = Learner.of(
        deck(*map(card, range(30))), (), (), ExamDay(guide="c", on=date(2026, 12, 9))
    )
    found = learner.plan(NOW)
    assert found is not None
    assert found.days == 14
    assert 0 < found.minutes <= 10
    assert Learner.of(deck(card(0)), ()).plan(NOW) is None


@pytest.fixture
def example_deck(example: Path) -> Deck:
    guide, _ = load(example)
    assert guide is not None
    return deck_of(guide)


def test_a_new_learner_is_told_nothing_of_the_score(example_deck: Deck) -> None:
    said = Learner.of(example_deck, ()).outlook(NOW)
    assert isinstance(said, str)
    assert said.startswith("not enough data yet: 0 of at least 20")


def test_a_learner_with_enough_answers_is_told_a_range(example_deck: Deck) -> None:
    big = Deck("c", "A class", tuple(card(n) for n in range(40)), example_deck.exam)
    log = [Review(card=f"c/t{n}#{n}", at=NOW, grade=Grade.GOT) for n in range(40)]
    found = Learner.of(big, log).outlook(NOW + timedelta(days=2))
    assert isinstance(found, Range)
    assert 0.0 <= found.low < found.high <= 1.0


Say = Callable[[str], Outcome]


def test_the_same_claim_is_asked_another_way(example_deck: Deck) -> None:
    record = example_deck.by_name["soviet-labour/stakhanovite-movement#record"]
    assert [asked(record, times).right for times in range(3)] == ["102", "14", "102"]
    assert judge(asked(record, 0), "102 tonnes").grade is Grade.GOT
    assert judge(asked(record, 0), "four").grade is Grade.MISSED


def test_most_of_the_points_are_enough(example_deck: Deck) -> None:
    plans = example_deck.by_name["soviet-labour/stakhanovite-movement?q-plans"]
    found = judge(
        asked(plans, 0), "They wanted to lift the norms and they gave a bonus to the best."
    )
    assert found.share == pytest.approx(3 / 5)
    assert found.outcome is Outcome.UNSURE
    assert found.grade is Grade.GOT
    assert judge(asked(plans, 0), "I do not know").grade is Grade.MISSED


def test_options_are_shuffled_the_same_way_each_time() -> None:
    choice = card(0, choices=Choices(right="right", wrong=("a", "b", "c")))
    orders = {asked(choice, times).options for times in range(12)}
    assert len(orders) > 3
    random.seed(5)
    assert asked(choice, 3) == asked(choice, 3)
    put = asked(choice, 0)
    number = str(put.options.index("right") + 1)
    assert judge(put, number).outcome is judge(put, " RIGHT ").outcome is Outcome.FOUND
    for said in ("", "0", "5", "a", "²", "9" * 5000):
        assert judge(put, said).outcome is Outcome.NOT_FOUND


def test_cards_count_what_their_sort_counts_in_the_exam(example_deck: Deck) -> None:
    """Blueprint .5, .3, .2 over eight recall cards, one short and one interpret of ten: .625, 3, 2."""
    worth = example_deck.worths()
    assert worth == pytest.approx({"recall": 10 * 0.5 / 8, "short": 3.0, "interpret": 2.0})
    assert sum(worth[card.sort] for card in example_deck.cards) == pytest.approx(10.0)
    assert deck(card(0)).worths() == {"recall": 1.0, "short": 1.0, "interpret": 1.0}


def test_a_question_waits_for_the_claims_that_it_rests_on(
    example_deck: Deck, progress: Progress
) -> None:
    learner = Learner.of(example_deck, ())
    running = Session(learner, progress, 60.0, Clock())
    seen = []
    while (found := running.next()) is not None:
        seen.append(found[0].card.id.partition("/")[2])
        running.graded(found[0].card, Grade.GOT, 1.0)
    movement = "stakhanovite-movement"
    claims = [seen.index(f"{movement}#{name}") for name in ("definition", "norms", "rewards")]
    assert seen.index(f"{movement}?q-plans") > max(claims)
    assert seen.index("padded-reports?q-audit") > seen.index("padded-reports#audits")
    assert len(seen) == len(example_deck.cards)
