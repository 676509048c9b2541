"""Memory against what FSRS-6 publishes and against the package's own reckoning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.guide.practice.memory import Grade, Memory, after, memory_of
from stakhanov.guide.practice.recall import DECAY, days_until, recall

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def test_the_curve_uses_the_stock_decay() -> None:
    assert DEFAULT_PARAMETERS[20] == DECAY


def test_recall_is_nine_in_ten_after_the_stability() -> None:
    """The definition of stability: the interval at which retrievability is 90 %."""
    for stability in (0.2, 2.3065, 40.0):
        assert recall(stability, stability) == pytest.approx(0.9, abs=1e-12)
        assert recall(0.0, stability) == 1.0
        assert days_until(0.9, stability) == pytest.approx(stability)


def test_the_curve_by_hand() -> None:
    """w = .1542: F = .9^(-6.48508) - 1 = .98036; a day after S = 2.3065, (1 + .42504)^-.1542 = .94685."""
    assert recall(1.0, 2.3065) == pytest.approx(0.94685, abs=1e-5)
    assert recall(1.5, 2.3065) == pytest.approx((1 + 0.98036 * 1.5 / 2.3065) ** -0.1542, abs=1e-5)


@given(st.floats(0.01, 400.0), st.integers(0, 1000))
def test_the_curve_agrees_with_the_package_on_whole_days(stability: float, days: int) -> None:
    card = Card(card_id=1, stability=stability, difficulty=5.0, last_review=START)
    theirs = Scheduler(enable_fuzzing=False).get_card_retrievability(
        card, START + timedelta(days=days)
    )
    assert recall(float(days), stability) == pytest.approx(theirs, rel=1e-12)


def test_hours_count() -> None:
    """The package says 1 until a day is over; forgetting does not wait for midnight."""
    memory = after(None, START, Grade.GOT)
    chances = [memory.recall(START + timedelta(hours=h)) for h in (0, 6, 23, 24, 36)]
    assert chances[0] == 1.0
    assert chances == sorted(chances, reverse=True)
    assert len(set(chances)) == 5
    assert chances[3] == pytest.approx(0.947, abs=5e-4)


@pytest.mark.parametrize(
    ("grade", "stability"), [(Grade.MISSED, 0.212), (Grade.GOT, 2.3065), (Grade.EASY, 8.2956)]
)
def test_first_stability_is_the_published_one(grade: Grade, stability: float) -> None:
    """w0, w2, w3 of the stock parameters, in days."""
    assert after(None, START, grade).stability == stability


def test_first_difficulty_by_hand() -> None:
    """D0 = w4 - e^(w5 (G - 1)) + 1: for Good 6.4133 - e^(1.6668) + 1 = 2.1181."""
    assert after(None, START, Grade.GOT).difficulty == pytest.approx(2.1181, abs=2e-4)


def test_a_second_review_by_the_published_formula() -> None:
    """S' = S (1 + e^w8 (11 - D) S^-w9 (e^((1 - R) w10) - 1)), two days later, from the parameters."""
    w = DEFAULT_PARAMETERS
    first = after(None, START, Grade.GOT)
    s, d, r = first.stability, first.difficulty, recall(2.0, first.stability)
    gain = (
        2.718281828459045 ** w[8]
        * (11 - d)
        * s ** -w[9]
        * (2.718281828459045 ** ((1 - r) * w[10]) - 1)
    )
    second = after(first, START + timedelta(days=2), Grade.GOT)
    assert second.stability == pytest.approx(s * (1 + gain), rel=1e-9)
    assert second.times == 2


@given(st.lists(st.tuples(st.floats(0, 60), st.sampled_from([1, 3, 4])), min_size=1, max_size=8))
def test_a_log_gives_what_the_package_gives(log: list[tuple[float, int]]) -> None:
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, when, reviews = Card(card_id=7, due=START), START, []
    for days, grade in log:
        when += timedelta(days=days)
        card, _ = scheduler.review_card(card, Rating(grade), when)
        reviews.append((when, Grade(grade)))
    ours = memory_of(reviews)
    assert ours is not None
    assert (ours.stability, ours.difficulty) == (card.stability, card.difficulty)


def test_the_order_in_which_a_log_arrives_does_not_matter() -> None:
    reviews = [
        (START + timedelta(days=d), g)
        for d, g in ((0, Grade.GOT), (3, Grade.MISSED), (4, Grade.EASY))
    ]
    assert memory_of(reviews[::-1]) == memory_of(reviews)


def test_nothing_asked_leaves_no_memory() -> None:
    assert memory_of([]) is None


def test_time_zones_are_moments() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert after(None, START.astimezone(tokyo), Grade.GOT) == after(None, START, Grade.GOT)


def test_a_clock_that_went_back_does_no_harm() -> None:
    memory = after(None, START, Grade.GOT)
    earlier = after(memory, START - timedelta(days=3), Grade.GOT)
    assert earlier.last == START
    assert Memory(1.0, 5.0, START).recall(START - timedelta(days=1)) == 1.0
