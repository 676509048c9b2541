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


def test_facts_become_gaps_in_their_place_and_come_back(offline: Seen, guides: Path) -> None:
    page = offline.page
    page.goto((guides / MOVEMENT).as_uri())
    facts = page.locator(".body ol").first
    whole = facts.inner_text()
    page.click("text=Hide facts")
    gaps = page.locator(".body ol .gap")
    assert gaps.count() >= facts.locator(".claim").count() == 5
    assert "102 t" not in facts.inner_text()
    assert page.locator("#crew").inner_text().count("timbermen") == 0
    gaps.first.focus()
    page.keyboard.press("Enter")
    assert gaps.first.inner_text() == "102"
    assert page.evaluate("document.activeElement.textContent") == "102"
    page.click("text=Show facts")
    assert facts.inner_text() == whole
    page.goto((guides / "personnel-economics" / "bunching.html").as_uri())
    page.click("text=Hide facts")
    assert page.locator(".body ol .live").count() == 0  # numbers of runs are facts too
    page.click("text=Show facts")
    assert page.locator(".body ol .live").count() > 0
    assert offline.said == []


def test_keys_go_from_claim_to_claim_and_can_be_switched_off(offline: Seen, guides: Path) -> None:
    page = offline.page
    page.goto((guides / MOVEMENT).as_uri())
    here = "document.activeElement.dataset.claim ?? document.activeElement.name"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(here) == "record"
    page.keyboard.press("k")
    assert page.evaluate(here) == "definition"
    page.keyboard.press("j")
    page.keyboard.press("e")
    assert page.locator("#evidence--record").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#evidence--record").is_visible()
    assert page.evaluate(here) == "record"
    page.keyboard.press("r")
    assert str(page.evaluate(here)).startswith("predict-")
    page.locator("textarea").first.fill("j")
    page.keyboard.type("?e")
    assert not page.locator(":popover-open").count()
    assert page.locator("textarea").first.input_value() == "j?e"
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.reload()
    for key in "j?e/":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert page.url.endswith("stakhanovite-movement.html")


def test_a_live_number_says_where_it_comes_from_to_pointer_and_keyboard(
    offline: Seen, guides: Path
) -> None:
    page = offline.page
    page.goto((guides / MOVEMENT).as_uri())
    first, second = page.locator(".body .live").all()[:2]
    tip = page.get_by_role("tooltip")
    first.focus()
    for words in ("95\N{NO-BREAK SPACE}%: ", " seeds, ", "20"):
        assert words in tip.inner_text()
    said = tip.inner_text()
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    second.hover()
    assert tip.is_visible()
    assert tip.inner_text() != said
    assert second.get_attribute("aria-describedby") == tip.get_attribute("id")


def test_what_is_copied_says_where_it_stands(offline: Seen, guides: Path) -> None:
    page = offline.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto((guides / MOVEMENT).as_uri())
    copied = []
    for name in ("#rewards", "h1"):
        page.evaluate(
            "(name) => getSelection().selectAllChildren(document.querySelector(name))", name
        )
        page.keyboard.press("Control+C")
        copied.append(page.evaluate("navigator.clipboard.readText()"))
    assert copied[1] == "Stakhanovite movement"  # a word or two is nobody's sentence
    sentence, source = copied[0].splitlines()
    assert sentence == page.inner_text("#rewards")
    assert source == page.locator("article").get_attribute("data-cite")
    assert "Soviet Union, 1917–1991" in source


def test_a_guess_opens_its_answer(offline: Seen, guides: Path) -> None:
    page = offline.page
    page.goto((guides / MOVEMENT).as_uri())
    before = page.locator("section:has(> #before--title)")
    assert not before.locator("details p").is_visible()
    before.locator("label").first.click()
    assert before.locator("details p").is_visible()
    assert "You said: Four times." in before.inner_text()


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
    for hidden in ("header.top", ".skip", "nav.turn", "textarea", "#keys", ".recall"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".panel").first.is_visible()
    assert page.locator("text=Who says so").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.goto((guides / "personnel-economics" / "ratchet-effect.html").as_uri())
    assert page.locator("section.card table").first.is_visible()  # the numbers of the run
