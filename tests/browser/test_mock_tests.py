"""A mock test with the keyboard, and a teacher who sees what a class misses, in a real Chromium."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from tests.browser.access import in_every_look
from tests.browser.conftest import Seen

if TYPE_CHECKING:
    from playwright.sync_api import APIRequestContext, Browser

CLASS = "targets-and-measurement"


def test_a_mock_test_with_the_keyboard_alone(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(f"{address}/test/{CLASS}")
    assert "not enough data yet" in page.inner_text("main")
    page.wait_for_selector("[value=full]:focus")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # a quarter of an hour
    page.wait_for_selector("#test :focus")
    first = page.inner_text("#question")
    page.keyboard.type("something")
    page.click("[value=flag]")
    page.wait_for_selector(".about-card:has-text('flagged')")
    page.reload()
    assert page.inner_text("#question") == first
    assert in_every_look(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    last = page.locator(".palette button").count()
    for number in range(1, last + 1):
        page.wait_for_selector(f".about-card:has-text('Question {number}')")
        page.click("[value=next]")
    page.wait_for_selector("text=Flagged: 1.")
    page.click("text=Hand in")
    page.wait_for_selector("h1")
    if page.locator("text=See the result").count():
        page.click("text=See the result")
    page.wait_for_selector("h1:has-text('of 100 points')")
    assert page.locator(".item a[href^='/guides/']").count() == last
    assert in_every_look(page) == []
    assert seen.said == []
    assert seen.hosts == {address.split("/")[2]}


def hidden(page: str, form: str) -> dict[str, str]:
    """The hidden fields of a form."""
    found = re.search(rf'<form[^>]*id="{form}".*?</form>', page, re.S)
    assert found is not None
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found[0])
    return {name: unescape(value) for name, value in fields}


def missed(learner: APIRequestContext, address: str, code: str, name: str) -> None:
    """Join, and miss the first card, which is the same for everybody."""
    place = f"{address}/learn/{CLASS}"
    learner.post(f"{address}/join", form={"code": code, "name": name})
    page = learner.post(f"{place}/begin", form={"minutes": "5"}).text()
    page = learner.post(f"{place}/answer", form={**hidden(page, "answer"), "said": ""}).text()
    learner.post(f"{place}/grade", form={**hidden(page, "grade"), "grade": "1"})


def test_a_teacher_sees_what_the_class_misses_and_no_names(
    seen: Seen, browser: Browser, address: str
) -> None:
    page = seen.page
    page.goto(f"{address}/teach")
    page.select_option("#course", CLASS)
    page.fill("#title", "History 11b")
    page.click(".go")
    code = page.inner_text(".code strong")
    names = ("Kestrel", "Otter", "Wren", "Badger", "Heron")
    for name in names:
        assert page.locator(".misses").count() == 0
        context = browser.new_context()
        missed(context.request, address, code, name)
        context.close()
        page.reload()
    row = page.inner_text(".misses tbody tr")
    assert "100\u00a0%" in row
    assert page.locator(".misses tbody tr").count() == 1
    assert not [name for name in names if name in page.inner_text("body")]
    page.fill("#title", "Before the exam")
    page.click("text=Set it")
    page.wait_for_selector("text=Before the exam")
    assert in_every_look(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    group = page.url
    page.click("text=Print the paper")
    page.wait_for_selector(".lines")
    page.goto(f"{group}/delete")
    page.wait_for_selector("button.go, button[type=submit]")
    assert in_every_look(page) == []
    assert seen.said == []


def test_a_card_and_what_is_told_of_it_are_for_everybody(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(f"{address}/learn/{CLASS}")
    page.click(".go")
    page.wait_for_selector("[data-stage=asking]")
    assert in_every_look(page) == []
    page.click("[data-show]")
    page.wait_for_selector("[data-stage=telling]")
    assert in_every_look(page) == []
    page.click(".grades [value='2']")
    page.wait_for_selector(".far:has-text('1 answered')")
    page.click("button:has-text('End')")
    page.wait_for_selector("h2:has-text('You ended here')")
    assert in_every_look(page) == []
