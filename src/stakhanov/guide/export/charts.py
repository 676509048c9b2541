"""A chart to be read, in formats that hold HTML and no drawing: a table of its arms."""

from __future__ import annotations

from html import escape

from stakhanov.guide.practice.choosing import Chart


def table(chart: Chart) -> str:
    """The arms with their numbers and intervals, as an HTML table under its question."""
    rows = "".join(
        f"<tr><td>{escape(one.title)}</td><td>{escape(one.said)}</td></tr>" for one in chart.bars
    )
    head = f"{escape(chart.measure)}, {escape(chart.unit)} (95 % intervals in brackets)"
    return f"{escape(chart.ask)}<table><caption>{head}</caption>{rows}</table>"
