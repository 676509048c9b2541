"""Places between two measures: every name beside its own place, none on another."""

from __future__ import annotations

import re
from itertools import combinations

import polars as pl
import pytest

from stakhanov.charts import scatter, svg_of
from stakhanov.charts.frame import NARROW, WIDE, Size
from stakhanov.charts.lettering import width_of, wrapped
from stakhanov.charts.scatter import LETTERS, MARKED, PALE, TOLD

#: Two that all but coincide, one at each end, one that is only shown.
PLACES = [
    (973.5, 1.0973, TOLD, "4"),
    (973.6, 1.0954, TOLD, "5"),
    (983.9, 1.029, TOLD, "6"),
    (1005.2, 1.167, MARKED, "present"),
    (990.0, 1.1, PALE, "fallen"),
]
TITLES = ("Cost, minor units of pay per norm-unit truly produced", "True output")


def drawn(size: Size, places: list[tuple[float, float, str, str]] = PLACES) -> str:
    schema = ["x", "value", "kind", "label"]
    return svg_of(
        scatter(pl.DataFrame(places, schema=schema, orient="row"), TITLES, size=size), "", "n"
    )


def named(svg: str) -> dict[str, tuple[float, float]]:
    """Where names begin, in pixels."""
    found = re.findall(
        r'<text[^>]*transform="translate\(([-\d.]+),([-\d.]+)\)"[^>]*font-size="12px"[^>]*>([^<]+)<',
        svg,
    )
    return {name: (float(x), float(y)) for x, y, name in found}


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_names_do_not_lie_on_each_other(size: Size) -> None:
    places = named(drawn(size))
    assert set(places) == {"4", "5", "6", "present"}  # what has fallen is only shown
    for (one, (x, y)), (other, (x2, y2)) in combinations(places.items(), 2):
        beside = x + width_of(one, LETTERS) <= x2 or x2 + width_of(other, LETTERS) <= x
        assert beside or abs(y - y2) >= LETTERS - 1e-6, (one, other)


def test_the_axis_begins_and_ends_at_round_marks_that_are_read() -> None:
    """972 to 1,005 lie between 970 and 1,010."""
    for size in (NARROW, WIDE):
        assert {"970", "1,010"} <= set(re.findall(r">([\d,]+)</text>", drawn(size)))


def test_where_all_are_alike_there_is_still_an_axis() -> None:
    svg = drawn(NARROW, [(0.0, 1.0, TOLD, "1"), (0.0, 1.1, MARKED, "present")])
    assert set(named(svg)) == {"1", "present"}


def test_a_long_title_goes_into_lines_that_fit() -> None:
    words = "Share of the excess taken into the norm, share of the shortfall taken off it"
    lines = wrapped(words, 200.0)
    assert " ".join(lines) == words
    assert len(lines) > 1
    assert all(width_of(line) <= 200.0 for line in lines)
    assert wrapped("short", 200.0) == ["short"]
    assert wrapped("", 200.0) == [""]
    assert wrapped("Donaudampfschiffahrt ahoy", 20.0) == ["Donaudampfschiffahrt", "ahoy"]
    assert "truly" in drawn(NARROW)
