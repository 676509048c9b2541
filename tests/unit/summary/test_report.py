"""The report of a run, read back as a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from stakhanov.engine.results import Run, with_units
from stakhanov.foundation.measures import MEASURES, SERIES
from stakhanov.summary.report import html_of, write

VOID = {"meta", "br"}
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
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
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
    page = Page(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "image", "use"}
    assert not re.search(r"https?://|@import|\bsrc=|url\((?!#)", html)
    charts = [attrs for tag, attrs in page.elements if tag == "svg"]
    assert len(charts) >= 15
    assert all(chart["role"] == "img" and chart["aria-label"] for chart in charts)
    names = [attrs["id"] for _, attrs in page.elements if attrs.get("id")]
    assert len(names) == len(set(names))
    figures = sum(tag == "figure" for tag, _ in page.elements)
    assert sum(tag == "details" for tag, _ in page.elements) == figures == len(charts)


def test_headline_and_records_say_the_runs_numbers(whole_run: Callable[..., Run]) -> None:
    text = Page(html_of(whole_run())).text
    # 1 % a month over 36 months between the means of the first and of the last year.
    growth = 100.0 * (1.01**36 - 1.0)
    assert f"output per shift grew by {growth:.1f} % from 1933 to 1936" in text
    assert (
        "The highest was credited with 30.0 norms; made by a crew of 6, that is 5.0 a head" in text
    )
    assert "40.0 % of reports were below the norm" in text  # 65 to 95 of 65 to 155


def test_a_title_cannot_bring_elements_into_the_page(whole_run: Callable[..., Run]) -> None:
    bad = '</title><script>alert("x")</script>&'
    about = {"name": "made", "title": bad, "summary": bad, "start": "1933-01-01"}
    run = whole_run(campaign={"campaign": about})
    page = Page(html_of(run))
    assert "script" not in {tag for tag, _ in page.elements}
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
