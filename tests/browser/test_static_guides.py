"""The static site from the file system, offline: read, looked through, printed; nothing is asked of anybody."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stakhanov.guide.load import library
from tests.browser.conftest import Seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOVEMENT = "soviet-union/stakhanovite-movement.html"


@pytest.fixture
def offline(seen: Seen) -> Seen:
    seen.page.context.set_offline(True)
    return seen


def test_every_claim_has_a_badge_that_opens_and_gives_the_focus_back(
    offline: Seen, guides: Path
) -> None:
    page = offline.page
    page.goto((guides / MOVEMENT).as_uri())
    badges = page.locator("button[data-claim]")
    assert badges.count() == page.locator(".claim").count() > 0
    for badge in badges.all():
        assert (badge.get_attribute("aria-label") or "").startswith("Evidence: ")
    first = badges.first
    first.focus()
    page.keyboard.press("Enter")
    panel = page.locator(f"#{first.get_attribute('popovertarget')}")
    assert panel.is_visible()
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.dataset.claim") == first.get_attribute(
        "data-claim"
    )
    assert not page.locator(".badge:has-text('Unsourced')").count()


def test_the_usual_error_is_struck_out_and_answered(offline: Seen, guides: Path) -> None:
    page = offline.page
    page.goto((guides / MOVEMENT).as_uri())
    assert "14 times" in page.inner_text("main")
    wrong = page.locator(".wrong, s")
    assert any("four times" in text for text in wrong.all_inner_texts())
    for one in page.locator(".claim").all():
        alone = one.evaluate(
            "(one) => { const copy = one.cloneNode(true);"
            " for (const s of copy.querySelectorAll('.wrong, s')) s.remove(); return copy.textContent; }"
        )
        assert "four times" not in alone
    claim = page.locator(".claim:has(.wrong), .claim:has(s)").first.get_attribute("id")
    page.locator(f"button[data-claim='{claim}']").click()
    panel = page.locator(f"#evidence--{claim}")
    assert panel.locator("h4:has-text('Who says so') + ul > li").count() >= 2
    assert "11" in panel.inner_text() or "eleven" in panel.inner_text()


def test_live_numbers_are_those_of_the_lock_to_the_printed_digit(
    offline: Seen, guides: Path
) -> None:
    guide = library().guides["personnel-economics"]
    term = guide.page("bunching")
    assert term is not None
    lock = json.loads((guide.folder / "results.lock.json").read_text(encoding="utf-8"))
    expected = []
    for name, digits in re.findall(r"\{\{([\w.-]+) \| percent (\d)\}\}", term.body):
        experiment, arm, measure = name.split(".")
        mean = lock["experiments"][experiment]["arms"][arm][measure]["mean"]
        expected.append(f"{100 * mean:.{digits}f}")
    assert expected
    offline.page.goto((guides / guide.id / "bunching.html").as_uri())
    assert offline.page.locator(".body .live").all_inner_texts() == expected


def test_search_works_from_the_file_system(offline: Seen, guides: Path) -> None:
    page = offline.page
    page.goto((guides / MOVEMENT).as_uri())
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")
    page.keyboard.press("/")
    page.keyboard.type("ratchet effect")
    page.wait_for_selector("#hits a")
    assert page.locator("#hits a").first.inner_text() == "Ratchet effect"
    page.keyboard.press("Enter")
    page.wait_for_url("**/ratchet-effect.html")
    assert offline.said == []
    assert offline.hosts == {""}  # files only


def test_a_page_from_elsewhere_can_add_nothing(offline: Seen, guides: Path) -> None:
    page = offline.page
    page.goto((guides / MOVEMENT).as_uri())
    page.evaluate(
        """() => {
        const script = document.createElement("script");
        script.textContent = "document.title = 'taken'";
        document.body.append(script);
        const image = document.createElement("img");
        image.src = "https://elsewhere.example/x.png";
        document.body.append(image);
        }"""
    )
    page.wait_for_timeout(100)
    assert page.title() != "taken"
    assert len([one for one in offline.said if "Content Security Policy" in one]) == 2


def test_without_scripts_everything_is_there(browser: Browser, guides: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((guides / MOVEMENT).as_uri())
    html = page.content()
    for words in ("Who says so", "Model answer", "Works", "Review questions"):
        assert words in html
    page.locator("summary:has-text('Model answer')").first.click()
    assert page.locator("text=Key points").first.is_visible()
    page.goto((guides / "search.html").as_uri())
    assert page.locator(".letter a").count() > 30
    context.close()


def test_paper_has_the_evidence_and_the_numbers_and_no_navigation(
    offline: Seen, guides: Path
) -> None:
    page = offline.page
    page.goto((guides / MOVEMENT).as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in ("header.top", ".skip", "nav.turn", "textarea"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".panel").first.is_visible()
    assert page.locator("text=Who says so").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.goto((guides / "personnel-economics" / "ratchet-effect.html").as_uri())
    assert page.locator("section.card table").first.is_visible()  # the numbers of the run
