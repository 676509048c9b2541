"""Learning in a real Chromium, with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import Seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PLACE = "/learn/targets-and-measurement"
ASKING, TELLING = "[data-stage=asking]", "[data-stage=telling]"


def begun(page: Page, address: str) -> None:
    """Begin a session: the button has the focus."""
    page.goto(address + PLACE)
    page.wait_for_selector(".go:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(ASKING)
    page.wait_for_load_state()  # scripts hear keys from then on


def question(page: Page) -> str:
    return page.inner_text("#question")


def shown(page: Page, words: str) -> None:
    """Answer the card that is asked: its field, or its first option, has the focus."""
    if page.locator(".choices").count():
        page.keyboard.press("1")
    else:
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    page.wait_for_selector(TELLING)


def test_five_cards_with_the_keyboard_alone(seen: Seen, address: str) -> None:
    page = seen.page
    begun(page, address)
    asked = []
    for number in range(5):
        asked.append(question(page))
        page.wait_for_selector("#answer :focus")
        shown(page, "12 u ? s")  # keys of the session are letters while one types
        page.wait_for_selector("#verdict:focus")
        page.keyboard.press("2" if number else " ")  # a space takes what is suggested
        page.wait_for_selector(ASKING)
    assert "5 answered" in page.inner_text(".far")
    assert asked[4] == asked[0]  # what was missed comes back after three others
    assert len(set(asked)) == 4
    assert seen.said == []
    assert seen.hosts == {address.split("/")[2]}


def test_reload_resumes_and_u_restores_what_was_before(seen: Seen, address: str) -> None:
    page = seen.page
    begun(page, address)
    first = question(page)
    page.reload()
    assert question(page) == first
    shown(page, "half known")
    page.reload()
    page.wait_for_selector(TELLING)
    page.keyboard.press("1")
    page.wait_for_selector(ASKING)
    page.wait_for_selector("#answer :focus")  # the field takes what is typed once it has the focus
    assert question(page) != first
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.wait_for_selector(".far:has-text('0 answered')")
    page.wait_for_selector("#answer :focus")
    assert question(page) == first
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.wait_for_url("**/guides/search.html")
    assert seen.said == []


def test_an_answer_with_markup_is_text_and_what_was_written_outlives_a_lost_connection(
    seen: Seen, address: str
) -> None:
    page = seen.page
    begun(page, address)
    page.wait_for_selector("#answer [name=said]:focus")  # the first card of the class is written
    page.keyboard.type("<script>document.title = 'broken'</script>")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    page.wait_for_selector("#told:has-text('still here')")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    page.wait_for_selector(TELLING)
    assert "<script>" in page.inner_text(".said")
    assert page.title() != "broken"


def test_a_session_goes_on_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(90_000)
    begun(page, address)
    page.click("#answer [data-show]")
    page.wait_for_selector(TELLING)
    page.click(".grades button[value='2']")
    page.wait_for_selector(ASKING)
    assert "1 answered" in page.inner_text(".far")
    page.click("[data-undo]")
    assert "0 answered" in page.inner_text(".far")
    context.close()


def test_pages_of_a_learner_fit_the_screen(seen: Seen, address: str) -> None:
    page = seen.page
    begun(page, address)
    for place in ("/learn", PLACE):
        page.goto(address + place)
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_term_is_predicted_judged_and_practised(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(f"{address}/guides/personnel-economics/ratchet-effect.html")
    trial = page.locator("section.card", has=page.locator("[name^=predict]")).first
    name = trial.get_attribute("id")
    trial.locator("button[type=submit]").click()  # nothing is shown before a prediction
    assert page.locator(f"#{name} svg").count() == 0
    trial.locator("input >> nth=1").check()
    said = trial.locator("label >> nth=1").inner_text().strip()
    trial.locator("button[type=submit]").click()
    page.wait_for_selector(f"#{name} .guess:has-text('{said}')")
    assert page.locator(f"#{name} svg.chart").first.is_visible()
    question = page.locator("section.question", has=page.locator("textarea")).first
    question.locator("textarea").fill("Workers hold back.")
    question.locator("button").click()
    page.wait_for_selector(".judged")
    page.click("text=Practise this term")
    page.wait_for_selector("text=Only")
    assert seen.said == []
    assert seen.hosts == {address.split("/")[2]}
