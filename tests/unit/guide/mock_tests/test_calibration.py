"""How predictions of mock tests held: silent before the third, then the range beside the score."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from stakhanov.guide.mock_tests.calibration import calibration, held, kept, strip
from stakhanov.guide.practice.reviews import Sitting, Taken
from stakhanov.guide.render.calibration import MOST, chart_of

DAY = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def sat(day: int, score: float, low: float | None = 0.5, high: float | None = 0.8) -> Sitting:
    items = (Taken(card="c/t#a", sort="recall", weight=1.0, credit=score),)
    start = DAY + timedelta(days=day)
    return Sitting(
        id=f"s{day}",
        guide="c",
        minutes=9,
        items=items,
        started=start,
        submitted=start + timedelta(minutes=8),
        low=low,
        high=high,
    )


def test_nothing_is_said_before_the_third_test_with_a_range() -> None:
    two = [sat(0, 0.6), sat(1, 0.7)]
    without = sat(2, 0.9, None, None)
    open_ = sat(3, 0.9).model_copy(update={"submitted": None})
    assert calibration([*two, without, open_]) == ()
    assert kept(calibration(two)) is None
    assert len(calibration([*two, without, open_, sat(4, 0.1)])) == 3


def test_tests_stand_in_the_order_of_handing_in_and_edges_count_as_inside() -> None:
    found = calibration([sat(3, 0.81), sat(1, 0.5), sat(2, 0.49), sat(0, 0.8)])
    assert [(one.test, one.inside) for one in found] == [
        ("s0", True),
        ("s1", True),
        ("s2", False),
        ("s3", False),
    ]
    assert held(found) == (
        "The score fell into the range that was told before in 2 of 4 tests; "
        "95 of 100 would be expected, if the model of memory holds."
    )


def test_data_have_every_test() -> None:
    data = kept(calibration([sat(0, 0.6), sat(1, 0.7), sat(2, 0.9)]))
    assert data is not None
    assert (data["level"], data["inside"]) == (0.95, 2)
    assert data["tests"][2] == {
        "test": "s2",
        "handed_in": "2026-11-03T09:08:00+00:00",
        "low": 0.5,
        "high": 0.8,
        "score": 0.9,
        "inside": False,
    }


@pytest.mark.parametrize(
    ("score", "line"),
    [
        (0.5, "." * 20 + "o" + "-" * 12 + "." * 8),  # 40 steps: 0.5 is the 20th, 0.8 the 32nd
        (0.9, "." * 20 + "-" * 13 + "..." + "x" + "...."),
        (0.0, "x" + "." * 19 + "-" * 13 + "." * 8),
        (1.0, "." * 20 + "-" * 13 + "." * 7 + "x"),
    ],
)
def test_a_terminal_shows_a_line_from_nought_to_a_hundred(score: float, line: str) -> None:
    [found, *_] = calibration([sat(0, score), sat(1, 0.6), sat(2, 0.6)])
    assert strip(found) == line


def test_the_chart_has_a_bar_for_each_range_and_another_mark_outside() -> None:
    chart = chart_of(calibration([sat(0, 0.6), sat(1, 0.7), sat(2, 0.9)]))
    assert "test 3: 50 to 80 told before, 90 came" in chart.svg
    assert len(re.findall(r'<line [^>]*opacity="0.35"', chart.svg)) == 3
    assert chart.narrow != chart.svg


def test_the_chart_has_the_latest_tests_by_their_numbers() -> None:
    chart = chart_of(calibration([sat(n, 0.6) for n in range(MOST + 4)]))
    assert f"the last {MOST} of {MOST + 4} tests" in chart.said
    assert "test 5: " in chart.svg
    assert "test 4: " not in chart.svg
