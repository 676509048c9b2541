"""Charts of what experiments measure, read back from their drawings."""

from __future__ import annotations

import math
import re
from typing import Any

import polars as pl

from stakhanov.charts import curve, heat, svg_of, waterfall
from stakhanov.charts.svg import spec_of


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


def test_a_grid_is_darker_for_more_and_says_how_much() -> None:
    table = pl.DataFrame(
        [(x, y, x * 10.0 + len(y)) for y in ("own", "brigade") for x in (1, 2)],
        schema=["x", "y", "value"],
        orient="row",
    )
    svg = svg_of(heat(table, ("every", "scope")), "", "n")
    assert {"own", "brigade", "every", "scope", "13.0", "27.0"} <= texts(svg)
    cells = {colour.lower() for colour in re.findall(r'fill="(rgb\([^)]*\)|var\(--chart-\w+)', svg)}
    assert len(cells) >= 4
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
    assert {"+0.3", "-0.1", "0.20"} <= texts(svg_of(chart, "", "n"))
