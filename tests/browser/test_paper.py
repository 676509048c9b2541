"""What a printed page of the site has: evidence under the names that its claims give, and nothing to press."""

from __future__ import annotations

from tests.browser.conftest import Seen

TERM = "/guides/soviet-union/stakhanovite-movement.html"
SIZE = "(one) => parseFloat(getComputedStyle(one).fontSize)"


def test_a_term_on_paper_names_its_evidence_and_has_nothing_to_press(
    seen: Seen, address: str
) -> None:
    page = seen.page
    page.goto(address + TERM)
    page.emulate_media(media="print", color_scheme="dark")
    named = page.locator(".badge").evaluate_all("(all) => all.map((one) => one.dataset.claim)")
    panels = page.locator(".panel:visible")
    headings = panels.evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one, '::before').content)"
    )
    assert headings == [f'counter(proof) ". Evidence for {one}"' for one in named]
    notes = page.locator(".badge").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one, '::after').content)"
    )
    assert set(notes) == {'", note " counter(note)'}  # the n-th badge and the n-th panel
    assert page.locator(".works li").first.is_visible()
    assert page.locator("button:not(.badge):visible, a.button:visible, a.chip:visible").count() == 0
    text, *rest = (
        one.evaluate(SIZE) for one in (panels.first, *panels.first.locator("*:visible").all())
    )
    assert max(rest) <= text


def test_a_mock_test_on_paper_is_black_on_white(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(f"{address}/teach")
    page.select_option("#course", "targets-and-measurement")
    page.fill("#title", "A class that prints")
    page.click(".go")
    page.fill("#title", "Before the exam")
    page.click("text=Set it")
    page.wait_for_selector("text=Before the exam")
    page.click("text=Print the paper")
    page.wait_for_selector(".lines")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.locator("button, nav, script").count() == 0
    assert page.locator(".lines").first.is_visible()
    page.set_viewport_size({"width": 800, "height": 1100})
    touching = """() => [...document.querySelectorAll('.points')].filter((one) => {
        const range = document.createRange();
        range.selectNodeContents(one.nextElementSibling);
        const side = one.getBoundingClientRect();
        return [...range.getClientRects()].some((text) =>
            text.top < side.bottom && text.bottom > side.top && text.right > side.left - 4);
    }).length"""
    for address_of in (page.url, page.url.replace("paper.html", "key.html")):
        page.goto(address_of)
        assert page.evaluate(touching) == 0, address_of
