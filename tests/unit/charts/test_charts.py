"""What a chart draws, read back from its SVG and its specification."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest

from stakhanov.charts import (
    NORM,
    PLAN,
    REPORTED,
    TRUE,
    Across,
    Event,
    Figure,
    Style,
    Up,
    band,
    bars,
    histogram,
    lines,
    log_up,
    multiples,
    records,
    said_of,
    svg_of,
)
from stakhanov.charts.ends import spread
from stakhanov.charts.frame import MIDDLE, NARROW, SMALL, WIDE, Size
from stakhanov.charts.lettering import WIDTHS, fitted, width_of
from stakhanov.charts.marks import rows_of, short
from stakhanov.charts.over_time import Time, over_time
from stakhanov.charts.svg import spec_of
from stakhanov.charts.theme import DARK, LIGHT
from stakhanov.foundation.measures import MEASURES

STYLES = [TRUE, PLAN]


def _table(values: list[float], names: tuple[str, ...] = ("true", "plan")) -> pl.DataFrame:
    years = [1933.0 + i for i in range(len(values))]
    return pl.concat(pl.DataFrame({"x": years, "series": name, "value": values}) for name in names)


def _lines(values: list[float], **given: Any) -> Any:
    across = Across(1933.0, 1933.0 + max(len(values) - 1, 0))
    return lines(_table(values), STYLES, across, Up.of(values, "units"), **given)


def _paths(svg: str, role: str) -> list[str]:
    """The outlines of lines drawn in a role."""
    return re.findall(rf'<path [^>]*d="([^"]*)"[^>]*stroke="var\(--chart-{role}', svg)


def _drawn_rows(spec: Any) -> list[dict[str, Any]]:
    """All rows of all data sets of a specification."""
    inline = [
        row for layer in spec.get("layer", []) for row in layer.get("data", {}).get("values", [])
    ]
    return [row for rows in spec.get("datasets", {}).values() for row in rows] + inline


def _texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_a_chart_is_one_named_element_coloured_by_variables() -> None:
    svg = svg_of(_lines([1.0, 2.0, 3.0]), 'made "more" < asked', "first")
    root = ElementTree.fromstring(svg.replace("xlink:", ""))
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'made "more" < asked'
    assert not [e for e in list(root.iter())[1:] if e.get("role") or e.get("aria-label")]
    bare = re.sub(r"var\([^)]*\)", "", svg)
    assert not any(colour in bare for colour in LIGHT.values())
    assert "var(--chart-true" in svg
    assert "var(--chart-plan" in svg


def test_the_page_gets_no_reference_and_no_name_twice() -> None:
    clipped = _lines([1.0, 2.0])
    clipped.layer[0].mark.clip = True
    drawn = [svg_of(clipped, "a", name) for name in ("one", "two")]
    assert "http" not in "".join(drawn)
    names = [set(re.findall(r'\bid="([^"]*)"', svg)) for svg in drawn]
    assert names[0]
    assert not names[0] & names[1]
    for svg, known in zip(drawn, names, strict=True):
        assert set(re.findall(r"url\(#([^)]*)\)", svg)) <= known


def test_the_plan_is_dashed_and_every_line_bears_its_name_and_last_value() -> None:
    svg = svg_of(_lines([1.0, 2.0, 3.0]), "", "n")
    dashed = re.findall(r'<path [^>]*stroke="var\(--chart-(\w+)[^>]*stroke-dasharray', svg)
    assert dashed == ["plan"]
    assert {"true 3.00", "plan 3.00"} <= set(_texts(svg))


def test_a_value_that_is_no_number_leaves_a_gap() -> None:
    whole = _paths(svg_of(_lines([1.0, 2.0, 3.0, 4.0]), "", "n"), "true")
    gap = _paths(svg_of(_lines([1.0, math.nan, 3.0, 4.0]), "", "n"), "true")
    assert whole[0].count("M") == 1
    assert gap[0].count("M") == 2


def test_a_line_without_any_number_is_left_unnamed() -> None:
    svg = svg_of(_lines([math.nan, math.nan]), "", "n")
    assert not [text for text in _texts(svg) if text.startswith(("true", "plan"))]


def test_one_period_is_a_dot_and_not_an_empty_chart() -> None:
    assert svg_of(_lines([1.5]), "", "n").count('fill="var(--chart-true') >= 2  # dot and name


def test_the_wash_is_there_only_where_the_first_series_is_the_larger() -> None:
    years = [1933.0, 1934.0, 1935.0]
    table = pl.DataFrame(
        {
            "x": years * 2,
            "series": ["true"] * 3 + ["reported"] * 3,
            "value": [1.0, 1.0, 1.0, 1.5, 0.5, 1.0],
        }
    )
    up = Up.of(table["value"], "u")
    chart = lines(table, [TRUE, REPORTED], Across(1933.0, 1935.0), up, gap=("reported", "true"))
    rows = [row for row in _drawn_rows(spec_of(chart)) if "upper" in row]
    assert [(row["upper"], row["lower"]) for row in rows] == [(1.5, 1.0), (1.0, 1.0), (1.0, 1.0)]


def test_a_level_is_marked_where_it_says() -> None:
    spec = spec_of(_lines([90.0, 110.0], mark=(100.0, "norm")))
    marked = [
        layer["encoding"]["y"]["datum"]
        for layer in spec["layer"]
        if "datum" in layer["encoding"].get("y", {})
    ]
    assert marked == [100.0]
    assert "norm" in _texts(svg_of(_lines([90.0, 110.0], mark=(100.0, "norm")), "", "n"))


def test_events_are_told_in_two_rows_and_never_on_each_other() -> None:
    near = [Event(1935.0, "norms +6 %"), Event(1935.1, "longer day"), Event(1935.2, "and a third")]
    assert [row for _, row in rows_of(near, Across(1933.0, 1941.0), 800.0)] == [0, 1, -1]
    svg = svg_of(_lines([1.0] * 9, events=near, size=WIDE), "", "n")
    told = set(_texts(svg))
    assert {"norms +6 %", "longer day"} <= told
    assert "and a third" not in told
    assert len(re.findall(r'<line [^>]*stroke-dasharray="1,3"', svg)) == 3


def test_a_step_keeps_its_value_until_the_next() -> None:
    table = _table([1.0, 2.0], ("norm",))
    chart = lines(table, [NORM], Across(1933.0, 1934.0), Up.of([1.0, 2.0], "u"))
    (path,) = _paths(svg_of(chart, "", "n"), "norm")
    corners = re.findall(r"[ML](-?[\d.]+),(-?[\d.]+)", path)
    assert corners[0][1] == corners[1][1]
    assert corners[1][0] == corners[2][0]


def _two_kinds() -> pl.DataFrame:
    rows = [
        (edge, edge + 50, kind, share)
        for kind, share in (("true", 20.0), ("reported", 25.0))
        for edge in (0, 50, 100, 150)
    ]
    return pl.DataFrame(rows, schema=["x", "x2", "series", "value"], orient="row")


def test_the_mark_of_a_histogram_stands_at_100() -> None:
    up = Up.of([0.0, 25.0], "% of reports")
    outline = Style("reported", "reported")
    chart = histogram(
        _two_kinds(), TRUE, outline, up, mark=(100.0, "norm"), title="per cent of the norm"
    )
    spec = spec_of(chart)
    rules = [row["x"] for row in _drawn_rows(spec) if row.get("said") == "norm"]
    assert rules == [100.0]
    svg = svg_of(chart, "", "n")
    rule = re.search(r'<line transform="translate\(([\d.]+),[\d.]+\)"[^>]*stroke-width="1.2"', svg)
    assert rule is not None
    assert abs(float(rule[1]) - spec["width"] / 2.0) < 1.0  # the axis goes from 0 to 200
    assert {"norm", "true", "reported"} <= set(_texts(svg))


def test_true_is_solid_and_reported_an_outline() -> None:
    chart = histogram(
        _two_kinds(),
        TRUE,
        Style("reported", "reported"),
        Up.of([0.0, 25.0], ""),
        mark=(100.0, "norm"),
        title="x",
    )
    svg = svg_of(chart, "", "n")
    areas = re.findall(r'<path [^>]*d="[^"]*Z"[^>]*fill="var\(--chart-(\w+)', svg)
    assert "true" in areas
    assert "reported" not in areas
    assert _paths(svg, "reported")


def test_a_band_lies_between_its_edges() -> None:
    top, low, mean = Style("top", "plan"), Style("low", "plan"), Style("mean", "true")
    rows = [
        (float(year), name, base + year)
        for name, base in (("top", 3.0), ("mean", 2.0), ("low", 1.0))
        for year in (0, 1)
    ]
    table = pl.DataFrame(rows, schema=["x", "series", "value"], orient="row")
    chart = band(table, (top, low), mean, Across(0.0, 1.0), Up.of(table["value"], "u"))
    edges = [row for row in _drawn_rows(spec_of(chart)) if "upper" in row]
    assert [(row["lower"], row["upper"]) for row in edges] == [(1.0, 3.0), (2.0, 4.0)]


def test_bars_keep_their_order_and_show_intervals() -> None:
    table = pl.DataFrame(
        {"label": ["b", "a"], "value": [2.0, -1.0], "low": [1.0, -2.0], "high": [3.0, 0.5]}
    )
    svg = svg_of(bars(table, "share"), "", "n")
    texts = _texts(svg)
    assert texts.index("b") < texts.index("a")
    assert {"2.00", "-1.00", "share"} <= set(texts)
    assert svg.count("<line") - svg_of(
        bars(table.select("label", "value"), "share"), "", "n"
    ).count("<line") == len(table)


def _records() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "x": [1933.0, 1935.0, 1936.0],
            "credited": [2.0, 15.0, 30.0],
            "per_head": [2.0, 5.0, 4.0],
            "crew": [1, 3, 7],
        }
    )


def test_records_stand_as_credited_and_per_head() -> None:
    chart = records(_records(), Across(1933.0, 1940.0), "norms")
    rows = [row for row in _drawn_rows(spec_of(chart)) if row.get("series") and "said" not in row]
    steps = {
        name: [row["value"] for row in rows if row["series"] == name]
        for name in ("credited", "per head")
    }
    assert steps == {"credited": [2.0, 15.0, 30.0, 30.0], "per head": [2.0, 5.0, 5.0, 5.0]}
    texts = _texts(svg_of(chart, "", "n"))
    assert {"credited 30.0", "per head 5.00", "30.0 by a crew of 7"} <= set(texts)


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_records_of_single_workers_draw_no_ties(size: Size) -> None:
    alone = _records().with_columns(crew=pl.lit(1), per_head=pl.col("credited"))
    svg = svg_of(records(alone, Across(1933.0, 1940.0), "norms", size=size), "", "n")
    assert not [text for text in _texts(svg) if " by " in text]
    assert "credited" not in " ".join(_texts(svg))  # nobody else stood behind a record


@pytest.mark.parametrize("count", [1, 12])
def test_every_part_has_its_panel(count: int) -> None:
    parts = [
        _table([1.0, 2.0 + i], ("true", "reported")).with_columns(part=pl.lit(f"branch {i}"))
        for i in range(count)
    ]
    table = pl.concat(parts)
    chart = multiples(table, [TRUE, REPORTED], Across(1933.0, 1934.0), Up.of(table["value"], "u"))
    svg = svg_of(chart, "", "n")
    named = [text for text in _texts(svg) if text.startswith("branch")]
    assert named == [f"branch {i} {short(2.0 + i)}" for i in range(count)]
    assert len(_paths(svg, "true")) == count


def test_marks_of_an_axis_are_round_and_hold_every_value() -> None:
    assert Up.of([0.0, 2.49], "u").marks == (0.0, 1.0, 2.0, 3.0)
    assert Up.of([0.903, 1.02], "u", zero=False).marks[0] == 0.9
    for values in ([7.0], [0.0], [-3.0, 2.0], [1e-6, 2e-6], [math.nan], []):
        up = Up.of(values, "u")
        assert up.low < up.high
        assert all(up.low <= value <= up.high for value in values if math.isfinite(value))


def test_a_place_on_an_axis_and_its_value_are_each_others_inverse() -> None:
    for up in (Up.of([0.0, 7.0], "u"), log_up([0.7, 34.0], "u")):
        assert up.value(up.place(3.0, 200.0), 200.0) == pytest.approx(3.0)
        assert up.place(up.high, 200.0) == 0.0
        assert up.place(up.low, 200.0) == 200.0
    assert log_up([0.7, 34.0], "u").marks == (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([], (1.0, 2.0)),
        ([0.0, math.nan, 2.0], (2.0, 5.0)),
        ([0.0002, 0.0009], (0.0002, 0.0005, 0.001)),
        ([2e7], (2e7, 5e7)),
        ([0.003, 40.0], (0.001, 0.01, 0.1, 1.0, 10.0, 100.0)),
    ],
)
def test_a_logarithmic_axis_holds_whatever_is_above_zero(
    values: list[float], marks: tuple[float, ...]
) -> None:
    assert log_up(values, "u").marks == pytest.approx(marks)


def test_names_move_apart_and_keep_their_order() -> None:
    moved = spread([50.0, 50.5, 51.0, 180.0], 16.0, 200.0)
    assert all(b - a >= 15.9 for a, b in pairwise(moved))
    assert moved[3] == 180.0
    assert spread([199.0, 10.0], 16.0, 200.0) == [199.0, 10.0]
    assert max(spread([200.0, 200.0], 16.0, 200.0)) <= 200.0


def test_axis_texts_come_from_the_catalogue() -> None:
    assert said_of(MEASURES["pay_gini"]) == "Inequality of pay, Gini coefficient"


def _plot(chart: Any) -> tuple[float, float, float, float]:
    """Where the plot lies in a drawing: left, top, width, height."""
    spec = spec_of(chart)
    return spec["padding"]["left"], spec["padding"]["top"], spec["width"], spec["height"]


def test_a_drawing_takes_the_size_that_it_was_given() -> None:
    for size in (SMALL, MIDDLE, WIDE):
        svg = svg_of(_lines([1.0, 2.0, 3.0], size=size), "", "n")
        box = re.search(r'viewBox="0 0 (\S+) (\S+)"', svg)
        assert box is not None
        assert (float(box[1]), float(box[2])) == pytest.approx((size.width, size.height), abs=1.0)


def test_charts_in_a_row_have_their_plots_in_line() -> None:
    time = Time((1933.0, 1934.0), ("Jan 1933", "Jan 1934"))
    one = over_time("Short", {"a": np.array([0.1, 0.2])}, [TRUE], time, "%")
    series = {"a very long name": np.array([1.0, 2.0]), "b": np.array([1.0, 900.0])}
    styles = [Style("a very long name", "true"), Style("b", "plan")]
    two = over_time("Long", series, styles, time, "%", mark=(500.0, "half"))
    assert two.beside > one.beside
    shared = Size(SMALL.width, SMALL.height, max(one.beside, two.beside))
    assert _plot(one.draw(shared)) == _plot(two.draw(shared))


def test_names_beside_lines_have_the_colours_of_their_lines() -> None:
    styles = [Style("below", "true"), Style("at", "second"), Style("title", "reported")]
    table = pl.concat(
        pl.DataFrame({"x": [0.0, 1.0], "series": style.series, "value": [1.0, 1.0 + i]})
        for i, style in enumerate(styles)
    )
    up = Up.of(table["value"], "u")
    svg = svg_of(lines(table, styles, Across(0.0, 1.0), up, mark=(2.5, "norm")), "", "n")
    found = dict(re.findall(r'fill="var\(--chart-(\w+)[^>]*>((?:below|at|title|norm)[^<]*)<', svg))
    assert found == {
        "true": "below 1.00",
        "second": "at 2.00",
        "reported": "title 3.00",
        "norm": "norm",
    }


def test_marks_between_hundredths_are_written_in_full() -> None:
    texts = _texts(svg_of(_lines([1.12, 1.2]), "", "n"))
    assert "0.5" in texts
    fine = lines(
        _table([1.12, 1.21]), STYLES, Across(1933.0, 1934.0), Up.of([1.12, 1.21], "u", zero=False)
    )
    marks = {text for text in _texts(svg_of(fine, "", "n")) if re.fullmatch(r"1\.\d+", text)}
    assert {"1.125", "1.150", "1.175"} <= marks


def test_zero_has_no_thousands() -> None:
    texts = _texts(svg_of(_lines([0.0, 80_000.0]), "", "n"))
    assert {"0", "20k"} <= set(texts)
    assert "0k" not in texts


def test_a_series_of_nothing_has_an_axis_from_zero() -> None:
    assert Up.of([0.0, 0.0], "Gini").marks[0] == 0.0


def test_the_name_of_the_norm_stands_above_every_bar() -> None:
    tall = _two_kinds().with_columns(value=pl.when(pl.col("x") == 50).then(100.0).otherwise(0.0))
    chart = histogram(
        tall,
        TRUE,
        Style("reported", "reported"),
        Up.of([100.0], ""),
        mark=(100.0, "norm"),
        title="x",
    )
    name = next(
        layer
        for layer in spec_of(chart)["layer"]
        if layer["mark"]["type"] == "text" and layer["encoding"]["y"].get("value") == 0
    )
    assert name["mark"]["baseline"] == "bottom"
    assert name["mark"]["dy"] < 0


def test_letters_are_as_wide_as_helveticas() -> None:
    """Adobe's metrics: a figure 556, M 833, i 222 thousandths; bold and spare room on top."""
    assert len(WIDTHS) == 95  # the printable letters of ASCII
    assert width_of("0Mi", 1000.0) == pytest.approx(1.03 * (556 + 833 + 222))
    assert width_of("é", 10.0) == width_of("e", 10.0)
    assert width_of("0", 10.0, bold=True) > width_of("0", 10.0)


@pytest.mark.parametrize("text", ["short", "a name that nobody could call short at all", "W" * 80])
def test_a_text_is_cut_to_its_room(text: str) -> None:
    cut = fitted(text, 100.0)
    assert width_of(cut) <= 100.0
    assert cut == text or cut.endswith("\u2026")
    assert cut.rstrip("\u2026") == text[: len(cut.rstrip("\u2026"))]


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW])
def test_long_names_of_parts_are_cut_and_stay_apart(size: Size) -> None:
    name = "an extraordinarily long branch of industry that goes on, number"
    parts = [
        _table([1.0, 2.0], ("true",)).with_columns(part=pl.lit(f"{name} {i}")) for i in range(12)
    ]
    table = pl.concat(parts)
    chart = multiples(table, [TRUE], Across(1933.0, 1934.0), Up.of(table["value"], "u"), size=size)
    svg = svg_of(chart, "", "n")
    named = [text for text in _texts(svg) if text.startswith("an extra")]
    assert len(set(named)) == 12
    assert len(_paths(svg, "true")) == 12
    box = re.search(r'viewBox="0 0 (\S+) ', svg)
    assert box is not None
    assert float(box[1]) <= size.width + 12.0


def test_records_tell_their_numbers_where_they_do_not_meet() -> None:
    near = pl.DataFrame(
        {
            "x": [1935.6, 1935.7, 1935.8],
            "credited": [14.6, 34.0, 34.3],
            "per_head": [4.9, 4.9, 4.9],
            "crew": [3, 7, 7],
        }
    )
    texts = _texts(svg_of(records(near, Across(1933.0, 1940.0), "norms"), "", "n"))
    assert [text for text in texts if "crew" in text] == [
        "34.3 by a crew of 7",
        "14.6 by a crew of 3",
    ]


def test_a_page_is_told_where_to_read_numbers_off_a_plot() -> None:
    chart = _lines([1.0, 2.0])
    left, _, width, _ = _plot(chart)
    svg = svg_of(chart, "", "n")
    assert f'data-left="{left:.1f}" data-wide="{width:.1f}"' in svg
    assert "data-left" not in svg_of(
        multiples(
            _table([1.0, 2.0]).with_columns(part=pl.lit("p")),
            [TRUE],
            Across(1933.0, 1934.0),
            Up.of([1.0], "u"),
        ),
        "",
        "n",
    )


def _figure(**given: Any) -> Figure:
    named = {"title": "Output", "said": "It rose.", "label": "Line chart. It rose.", **given}
    return Figure(
        **named, numbers=_table([1.0, 2.0]), draw=lambda size: _lines([1.0, 2.0], size=size)
    )


def test_one_figure_is_drawn_in_every_form() -> None:
    figure = _figure()
    assert 'aria-label="Line chart. It rose."' in figure.svg("n")
    assert figure.svg("n", WIDE) != figure.svg("n", SMALL)
    assert figure.png(scale=1.0).startswith(b"\x89PNG")
    assert "<h3>Output</h3>" in figure.html("n")
    bundle = figure._repr_mimebundle_()
    assert bundle["text/plain"] == "Output. Line chart. It rose."
    assert bundle["application/vnd.vegalite.v6+json"]["title"]["text"] == "Output"
    assert bundle["image/svg+xml"].startswith("<svg")
    assert "Output" in _texts(bundle["image/svg+xml"])
    assert repr(figure) == "<chart: Output, 4 rows>"
    assert figure.chart().to_dict(validate=True)["title"]["text"] == "Output"


def test_dark_is_the_same_specification_in_other_colours() -> None:
    light, dark = (str(_figure().spec(dark=dark)) for dark in (False, True))
    for role, colour in LIGHT.items():
        light = light.replace(colour, DARK[role])
    assert light == dark


def test_a_chart_without_a_description_is_refused() -> None:
    with pytest.raises(ValueError, match="must have a description"):
        _figure(label=" ")


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_colours_stand_out_from_the_paper(palette: dict[str, str]) -> None:
    """Contrast as in WCAG 2.2, 4.5 for text: lines bear their names in their own colours."""

    def contrast(colour: str) -> float:
        pair = (_luminance(colour), _luminance(palette["paper"]))
        return (max(pair) + 0.05) / (min(pair) + 0.05)

    for role, colour in palette.items():
        assert role in {"paper", "rule"} or contrast(colour) >= 4.5, role


def test_every_colour_of_a_palette_stands_once() -> None:
    assert len(set(LIGHT.values())) == len(LIGHT)
    assert list(LIGHT) == list(DARK)


def test_an_axis_leaves_zero_out_only_where_it_is_far_away() -> None:
    assert Up.of([1.0, 1.1], "u", zero=None).low == pytest.approx(1.0)
    assert Up.of([1.0, 2.5], "u", zero=None).low == 0.0
    assert Up.of([0.0, 0.0], "u", zero=None).low == 0.0
    assert Up.of([-1.1, -1.0], "u", zero=None).high == 0.0


def test_an_event_at_the_left_does_not_stand_on_the_number_of_the_highest_mark() -> None:
    early = [Event(1933.0, "norms +5 %")]
    ((_, row),) = rows_of(early, Across(1933.0, 1941.0), 800.0)
    assert row == 1  # above the number, not beside it


def test_a_part_of_one_period_is_a_dot() -> None:
    table = _table([1.0], ("true",)).with_columns(part=pl.lit("coal"))
    svg = svg_of(multiples(table, [TRUE], Across(1933.0, 1933.0), Up.of([1.0], "u")), "", "n")
    assert re.search(r'<path [^>]*fill="var\(--chart-true', svg)
