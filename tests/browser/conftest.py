"""A site that listens, and a real Chromium that looks at it."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from stakhanov.guide.load import library
from stakhanov.guide.render.site import build
from stakhanov.web.app import create_app
from stakhanov.web.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site with usual limits can be reached, its learners in a database of their own."""
    place = str(tmp_path_factory.mktemp("site") / "progress.sqlite")
    door = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        create_app(Settings(progress=place, shared=True)),
        log_level="error",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{door.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20.0)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it; skipped with the reason where there is none."""
    missing = "playwright is not installed (pip install playwright)"
    sync_playwright = pytest.importorskip("playwright.sync_api", reason=missing).sync_playwright
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium on the path (on Debian and Ubuntu: apt-get install chromium)")
    with sync_playwright() as play:
        opened = play.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static site of the classes that ship, as `stakhanov guide build` writes it."""
    place = tmp_path_factory.mktemp("guides") / "site"
    build(library(), place)
    return place


@dataclass
class Seen:
    """A page, what its console said, and whom it asked for something."""

    page: Page
    said: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)


@pytest.fixture
def seen(browser: Browser) -> Iterator[Seen]:
    """A fresh visitor; what the console says is kept, a refusal of the page's own rules too."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(90_000)
    watch = Seen(page)
    page.on("console", lambda message: watch.said.append(message.text))
    page.on("pageerror", lambda error: watch.said.append(str(error)))
    page.on("request", lambda request: watch.hosts.add(request.url.split("/")[2]))
    yield watch
    page.close()
