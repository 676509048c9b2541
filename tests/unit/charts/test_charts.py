"""What a chart draws, read back from its SVG."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import polars as pl
import pytest

from stakhanov.charts import Style, histogram, lines, points, svg_of
from stakhanov.charts.theme import DARK, LIGHT

STYLES = [Style("made", "line-1"), Style("asked", "line-2", dashed=True)]


def _table(values: list[float]) -> pl.DataFrame:
    years = [1933.0 + i for i in range(len(values))]
    return pl.concat(
        pl.DataFrame({"x": years, "series": style.series, "value": values}) for style in STYLES
    )


def _drawn_lines(svg: str) -> list[str]:
    return re.findall(r'<path [^>]*d="([^"]*)"[^>]*stroke="var\(--chart-line', svg)


def test_a_chart_is_one_named_element_coloured_by_variables() -> None:
    svg = svg_of(lines(_table([1.0, 2.0, 3.0]), STYLES), 'made "more" < asked', "first")
    root = ElementTree.fromstring(svg.replace("xlink:", ""))
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'made "more" < asked'
    assert not [e for e in list(root.iter())[1:] if e.get("role") or e.get("aria-label")]
    bare = re.sub(r"var\([^)]*\)", "", svg)
    assert not any(colour in bare for colour in LIGHT.values())
    assert "var(--chart-line-1" in svg
    assert "var(--chart-line-2" in svg


def test_the_page_gets_no_reference_and_no_name_twice() -> None:
    clipped = lines(_table([1.0, 2.0]), STYLES).mark_line(clip=True)
    drawn = [svg_of(clipped, "a", name) for name in ("one", "two")]
    assert "http" not in "".join(drawn)
    names = [set(re.findall(r'\bid="([^"]*)"', svg)) for svg in drawn]
    assert names[0]
    assert not names[0] & names[1]
    for svg, known in zip(drawn, names, strict=True):
        assert set(re.findall(r"url\(#([^)]*)\)", svg)) <= known


def test_a_value_that_is_no_number_leaves_a_gap() -> None:
    whole = _drawn_lines(svg_of(lines(_table([1.0, 2.0, 3.0, 4.0]), STYLES), "", "n"))
    gap = _drawn_lines(svg_of(lines(_table([1.0, float("nan"), 3.0, 4.0]), STYLES), "", "n"))
    assert whole[0].count("M") == 1
    assert gap[0].count("M") == 2


def test_one_period_is_a_dot_and_not_an_empty_chart() -> None:
    svg = svg_of(lines(_table([1.5]), STYLES), "", "n")
    assert svg.count('fill="var(--chart-line-1') >= 1


def test_every_point_is_drawn() -> None:
    table = _table([2.0, 3.0, 34.3])
    svg = svg_of(points(table, STYLES), "", "n")
    # One mark a row and one a series in the legend.
    assert len(re.findall(r'stroke="var\(--chart-line', svg)) == len(table) + len(STYLES)


def test_the_mark_of_a_histogram_stands_where_it_says() -> None:
    rows = [
        (edge, edge + 50, kind, 25.0) for kind in ("made", "asked") for edge in (0, 50, 100, 150)
    ]
    table = pl.DataFrame(rows, schema=["x", "x2", "series", "value"], orient="row")
    chart = histogram(table, *STYLES, mark=100.0, marked="norm", x="x", y="y", top=30.0)
    svg = svg_of(chart, "", "n")
    rule = re.search(r'<line transform="translate\((\d+),\d+\)"[^>]*stroke-dasharray', svg)
    assert rule is not None
    assert int(rule[1]) == 150  # the middle of 300
    assert ">norm<" in svg


@pytest.mark.parametrize(("palette", "paper"), [(LIGHT, "#ffffff"), (DARK, "#1d2123")])
def test_colours_stand_out_from_the_paper(palette: dict[str, str], paper: str) -> None:
    """Contrast as in WCAG 2.2: text 4.5, lines 3."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(colour: str) -> float:
        one, other = sorted((luminance(colour), luminance(paper)), reverse=True)
        return (one + 0.05) / (other + 0.05)

    assert min(contrast(palette[role]) for role in ("ink", "soft")) >= 4.5
    assert min(contrast(c) for role, c in palette.items() if role.startswith("line")) >= 3.0
