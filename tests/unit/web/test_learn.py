"""Learn sessions in the browser: one code path with the terminal, nothing lost, nothing counted twice."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from fastapi.testclient import TestClient

from stakhanov.guide.practice.lessons import Held
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Review
from stakhanov.web.app import create_app
from stakhanov.web.settings import Settings
from stakhanov.web.study import COOKIE, deck

CLASS = "personnel-economics"
PLACE = f"/learn/{CLASS}"
HX = {"hx-request": "true"}


def fields(page: str, form: str) -> dict[str, str]:
    """The hidden fields of a form."""
    found = re.search(rf'<form[^>]*action="{PLACE}/{form}".*?</form>', page, re.S)
    assert found is not None, form
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found[0])
    return {name: unescape(value) for name, value in hidden}


def answered(site: TestClient, said: str = "", grade: str = "2") -> str:
    """Answer the card that is asked and grade it; gives the card's name."""
    hidden = fields(site.get(PLACE).text, "answer")
    page = site.post(f"{PLACE}/answer", data={**hidden, "said": said}).text
    site.post(f"{PLACE}/grade", data={**fields(page, "grade"), "grade": grade})
    return hidden["card"]


def test_an_answer_in_the_browser_is_an_answer_in_the_log_of_the_terminal(
    site: TestClient, place: str
) -> None:
    assert f"0 of {len(deck(CLASS).cards)} cards begun" in site.get(PLACE).text
    site.post(f"{PLACE}/begin", data={"minutes": "20"})
    card = answered(site, "some words", "1")
    log = Progress(place).reviews(CLASS)
    assert [(one.card, one.grade, one.answer) for one in log] == [
        (card, Grade.MISSED, "some words")
    ]
    assert log[0].learned == deck(CLASS).by_name[card].digest


def test_a_reload_and_a_new_server_show_the_same_card(site: TestClient, place: str) -> None:
    site.post(f"{PLACE}/begin")
    answered(site)
    asked = fields(site.get(PLACE).text, "answer")
    assert fields(site.get(PLACE).text, "answer") == asked
    site.post(f"{PLACE}/answer", data={**asked, "said": "half <b>known</b>"})
    with TestClient(create_app(Settings(hosts=("testserver",), progress=place))) as other:
        page = other.get(PLACE).text
        assert fields(page, "grade") == asked
        assert "half &lt;b&gt;known&lt;/b&gt;" in page


def test_undo_asks_the_same_card_again_and_counts_nothing(site: TestClient, place: str) -> None:
    site.post(f"{PLACE}/begin")
    first = answered(site)
    page = site.get(PLACE).text
    page = site.post(f"{PLACE}/undo", data=fields(page, "undo")).text
    assert fields(page, "answer")["card"] == first
    assert Progress(place).reviews(CLASS) == []


def test_what_is_sent_twice_counts_once(site: TestClient, place: str) -> None:
    site.post(f"{PLACE}/begin")
    hidden = fields(site.get(PLACE).text, "answer")
    page = site.post(f"{PLACE}/answer", data={**hidden, "said": "x"}).text
    sent = {**fields(page, "grade"), "grade": "2"}
    site.post(f"{PLACE}/grade", data=sent)
    again = site.post(f"{PLACE}/grade", data=sent, headers=HX).text
    assert "out of date" in again
    assert len(Progress(place).reviews(CLASS)) == 1


def test_an_answer_is_not_changed_once_what_is_right_was_shown(
    site: TestClient, place: str
) -> None:
    site.post(f"{PLACE}/begin")
    hidden = fields(site.get(PLACE).text, "answer")
    for said in ("first", "second"):
        site.post(f"{PLACE}/answer", data={**hidden, "said": said})
    assert "first" in site.get(PLACE).text
    assert "second" not in site.get(PLACE).text


def test_points_are_judged_and_can_be_overruled(site: TestClient, place: str) -> None:
    cards = deck(CLASS)
    wanted = next(card for card in cards.cards if card.sort == "short" and len(card.points) > 1)
    progress = Progress(place)
    for card in cards.of_terms(frozenset((wanted.term,))).cards:
        if card.id != wanted.id:  # what the question rests on was met, long enough ago
            progress.add(Review(card=card.id, grade=Grade.EASY))
    site.post(f"{PLACE}/begin", data={"term": wanted.term})
    held = Held.going_on(cards, progress)
    assert held is not None
    while fields(site.get(PLACE).text, "answer")["card"] != wanted.id:
        answered(site)
    hidden = fields(site.get(PLACE).text, "answer")
    page = site.post(f"{PLACE}/answer", data={**hidden, "said": wanted.answer}).text
    found = re.findall(r'class="outcome ([\w-]+)"', page)
    assert found == ["found"] * len(wanted.points)
    kept = [point.id for point in wanted.points[1:]]
    sent = {**fields(page, "grade"), "grade": "2", "point": kept}
    site.post(f"{PLACE}/grade", data=sent)
    [said] = progress.overrides(CLASS)
    assert (said.question, said.point, said.judged, said.credited) == (
        wanted.id,
        wanted.points[0].id,
        "found",
        False,
    )


def test_a_card_that_asks_for_a_term_does_not_name_it(site: TestClient) -> None:
    term = deck(CLASS).cards[0]
    assert term.names
    site.post(f"{PLACE}/begin", data={"term": term.term})
    while fields(site.get(PLACE).text, "answer")["card"] != term.id:
        answered(site)
    sheet = re.search(r"<article.*?</article>", site.get(PLACE).text, re.S)
    assert sheet is not None
    assert term.title.lower() not in sheet[0].lower().replace(term.id, "")


def test_an_exam_date_plans_the_minutes_and_is_forgotten_again(
    site: TestClient, place: str
) -> None:
    on = (date.today() + timedelta(days=20)).isoformat()
    page = site.post(f"{PLACE}/exam", data={"on": on}).text
    minutes = re.search(r"Exam in 20 days: (\d+) min a day", page)
    assert minutes is not None
    assert f'value="{minutes[1]}"' in page
    assert str(Progress(place).exam(CLASS).on) == on
    assert "No exam date yet" in site.post(f"{PLACE}/exam", data={"on": ""}).text


def test_a_class_is_told_term_by_term_once_it_was_begun(site: TestClient) -> None:
    assert "Term by term" not in site.get(PLACE).text
    site.post(f"{PLACE}/begin")
    term = deck(CLASS).by_name[answered(site)].term
    site.post(f"{PLACE}/end")
    page = site.get(PLACE).text
    titles = {card.term: card.title for card in deck(CLASS).cards}
    row = re.search(rf">{titles[term]}</a>.*?</li>", page, re.S)
    assert row is not None
    count = sum(card.term == term for card in deck(CLASS).cards)
    assert f"1 of {count} cards begun; of those 100" in row[0]  # asked a moment ago
    assert page.count('aria-label="Practise ') == len(titles)
    rows = site.get(f"/api/v1/learn/{CLASS}").json()["terms"]
    assert [one["term"] for one in rows if one["reviewed"]] == [term]
    assert sum(one["cards"] for one in rows) == len(deck(CLASS).cards)


def test_a_stranger_gets_a_key_with_an_exam_date_and_none_without(place: str) -> None:
    app = create_app(Settings(hosts=("testserver",), progress=place, shared=True))
    on = (date.today() + timedelta(days=20)).isoformat()
    with TestClient(app) as stranger:
        assert 'name="on"' in stranger.get(f"/guides/{CLASS}/index.html").text
        assert "cards wait" in stranger.post(f"{PLACE}/exam", data={"on": ""}).text
        assert COOKIE not in stranger.cookies
        assert "Exam in 20 days" in stranger.post(f"{PLACE}/exam", data={"on": on}).text
        assert COOKIE in stranger.cookies


def test_a_session_ends_with_its_minutes_and_says_what_came_of_it(
    site: TestClient, place: str
) -> None:
    progress = Progress(place)
    held = Held.begun(deck(CLASS), progress, 1.0)
    for _ in range(2):
        found = held.asks
        assert found is not None
        held.session.graded(found[0].card, Grade.MISSED, 40.0)
    page = site.get(PLACE).text
    assert "The minutes are used up" in page
    assert "2 answers: 0 got, 2 to come back to" in page
    assert "Begin" in site.post(f"{PLACE}/end").text or "Go on" in site.get(PLACE).text


def test_a_session_that_is_ended_early_says_what_it_moved_and_what_to_try(
    site: TestClient, place: str
) -> None:
    site.post(f"{PLACE}/begin")
    assert "How you stand" in site.post(f"{PLACE}/end").text  # nothing was answered
    site.post(f"{PLACE}/begin")
    answered(site)
    page = site.post(f"{PLACE}/end").text
    assert "You ended here" in page
    assert "should come to mind in a week; before this session it was" in page
    assert "data-undo" not in page
    for href in re.findall(r'href="(/guides/[^"]*#experiment--[^"]*)"', page):
        there, _, name = href.partition("#")
        assert f'id="{name}' in site.get(there).text
    assert "To try in the laboratory" in page
    assert "How you stand" in site.get(PLACE).text


def test_learners_of_a_shared_site_do_not_share_progress(public: TestClient, place: str) -> None:
    assert "A key in this browser" in public.get(PLACE).text
    public.post(f"{PLACE}/begin")
    answered(public)
    mine = dict(public.cookies)
    public.cookies.clear()
    assert "0 answered" not in public.get(PLACE).text
    public.post(f"{PLACE}/begin")
    assert "0 answered" in public.get(PLACE).text
    public.cookies.clear()
    public.cookies.update(mine)
    assert "1 answered" in public.get(PLACE).text
    assert Progress(place).reviews(CLASS) == []  # the terminal's learner is another


def test_the_cookie_cannot_be_read_by_scripts_and_is_no_name(public: TestClient) -> None:
    cookie = public.post(f"{PLACE}/begin", follow_redirects=False).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    key = cookie.split("=", 1)[1].split(";")[0]
    assert len(key) >= 32
    public.cookies.clear()
    public.cookies.set("stakhanov-learner", key[:-1] + ("A" if key[-1] != "A" else "B"))
    assert "A key in this browser" in public.get(PLACE).text


@pytest.mark.parametrize(
    ("way", "sent", "status"),
    [
        ("begin", {"minutes": "nan"}, 422),
        ("begin", {"minutes": "1e9"}, 422),
        ("begin", {"term": "../../x"}, 422),
        ("exam", {"on": "tomorrow"}, 422),
        ("answer", {"said": "x"}, 422),
        ("answer", {"step": "-1", "card": "c", "said": "x"}, 422),
        ("answer", {"step": "0", "card": "c" * 401, "said": "x"}, 422),
        ("answer", {"step": "0", "card": "c", "said": "x" * 4001}, 422),
        ("answer", {"step": "0", "card": "c", "said": "x" * 70_000}, 413),
        ("grade", {"step": "0", "card": "c", "grade": "9"}, 422),
        ("undo", {"step": "one"}, 422),
    ],
)
def test_nonsense_is_answered_in_a_sentence(
    site: TestClient, way: str, sent: dict[str, str], status: int
) -> None:
    site.post(f"{PLACE}/begin")
    answer = site.post(f"{PLACE}/{way}", data=sent)
    assert answer.status_code == status
    assert status == 413 or "must" in answer.text


@pytest.mark.parametrize("way", ["begin", "exam", "answer", "grade", "undo", "later", "end"])
def test_nothing_is_done_without_a_session_or_in_a_class_that_is_none(
    site: TestClient, place: str, way: str
) -> None:
    sent = {"step": "0", "card": "c", "grade": "2", "said": "x"}
    there = site.post(f"{PLACE}/{way}", data=sent)
    assert there.status_code == 200
    assert Progress(place).reviews(CLASS) == []
    missing = site.post(f"/learn/nobody/{way}", data=sent)
    assert missing.status_code == 404
    assert "soviet-union" in missing.text
    foreign = site.post(f"{PLACE}/{way}", data=sent, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403


def test_a_page_holds_no_script_and_no_style(site: TestClient) -> None:
    site.post(f"{PLACE}/begin")
    for page in (site.get("/learn").text, site.get(PLACE).text):
        assert not re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", page)
        for name in re.findall(r'"/static/([^"]+)"', page):
            assert site.get(f"/static/{name}").status_code == 200
