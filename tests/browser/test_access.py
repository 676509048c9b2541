"""Pages of every kind, of the site and of the static site, are looked at by axe: nothing grave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.access import grave, in_every_look
from tests.browser.conftest import Seen

if TYPE_CHECKING:
    from playwright.sync_api import Page

LABORATORY = "/laboratory/plain-piece-rate?workforce=heavy-machine-building&workers=60&periods=6"
#: A page of every kind.
SITE = (
    "/",
    "/laboratory",
    LABORATORY,
    f"{LABORATORY}&workers=x",
    "/laboratory/plain-piece-rate/questions",
    "/experiments/ban-on-leaving",
    "/guides/soviet-union/stakhanovite-movement.html",
    "/guides/targets-and-measurement/index.html",
    "/learn",
    "/learn/targets-and-measurement",
    "/test",
    "/test/targets-and-measurement",
    "/join",
    "/join/delete",
    "/teach",
    "/check",
    "/nothing",
)
GUIDES = (
    "index.html",
    "search.html",
    "soviet-union/index.html",
    "soviet-union/stakhanovite-movement.html",
    "personnel-economics/ratchet-effect.html",
)


@pytest.mark.parametrize("place", SITE)
def test_a_page_of_the_site_is_for_everybody(seen: Seen, address: str, place: str) -> None:
    seen.page.goto(address + place)
    assert in_every_look(seen.page) == []


@pytest.mark.parametrize("place", GUIDES)
def test_a_page_of_the_static_site_is_for_everybody(seen: Seen, guides: Path, place: str) -> None:
    seen.page.goto((guides / place).as_uri())
    assert in_every_look(seen.page) == []


def test_results_are_for_everybody(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(address + LABORATORY)
    page.click("button.go")
    page.wait_for_selector("table.measures")
    assert in_every_look(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.click("text=Pin as A")
    page.wait_for_selector(".pinned")
    page.fill("#replicates", "2")
    page.click("button.go")
    page.wait_for_selector("#comparison")
    assert in_every_look(page) == []


def test_axe_would_find_what_is_wrong(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(f"{address}/check")
    spoil(page)
    found = " ".join(grave(page))
    assert "color-contrast" in found
    assert "label" in found


def spoil(page: Page) -> None:
    """Take a name from a field and the ink from a line."""
    page.evaluate(
        """() => {
        document.querySelector("label[for=file]").remove();
        document.querySelector(".lead").style.color = "rgb(128, 128, 128)";
        document.querySelector(".lead").style.backgroundColor = "rgb(120, 120, 120)";
        }"""
    )


def test_keys_and_facts_to_fill_in_are_for_everybody(seen: Seen, guides: Path) -> None:
    page = seen.page
    page.goto((guides / "soviet-union" / "storming.html").as_uri())
    page.click("text=Hide facts")
    page.locator(".gap").first.click()
    page.locator(".body .live").last.focus()
    assert page.get_by_role("tooltip").is_visible()
    assert in_every_look(page) == []
    page.keyboard.press("?")
    assert in_every_look(page) == []
