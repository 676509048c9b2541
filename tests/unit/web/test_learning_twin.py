"""Learning and mock tests over the JSON interface: the progress of the pages, the shapes of the commands."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from stakhanov.cli.main import main
from stakhanov.guide.mock_tests.drawing import drawn
from stakhanov.guide.mock_tests.sitting import Attempt
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Review
from stakhanov.web.study import deck

CLASS = "personnel-economics"
LEARN, TEST = f"/api/v1/learn/{CLASS}", f"/api/v1/tests/{CLASS}"
FOREIGN = {"sec-fetch-site": "cross-site"}


def got(answer: Any, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def begun(site: TestClient, **wish: Any) -> dict[str, Any]:
    return got(site.post(f"{LEARN}/session", json=wish), 201)


def at(lesson: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What a wish for the card that is asked says."""
    return {"step": lesson["step"], "card": lesson["asked"]["card"], **more}


def answered(site: TestClient, said: str = "", grade: str = "got") -> dict[str, Any]:
    """The session after the card that is asked was answered and graded."""
    lesson = got(site.get(f"{LEARN}/session"))
    got(site.post(f"{LEARN}/session/answer", json=at(lesson, said=said)))
    return got(site.post(f"{LEARN}/session/grade", json=at(lesson, grade=grade)))


def test_todays_plan_is_that_of_the_command(
    site: TestClient, place: str, capfd: pytest.CaptureFixture[str]
) -> None:
    on = (date.today() + timedelta(days=20)).isoformat()
    Progress(place).add(*(Review(card=one.id, grade=Grade.GOT) for one in deck(CLASS).cards[:5]))
    here = got(site.put(f"{LEARN}/exam", json={"on": on}))
    capfd.readouterr()
    assert main(["guide", "practise", CLASS, "--plan", "--json", "--progress", place]) == 0
    there = json.loads(capfd.readouterr().out)
    still = got(site.get(LEARN))
    assert here.keys() == still.keys() == there.keys()
    for key in there.keys() - {"recall", "plan", "terms"}:  # memory fades from one call to the next
        assert still[key] == there[key]
    near = [
        {**one, "recall": one["recall"] and pytest.approx(one["recall"])} for one in there["terms"]
    ]
    assert still["terms"] == near
    assert still["recall"] == pytest.approx(there["recall"], abs=1e-4)
    assert still["plan"]["minutes_a_day"] == there["plan"]["minutes_a_day"]
    assert (there["reviewed"], there["exam"], there["plan"]["days"]) == (5, on, 20)
    assert got(site.put(f"{LEARN}/exam", json={"on": None}))["exam"] is None


def test_an_answer_is_one_in_the_log_and_on_the_page(site: TestClient, place: str) -> None:
    lesson = begun(site, minutes=20)
    assert (lesson["stage"], lesson["told"], lesson["class"]) == ("asking", None, CLASS)
    assert f'name="card" value="{lesson["asked"]["card"]}"' in site.get(lesson["page"]).text
    told = got(site.post(f"{LEARN}/session/answer", json=at(lesson, said="some words")))
    card = deck(CLASS).by_name[lesson["asked"]["card"]]
    assert (told["stage"], told["told"]["said"]) == ("telling", "some words")
    assert told["told"]["model"] == card.answer
    assert told["told"]["evidence"] == list(card.evidence)
    assert Progress(place).reviews(CLASS) == []
    after = got(site.post(f"{LEARN}/session/grade", json=at(lesson, grade="missed")))
    [log] = Progress(place).reviews(CLASS)
    assert (log.card, log.grade, log.answer) == (card.id, Grade.MISSED, "some words")
    assert (after["step"], after["answers"], after["got"]) == (1, 1, 0)
    assert after["asked"]["card"] != card.id


def test_undo_asks_the_same_card_and_later_another(site: TestClient, place: str) -> None:
    first = begun(site)["asked"]["card"]
    after = answered(site)
    back = got(site.post(f"{LEARN}/session/undo", json={"step": after["step"]}))
    assert back["asked"]["card"] == first
    assert Progress(place).reviews(CLASS) == []
    other = got(site.post(f"{LEARN}/session/later", json={"step": back["step"]}))
    assert other["asked"]["card"] != first
    assert other["left_today"] == back["left_today"] - 1


def test_what_was_overtaken_counts_nothing_and_says_so(site: TestClient, place: str) -> None:
    lesson = begun(site)
    early = site.post(f"{LEARN}/session/grade", json=at(lesson, grade="got"))
    assert "answer: must be given" in got(early, 409)["problems"][0]
    strange = {"step": lesson["step"], "card": "another", "said": "x"}
    got(site.post(f"{LEARN}/session/answer", json=strange), 409)
    got(site.post(f"{LEARN}/session/answer", json=at(lesson, said="first")))
    second = got(site.post(f"{LEARN}/session/answer", json=at(lesson, said="second")))
    assert second["told"]["said"] == "first"
    for status in (200, 409):
        sent = at(lesson, grade="easy")
        got(site.post(f"{LEARN}/session/grade", json=sent), status)
    for way in ("undo", "later"):
        stale = site.post(f"{LEARN}/session/{way}", json={"step": lesson["step"]})
        assert "step: must be" in got(stale, 409)["problems"][0]
    assert [one.grade for one in Progress(place).reviews(CLASS)] == [Grade.EASY]


@pytest.mark.parametrize("counting", [True, False])
def test_key_points_are_told_and_overruled(site: TestClient, place: str, counting: bool) -> None:
    cards = deck(CLASS)
    wanted = next(one for one in cards.cards if one.sort == "short" and len(one.points) > 1)
    progress = Progress(place)
    for card in cards.of_terms(frozenset((wanted.term,))).cards:
        if card.id != wanted.id:
            progress.add(Review(card=card.id, grade=Grade.EASY))
    lesson = begun(site, terms=[wanted.term])
    while lesson["asked"]["card"] != wanted.id:
        lesson = answered(site)
    told = got(site.post(f"{LEARN}/session/answer", json=at(lesson, said=wanted.answer)))["told"]
    assert [one["outcome"] for one in told["points"]] == ["found"] * len(wanted.points)
    assert told["suggested"] == "got"
    kept = {"points": [one.id for one in wanted.points[1:]]} if counting else {}
    got(site.post(f"{LEARN}/session/grade", json=at(lesson, grade="got", **kept)))
    said = [(one.point, one.credited) for one in progress.overrides(CLASS)]
    assert said == ([(wanted.points[0].id, False)] if counting else [])


def test_the_end_is_told_as_the_command_tells_it(
    site: TestClient, place: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    begun(site)
    answered(site, grade="missed")
    answered(site, grade="got")
    here = got(site.delete(f"{LEARN}/session"))
    monkeypatch.setattr("stakhanov.cli.dialogue.Dialogue.line", lambda *_: (":q", 0.0))
    capfd.readouterr()
    assert main(["guide", "practise", CLASS, "--json", "--progress", f"{place}-other"]) == 0
    there = json.loads(capfd.readouterr().out)
    assert here.keys() == there.keys()
    assert (here["answers"], here["got"], here["missed"]) == (2, 1, 1)
    got(site.get(f"{LEARN}/session"), 404)
    got(site.delete(f"{LEARN}/session"), 404)


def test_a_test_is_that_of_the_page_and_its_result_that_of_the_command(
    site: TestClient, place: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("stakhanov.web.papers.secrets.randbelow", lambda _: 7)
    test = got(site.post(TEST, json={"kind": "short"}), 201)
    paper = drawn(deck(CLASS), 7, 15.0)
    assert [one["card"] for one in test["questions"]] == [one.asked.card.id for one in paper.items]
    assert [one["text"] for one in test["questions"]] == [one.asked.text for one in paper.items]
    assert got(site.post(TEST, json={}), 201)["id"] == test["id"]  # gone on with
    assert "right" not in test["questions"][0]
    last = len(test["questions"])
    sent = {"test": test["id"], "said": paper.items[0].asked.right}
    got(site.put(f"{TEST}/answers/1", json=sent))
    sent = {"test": test["id"], "said": "x", "flagged": True}
    assert got(site.put(f"{TEST}/answers/2", json=sent))["open"] == list(range(2, last + 1))
    assert "Question 2" in site.get(test["page"]).text
    assert Progress(place).reviews(CLASS) == []
    marked = got(site.post(f"{TEST}/hand-in", json={"test": test["id"]}))
    assert marked["handed_in"]
    result = marked["result"]
    assert result["score"] == pytest.approx(paper.items[0].weight)
    assert result["items"][0]["credit"] == 1.0
    assert len(Progress(place).reviews(CLASS)) == last
    assert f"{round(100 * result['score'])} of 100 points" in site.get(marked["page"]).text
    assert got(site.get(f"{TEST}/results/{test['id']}")) == marked
    assert site.get(f"{TEST}/results").json() == [marked]
    assert result.keys() == of_command(place, monkeypatch, capfd).keys()


def of_command(
    place: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    """What the command tells of a test that is handed in at once."""
    orders = iter((":h", "y", "y", "y"))
    monkeypatch.setattr("stakhanov.cli.dialogue.Dialogue.line", lambda *_: (next(orders), 0.0))
    capfd.readouterr()
    words = ["guide", "test", CLASS, "--minutes", "15", "--json", "--progress", f"{place}-other"]
    assert main(words) == 0
    found: dict[str, Any] = json.loads(capfd.readouterr().out)
    return found


def test_of_what_the_judge_is_not_sure_the_learner_says_what_counts(
    site: TestClient, place: str
) -> None:
    test = got(site.post(TEST, json={"kind": "full"}), 201)
    attempt = Attempt.unfinished(deck(CLASS), Progress(place))
    assert attempt is not None
    cards = [attempt.asked(n).card for n in range(len(attempt.sitting.items))]
    number = next(n for n, one in enumerate(cards, 1) if one.points and not one.choices)
    point = cards[number - 1].points[0]
    sent = {"test": test["id"], "said": f"They never {point.any[0]}."}
    got(site.put(f"{TEST}/answers/{number}", json=sent))
    got(site.post(f"{TEST}/decide", json={"test": test["id"]}), 409)
    left = got(site.post(f"{TEST}/hand-in", json={"test": test["id"]}))
    assert (left["handed_in"], left["result"]) == (False, None)
    assert [one["number"] for one in left["undecided"]] == [number]
    got(site.put(f"{TEST}/answers/{number}", json=sent), 409)  # answers are closed
    assert got(site.get(TEST))["undecided"] == left["undecided"]
    counts = [{"number": number, "point": point.id}, {"number": 900, "point": "nobody"}]
    marked = got(site.post(f"{TEST}/decide", json={"test": test["id"], "counts": counts}))
    whole = sum(one.weight for one in cards[number - 1].points)
    credit = marked["result"]["items"][number - 1]["credit"]
    assert credit == pytest.approx(point.weight / whole)


def test_learners_of_a_shared_site_have_a_key_each(public: TestClient, place: str) -> None:
    assert got(public.get(LEARN))["reviewed"] == 0
    assert not public.cookies
    begun(public)
    answered(public)
    assert got(public.get(LEARN))["reviewed"] == 1
    test = got(public.post(TEST, json={"kind": "short"}), 201)["id"]
    got(public.post(f"{TEST}/hand-in", json={"test": test}))
    public.cookies.clear()
    assert got(public.get(LEARN))["reviewed"] == 0
    for address in (f"{LEARN}/session", TEST, f"{TEST}/results/{test}"):
        got(public.get(address), 404)
    assert Progress(place).reviews(CLASS) == []  # the terminal's learner is another


@pytest.mark.parametrize(
    ("method", "address", "sent", "status"),
    [
        ("GET", "/api/v1/learn/nobody", None, 404),
        ("PUT", f"{LEARN}/exam", {"on": "tomorrow"}, 422),
        ("PUT", f"{LEARN}/exam", {}, 422),
        ("POST", f"{LEARN}/session", {"minutes": 0.5}, 422),
        ("POST", f"{LEARN}/session", {"minutes": "15"}, 422),
        ("POST", f"{LEARN}/session", {"terms": ["../../x"]}, 422),
        ("POST", f"{LEARN}/session/answer", {"step": 0, "card": "c", "said": "x" * 4001}, 422),
        ("POST", f"{LEARN}/session/answer", {"step": 0, "card": "c", "said": "x"}, 404),
        ("POST", f"{LEARN}/session/grade", {"step": 0, "card": "c", "grade": "2"}, 422),
        ("POST", f"{LEARN}/session/undo", {"step": True}, 422),
        ("POST", f"{LEARN}/session/undo", {"step": 0}, 404),
        ("POST", TEST, {"kind": "all"}, 422),
        ("POST", TEST, {"set": "nobody"}, 404),
        ("PUT", f"{TEST}/answers/0", {"test": "x", "said": ""}, 422),
        ("PUT", f"{TEST}/answers/1", {"test": "x", "said": ""}, 404),
        ("POST", f"{TEST}/hand-in", {"test": "x"}, 404),
        ("GET", f"{TEST}/results/none", None, 404),
    ],
)
def test_nonsense_and_foreign_pages_change_nothing(
    site: TestClient, place: str, method: str, address: str, sent: Any, status: int
) -> None:
    assert got(site.request(method, address, json=sent), status)["problems"]
    if method != "GET":
        got(site.request(method, address, json=sent, headers=FOREIGN), 403)
    assert Progress(place).reviews(CLASS) == []
    assert Progress(place).lesson(CLASS) is None
