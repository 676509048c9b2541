"""Pages by an in-process client: what they show, what they refuse, and that they ask nobody else."""

from __future__ import annotations

import csv
import io
import json
import re

import polars as pl
import pytest
from fastapi.testclient import TestClient

import stakhanov as sk
from stakhanov.web.app import create_app
from stakhanov.web.guards import HEADERS
from stakhanov.web.settings import Settings
from tests.unit.web.conftest import SMALL, over

PLAIN = "/laboratory/plain-piece-rate"


def asked(site: TestClient, address: str, **fields: str) -> str:
    """The key of a job that was asked for by a form without scripts."""
    answer = site.post(address, data={**SMALL, **fields}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removeprefix("/runs/").split("?")[0]


def measures(page: str) -> str:
    found = re.search(r'<table class="measures">.*?</table>', page, re.S)
    assert found is not None
    return found[0]


def test_the_tour_has_the_arithmetic_of_the_record_and_its_sources(site: TestClient) -> None:
    text = site.get("/").text
    for said in ("14.6 norms", "4.9 norms a head", "Annales", "Vedomosti", "10<sup>26</sup>"):
        assert said in text
    assert "four times" in text
    assert 'action="/laboratory/stakhanovite-1935/runs"' in text


@pytest.mark.parametrize("address", ["/", "/laboratory", PLAIN, "/nothing", "/static/site.js"])
def test_every_answer_forbids_what_does_not_come_from_here(site: TestClient, address: str) -> None:
    answer = site.get(address)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("address", ["/", "/laboratory", PLAIN])
def test_a_page_holds_no_script_no_style_and_no_foreign_address(
    site: TestClient, address: str
) -> None:
    text = site.get(address).text
    assert not re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", text)
    assert not re.findall(r'(?:src|href|action|hx-\w+)="(?:https?:)?//', text)
    for name in re.findall(r'"/static/([^"]+)"', text):
        assert site.get(f"/static/{name}").status_code == 200


def test_what_is_vendored_has_its_licence(site: TestClient) -> None:
    assert "Zero-Clause BSD" in site.get("/static/htmx.LICENSE.txt").text


def test_every_campaign_has_its_page(site: TestClient) -> None:
    from stakhanov.campaign import library

    listed = site.get("/laboratory").text
    for name in library():
        assert f'href="/laboratory/{name}"' in listed
        assert 'name="norms.revision.up"' in site.get(f"/laboratory/{name}").text


def test_a_run_shows_the_table_of_the_same_run_made_elsewhere(site: TestClient) -> None:
    key = asked(site, f"{PLAIN}/runs", **{"norms.revision.up": "0.6", "seed": "5"})
    assert over(site, key)["state"] == "done"
    other = sk.simulate(
        sk.load("plain-piece-rate").held({"norms.revision.up": 0.6}),
        "heavy-machine-building",
        workers=60,
        periods=4,
        seed=5,
    )
    rows = list(csv.DictReader(io.StringIO(site.get(f"/runs/{key}/table.csv").text)))
    made = {(int(r["period"]), r["branch"], r["measure"]): float(r["value"]) for r in rows}
    assert made == {
        (period, branch, measure): value
        for period, branch, measure, value in other.series.iter_rows()
    }
    page = site.get(f"/runs/{key}").text
    assert other.record["campaign_digest"]
    assert "<svg" in page
    assert "Around the norm" in page


def test_a_share_link_gives_the_same_table(site: TestClient) -> None:
    key = asked(site, f"{PLAIN}/runs", **{"audits.probability": "0.4"})
    link = str(over(site, key)["link"])
    first = measures(site.get(f"/runs/{key}").text)
    assert measures(site.get(link).text) == first
    with TestClient(create_app(Settings(hosts=("testserver",)))) as fresh:
        assert "Nothing has been run yet" in fresh.get(link).text
        fields = dict(pair.split("=") for pair in link.split("?")[1].split("&"))
        again = asked(fresh, f"{PLAIN}/runs", **fields)
        assert again == key
        over(fresh, again)
        assert measures(fresh.get(link).text) == first


def test_the_files_that_are_taken_away_give_the_same_series(
    site: TestClient, tmp_path: object
) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    values = {"norms.revision.up": "0.6"}
    key = asked(site, f"{PLAIN}/runs", **values)
    over(site, key)
    for kind in ("campaign", "workforce"):
        text = site.get(f"{PLAIN}/{kind}.toml", params={**SMALL, **values}).text
        (folder / f"{kind}.toml").write_text(text, encoding="utf-8")
    run = sk.simulate(folder / "campaign.toml", folder / "workforce.toml", workers=60, periods=4)
    there = pl.read_csv(io.StringIO(site.get(f"/runs/{key}/table.csv").text))
    assert there["value"].to_list() == run.series["value"].to_list()


def test_events_bring_the_page_part_until_it_is_over(site: TestClient) -> None:
    key = asked(site, f"{PLAIN}/runs", seed="11")
    parts = []
    with site.stream("GET", f"/runs/{key}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            if line.startswith("data:"):
                parts.append(json.loads(line.removeprefix("data:")))
    assert parts[-1]["over"]
    assert "The whole run" in parts[-1]["html"]
    assert "data-events" not in parts[-1]["html"]
    assert all(not part["over"] for part in parts[:-1])


def test_equal_campaigns_differ_by_exactly_nothing(site: TestClient) -> None:
    pinned = "campaign=plain-piece-rate&workforce=heavy-machine-building"
    key = asked(site, f"{PLAIN}/comparisons", pinned=pinned, replicates="2")
    assert over(site, key)["state"] == "done"
    text = site.get(f"/runs/{key}").text
    assert "B reports and produces exactly what A does" in text
    cells = re.findall(r'<td class="n">([^<]*) to ([^<]*)</td>', text)
    assert cells
    assert set(cells) == {("0", "0")}


def test_a_comparison_says_what_compare_says(site: TestClient) -> None:
    pinned = "campaign=plain-piece-rate&workforce=heavy-machine-building"
    key = asked(
        site, f"{PLAIN}/comparisons", pinned=pinned, replicates="3", **{"pay.piece_share": "0.2"}
    )
    result = over(site, key)["result"]
    other = sk.compare(
        "plain-piece-rate",
        sk.load("plain-piece-rate").held({"pay.piece_share": 0.2}),
        "heavy-machine-building",
        workers=60,
        periods=4,
        replicates=3,
    )
    from stakhanov.foundation.plain import plain

    assert result == plain(other.plain())
    assert re.search(r"In our model B reports [\d.]+ % less", site.get(f"/runs/{key}").text)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"workers": "-1"}, "workers: must be a whole number; found -1"),
        ({"workers": "<script>"}, "workers: must be a whole number; found &lt;script&gt;"),
        ({"norms.revision.up": "7"}, "norms.revision.up: "),
        ({"workforce": "../x"}, "workforce: must be one that ships"),
        ({"pinned": "campaign=nobody"}, "campaign: must be one that ships; found nobody"),
    ],
)
def test_bad_fields_are_told_in_sentences(
    site: TestClient, fields: dict[str, str], said: str
) -> None:
    place = "comparisons" if "pinned" in fields else "runs"
    answer = site.post(f"{PLAIN}/{place}", data={**SMALL, **fields})
    assert answer.status_code == 422
    assert said in answer.text
    part = site.post(f"{PLAIN}/{place}", data={**SMALL, **fields}, headers={"hx-request": "true"})
    assert "<html" not in part.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://elsewhere.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
    ],
)
def test_a_foreign_page_changes_nothing(site: TestClient, headers: dict[str, str]) -> None:
    for send in (site.post, site.put, site.delete, site.patch):
        assert send(f"{PLAIN}/runs", headers=headers).status_code == 403
    own = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}
    assert site.post(f"{PLAIN}/runs", data={"workers": "x"}, headers=own).status_code == 422


def test_a_foreign_name_leads_nowhere() -> None:
    with TestClient(create_app(Settings())) as site:
        assert site.get("/", headers={"host": "elsewhere.example"}).status_code == 400
        assert site.get("/", headers={"host": "127.0.0.1:8135"}).status_code == 200


def test_what_is_too_large_is_not_read(site: TestClient) -> None:
    assert site.post(f"{PLAIN}/runs", data={"workers": "1" * 70_000}).status_code == 413


def test_another_visitor_cannot_cancel(site: TestClient) -> None:
    site.get("/")
    key = asked(site, f"{PLAIN}/runs", workers="2000", periods="60", seed="3")
    own = dict(site.cookies)
    site.cookies.clear()
    refused = site.post(f"/runs/{key}/cancel", follow_redirects=False).status_code
    site.cookies.update(own)
    given_up = site.post(f"/runs/{key}/cancel", follow_redirects=False).status_code
    assert (refused, given_up) == (403, 303)
    assert over(site, key)["state"] in ("cancelled", "done")


@pytest.mark.parametrize("place", ["", "/events", "/table.csv"])
def test_a_run_that_is_not_known_is_told(site: TestClient, place: str) -> None:
    answer = site.get(f"/runs/0000{place}")
    assert answer.status_code == 404
    assert "its link runs it again" in answer.text


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2f..%2fapp.py", "%2e%2e/app.py", "site.css.map", "templates"]
)
def test_no_address_becomes_a_path(site: TestClient, name: str) -> None:
    assert site.get(f"/static/{name}").status_code == 404
