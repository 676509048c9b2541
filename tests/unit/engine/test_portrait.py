"""A run in a notebook and at a prompt: one line, a table, and a chart of any measure."""

from __future__ import annotations

import subprocess
import sys

import altair as alt
import polars as pl
import pytest

import stakhanov as sk
from stakhanov.foundation.measures import MEASURES
from stakhanov.foundation.problem import BadInput


@pytest.fixture(scope="module")
def run() -> sk.Run:
    return sk.simulate("stakhanovite-1935", workers=400, periods=26)


def test_a_prompt_shows_one_line(run: sk.Run) -> None:
    digest = run.record["digest"][:12]
    said = f"<Run stakhanovite-1935: 400 workers, 26 periods, seed 1, digest {digest}>"
    assert repr(run) == said


def test_a_notebook_shows_every_measure_with_its_unit_and_course(run: sk.Run) -> None:
    html = run._repr_html_()
    for about in MEASURES.values():
        assert f">{about.title}</th>" in html
    assert html.count("<polyline") == len(MEASURES)
    assert 'aria-label="from ' in html
    assert "http" not in html


def test_a_measure_is_drawn_as_the_series_has_it(run: sk.Run) -> None:
    figure = run.chart("quit_rate")
    asked = (pl.col("measure") == "quit_rate") & (pl.col("branch") == "all")
    values = run.series.filter(asked).sort("period")["value"].to_list()
    assert figure.numbers["quits"].to_list() == pytest.approx([100.0 * value for value in values])
    assert figure.numbers["period"].to_list()[:2] == ["Jan 1933", "Feb 1933"]
    spec = figure.spec()
    drawn = [row["value"] for rows in spec["datasets"].values() for row in rows if "series" in row]
    assert drawn == pytest.approx([100.0 * value for value in values])
    assert spec["title"]["text"] == "Quits"
    assert "% of people a month" in str(spec)


def test_a_chart_is_altairs_and_a_picture(run: sk.Run) -> None:
    figure = run.chart()
    chart = figure.chart()
    assert isinstance(chart, alt.LayerChart)
    assert chart.to_dict(validate=True)["title"]["text"] == "True output, reported output"
    assert figure.numbers.columns == ["period", "true", "reported"]
    assert figure.png(scale=1.0).startswith(b"\x89PNG")
    assert figure.picture().startswith("<svg")


def test_page_paper_and_notebook_come_from_one_specification(run: sk.Run) -> None:
    """The same rows are drawn everywhere; only titles and room differ."""
    figure = run.chart("morale_mean", "trust_mean")
    notebook, whole = figure.chart().to_dict(validate=False), figure.spec()
    assert notebook["datasets"] == whole["datasets"]
    assert notebook["layer"] == whole["layer"]
    page = figure.svg("n")
    drawn = page.count('stroke="var(--chart-true'), page.count('stroke="var(--chart-second')
    assert drawn == (1, 1)


def test_a_branch_has_its_own_chart(run: sk.Run) -> None:
    figure = run.chart("true_output", branch="coal")
    assert figure.title == "True output, coal"
    everybody = run.chart("true_output").numbers["true"]
    assert figure.numbers["true"].to_list() != everybody.to_list()


def test_what_cannot_be_drawn_is_told_at_once(run: sk.Run) -> None:
    with pytest.raises(BadInput) as told:
        run.chart("true_outputs", "moral", branch="cole")
    assert [str(problem) for problem in told.value.problems] == [
        "measure: must be a measure of the run; found true_outputs (did you mean true_output?)",
        *[str(p) for p in told.value.problems[1:2]],
        "branch: must be a branch of the run; found cole (did you mean coal?)",
    ]
    with pytest.raises(BadInput, match="measures: must share a unit; found % of people a month"):
        run.chart("quit_rate", "true_output")
    with pytest.raises(BadInput, match="plan: must be kept by branch to be drawn for coal"):
        run.chart("plan", branch="coal")


def test_showing_a_run_at_a_prompt_loads_no_drawing() -> None:
    code = (
        "import sys; from stakhanov.engine.results import Run; import polars as pl;"
        "t = pl.DataFrame(schema={'period': pl.Int32, 'branch': pl.String, 'measure': pl.String,"
        " 'value': pl.Float64}); r = Run(t, t, t, t, t, {}, {}); repr(r); r._repr_html_();"
        "sys.exit('altair' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
