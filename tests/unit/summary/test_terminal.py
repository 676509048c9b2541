"""The terminal's summary: bars as long as their numbers, the norm marked, any width and encoding."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

import stakhanov as sk
from stakhanov.engine.results import Run, with_units
from stakhanov.foundation.measures import MEASURES, SERIES
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.terminal import BLOCKS, PLAIN, histogram, line_of, output_chart, render


@pytest.fixture(scope="module")
def run() -> Run:
    return sk.simulate("plain-piece-rate", workers=500, periods=3)


@pytest.fixture
def made(made_run: Callable[..., Run]) -> Run:
    """Four years with every series and measure; reports 1.2 to 1.1 made."""
    rest: dict[str, Any] = {
        name: (lambda _: 0.5)
        for name in (MEASURES | SERIES)
        if name not in ("true_output", "reported_output", "plan", "workers")
    }
    run = made_run(rest)
    return replace(run, measures=with_units(dict.fromkeys(MEASURES, 0.25)))


def test_a_rising_series_rises() -> None:
    ramp = BLOCKS.ramp
    assert line_of([0.0, 1.0, 2.0, 3.0], 4, ramp)[0] == ramp[1]
    assert line_of([0.0, 1.0, 2.0, 3.0], 4, ramp)[-1] == ramp[-1]
    assert len(line_of(list(range(96)), 20, ramp)) == 20
    assert set(line_of([2.0, 2.0], 9, PLAIN.ramp)) == {PLAIN.ramp[len(PLAIN.ramp) // 2]}
    assert line_of([float("nan")], 5, PLAIN.ramp) == "nothing to draw"


def test_the_first_line_says_what_was_run(run: Run) -> None:
    first, second = render(run).splitlines()[:2]
    assert first == "plain-piece-rate: 500 workers, 3 periods, seed 1"
    assert second.startswith("In our model a worker reported ")


def test_bars_of_output_show_what_was_made_and_what_was_only_reported(made: Run) -> None:
    rows = [line for line in output_chart(OpenRun.of(made), 100, PLAIN) if line.startswith("19")]
    assert [row.split()[0] for row in rows] == ["1933", "1934", "1935", "1936"]
    for row in rows:
        _, true, reported, plan = row.split()[:4]
        bar = row[row.index("#") :]
        mark = bar.index("|")
        bar = bar.replace("#|", "##").replace("=|", "==")  # where the plan lies on the bar
        per_unit = (bar.count("#") + bar.count("=")) / float(reported)
        assert bar.count("#") / per_unit == pytest.approx(float(true), abs=0.04)
        assert mark / per_unit == pytest.approx(float(plan), abs=0.04)


def test_the_norm_is_marked_at_100_and_shares_are_those_of_the_histogram(made: Run) -> None:
    lines = histogram(OpenRun.of(made), 100, PLAIN)
    marked = [line for line in lines if line.endswith("| the norm")]
    assert len(marked) == 1
    assert marked[0].split()[0] == "100"
    shares = [float(found[1]) for line in lines if (found := re.search(r"([\d.]+) %", line))]
    assert sum(shares) == pytest.approx(100.0, abs=0.5)
    # 40 of 100 reports of the made run lie below the norm: those of 65, 75, 85 and 95 %.
    below = [
        float(line.split("%")[0].split()[-1])
        for line in lines
        if re.match(r" +\d", line) and int(line.split()[0]) < 100
    ]
    assert sum(below) == pytest.approx(40.0, abs=0.2)


def test_padding_shows_at_the_norm_and_is_missing_below(made: Run) -> None:
    bins = [
        (p, kind, b, n)
        for p in range(48)
        for kind, b, n in (
            ("true", 95, 30),
            ("true", 105, 70),
            ("reported", 100, 30),
            ("reported", 105, 70),
        )
    ]
    table = pl.DataFrame(bins, schema=["period", "kind", "bin", "count"], orient="row")
    lines = histogram(OpenRun.of(replace(made, histogram=table)), 100, PLAIN)
    at = {line.split()[0]: line for line in lines if re.match(r" +\d", line)}
    assert set(at["90"].split()[-1]) == {"."}  # made, and reported elsewhere
    assert re.search(r"#+=+ \| the norm$", at["100"])
    made_here, told_only = at["100"].count("#"), at["100"].count("=")
    assert told_only / made_here == pytest.approx(3.0 / 7.0, abs=0.05)


@pytest.mark.parametrize("width", [20, 40, 80, 120])
@pytest.mark.parametrize("blocks", [True, False])
def test_no_line_is_too_wide_in_any_alphabet(run: Run, width: int, blocks: bool) -> None:
    text = render(run, width=width, blocks=blocks)
    assert max(map(len, text.splitlines())) <= max(width, 40)
    assert blocks or text.isascii()
    assert not any(line != line.rstrip() for line in text.splitlines())


def test_names_in_other_letters_do_not_break_plain_text(made: Run) -> None:
    about = {**made.record["campaign"]["campaign"], "name": "стахановец"}
    record = {"campaign": {**made.record["campaign"], "campaign": about}}
    assert render(replace(made, record=record), blocks=False).isascii()


def test_measures_are_told_as_on_the_page(made: Run) -> None:
    text = render(made)
    assert re.search(r"^Padded share +25 +%$", text, re.M)
    assert re.search(r"^Pay +0.25 +kopecks a month$", text, re.M)
    assert re.search(r"^Record +0.25 +norms$", text, re.M)


def test_what_does_not_fit_history_is_told(made_run: Callable[..., Run], made: Run) -> None:
    told = made_run({}, name="stakhanovite-1935")
    text = render(replace(made, record=told.record), width=100)
    assert "model against history" in text
    assert "DOES NOT FIT" in text
    assert "Inside the band: " in " ".join(text.split())


def test_a_long_run_is_told_in_a_dozen_rows() -> None:
    run = sk.simulate("plain-piece-rate", workers=10, periods=12 * 50)
    chart = output_chart(OpenRun.of(run), 80, PLAIN)
    rows = [line for line in chart if re.match(r"\d{4}", line)]
    assert len(rows) <= 12
    assert rows[0].startswith("1935-1939 ")
    assert rows[-1].split()[0].endswith("1984")
