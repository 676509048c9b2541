"""A card as a terminal asks it: its text, the options to choose from, a chart drawn in letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stakhanov.cli.dialogue import Dialogue
    from stakhanov.guide.practice.asking import Asked
    from stakhanov.guide.practice.choosing import Chart

#: Letters of the longest bar.
LONGEST = 24


def put(talk: Dialogue, asked: Asked) -> None:
    """Ask a card."""
    chart = asked.card.chart
    if chart is None:
        talk.say(f"Which term is this? {asked.text}" if asked.card.names else asked.text)
    else:
        talk.say(chart.ask)
        for line in drawn(chart):
            talk.say(line, "  ")
    for number, option in enumerate(asked.options, start=1):
        talk.say(f"{number}  {option}", "  ")


def drawn(chart: Chart) -> Iterator[str]:
    """A chart in lines: each arm, and under it a bar from nought with its number and interval."""
    yield f"{chart.measure} ({chart.unit}; 95 % intervals in brackets)"
    most = max((abs(one.value) for one in chart.bars), default=0.0) or 1.0
    for one in chart.bars:
        yield one.title
        yield f"{'=' * round(LONGEST * max(0.0, one.value) / most)}| {one.said}"
