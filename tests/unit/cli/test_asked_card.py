"""A card as a terminal asks it: a chart is drawn in letters, with the numbers that it shows."""

from __future__ import annotations

from stakhanov.cli.asked_card import LONGEST, drawn
from stakhanov.guide.practice.choosing import Bar, Chart


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = (Bar("All", 2.0, 1.9, 2.1), Bar("Half", 1.0), Bar("None", 0.0, 0.0, 0.0))
    lines = list(drawn(Chart("What?", "Effort", "1 = time wage", bars)))
    assert lines[0] == "Effort (1 = time wage; 95 % intervals in brackets)"
    assert lines[1:] == [
        "All",
        f"{'=' * LONGEST}| 2 (1.9 to 2.1)",
        "Half",
        f"{'=' * (LONGEST // 2)}| 1",
        "None",
        "| 0 (0 to 0)",
    ]


def test_a_chart_of_nought_alone_is_drawn() -> None:
    assert list(drawn(Chart("What?", "Padded share", "share", (Bar("A", 0.0),))))[1:] == [
        "A",
        "| 0",
    ]
