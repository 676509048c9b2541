"""The report of a run, read back as a page."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

import stakhanov as sk
from stakhanov.charts import TRUE
from stakhanov.engine.results import Run, with_units
from stakhanov.engine.shown import percent
from stakhanov.engine.simulate import simulate
from stakhanov.foundation.measures import MEASURES, SERIES
from stakhanov.summary.again import command_of, script_of
from stakhanov.summary.figures import Figures
from stakhanov.summary.fit import FitRow
from stakhanov.summary.fit_section import fit_section, strip
from stakhanov.summary.norm_figures import chosen_years
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.page import SCRIPT, SHEET, table
from stakhanov.summary.pay_figures import pay_by_fulfilment
from stakhanov.summary.questions import Answer
from stakhanov.summary.report import headline, html_of, write
from stakhanov.summary.terminal import render

KNOWN = ("true_output", "reported_output", "plan", "workers", "quit_rate")


class Page(HTMLParser):
    """Elements and text of a page; fails where elements are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("style", "script"):
            self.text += data.replace("\xa0", " ")


@pytest.fixture
def whole_run(made_run: Callable[..., Run]) -> Callable[..., Run]:
    """A made run with every series and measure of the catalogue."""

    def make(**given: Any) -> Run:
        plain = {name: (lambda _: 0.5) for name in (MEASURES | SERIES) if name not in KNOWN}
        run = made_run(plain, **given)
        return replace(run, measures=with_units(dict.fromkeys(MEASURES, 0.25)))

    return make


def test_the_page_is_whole_and_refers_to_nothing(
    whole_run: Callable[..., Run], tmp_path: Path
) -> None:
    write(whole_run(), tmp_path / "report.html")
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    ElementTree.fromstring(html.partition("\n")[2])  # well-formed, even as XML
    page = Page(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"link", "img", "iframe", "object", "image", "use"}
    assert not re.search(r"https?://|@import|\bsrc=|url\((?!#)|fetch|XMLHttp", html)
    assert [attrs for tag, attrs in page.elements if tag == "script"] == [{}]  # its own, inline
    charts = [attrs for tag, attrs in page.elements if tag == "svg"]
    assert len(charts) >= 15
    assert all(chart["role"] == "img" and (chart["aria-label"] or "").strip() for chart in charts)
    names = [attrs["id"] for _, attrs in page.elements if attrs.get("id")]
    assert len(names) == len(set(names))
    sizes = Counter(str(chart["class"]).partition(" ")[2] for chart in charts)
    assert sizes["wide"] == sizes["middle"] == sizes["narrow"] > 0
    figures = sum(tag == "figure" for tag, _ in page.elements)
    captions = sum(tag == "caption" for tag, _ in page.elements)
    assert figures == sizes["wide"] + sizes[""]
    assert captions == figures + 1  # the numbers behind every chart, and the table of prizes
    assert len(html) < 1_500_000


def test_headings_go_down_one_step_at_a_time(whole_run: Callable[..., Run]) -> None:
    page = Page(html_of(whole_run(name="stakhanovite-1935")))
    steps = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert steps[0] == 1
    assert steps.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(steps))
    targets = {f"#{attrs['id']}" for _, attrs in page.elements if attrs.get("id")}
    assert {attrs["href"] for tag, attrs in page.elements if tag == "a"} <= targets


def test_headline_and_records_say_the_runs_numbers(whole_run: Callable[..., Run]) -> None:
    text = Page(html_of(whole_run())).text
    # 1 % a month over 36 months between the means of the first and of the last year: 43.08 %.
    assert "; output per shift grew by 43 % from its mean of 1933" in text
    # Reports grow by 12.7 % a year, the plan by 10 %, both from 1.2: 107.5 % of it in the fourth year.
    level = sum(1.01**p for p in range(36, 48)) / sum(1.1 ** (p / 12) for p in range(36, 48))
    assert f"In our model reports stood at {100 * level:.0f} % of the plan in 1936" in text
    assert "and reached it in 48 of 48 months" in text
    assert (
        "The highest was credited with 30.0 norms; made by a crew of 6, that is 5.0 a head" in text
    )
    assert "40 % of reports were below the norm" in text  # 65 to 95 of 65 to 155


@pytest.mark.parametrize("start", [1_000.0, 1e6])
def test_a_norm_told_in_pieces_is_drawn_all_the_same(start: float) -> None:
    """Nobody comes near a norm of 1,000 norm-units; at 1e6 the reports, in thousandths, are nothing."""
    campaign = sk.load("plain-piece-rate").with_({"norms.start": start})
    run = sk.simulate(campaign, "metro-brigades", workers=40, periods=25, threads=1)
    text = Page(html_of(run)).text
    assert ("asked for nothing" in text) == (start == 1e6)
    assert "nan" not in text.lower().split()
    assert render(run, width=80)


def test_a_gap_between_paper_and_truth_is_in_the_headline(whole_run: Callable[..., Run]) -> None:
    run = whole_run()
    inflated = run.series.with_columns(
        value=pl.when(pl.col("measure") == "reported_output")
        .then(pl.col("value") * (1.0 + pl.col("period") / 100.0))
        .otherwise(pl.col("value"))
    )
    said = headline(OpenRun.of(replace(run, series=inflated)))
    # (1 + .395 / 1.055 ...): means of the years weigh the months; by hand 1.913 over 1.
    assert re.search(r"grew by 43 % from its mean of 1933, on paper it grew by 9\d %$", said)


def test_the_numbers_behind_a_chart_are_those_drawn(whole_run: Callable[..., Run]) -> None:
    run = whole_run()
    opened = OpenRun.of(run)
    figure = Figures(opened).one("quit_rate")
    drawn = [
        row["value"]
        for rows in figure.spec()["datasets"].values()
        for row in rows
        if "series" in row
    ]
    expected = [7.0] * 36 + [9.0] * 12  # per cent
    assert drawn == pytest.approx(expected)
    assert figure.numbers["quits"].to_list() == pytest.approx(expected)
    assert figure.numbers["period"][0] == "Jan 1933"
    assert figure.numbers["period"][-1] == "Dec 1936"
    drawn_table = table(figure.numbers, "")
    assert 'class="numbers"' in drawn_table  # all to the right but the first
    cells = re.findall(r"<td>([^<]*)</td>", drawn_table)
    assert [float(cell) for cell in cells] == pytest.approx(expected)


def test_plan_and_norm_stand_in_the_chart_of_output(whole_run: Callable[..., Run]) -> None:
    figure = Figures(OpenRun.of(whole_run())).output("Output", "")
    assert figure.numbers.columns == ["period", "true", "reported", "plan", "norm"]
    assert figure.numbers["plan"][12] == pytest.approx(1.2 * 1.1)
    assert "Plan from" in figure.label or "plan from" in figure.label
    assert "staged record" in figure.label
    assert "longer day at 1936.5" in figure.label  # July 1936


def test_the_height_is_the_year_of_most_stakhanovites(whole_run: Callable[..., Run]) -> None:
    run = whole_run()
    peaked = run.series.with_columns(
        value=pl.when((pl.col("measure") == "stakhanovite_share") & (pl.col("period") == 30))
        .then(0.9)
        .otherwise(pl.col("value"))
    )
    chosen = chosen_years(OpenRun.of(replace(run, series=peaked)))
    assert [(one.name, one.why) for one in chosen] == [
        ("1933", "before"),
        ("1935", "the height"),
        ("1936", "after"),
    ]


@pytest.mark.parametrize("count", [1, 12])
def test_branches_have_their_charts_if_there_are_several(
    whole_run: Callable[..., Run], count: int
) -> None:
    run = whole_run()
    coal = run.series.filter(pl.col("branch") == "coal")
    named = [coal.with_columns(branch=pl.lit(f"branch-<{i}>")) for i in range(count)]
    run = replace(run, series=pl.concat([run.series.filter(pl.col("branch") == "all"), *named]))
    page = Page(html_of(run))
    assert ("Branch by branch" in page.text) == (count > 1)
    assert page.text.count("branch <11> ") >= (2 if count > 1 else 0)  # wide and narrow


def test_warnings_given_fit_and_answers_are_shown_as_they_are(
    whole_run: Callable[..., Run],
) -> None:
    row = FitRow(
        id="x",
        target="A figure & more",
        role="tested",
        history="5",
        low=4.0,
        high=6.0,
        model=7.0,
        inside=False,
        unit="%",
        source="a book",
        trust="seen",
        note="<b>",
    )
    answer = Answer("Why?", ("Because of `x < y`.",), {})
    html = html_of(whole_run(), fit=[row], answered=[answer], warnings=["Mind the <gap>."])
    page = Page(html)
    assert "Mind the <gap>." in page.text
    assert "What does not fit: A figure & more." in page.text
    assert "Because of x < y." in page.text
    assert 'aria-label="outside the band"' in html
    assert "How did it serve the plan?" not in page.text


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (1.25, 1.25, "1.25 times"),
        (1.0, 2.0, "1 to 2 times"),
        (None, 2.0, "to 2 times"),
        (None, None, ""),
    ],
)
def test_a_band_is_told_once(low: float | None, high: float | None, told: str) -> None:
    row = FitRow("x", "x", "tested", "", low, high, 1.25, True, "times", "", "", "")
    assert f'<td data-head="Band">{told}</td>' in fit_section([row]).html


@pytest.mark.parametrize(
    ("low", "high", "model", "inside"),
    [(4.0, 6.0, 5.0, True), (None, 6.0, 7.0, False), (4.0, None, 9.0, True), (5.0, 5.0, 5.0, True)],
)
def test_the_mark_of_a_strip_lies_in_its_bar_only_inside_the_band(
    low: float | None, high: float | None, model: float, inside: bool
) -> None:
    row = FitRow("x", "x", "tested", "", low, high, model, inside, "", "", "", "")
    drawn = strip(row)
    left, width = (
        float(re.search(rf'<rect[^>]* {name}="([\d.]+)"', drawn)[1]) for name in ("x", "width")
    )
    middle = float(re.search(r'cx="([\d.]+)"', drawn)[1])
    assert (left <= middle <= left + width) == inside


def test_a_title_cannot_bring_elements_into_the_page(whole_run: Callable[..., Run]) -> None:
    bad = '</title><script>alert("x")</script>&'
    about = {"name": "made", "title": bad, "summary": bad, "start": "1933-01-01"}
    run = whole_run(campaign={"campaign": about})
    page = Page(html_of(run))
    assert [attrs for tag, attrs in page.elements if tag == "script"] == [{}]
    assert bad in page.text


@pytest.mark.parametrize("periods", [1, 5, 13])
def test_short_runs_without_records_have_a_report(
    whole_run: Callable[..., Run], periods: int
) -> None:
    run = whole_run(publicity=False)
    early = pl.col("period") < periods
    short = replace(
        run,
        series=run.series.filter(early),
        histogram=run.histogram.filter(early),
        reports=run.reports.filter(early),
        records=run.records.clear(),
        prizes=run.prizes.filter(early),
    )
    text = Page(html_of(short)).text
    assert "This run has no records." in text
    assert "Model against history" not in text
    assert "nan" not in text.lower().split()


def test_a_run_with_a_history_shows_what_does_not_fit(whole_run: Callable[..., Run]) -> None:
    page = Page(html_of(whole_run(name="stakhanovite-1935")))
    assert "Model against history" in page.text
    assert "What does not fit: " in page.text
    assert "not covered" in page.text
    assert any(tag == "td" and attrs.get("class") == "off" for tag, attrs in page.elements)


def test_one_worker_has_a_report() -> None:
    run = simulate("plain-piece-rate", workers=1, periods=2)
    page = Page(html_of(run))
    assert "One run: 1 worker at the most" in page.text
    assert "2 periods" in page.text


def test_every_section_can_be_reached_from_the_top(whole_run: Callable[..., Run]) -> None:
    page = Page(html_of(whole_run(name="stakhanovite-1935")))
    sections = [str(attrs["id"]) for tag, attrs in page.elements if tag == "section"]
    links = [attrs["href"] for tag, attrs in page.elements if tag == "a"]
    assert links == [f"#{sections[0]}", *(f"#{name}" for name in sections)]
    assert {"output", "norm", "pay", "prizes", "records", "people", "padding"} <= set(sections)
    assert {"history", "questions", "rules", "record"} <= set(sections)


def test_prizes_and_who_got_them(whole_run: Callable[..., Run]) -> None:
    premium = {"name": "premium", "by": "rank", "per_thousand": 10, "amount": 1000}
    page = Page(html_of(whole_run(campaign={"prizes": [premium]})))
    assert "480 prizes were given" in page.text  # ten in each of 48 periods
    assert "Of the winning reports 40 % were padded." in page.text
    assert "Prize premium: 10 roubles for the best 10 in 1,000 of each branch" in page.text
    # Eight at 200 % and two at 150 % reported 190 % on average, and made 174 %.
    assert "winners had reported 190 % of the norm and made 174 %" in page.text
    assert "480,000" in page.text  # kopecks in all


def test_a_campaign_without_prizes_says_so(whole_run: Callable[..., Run]) -> None:
    run = whole_run()
    assert (
        "This campaign gives no prizes."
        in Page(html_of(replace(run, prizes=run.prizes.clear()))).text
    )


def test_pay_by_fulfilment_is_the_mean_of_the_sample(whole_run: Callable[..., Run]) -> None:
    figure = pay_by_fulfilment(OpenRun.of(whole_run()))
    assert figure is not None
    # The made run pays 10,000 at 100 % and 20,000 at 150 %.
    assert figure.numbers.rows() == [
        ("150 % or more", 20000, "50 %"),
        ("100 to 110 %", 10000, "50 %"),
    ]
    assert "got 2.0 times as much as those at 100 to 110 %" in figure.said


def test_the_campaign_stands_in_sentences(whole_run: Callable[..., Run]) -> None:
    run = whole_run(name="stakhanovite-1935")
    text = Page(html_of(run)).text
    for sentence in OpenRun.of(run).campaign.explain().splitlines()[2:]:
        assert sentence in text


def test_the_plan_in_per_cent(whole_run: Callable[..., Run]) -> None:
    figures = Figures(OpenRun.of(whole_run()))
    figure = figures.ratios("Met", {TRUE: "true_output"}, "plan", said="")
    assert figure.numbers["true"][0] == pytest.approx(100.0 * 1.1 / 1.2)
    assert "plan" in figure.svg("n")  # the mark at 100 % bears its name


def test_branches_stand_in_the_order_of_the_workforce(whole_run: Callable[..., Run]) -> None:
    run = whole_run()
    coal = run.series.filter(pl.col("branch") == "coal")
    others = [coal.with_columns(branch=pl.lit(name)) for name in ("b-10", "b-2", "unheard")]
    record = {
        **run.record,
        "workforce": {"branches": [{"name": n} for n in ("coal", "b-2", "b-10")]},
    }
    run = replace(run, series=pl.concat([run.series, *others]), record=record)
    assert OpenRun.of(run).branches() == ["coal", "b-2", "b-10", "unheard"]


def test_the_script_and_the_sheet_have_nothing_from_elsewhere() -> None:
    for file in (SHEET, SCRIPT):
        text = file.read_text(encoding="utf-8")
        assert "http" not in text
        assert "@import" not in text
    assert not re.search(r"[<&]", SCRIPT.read_text(encoding="utf-8"))  # stands in the page as it is


def test_a_command_makes_the_same_run_again() -> None:
    changed = sk.load("plain-piece-rate").with_({"norms.revision.up": 0.7, "pay.guarantee": 0.5})
    run = simulate(changed, workers=30, periods=2, seed=3)
    command = command_of(run)
    assert command is not None
    assert command.startswith(
        "stakhanov run plain-piece-rate --workforce soviet-industry --workers 30"
    )
    assert "--seed 3" in command
    assert {"norms.revision.up=0.7", "pay.guarantee=0.5"} <= set(command.split())
    assert command in Page(html_of(run)).text


def test_a_run_whose_rules_are_in_no_library_is_made_again_from_its_record(tmp_path: Path) -> None:
    own = sk.load("plain-piece-rate").with_({"campaign.name": "of-my-own"})
    run = simulate(own, workers=30, periods=2, out=tmp_path)
    assert command_of(run) is None
    assert "In Python" in Page(html_of(run)).text
    script = script_of(run).replace('"."', repr(str(tmp_path)))
    exec(script, {})  # asserts that the digests agree


def test_a_run_that_goes_on_from_another_names_it(tmp_path: Path) -> None:
    simulate("plain-piece-rate", workers=30, periods=2, out=tmp_path / "trunk")
    run = simulate("plain-piece-rate", workers=30, periods=4, branch=(tmp_path / "trunk", 2))
    command = command_of(run)
    assert command is not None
    assert command.endswith(f"--from {tmp_path / 'trunk'} --at 2")
    assert f"branch=('{tmp_path / 'trunk'}', 2)" in script_of(run)
    assert "Goes on from" in Page(html_of(run)).text


def test_what_did_not_happen_has_no_chart(whole_run: Callable[..., Run]) -> None:
    run = whole_run()
    quiet = run.series.with_columns(
        value=pl.when(pl.col("measure") == "exposure").then(0.0).otherwise(pl.col("value"))
    )
    measures = {**run.measures, "padded_share": {"value": 0.0, "unit": "share"}}
    crews = run.records.with_columns(crew=pl.lit(1))
    text = Page(html_of(replace(run, series=quiet, measures=measures, records=crews))).text
    assert "Nothing was published in this run." in text
    assert "Publicity and belief" not in text
    assert "In this run no report was padded." in text
    assert "Caught by audits" not in text
    assert "per head of the crew" not in text
    assert "Publicity and belief" in Page(html_of(run)).text
    assert "Caught by audits" in Page(html_of(run)).text


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0 %"),
        (0.1234, "12 %"),
        (0.05, "5.0 %"),
        (0.000624, "0.062 %"),
        (math.nan, "not known"),
    ],
)
def test_shares_are_told_in_as_many_digits_as_count(share: float, said: str) -> None:
    assert percent(share) == said


def test_a_run_set_from_the_command_line_is_made_again_by_that_command() -> None:
    held = sk.load("stakhanovite-1935").held({"publicity.intensity": 0.0})
    run = simulate(held, workers=400, periods=1)
    command = command_of(run)
    assert command is not None
    assert "publicity.intensity=0.0" in command.split()


def test_titles_are_told_only_where_there_are_any(whole_run: Callable[..., Run]) -> None:
    with_titles = html_of(whole_run())
    assert ", before</h3>" in with_titles
    assert "The title goes to" in with_titles
    bare = html_of(whole_run(publicity=False))
    assert ", before</h3>" not in bare
    assert "The title goes to" not in bare
    assert "<h3>Stakhanovites</h3>" not in bare


def test_the_table_of_prizes_has_its_headings_in_every_cell(whole_run: Callable[..., Run]) -> None:
    """On a telephone a cell stands beside its heading, for there is no row of headings."""
    page = html_of(whole_run())
    assert 'class="numbers cards"><caption>All prizes' in page
    assert '<td data-head="won">' in page
