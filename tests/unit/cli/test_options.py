"""How options are read: values as a campaign file has them, whole numbers, gathered problems."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.cli.options import Gathered, value_of
from stakhanov.foundation.problem import BadInput, Problem


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("12", 12),
        ("true", True),
        ("branch", "branch"),
        ('"quoted"', "quoted"),
        ("[1, 2.5]", [1, 2.5]),
        ("[{ at = 1.0, amount = 5000 }]", [{"at": 1.0, "amount": 5000}]),
        ("1936-01-01", datetime.date(1936, 1, 1)),
        ("", ""),
        ("two words", "two words"),
        ("1\nother = 2", "1\nother = 2"),
    ],
)
def test_a_value_is_read_as_a_file_would(text: str, value: Any) -> None:
    assert value_of(text) == value
    assert type(value_of(text)) is type(value)


@given(st.text())
def test_any_text_is_some_value(text: str) -> None:
    assert value_of(text) is not None


@given(st.integers(min_value=1, max_value=10**18))
def test_whole_numbers_are_read_to_the_last_digit(number: int) -> None:
    gathered = Gathered()
    assert gathered.whole("n", str(number), 1) == number
    assert gathered.whole("n", f"{number:_}", 1) == number
    assert not gathered.problems


@pytest.mark.parametrize("text", ["", "x", "1.5", "nan", "inf", "-1", "1e400"])
def test_what_is_no_whole_number_is_a_problem(text: str) -> None:
    gathered = Gathered()
    assert gathered.whole("n", text, 0) is None
    assert [str(one) for one in gathered.problems] == [
        f"n: must be a whole number of at least 0; found {text or 'nothing'}"
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1e6", 10**6),
        ("1e30", 10**30),
        ("10_000_000_000", 10**10),
        (" 5 ", 5),
        ("2.5e1", 25),
        ("007", 7),
    ],
)
def test_numbers_as_people_write_them(text: str, number: int) -> None:
    """To the last digit: 1e30 is a one and thirty noughts, not the nearest that a computer adds with."""
    assert Gathered().whole("n", text, 1) == number


@pytest.mark.parametrize("text", ["9" * 5000, "1e999999999999", "1e31", "0x10", "--5"])
def test_numbers_that_nobody_means(text: str) -> None:
    gathered = Gathered()
    assert gathered.whole("n", text, 1) is None
    assert len(gathered.problems) == 1


@pytest.mark.parametrize("text", ["[" * 5000, "9" * 5000])
def test_a_value_that_cannot_be_read_is_text(text: str) -> None:
    assert value_of(text) == text


def test_gathered_problems_are_told_together_and_others_pass_through() -> None:
    gathered = Gathered()
    with gathered:
        raise BadInput([Problem("a", "must", "b")])
    with gathered:
        raise BadInput([Problem("c", "must", "d")])
    with pytest.raises(BadInput, match=r"a: must; found b\nc: must; found d"):
        gathered.tell()
    with pytest.raises(ZeroDivisionError), gathered:
        _ = 1 / 0
