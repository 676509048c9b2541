"""The site as people use it, in a real Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.conftest import Seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LABORATORY = "/laboratory/plain-piece-rate?workforce=heavy-machine-building&workers=60&periods=6"
UP = "input[name='norms.revision.up']"
PIECE, AUDITS = "input[name='pay.piece_share']", "input[name='audits.probability']"
TABLE = "table.measures"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def run(seen: Seen) -> str:
    """Press the button and wait for the table."""
    seen.page.click("button.go")
    seen.page.wait_for_selector(TABLE)
    return seen.page.inner_text(TABLE)


def test_the_tour_ends_in_a_run_and_asks_nobody_else(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(address)
    page.evaluate("document.querySelector('input[name=workers]').value = 200")
    page.click("button.go")
    page.wait_for_selector("#seen svg.chart")
    page.wait_for_selector(TABLE)
    assert page.locator("#seen .standing").inner_text().startswith("Done")
    numbered = "one => getComputedStyle(one, '::before').content !== 'none'"
    heads = page.locator("ol.tour h2").all()
    assert (
        sum(one.evaluate(numbered) for one in heads) == 5 < len(heads)
    )  # steps, not their results
    assert seen.said == []
    assert seen.hosts == {address.split("/")[2]}


def test_a_slider_moves_by_hand_by_button_and_by_number(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(address + LABORATORY)
    row = page.locator(".turn", has=page.locator(UP))
    row.locator("[data-by='1']").click()
    assert page.input_value(UP) == "0.31"
    row.locator("[data-by='-1']").click()
    assert page.input_value(UP) == "0.3"
    page.fill(UP, "0.5")
    assert row.locator("[type=range]").input_value() == "0.5"
    row.locator("[type=range]").focus()
    page.keyboard.press("ArrowRight")
    assert page.input_value(UP) == "0.51"


def test_a_shared_link_gives_the_same_table_in_a_fresh_browser(
    seen: Seen, browser: Browser, address: str
) -> None:
    page = seen.page
    page.goto(f"{address}{LABORATORY}&seed=77")  # nobody else has run it
    moved = {UP: "0.6", PIECE: "0.5", AUDITS: "0.4"}
    for box, value in moved.items():
        page.fill(box, value)
    first = run(seen)
    page.wait_for_url("**norms.revision.up=0.6**")
    fresh = browser.new_page()
    fresh.goto(page.url)
    assert {box: fresh.input_value(box) for box in moved} == moved
    assert fresh.input_value("#seed") == "77"
    assert fresh.inner_text(TABLE) == first
    fresh.close()
    assert seen.said == []


def test_a_is_pinned_and_held_against_b_on_the_same_luck(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(address + LABORATORY)
    run(seen)
    page.click("text=Pin as A")
    page.wait_for_selector(".pinned")
    page.fill("#replicates", "2")
    page.click("button.go")
    page.wait_for_selector("#comparison")
    assert "exactly what A does" in page.inner_text("#comparison .lead")
    assert page.locator("#comparison svg.chart").count() == 4
    cells = page.locator(
        "#comparison .measures td:nth-of-type(3), #comparison .measures td:nth-of-type(4)"
    )
    assert set(cells.all_inner_texts()) == {"0", "0 to 0"}
    assert seen.said == []


@pytest.mark.parametrize("place", ["/", "/laboratory", LABORATORY])
def test_nothing_is_wider_than_the_screen_and_everything_has_a_name(
    seen: Seen, address: str, place: str
) -> None:
    page = seen.page
    page.goto(address + place)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    nameless = page.evaluate(
        """[...document.querySelectorAll('input:not([type=hidden]), select, button, a')].filter((one) =>
        !(one.labels?.length || one.getAttribute('aria-label') || one.innerText?.trim()
        || one.closest('details:not([open])'))).length"""
    )
    assert nameless == 0


def test_a_term_of_a_guide_is_read_and_searched_under_the_rules_of_the_site(
    seen: Seen, address: str
) -> None:
    page = seen.page
    page.goto(f"{address}/guides/soviet-union/stakhanovite-movement.html")
    assert page.locator("[data-claim]").count() > 0
    page.goto(f"{address}/guides/search.html")
    page.locator("input[type=search]").fill("ratchet")
    page.wait_for_function("document.body.innerText.includes('Ratchet')")
    assert seen.said == []
    assert seen.hosts == {address.split("/")[2]}


def test_everything_can_be_run_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(address + LABORATORY)
    page.fill("#seed", "9")
    page.click("button.go")
    page.wait_for_selector(TABLE)  # the page asks again by itself until the run is done
    assert "/runs/" in page.url
    context.close()
