"""The data check in a real Chromium: sober about honest reports, safe with strange files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HEAD = "worker,period,norm,reported\n"


@pytest.fixture
def form(seen: Seen, address: str) -> Seen:
    seen.page.goto(f"{address}/check")
    return seen


def given(form: Seen, file: Path, content: bytes) -> str:
    """What the page says of a file that was chosen and sent."""
    file.write_bytes(content)
    form.page.set_input_files("#file", file)
    form.page.click("button.go")
    form.page.wait_for_selector("#seen .warnings, #seen .standing")
    return form.page.inner_text("#seen")


def test_the_padded_sample_is_unusual_with_an_interval(form: Seen) -> None:
    page = form.page
    page.click("text=Check the padded sample")
    page.wait_for_selector("#seen svg.chart")
    text = page.inner_text("#seen")
    assert "stand just above the norm" in text
    assert re.search(r"\d to [\d.]+|\d to no end|at least [\d.]+", text), text
    assert form.said == []


def test_the_honest_sample_is_not(form: Seen) -> None:
    page = form.page
    page.click("text=Check the honest sample")
    page.wait_for_selector("#seen svg.chart")
    assert "none is unusual" in page.inner_text("#seen h2")
    assert form.said == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HEAD + "a,1,1,=HYPERLINK(1)\n", "reported: must be a number"),
        (
            "worker|period|norm|reported\r\na|1|1\r\n",
            "line 2, reported: must be a number; found nothing",
        ),
        ("worker period norm reported\na 1 1 1\n", "must have a column worker"),
        ("<img src=x onerror=alert(1)>,<script>alert(1)</script>\n1,2\n", "must have a column"),
    ],
)
def test_a_strange_file_is_told_and_not_run(
    form: Seen, tmp_path: Path, content: str, told: str
) -> None:
    dialogs: list[str] = []
    form.page.on("dialog", lambda one: (dialogs.append(one.message), one.dismiss()))
    assert told in given(form, tmp_path / "<b>x.csv", content.encode())
    assert form.page.locator("#seen img, #seen script, #seen b").count() == 0
    assert dialogs == []


def test_a_first_look_marks_cells_and_keeps_the_form(form: Seen, tmp_path: Path) -> None:
    page = form.page
    file = tmp_path / "reports.csv"
    file.write_text("team,period,norm,reported\na,1,1,1\nb,1,zero,=1+1\n", encoding="utf-8")
    page.set_input_files("#file", file)
    page.click("text=Columns, dates, rows")
    page.fill("#column-worker", "team")
    page.click("text=Look at it first")
    page.wait_for_selector("#look")
    assert [one.split("\n")[0] for one in page.locator("td.unfit").all_inner_texts()] == [
        "zero",
        "=1+1",
    ]
    assert page.locator("#headings option").count() == 4
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("text=leave out rows")
    page.click("button.go")  # the file is still there
    page.wait_for_selector("#seen .job .take")
    assert page.locator("dl.numbers dd").first.inner_text() == "1"
    assert form.said == []


def test_a_file_of_50_megabytes_is_refused_in_a_sentence(form: Seen, tmp_path: Path) -> None:
    row = b"somebody,2026-01,1.0,1.0\n"
    content = HEAD.encode() + row * (50_000_000 // len(row))
    text = given(form, tmp_path / "large.csv", content)
    assert "must be smaller" in text or "at most" in text
    assert form.page.locator("button.go").is_enabled()


def test_without_scripts_a_sample_is_checked_too(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{address}/check")
    page.click("text=Check the honest sample")
    page.wait_for_selector("h2:has-text('none is unusual')")  # the page asks again by itself
    assert "/runs/" in page.url
    context.close()
