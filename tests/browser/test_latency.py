"""How soon charts are there, told and not held: a busy machine is no fault of the site."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Seen

if TYPE_CHECKING:
    from playwright.sync_api import Page

LARGE = "/laboratory/stakhanovite-1935?workers=20000&periods=24&seed="
SMALL = (
    "/laboratory/plain-piece-rate?workforce=heavy-machine-building&workers=1000&periods=24&seed="
)
TURNS = 5
Told = Callable[[str], None]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Prints past the capture, so that the figures stand in the log of every run."""

    def say(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{text}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")

    return say


def milliseconds(page: Page, mark: str) -> float:
    """From the last mark of that name to the first chart drawn after it."""
    found: float = page.evaluate(
        """(mark) => {
        const since = performance.getEntriesByName(mark).at(-1).startTime;
        const drawn = performance.getEntriesByName("chart-drawn");
        return drawn.find((one) => one.startTime > since).startTime - since;
        }""",
        mark,
    )
    return found


def test_the_first_chart_of_a_large_run(seen: Seen, address: str, told: Told) -> None:
    page = seen.page
    page.goto(f"{address}{SMALL}76")  # compiled rules are loaded once, when a site is opened
    page.click("button.go")
    page.wait_for_selector("table.measures")
    found = []
    for turn in range(3):
        page.goto(f"{address}{LARGE}{900 + turn}")
        page.click("button.go")
        page.wait_for_selector("#seen [data-draw] svg")
        found.append(milliseconds(page, "asked"))
        page.wait_for_selector("#seen progress", state="detached")
    told(f"first chart at 20,000 workers: {', '.join(f'{one:.0f}' for one in found)} ms after Run")
    assert all(one > 0.0 for one in found)


def test_new_charts_after_a_turn_of_a_slider(seen: Seen, address: str, told: Told) -> None:
    page = seen.page
    page.goto(f"{address}{SMALL}77")
    page.check("#rush")
    page.wait_for_selector("table.measures")
    more = page.locator(".turn", has=page.locator("[name='norms.revision.up']")).locator(
        "[data-by='1']"
    )
    found = []
    for turn in range(1, TURNS + 1):
        more.click()
        page.wait_for_url(f"**norms.revision.up={0.3 + turn / 100:g}**")
        page.wait_for_selector(".stale", state="detached")
        page.wait_for_selector("table.measures")
        found.append(milliseconds(page, "turned"))
    told(f"new charts at 1,000 workers: {', '.join(f'{one:.0f}' for one in found)} ms after a turn")
    assert all(one > 0.0 for one in found)
