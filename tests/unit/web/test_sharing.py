"""A wish that is handed on: its link names the model that made it, its file is opened again."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from stakhanov import __version__
from stakhanov.web.settings import Settings
from stakhanov.web.wanted import Wanted, wanted
from stakhanov.web.wish_file import opened, written
from tests.unit.web.conftest import SMALL, over

PLAIN = "/laboratory/plain-piece-rate"
ONE = Wanted("plain-piece-rate", workers=70, seed=3, values={"norms.revision.up": 0.5})


def run(site: TestClient, **fields: str) -> tuple[str, str]:
    """The link and the page of a run that is done."""
    answer = site.post(f"{PLAIN}/runs", data={**SMALL, **fields}, follow_redirects=False)
    found = over(site, answer.headers["location"].removeprefix("/runs/").split("?")[0])
    return str(found["link"]), site.get(f"/runs/{found['id']}").text


def test_a_link_names_its_model_and_a_page_of_the_same_says_nothing_of_it(site: TestClient) -> None:
    link, page = run(site)
    assert re.search(rf"[?&]model={re.escape(__version__)}-[0-9a-f]{{8}}$", link)
    assert f"1 run, seed 1, {SMALL['workers']} workers, {SMALL['periods']} periods" in page
    assert "another version" not in site.get(link).text


def test_an_older_link_says_so_and_offers_both(site: TestClient) -> None:
    old = site.get(f"{PLAIN}?workers=70&model=0.0.7-12345678").text
    assert "made with another version of the model" in old
    assert "pip install 'stakhanov[web]==0.0.7'" in unescape(old)
    there = re.search(r'<a href="([^"]*)">The same settings, linked to this version', old)
    assert there is not None
    assert "another version" not in site.get(unescape(there[1])).text
    assert 'name="workers" type="number" min="1" step="1" value="70"' in old


def test_another_text_of_the_same_number_is_told_apart(site: TestClient) -> None:
    text = site.get(f"{PLAIN}?model={__version__}-00000000").text
    assert "its engine or what ships with it was changed" in text
    assert "pip install" not in text


def test_an_older_link_that_no_longer_holds_names_the_version_it_needs(site: TestClient) -> None:
    answer = site.get(f"{PLAIN}?norms.gone=1&model=0.0.7-12345678")
    assert answer.status_code == 422
    assert "norms.gone" in answer.text
    assert "stakhanov[web]==0.0.7" in answer.text
    assert "0.0.7" not in site.get(f"{PLAIN}?norms.gone=1&model=<b>0.0.7").text


@pytest.mark.parametrize("made", ["<script>alert(1)</script>", "x" * 3000, "0.0.7"])
def test_a_link_may_say_anything_of_its_model(site: TestClient, made: str) -> None:
    answer = site.get(PLAIN, params={"model": made})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "pip install" not in answer.text


def test_the_model_changes_with_what_ships() -> None:
    others = {Wanted(name).model for name in ("plain-piece-rate", "time-wage", "sales-quota")}
    assert len(others) == 3
    assert Wanted("time-wage", workforce="metro-brigades").model not in others
    assert ONE.model == Wanted("plain-piece-rate").model
    assert ONE.key == wanted("plain-piece-rate", dict(ONE.fields, model="x"), Settings()).key


def test_a_file_of_settings_is_opened_as_its_link(site: TestClient) -> None:
    link, page = run(site, **{"audits.aim": "risk", "norms.revision.up": "0.6"})
    place = re.search(r'href="([^"]*settings\.json[^"]*)"', page)
    assert place is not None
    file = site.get(unescape(place[1]))
    assert file.headers["content-disposition"].startswith("attachment")
    sent = {"file": ("kept.json", file.content, "application/json")}
    answer = site.post("/laboratory/settings", files=sent, follow_redirects=False)
    assert answer.status_code == 303
    table = re.compile(r'<table class="measures">.*?</table>', re.S)
    there = table.search(site.get(answer.headers["location"]).text)
    assert there is not None
    assert there[0] == table.findall(page)[0]
    assert site.get(link).status_code == 200


def test_a_comparison_is_kept_in_one_file() -> None:
    b = Wanted("time-wage", workers=70, replicates=2)
    link = opened(written(b, ONE).encode(), Settings())
    assert link.startswith("/laboratory/time-wage?")
    assert "pinned=campaign%3Dplain-piece-rate" in link
    assert "model=" in link


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "must be settings of this laboratory as JSON"),
        (b"[1, 2]", "must be settings of this laboratory as JSON"),
        (b"\xff\xfe\x00", "must be settings of this laboratory as JSON"),
        (b"[" * 60_000, "must be settings of this laboratory as JSON"),
        (json.dumps({f"a{n}": 1 for n in range(300)}).encode(), "must be settings"),
        (b"{}", "campaign: must be one that ships"),
        (b'{"campaign": "../../etc/passwd"}', "campaign: must be one that ships"),
        (b'{"campaign": "time-wage", "workers": NaN}', "workers: must be a whole number"),
        (b'{"campaign": "time-wage", "set": {"a": 1}}', "set: must be a text, a number or a truth"),
        (b'{"campaign": "time-wage", "norms.nothing": 1}', "norms.nothing"),
        (b'{"campaign": "time-wage", "pinned": "campaign=none"}', "must be one that ships"),
    ],
)
def test_a_file_that_is_none_is_told_in_a_sentence(
    site: TestClient, content: bytes, said: str
) -> None:
    files: dict[str, Any] = {"file": ("a.json", content, "application/json")}
    answer = site.post("/laboratory/settings", files=files, follow_redirects=False)
    assert answer.status_code == 422
    assert said in answer.text


def test_presets_are_arms_by_plain_names_and_assumptions_stand_open(site: TestClient) -> None:
    text = site.get(PLAIN).text
    assert ">Nobody pads</a>" in text
    assert "arm=padding-and-output.honest" in text
    assert "<details open>\n<summary>What this rests on</summary>" in text
    chosen = site.get(f"{PLAIN}?arm=padding-and-output.honest").text
    assert re.search(r'aria-current="true">Nobody pads</a>', chosen)
    assert "Small: 1,000 workers, 24 periods" in text


def test_assumptions_of_the_flagship_are_counted_as_its_file_has_them(site: TestClient) -> None:
    text = site.get("/laboratory/stakhanovite-1935").text
    said = re.search(r"(\d+)\s+rest on a source\s+that was seen and (\d+) are assumptions", text)
    assert said is not None
    rows = text.split("value by value")[1].split("</dl>")[0]
    assert rows.count("<dt>") == int(said[2]) > 0 < int(said[1])
    assert "So a full period of 25 shifts pays" in text  # the rules in sentences
