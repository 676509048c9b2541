"""The laboratory in a real Chromium: charts that move, brigades, predictions, and failures on the way."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import uvicorn

from stakhanov.web.app import create_app
from stakhanov.web.settings import Settings
from tests.browser.conftest import Seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SMALL = "workforce=heavy-machine-building&workers=60&periods=6"
LABORATORY = f"/laboratory/plain-piece-rate?{SMALL}"
#: Longer than any test looks at it: it is cancelled, or the site that it is asked of closed, before.
HUGE = "/laboratory/stakhanovite-1935?workers=100000&periods=600&seed="
LONG = "/laboratory/stakhanovite-1935?workers=3000&periods=90&seed="
TABLE = "table.measures"


def test_charts_are_drawn_by_vega_without_eval_and_brigades_can_be_played(
    seen: Seen, address: str
) -> None:
    page = seen.page
    page.goto(address + LABORATORY)
    page.click("button.go")
    page.wait_for_selector("[data-draw] svg")
    page.wait_for_selector(TABLE)
    drawn = page.locator("[data-draw]")
    assert drawn.count() == 4
    assert all(drawn.nth(place).get_attribute("aria-label") for place in range(4))
    assert page.locator("svg.brigade").count() == 2
    assert page.locator("svg.brigade .worker").count() == 40
    first, last = (f".brigades .said:has-text('{month}')" for month in ("January", "June"))
    page.wait_for_selector(last)
    page.locator("form.replay input").fill("1")
    page.wait_for_selector(first)
    assert page.locator("[data-draw] svg").count() == 4
    assert seen.said == []
    assert seen.hosts == {address.split("/")[2]}


def test_the_key_r_runs_unless_somebody_types_and_paper_has_the_link(
    seen: Seen, address: str
) -> None:
    page = seen.page
    page.goto(f"{address}{LABORATORY}&seed=41")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if one.method == "POST" else None)
    page.focus("#seed")
    page.keyboard.press("r")
    assert page.locator("form.rules .go").is_enabled()
    page.focus("a.name")
    page.evaluate("localStorage.setItem('stakhanov-keys', 'off')")
    page.keyboard.press("r")
    assert page.locator("form.rules .go").is_enabled()  # not while it is asked
    page.evaluate("localStorage.removeItem('stakhanov-keys')")
    page.keyboard.press("r")
    page.wait_for_selector("table.measures")
    link = page.locator("#seen .on-paper")
    assert link.is_hidden()
    page.emulate_media(media="print")
    assert "seed=41" in link.inner_text()
    assert not page.locator("form.rules").is_visible()
    assert len(asked) == 1
    assert seen.said == []


def test_every_turn_of_a_slider_runs_again(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(address + LABORATORY)
    page.check("#rush")
    page.wait_for_selector("[data-draw] svg")
    page.wait_for_selector(TABLE)
    page.locator(".turn", has=page.locator("[name='norms.revision.up']")).locator(
        "[data-by='1']"
    ).click()
    page.wait_for_url("**norms.revision.up=0.31**")
    page.wait_for_selector(".stale", state="detached")
    page.wait_for_selector(TABLE)
    assert page.locator("#seen > .job").count() == 1
    assert seen.said == []


def test_no_run_before_a_prediction_and_the_answer_names_it(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(f"{address}/experiments/ratchet")
    go = page.locator("form.foresee .go")
    assert go.is_disabled()
    page.check("input[name='hold-back'][value='lower']")
    assert go.is_disabled()
    page.check("input[name='foresight'][value='lower']")
    assert go.is_enabled()
    go.click()
    page.wait_for_selector("#verdict")
    assert "You foresaw 1 of 2." in page.inner_text("#verdict .lead")
    assert page.locator(".finding svg.chart").count() == 2
    page.wait_for_url("**hold-back=lower**")
    page.reload()
    page.wait_for_selector("#verdict")
    assert seen.said == []


def test_a_run_that_outlives_its_page_is_found_again_and_cancelled(
    seen: Seen, address: str
) -> None:
    page = seen.page
    page.goto(f"{address}{HUGE}41")
    page.click("button.go")
    page.wait_for_selector("#seen [data-draw] svg")
    own = page.get_attribute("#seen .job a[href^='/runs/']", "href")
    page.goto(f"{address}/laboratory")
    page.goto(f"{address}{own}")
    page.wait_for_selector(".standing")
    page.wait_for_selector("[data-draw] svg")
    page.click("text=Cancel")
    page.wait_for_selector(".standing:has-text('Cancelled')")
    assert page.url == f"{address}{own}"


def test_a_cut_network_is_told_and_the_page_recovers(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(f"{address}{LONG}42")
    page.route("**/events*", lambda route: route.abort("connectionreset"), times=1)
    page.click("button.go")
    page.wait_for_selector("#seen .standing:has-text('lost')")
    page.wait_for_selector("#seen [data-draw] svg")  # the browser came back by itself
    assert "lost" not in page.inner_text("#seen .standing")


def test_a_site_that_does_not_answer_is_told_and_the_form_keeps_its_values(
    seen: Seen, address: str
) -> None:
    page = seen.page
    page.goto(address + LABORATORY)
    page.fill("[name='norms.revision.up']", "0.7")
    page.route("**/runs", lambda route: route.abort("connectionrefused"))
    page.click("button.go")
    page.wait_for_selector("#seen [role=alert]")
    assert "does not answer" in page.inner_text("#seen")
    assert page.input_value("[name='norms.revision.up']") == "0.7"
    page.unroute("**/runs")
    page.click("button.go")
    page.wait_for_selector(TABLE)


@pytest.mark.parametrize("place", ["/experiments/tournament", "/laboratory/time-wage/questions"])
def test_questions_fit_a_telephone_and_everything_has_a_name(
    seen: Seen, address: str, place: str
) -> None:
    page = seen.page
    page.goto(address + place)
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    nameless = page.evaluate(
        """[...document.querySelectorAll('input:not([type=hidden]), select, button, a')].filter((one) =>
        !(one.labels?.length || one.getAttribute('aria-label') || one.innerText?.trim())).length"""
    )
    assert nameless == 0
    assert seen.said == []


def test_questions_are_answered_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{address}/experiments/peers")
    page.check("input[name='more-alike'][value='lower']")
    page.click("form.foresee .go")
    page.wait_for_selector("#verdict")
    page.goto(address + LABORATORY.replace("periods=6", "periods=5"))
    page.click("button.go")
    page.wait_for_selector(TABLE)
    page.locator("form.replay input").fill("2")
    page.click("form.replay button")
    assert re.search(r"period=2", page.url)
    assert page.locator("svg.brigade").count() == 2
    context.close()


def test_a_site_that_is_killed_and_comes_back_has_a_way_on(seen: Seen) -> None:
    page = seen.page
    with listening(0) as (port, stop):
        page.goto(f"http://127.0.0.1:{port}{HUGE}43")
        page.click("button.go")
        page.wait_for_selector("#seen [data-draw] svg")
        stop()
        page.wait_for_selector("#seen .standing:has-text('lost')")
    with listening(port):
        page.wait_for_selector("#seen .standing:has-text('no longer knows')")
        page.click("#seen .standing a")
        page.wait_for_selector("button.go")
        assert "seed=43" in page.url
        assert page.input_value("#seed") == "43"


def test_a_full_queue_says_when_to_come_again(browser: Browser) -> None:
    with listening(0, at_once=1, waiting=1, waiting_each=1) as (port, _):
        said = []
        for seed in range(44, 47):
            visitor = browser.new_context()
            page = visitor.new_page()
            page.goto(f"http://127.0.0.1:{port}{HUGE}{seed}")
            page.click("button.go")
            page.wait_for_selector("#seen .standing, #seen [role=alert]")
            said.append(page.inner_text("#seen"))
            visitor.close()
    assert "Running" in said[0] or "queue" in said[0]
    assert re.search(r"found it full \(a seat is likely in \d+ s\)", said[2])


@contextmanager
def listening(port: int, **limits: int) -> Iterator[tuple[int, Callable[[], None]]]:
    """A site of its own on a port, any that is free for 0; with what ends it."""
    door = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(
        create_app(Settings(**limits)),  # type: ignore[arg-type]
        log_level="critical",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()

    def stop() -> None:
        server.should_exit = True
        thread.join(timeout=30.0)
        door.close()

    yield door.getsockname()[1], stop
    stop()
