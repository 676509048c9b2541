"""Every link of every page leads somewhere."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.docs.pages import PAGES, anchors, links, name_of


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_internal_links_resolve(page: Path) -> None:
    broken = []
    for link in links(page):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if not target.exists() or (parts.fragment and parts.fragment not in anchors(target)):
            broken.append(link)
    assert not broken


def test_every_page_of_the_docs_can_be_reached() -> None:
    """From the README, link by link; a folder stands for its README."""
    start = next(page for page in PAGES if name_of(page) == "README.md")
    reached, waiting = set(), [start]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for link in links(page):
            parts = urlsplit(link)
            if not parts.scheme and parts.path:
                target = (page.parent / unquote(parts.path)).resolve()
                target = target / "README.md" if target.is_dir() else target
                if target in PAGES:
                    waiting.append(target)
    lost = [
        name_of(page) for page in PAGES if page not in reached and name_of(page).startswith("docs/")
    ]
    assert not lost
