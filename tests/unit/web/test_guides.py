"""Study guides on the site are the pages of the static build."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

from fastapi.testclient import TestClient

from stakhanov.guide.load import library
from stakhanov.guide.render.site import makers

TERM = "/guides/soviet-union/stakhanovite-movement.html"


def test_a_page_is_that_of_the_static_build(site: TestClient) -> None:
    known = makers(library())
    name = TERM.removeprefix("/guides/")
    assert site.get(TERM).text == known[name]()
    assert site.get("/guides", follow_redirects=True).text == known["index.html"]()


def test_links_and_files_of_a_page_are_there(site: TestClient) -> None:
    known = makers(library())
    text = site.get(TERM).text
    found = {
        urlsplit(urljoin(TERM, link)).path
        for link in re.findall(r'(?:href|src)="([^"#]+)"', text)
        if not link.startswith(("http", "mailto", "data:"))
    }
    assert any(PurePosixPath(link).suffix == ".js" for link in found)
    assert not [link for link in found if link.removeprefix("/guides/") not in known]


def test_no_name_leads_out_of_the_guides(site: TestClient) -> None:
    for name in (
        "../../pyproject.toml",
        "%2e%2e/%2e%2e/pyproject.toml",
        "soviet-union/class.toml",
        "none.html",
    ):
        assert site.get(f"/guides/{name}").status_code == 404
