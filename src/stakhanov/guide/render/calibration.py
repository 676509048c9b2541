"""The chart of how predictions of mock tests held."""

from __future__ import annotations

from collections.abc import Sequence

from stakhanov.guide.mock_tests.calibration import Foretold
from stakhanov.guide.render.charts import WIDE, Chart

#: Tests that the chart shows; the table behind it has all of them.
MOST = 30
MARKS = (0.0, 25.0, 50.0, 75.0, 100.0)


def chart_of(tests: Sequence[Foretold]) -> Chart:
    """The latest tests, each a range and a score."""
    import polars as pl

    from stakhanov.charts import SMALL, Size, ranges, svg_of

    before = max(0, len(tests) - MOST)
    shown = tests[before:]
    table = pl.DataFrame(
        [
            (n, 100.0 * one.low, 100.0 * one.high, 100.0 * one.score)
            for n, one in enumerate(shown, before + 1)
        ],
        schema=["x", "low", "high", "value"],
        orient="row",
    )
    label = "Points of mock tests. " + "; ".join(
        f"test {n}: {one.points[0]} to {one.points[1]} told before, {100.0 * one.score:.0f} came"
        for n, one in enumerate(shown, before + 1)
    )
    titles = ("mock test, in the order of handing in", "points of 100")
    drawn = [
        svg_of(ranges(table, titles, MARKS, size=size), label, f"calibration-{screen}")
        for screen, size in (("wide", Size(*WIDE)), ("narrow", SMALL))
    ]
    said = "bars: the range told before; dots: the score; an open diamond: a score outside"
    if before:
        said += f"; the last {MOST} of {len(tests)} tests"
    return Chart("What was told before, and what came", said, *drawn)
