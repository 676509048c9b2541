"""Groups over the JSON interface, and how learners and groups are deleted, there and on the pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from stakhanov.guide.practice.groups import Groups, Member
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Review
from stakhanov.web.app import create_app
from stakhanov.web.settings import Settings
from stakhanov.web.study import COOKIE, RATIONS, deck

CLASS = "targets-and-measurement"
LEARN, TEST = f"/api/v1/learn/{CLASS}", f"/api/v1/tests/{CLASS}"
FOREIGN = {"sec-fetch-site": "cross-site"}
NAMES = ("Kestrel", "Otter", "Wren", "Badger", "Heron")


def got(answer: Any, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def made(site: TestClient) -> dict[str, Any]:
    return got(site.post("/api/v1/groups", json={"course": CLASS, "title": "History 11b"}), 201)


def joined(site: TestClient, code: str, name: str) -> dict[str, Any]:
    """Join as another learner."""
    site.cookies.clear()
    return got(site.post("/api/v1/learner", json={"code": code.lower(), "name": name}), 201)


def learner(site: TestClient, place: str) -> Progress:
    """The progress of whose key the cookie is."""
    member = Groups(Progress(place).database).member(site.cookies[COOKIE])
    assert isinstance(member, Member)
    return Progress(place, member.learner)


def test_a_group_is_made_joined_and_the_same_on_its_page(public: TestClient) -> None:
    group = made(public)
    me = joined(public, group["code"], "Kestrel")
    assert (me["known"], me["name"], me["group"], me["class"]) == (
        True,
        "Kestrel",
        "History 11b",
        CLASS,
    )
    assert got(public.get("/api/v1/learner")) == me
    page = public.get(group["page"]).text
    assert group["code"] in page
    assert "1 learner joined" in page
    assert "History 11b" in public.get(group["join"]).text
    assert got(public.get(f"/api/v1/groups/{group['key']}"))["learners"] == 1
    public.cookies.clear()
    assert not got(public.get("/api/v1/learner"))["known"]
    twice = public.post("/api/v1/learner", json={"code": group["code"], "name": "kestrel"})
    assert "nobody has here" in got(twice, 422)["problems"][0]


def test_what_a_group_misses_is_told_from_five_on_and_names_nobody(
    public: TestClient, place: str
) -> None:
    group = made(public)
    there = f"/api/v1/groups/{group['key']}"
    wish = {"title": "Before the exam", "seed": 7, "minutes": 20}
    test = got(public.post(f"{there}/tests", json=wish), 201)
    assert "paper 7" in public.get(test["paper"]).text
    card = deck(CLASS).cards[3]
    for number, name in enumerate(NAMES):
        seen = got(public.get(there))
        assert (seen["misses"], seen["learners"], seen["least"]) == ([], number, 5)
        assert (seen["tests"][0]["mean"], seen["tests"][0]["items"]) == (None, [])
        me = joined(public, group["code"], name)
        sitting = got(public.post(TEST, json={"set": me["tests"][0]["id"]}), 201)
        assert (sitting["assigned"], sitting["seed"]) == (test["id"], 7)
        got(public.post(f"{TEST}/hand-in", json={"test": sitting["id"]}))
        grade = Grade.MISSED if number < 2 else Grade.GOT
        learner(public, place).add(Review(card=card.id, grade=grade))
    answer = public.get(there)
    seen = got(answer)
    [missed] = [one for one in seen["misses"] if one["card"] == card.id]
    assert (missed["asked"], missed["missed"], missed["share"]) == (5, 2, 0.4)
    [sat] = seen["tests"]
    assert (sat["handed_in"], sat["mean"]) == (5, 0.0)
    assert len(sat["items"]) == len(sitting["questions"])
    assert not [name for name in NAMES if name in answer.text]


@pytest.mark.parametrize("way", ["page", "json"])
def test_a_learner_is_deleted_with_everything_and_nobody_else(
    public: TestClient, place: str, way: str
) -> None:
    group = made(public)
    joined(public, group["code"], "Otter")
    other = learner(public, place)
    other.add(Review(card=deck(CLASS).cards[0].id, grade=Grade.GOT))
    joined(public, group["code"], "Kestrel")
    own, key = learner(public, place), public.cookies[COOKIE]
    own.add(Review(card=deck(CLASS).cards[0].id, grade=Grade.GOT, answer="a zebra crossing"))
    got(public.post(f"{LEARN}/session", json={}), 201)
    if way == "page":
        asked = public.get("/join/delete").text
        assert "Kestrel" in asked
        assert re.search(r'<form method="post" action="/join/delete">.*<button', asked)
        assert public.post("/join/delete", headers=FOREIGN).status_code == 403
        assert public.post("/join/delete").url.path == "/learn"
    else:
        got(public.delete("/api/v1/learner", headers=FOREIGN), 403)
        assert public.delete("/api/v1/learner").status_code == 204
    assert COOKIE not in public.cookies
    public.cookies.set(COOKIE, key)
    assert not got(public.get("/api/v1/learner"))["known"]
    got(public.delete("/api/v1/learner"), 404)
    assert (own.kept().reviews, own.lesson(CLASS)) == ((), None)
    assert len(other.reviews(CLASS)) == 1
    assert got(public.get(f"/api/v1/groups/{group['key']}"))["learners"] == 1
    kept = b"".join(one.read_bytes() for one in Path(place).parent.glob("progress.sqlite*"))
    assert b"zebra" not in kept
    assert b"Kestrel" not in kept
    assert b"Otter" in kept


def test_who_was_deleted_meanwhile_leaves_nothing_behind(public: TestClient, place: str) -> None:
    got(public.post(f"{LEARN}/session", json={}), 201)
    study = public.app.state.study  # type: ignore[attr-defined]
    member = study.groups.member(public.cookies[COOKIE])
    study.forget(member)
    with pytest.raises(Exception, match="key: must be that of a learner"), study.alone(member):
        raise AssertionError("nothing is changed")
    assert Progress(place, member.learner).lesson(CLASS) is None


def test_on_a_machine_of_ones_own_the_terminals_progress_goes(place: str) -> None:
    Progress(place).add(Review(card=deck(CLASS).cards[0].id, grade=Grade.GOT))
    with TestClient(create_app(Settings(hosts=("testserver",), progress=place))) as site:
        assert "in the terminal" in site.get("/join/delete").text
        assert len(Progress(place).reviews(CLASS)) == 1  # asking deletes nothing
        site.post("/join/delete")
        assert Progress(place).reviews(CLASS) == []
        got(site.post(f"{LEARN}/session", json={}), 201)  # and one may begin anew


@pytest.mark.parametrize("way", ["page", "json"])
def test_a_group_is_deleted_and_its_learners_keep_their_answers(
    public: TestClient, place: str, way: str
) -> None:
    group, kept = made(public), made(public)
    there = f"/api/v1/groups/{group['key']}"
    test = got(public.post(f"{there}/tests", json={"title": "One"}), 201)
    joined(public, group["code"], "Kestrel")
    own = learner(public, place)
    own.add(Review(card=deck(CLASS).cards[0].id, grade=Grade.GOT))
    if way == "page":
        asked = public.get(f"{group['page']}/delete").text
        assert "Delete History 11b?" in asked
        assert f'action="{group["page"]}/delete"' in asked
        assert public.post(f"{group['page']}/delete", headers=FOREIGN).status_code == 403
        assert public.post(f"{group['page']}/delete").url.path == "/teach"
    else:
        got(public.delete(there, headers=FOREIGN), 403)
        assert public.delete(there).status_code == 204
    for address in (there, group["page"], test["paper"], group["join"]):
        assert public.get(address).status_code == 404
    got(public.delete(there), 404)
    me = got(public.get("/api/v1/learner"))
    assert (me["known"], me["name"], me["group"], me["tests"]) == (True, "", "", [])
    assert got(public.get(LEARN))["reviewed"] == len(own.reviews(CLASS)) == 1
    assert public.get(f"/learn/{CLASS}").status_code == 200
    assert got(public.get(f"/api/v1/groups/{kept['key']}"))["title"] == "History 11b"
    assert b"Kestrel" not in Path(place).read_bytes()


@pytest.mark.parametrize(
    ("address", "sent", "status"),
    [
        ("groups", {"course": "nobody", "title": "x"}, 404),
        ("groups", {"course": CLASS, "title": " "}, 422),
        ("groups", {"course": CLASS, "title": "x" * 101}, 422),
        ("groups", {"course": CLASS}, 422),
        ("groups/none/tests", {"title": "x"}, 404),
        ("groups/none/tests", {"title": "x", "seed": -1}, 422),
        ("groups/none/tests", {"title": "x", "minutes": 601}, 422),
        ("learner", {"code": "AAAA-AAAA", "name": "x"}, 404),
        ("learner", {"code": "A" * 41, "name": "x"}, 422),
        ("learner", {"code": 1, "name": "x"}, 422),
    ],
)
def test_nonsense_makes_no_group_and_joins_none(
    public: TestClient, address: str, sent: dict[str, Any], status: int
) -> None:
    assert got(public.post(f"/api/v1/{address}", json=sent), status)["problems"]
    study = public.app.state.study  # type: ignore[attr-defined]
    assert study.groups.count() == (0, 0)
    got(public.post(f"/api/v1/{address}", json=sent, headers=FOREIGN), 403)


def test_codes_and_keys_cannot_be_tried_out(public: TestClient) -> None:
    group = made(public)
    wish = {"code": "AAAA-AAAA", "name": "x"}
    found = {public.post("/api/v1/learner", json=wish).status_code for _ in range(30)}
    found |= {
        public.delete(f"/api/v1/groups/x{n}").status_code for n in range(RATIONS["guess"] - 30)
    }
    assert found == {404}
    got(public.get("/api/v1/groups/none"), 429)
    right = public.post("/api/v1/learner", json={"code": group["code"], "name": "Kestrel"})
    got(right, 429)
    assert got(public.get(f"/api/v1/groups/{group['key']}"))["learners"] == 0  # the teacher goes on
