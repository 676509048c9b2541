"""Study guides on the site are the pages of the static build, with answers judged and ways around them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import urljoin

import pytest
from fastapi.testclient import TestClient

from stakhanov.guide.load import library
from stakhanov.guide.render.site import makers
from stakhanov.web.pages.guides import served

TERM = "/guides/soviet-union/stakhanovite-movement.html"
RATCHET = "/guides/personnel-economics/ratchet-effect.html"
HX = {"hx-request": "true"}


def test_a_page_is_that_of_the_static_build_with_the_site_around_it(site: TestClient) -> None:
    known = makers(library(), served())
    name = TERM.removeprefix("/guides/")
    assert site.get(TERM).text == known[name]()
    assert site.get("/guides", follow_redirects=True).text == known["index.html"]()
    alone = makers(library())[name]()
    assert "/learn" in known[name]()
    assert not re.search(r'(?:href|src|action)="/', alone)  # the static page leads to no server
    assert "<form" not in alone


def test_links_and_files_of_a_page_are_there(site: TestClient) -> None:
    for place in (TERM, RATCHET):
        text = site.get(place).text
        found = {
            urljoin(place, unescape(link))
            for link in re.findall(r'(?:href|src)="([^"#]+)"', text)
            if not link.startswith(("http", "mailto", "data:"))
        }
        assert any(PurePosixPath(link).suffix == ".js" for link in found)
        assert {"/", "/learn", "/laboratory", "/check"} <= found
        assert not [link for link in found if site.get(link).status_code != 200]


def test_what_a_run_found_is_told_after_a_prediction(site: TestClient) -> None:
    text = site.get(RATCHET).text
    name = re.search(r'name="predict-([\w-]+)" value="2" required', text)
    assert name is not None
    section = rf'<section class="card" id="experiment--{name[1]}".*?</section>'
    before = re.search(section, text, re.S)
    after = re.search(section, site.get(f"{RATCHET}?predict-{name[1]}=2").text, re.S)
    assert before is not None
    assert after is not None
    assert "<svg" not in before[0]
    assert "<svg" in after[0]
    said = re.search(r"You predicted: <strong>([^<]+)</strong>", after[0])
    assert said is not None
    assert re.search(rf'value="2" required checked> {re.escape(said[1])}<', after[0])
    ways = re.findall(r'href="(/(?:laboratory|experiments)/[^"]+)"', after[0])
    assert ways


def test_an_experiment_that_ships_is_run_on_its_page_and_its_arms_in_the_laboratory() -> None:
    own, ships = served().ways("personnel-economics", "norm-that-follows"), []
    for guide in library().each():
        names = [name for name, one in guide.experiments.items() if not one.own]
        ships += [served().ways(guide.id, name) for name in names]
    assert {way.href.partition("?")[0].rpartition("/")[0] for way in own} == {"/laboratory"}
    assert ships
    for first, *arms in ships:
        assert first.href.startswith("/experiments/")
        assert all("arm=" in way.href for way in arms)


def test_a_question_without_options_is_foreseen_in_words(site: TestClient) -> None:
    assert 'type="text" id="predict-what-remained"' in site.get(TERM).text
    said = site.get(f"{TERM}?predict-what-remained=morale <b>most</b>").text
    assert "You predicted: <strong>morale &lt;b&gt;most&lt;/b&gt;</strong>" in said
    assert "You predicted" not in site.get(f"{TERM}?predict-what-remained=+").text


@pytest.mark.parametrize("given", ["predict-nobody=1", "predict-ratchet=9", "predict-ratchet=x"])
def test_a_prediction_that_is_none_changes_nothing(site: TestClient, given: str) -> None:
    assert "You predicted" not in site.get(f"{RATCHET}?{given}").text


def question(site: TestClient) -> str:
    """The first review question of the page that is answered by writing."""
    pattern = r'name="question" value="([\w-]+)">\s*<textarea'
    found = re.search(pattern, site.get(TERM).text)
    assert found is not None
    return found[1]


def test_a_review_question_is_judged_by_its_key_points(site: TestClient) -> None:
    name = question(site)
    page = library().guides["soviet-union"].page("stakhanovite-movement")
    assert page is not None
    asked = next(one for one in page.term.questions if one.id == name)
    sent = {"question": name, "said": asked.model}
    text = site.post(TERM, data=sent).text
    judged = re.search(r'<div class="judged".*?</div>', text, re.S)
    assert judged is not None
    assert judged[0].count("<strong>found</strong>") == len(asked.points)
    words = " ".join(point.any[0] for point in asked.points)
    listed = site.post(TERM, data={**sent, "said": f"{words} norm rate record pay"}).text
    assert "<strong>found</strong>" not in listed  # a bare list is credited with nothing


def test_an_answer_is_text_and_nothing_of_it_is_kept(site: TestClient) -> None:
    sent = {"question": question(site), "said": "<script>alert(1)</script>"}
    text = site.post(TERM, data=sent, headers=HX).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "alert(1)" not in site.get(TERM).text


@pytest.mark.parametrize(
    ("place", "sent", "status"),
    [
        (TERM, {"question": "nobody", "said": "x"}, 404),
        (TERM, {"said": "x"}, 422),
        (TERM, {"question": "q" * 201}, 422),
        (TERM, {"question": "x", "said": "x" * 4001}, 422),
        ("/guides/nobody/x.html", {"question": "x"}, 404),
        ("/guides/static/search.js", {"question": "x"}, 404),
    ],
)
def test_nonsense_is_answered_in_a_sentence(
    site: TestClient, place: str, sent: dict[str, str], status: int
) -> None:
    answer = site.post(place, data=sent)
    assert answer.status_code == status
    assert "must" in answer.text


def test_short_addresses_lead_to_classes_and_terms(site: TestClient) -> None:
    for short, place in (
        ("/c", "index"),
        ("/c/soviet-union", "soviet-union/index"),
        ("/c/soviet-union/stakhanovite-movement", "soviet-union/stakhanovite-movement"),
    ):
        assert str(site.get(short).url.path) == f"/guides/{place}.html"
    assert site.get("/c/nobody").status_code == 404
    assert site.get("/c/soviet-union/nobody").status_code == 404


def test_no_name_leads_out_of_the_guides(site: TestClient) -> None:
    for name in (
        "../../pyproject.toml",
        "%2e%2e/%2e%2e/pyproject.toml",
        "soviet-union/class.toml",
        "none.html",
    ):
        assert site.get(f"/guides/{name}").status_code == 404
