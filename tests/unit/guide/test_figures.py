"""Numbers as prose has them, and whether they agree with what they are bound to."""

from __future__ import annotations

from datetime import date

import pytest

from stakhanov.guide.agreement import agrees
from stakhanov.guide.derive import derived
from stakhanov.guide.figures import figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("102 tonnes", [(102, 102)]),
        ("1,225 quintals", [(1225, 1225)]),
        ("a rise of 10–20 per cent", [(10, 20)]),
        ("between 1.25 and 1.5", [(1.25, 1.25), (1.5, 1.5)]),
        ("four times his norm", [(4, 4)]),
        ("twenty-one brigades", [(21, 21)]),
        ("3.5 million workers", [(3.5e6, 3.5e6)]),
        ("two million", [(2e6, 2e6)]),
        ("fourteenfold", [(14, 14)]),
        ("doubled", [(2, 2)]),
        ("half of them", [(0.5, 0.5)]),
        ("half-year plans", []),
        ("no number at all", []),
        ("A2 and B12", []),
    ],
)
def test_a_number_is_found_in_digits_and_in_words(
    text: str, found: list[tuple[float, float]]
) -> None:
    assert [(one.low, one.high) for one in figures(text)] == found


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("31 August 1935", (1935, 1935)),
        ("1933–1937", (1933, 1937)),
        ("1933-37", (1933, 1937)),
        ("the 1930s", (1930, 1939)),
        ("in 1817", (1817, 1817)),
        ("1935-08-31", (1935, 1935)),
    ],
)
def test_years_are_told(text: str, years: tuple[int, int]) -> None:
    [one] = figures(text)
    assert one.years == years


@pytest.mark.parametrize(
    ("text", "before", "value"),
    [
        ("102", "", 102),
        ("14.6", "", 102 / 7),
        ("14", "roughly ", 102 / 7),
        ("30–31 August 1935", "", date(1935, 8, 31)),
        ("1935", "", date(1935, 8, 31)),
        ("August 1935", "", date(1935, 8, 31)),
        ("10–20", "", (10.0, 20.0)),
        ("fourteen", "", 14),
        ("40", "more than ", 41.2),
        ("1.6 million", "", 1_630_000),
    ],
)
def test_what_agrees(text: str, before: str, value: object) -> None:
    assert agrees(text, before, value, 0.05)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "before", "value"),
    [
        ("four", "", 14),
        ("four", "about ", 102 / 7),
        ("104", "", 102),
        ("14", "", 102 / 7),
        ("29 August 1935", "", date(1935, 8, 31)),
        ("1936", "", date(1935, 8, 31)),
        ("September 1935", "", date(1935, 8, 31)),
        ("10–30", "", (10.0, 20.0)),
        ("40", "more than ", 39.0),
        ("40", "less than ", 41.0),
        ("16 million", "", 1_630_000),
    ],
)
def test_what_does_not(text: str, before: str, value: object) -> None:
    assert not agrees(text, before, value, 0.05)  # type: ignore[arg-type]


def test_a_derivation_is_arithmetic_over_facts() -> None:
    facts = {"a.x": 102.0, "b-c.norm_t": 7.0}
    assert derived("a.x / b-c.norm_t", facts.__getitem__) == pytest.approx(14.5714, abs=1e-4)
    assert derived("-(a.x - 2) * 0.5 + 1", facts.__getitem__) == -49


@pytest.mark.parametrize(
    "expression",
    ["a.x / 0", "a.x ** 99", "__import__('os')", "", "True", "a.x if 1 else 2", "(" * 500, "f(1)"],
)
def test_anything_else_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match="must"):
        derived(expression, lambda _: 1.0)
