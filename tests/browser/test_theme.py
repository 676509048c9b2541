"""Light or dark: as the system asks, or as a reader chose on any page, on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.access import grave
from tests.browser.conftest import Seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LABORATORY = "/laboratory/plain-piece-rate?workforce=heavy-machine-building&workers=60&periods=6"
TERM = "/guides/personnel-economics/ratchet-effect.html"
#: A page of every part that has a head of its own.
PLACES = ("/", "/laboratory", LABORATORY, "/learn", "/check", TERM)


def brightness(page: Page) -> float:
    """How bright the paper is, of 255."""
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    parts = [float(one) for one in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    return sum(parts) / 3


def test_what_is_chosen_on_a_guide_page_holds_everywhere_and_back(seen: Seen, address: str) -> None:
    page = seen.page
    page.emulate_media(color_scheme="light")
    page.goto(address + TERM)
    page.click("#theme")
    for place in PLACES:
        page.goto(address + place)
        assert brightness(page) < 60, place
        assert page.inner_text("#theme") == "Light"
    page.goto(address)
    page.click("#theme")
    page.goto(address + TERM)
    assert brightness(page) > 200
    assert seen.said == []
    assert seen.hosts == {address.split("/")[2]}


@pytest.mark.parametrize("place", ["/", LABORATORY, TERM])
def test_a_page_in_the_theme_that_the_system_did_not_ask_for_is_for_everybody(
    seen: Seen, address: str, place: str
) -> None:
    page = seen.page
    page.goto(address + place)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.getElementById('theme').textContent === 'Light'")
    page.click("#theme")
    assert brightness(page) > 200
    assert grave(page) == []
    page.emulate_media(color_scheme="light")
    page.click("#theme")
    assert brightness(page) < 60
    assert grave(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_charts_that_the_browser_drew_change_with_it(seen: Seen, address: str) -> None:
    page = seen.page
    page.emulate_media(color_scheme="light")
    page.goto(address + LABORATORY)
    page.click("button.go")
    page.wait_for_selector("table.measures")
    page.wait_for_selector("[data-draw] text[fill='#5a5f64']")
    page.click("#theme")
    page.wait_for_selector("[data-draw] text[fill='#abafb3']")
    assert page.locator("[data-draw] text[fill='#5a5f64']").count() == 0
    assert page.locator("[data-draw] svg").count() == 4
    assert seen.said == []


@pytest.mark.parametrize("place", ["/", TERM])
def test_without_scripts_a_page_is_as_the_system_asks(
    browser: Browser, address: str, place: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + place)
    page.emulate_media(color_scheme="light")
    assert brightness(page) > 200
    page.emulate_media(color_scheme="dark")
    assert brightness(page) < 60
    assert not page.locator("#theme").is_visible()
    context.close()
