"""Charts of what experiments measure, read back from their drawings."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import polars as pl
import pytest

from stakhanov.charts import bars, curve, heat, svg_of, waterfall
from stakhanov.charts.frame import NARROW, WIDE
from stakhanov.charts.heat import SHADES
from stakhanov.charts.lettering import width_of
from stakhanov.charts.names import folded
from stakhanov.charts.svg import spec_of
from stakhanov.charts.theme import DARK, LIGHT


def texts(svg: str) -> set[str]:
    return set(re.findall(r"<text[^>]*>([^<]*)</text>", svg))


def rows_of(spec: Any) -> list[dict[str, Any]]:
    return [row for rows in spec.get("datasets", {}).values() for row in rows]


def filled(svg: str, role: str) -> int:
    return svg.count(f'fill="var(--chart-{role}')


def test_a_curve_goes_through_its_points_in_the_band_of_their_intervals() -> None:
    table = pl.DataFrame(
        {
            "x": [0.5, 0.0, 0.25],
            "value": [1.0, 3.0, 2.0],
            "low": [0.5, 2.5, 1.5],
            "high": [1.5, 3.5, 2.5],
        }
    )
    svg = svg_of(curve(table, ("share", "output")), "", "n")
    assert {"share", "output", "0.0", "0.2", "0.4"} <= texts(svg)
    [path] = re.findall(r'<path [^>]*d="([^"]*)"[^>]*stroke="var\(--chart-true', svg)
    heights = [float(y) for y in re.findall(r"[ML]-?[\d.]+,(-?[\d.]+)", path)]
    assert len(heights) == 3
    assert heights == sorted(heights)  # falls from left to right, whatever the order of the rows
    assert filled(svg, "true") == 4  # the band and three dots
    bare = svg_of(curve(table.select("x", "value"), ("share", "output")), "", "n")
    assert filled(bare, "true") == 3


def test_a_curve_of_one_point_is_a_dot() -> None:
    table = pl.DataFrame({"x": [2.0], "value": [1.0], "low": [math.nan], "high": [math.nan]})
    assert filled(svg_of(curve(table, ("a", "b")), "", "n"), "true") == 1


def test_a_grid_is_stronger_for_more_and_says_how_much() -> None:
    table = pl.DataFrame(
        [(x, y, x * 10.0 + len(y)) for y in ("own", "brigade") for x in (1, 2)],
        schema=["x", "y", "value"],
        orient="row",
    )
    svg = svg_of(heat(table, ("every", "scope")), "", "n")
    assert {"own", "brigade", "every", "scope", "13.0", "27.0"} <= texts(svg)
    cells = re.findall(r'<path[^>]*fill="var\(--chart-true, [^>]*>', svg)
    assert len(cells) == 4
    strengths = [float(re.findall(r'fill-opacity="([^"]*)"', cell)[0]) for cell in cells]
    values = table["value"].to_list()
    assert np.argsort(strengths).tolist() == np.argsort(values).tolist()
    wide = pl.DataFrame({"x": range(40), "y": ["own"] * 40, "value": [float(i) for i in range(40)]})
    assert "39.0" not in texts(svg_of(heat(wide, ("x", "y")), "", "n"))  # no room for numbers


def test_a_waterfall_begins_every_step_where_the_last_one_ended() -> None:
    table = pl.DataFrame(
        {
            "label": ["pay", "strain", "all"],
            "value": [0.3, -0.1, 0.2],
            "level": [False, False, True],
            "low": [0.25, math.nan, None],
            "high": [0.35, math.nan, None],
        }
    )
    chart = waterfall(table, "output")
    rows = {row["label"]: row for row in rows_of(spec_of(chart)) if "kind" in row}
    placed = {label: (row["from"], round(row["to"], 9), row["kind"]) for label, row in rows.items()}
    assert placed == {
        "pay": (0.0, 0.3, "adds"),
        "strain": (0.3, 0.2, "takes"),
        "all": (0.0, 0.2, "level"),
    }
    assert [row["low_at"] for row in rows.values()] == [0.25, None, None]
    assert {"+0.3", "-0.1", "0.2"} <= texts(svg_of(chart, "", "n"))


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_numbers_of_a_grid_are_read_on_a_light_page_and_on_a_dark_one(
    palette: dict[str, str],
) -> None:
    """Ink on the strongest cell has the contrast of WCAG 2.2 AA for text of this size, 4.5 to 1."""
    for share in SHADES:
        cell = [
            share * one + (1.0 - share) * other
            for one, other in zip(rgb(palette["true"]), rgb(palette["paper"]), strict=True)
        ]
        assert contrast(rgb(palette["ink"]), cell) >= 4.5


def rgb(colour: str) -> list[float]:
    return [int(colour[place : place + 2], 16) / 255.0 for place in (1, 3, 5)]


def contrast(one: list[float], other: list[float]) -> float:
    """The contrast ratio of WCAG 2.2."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: list[float]) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("draw", [waterfall, bars])
def test_names_that_are_longer_than_a_telephone_has_room_for_take_two_lines(draw: Any) -> None:
    name = "Publicity, records and the title"
    table = pl.DataFrame(
        {"label": [name, "Prizes"], "value": [0.3, -0.1], "level": [False, False]}
    ).with_columns(pl.lit(None, pl.Float64).alias(edge) for edge in ("low", "high"))
    narrow = svg_of(draw(table, "output", size=NARROW), "", "n")
    lines = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", narrow)
    assert " ".join(lines) == name
    assert name in texts(svg_of(draw(table, "output", size=WIDE), "", "n"))


def test_a_name_without_a_break_is_cut() -> None:
    assert folded("Donaudampfschifffahrtsgesellschaftskapitän", 100.0).endswith("…")
    assert folded("a b", 1000.0) == "a b"
    assert folded("", 10.0) == ""


def test_the_number_of_a_bar_below_nought_does_not_stand_in_the_name_of_its_row() -> None:
    table = pl.DataFrame({"label": ["Padded share", "Strain"], "value": [-10.8, 1.0]})
    svg = svg_of(bars(table, "per cent", size=NARROW), "", "n")
    ends = {
        text: (float(x), anchor)
        for anchor, x, text in re.findall(
            r'<text text-anchor="(\w+)" transform="translate\((-?[\d.]+),[^>]*>([^<]*)</text>', svg
        )
    }
    name, number = ends["Padded share"], ends["-10.8"]
    assert (name[1], number[1]) == ("end", "end")
    assert name[0] <= number[0] - width_of("-10.8")


def test_bars_take_all_the_room_that_there_is() -> None:
    """An interval that ends just below nought does not push the bars half across the drawing."""
    table = pl.DataFrame(
        {"label": ["a", "b"], "value": [0.3, 0.02], "low": [0.2, -0.001], "high": [0.4, 0.04]}
    )
    spec = spec_of(bars(table, "share", size=WIDE))
    domains = re.findall(r"'domain': \[(-?[\d.]+), (-?[\d.]+)\]", str(spec))
    assert ("-0.001", "0.4") in domains
