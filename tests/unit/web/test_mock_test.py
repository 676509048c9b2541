"""Mock tests in the browser, groups by code, and what a teacher sees and does not see."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from fastapi.testclient import TestClient

from stakhanov.guide.mock_tests.drawing import drawn
from stakhanov.guide.mock_tests.sitting import Attempt
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Review, Sitting, Taken
from stakhanov.web.app import create_app
from stakhanov.web.settings import Settings
from stakhanov.web.study import RATIONS, deck

CLASS = "targets-and-measurement"
TEST = f"/test/{CLASS}"


def open_test(place: str) -> Attempt:
    found = Attempt.unfinished(deck(CLASS), Progress(place))
    assert found is not None
    return found


def write(site: TestClient, test: str, number: int, said: str, go: str = "next") -> str:
    sent = {"q": str(number), "test": test, "said": said, "go": go}
    return site.post(f"{TEST}/answer", data=sent).text


def test_a_test_is_kept_resumed_flagged_handed_in_and_scheduled(
    site: TestClient, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = (n for n in range(99) if not drawn(deck(CLASS), n).items[1].asked.options)
    seed = next(written)  # the second question is one to write
    monkeypatch.setattr("stakhanov.web.papers.secrets.randbelow", lambda _: seed)
    page = site.get(TEST).text
    assert "not enough data yet" in page
    site.post(f"{TEST}/begin", data={"kind": "full"})
    attempt = open_test(place)
    count = len(attempt.sitting.items)
    right = attempt.asked(0).right
    assert "Question 2" in write(site, attempt.sitting.id, 1, right)
    assert "flagged" in write(site, attempt.sitting.id, 2, "<i>words</i>", "flag")
    with TestClient(create_app(Settings(hosts=("testserver",), progress=place))) as other:
        assert "Question 2" in other.get(TEST).text  # the first that is open, for it is flagged
        assert "&lt;i&gt;words&lt;/i&gt;" in other.get(f"{TEST}?q=2").text
    look = write(site, attempt.sitting.id, 2, "words", str(count + 1))
    assert "Flagged: 2." in look
    assert "Open: 3," in look
    assert Progress(place).reviews(CLASS) == []  # nothing is marked before
    page = site.post(f"{TEST}/hand-in").text
    if "not sure" in page:
        page = site.post(f"{TEST}/decide").text
    [sitting] = Progress(place).sittings(CLASS)
    assert sitting.submitted is not None
    assert f"{round(100 * sitting.score)} of 100 points" in page
    assert "No range was told before: not enough data yet." in page
    assert len(Progress(place).reviews(CLASS)) == count
    card = deck(CLASS).by_name[sitting.items[2].card]
    assert f'href="/guides/{CLASS}/{card.term}.html#' in page
    assert unescape(page).count("You said") == count


def sat(day: int, score: float) -> Sitting:
    """A test that was handed in, 50 to 80 points told before it."""
    items = (Taken(card=f"{CLASS}/gone#a", sort="recall", weight=1.0, credit=score),)
    at = datetime(2026, 11, day, 12, tzinfo=UTC)
    return Sitting(
        id=f"s{day}",
        guide=CLASS,
        minutes=9,
        items=items,
        started=at,
        submitted=at,
        low=0.5,
        high=0.8,
    )


def test_how_ranges_held_is_drawn_from_the_third_test_on(site: TestClient, place: str) -> None:
    progress = Progress(place)
    progress.add(sat(1, 0.6), sat(2, 0.9))
    page, twin = f"{TEST}/results/s2", f"/api/v1/tests/{CLASS}/results/s2"
    assert "calibration" not in site.get(page).text
    assert site.get(twin).json()["result"]["calibration"] is None
    progress.add(sat(3, 0.7))
    said = site.get(page).text
    assert "in 2 of 3 tests; 95 of 100 would be expected" in said
    assert said.count('class="chart"') == 2  # for a screen and for a telephone
    assert re.findall(r"<td>(yes|no)</td>", said) == ["yes", "no", "yes"]
    assert said.count("(this one)") == 1
    kept = site.get(twin).json()["result"]["calibration"]
    assert [one["score"] for one in kept["tests"]] == [0.6, 0.9, 0.7]
    assert (kept["inside"], kept["level"]) == (2, 0.95)


def test_of_what_the_judge_is_not_sure_the_learner_says_what_counts(
    site: TestClient, place: str
) -> None:
    site.post(f"{TEST}/begin", data={"kind": "full"})
    attempt = open_test(place)
    kinds = [attempt.asked(n).card for n in range(len(attempt.sitting.items))]
    number = next(n for n, one in enumerate(kinds) if one.points and not one.choices)
    point = kinds[number].points[0]
    write(site, attempt.sitting.id, number + 1, f"They never {point.any[0]}.")
    page = site.post(f"{TEST}/hand-in").text
    assert "the judge is not sure" in page
    again = write(site, attempt.sitting.id, number + 1, kinds[number].answer)
    assert "the judge is not sure" in again  # answers are closed
    site.post(f"{TEST}/decide", data={"counts": [f"{number}:{point.id}", "7:nobody", "x"]})
    [sitting] = Progress(place).sittings(CLASS)
    whole = sum(one.weight for one in kinds[number].points)
    assert sitting.items[number].credit == pytest.approx(point.weight / whole)


def test_a_profile_with_data_sees_a_range_and_never_a_lone_number(
    site: TestClient, place: str
) -> None:
    Progress(place).add(*(Review(card=one.id, grade=Grade.GOT) for one in deck(CLASS).cards))
    page = site.get(TEST).text
    told = re.search(r"Mock test today: (\d+) to (\d+) of 100 points", page)
    assert told is not None
    assert int(told[1]) < int(told[2])
    site.post(f"{TEST}/begin", data={"kind": "short"})
    assert open_test(place).sitting.low is not None
    page = site.post(f"{TEST}/hand-in").text
    assert re.search(r"Expected: \d+ to \d+ of 100 points", page)


def test_only_ones_own_results_are_shown(public: TestClient, place: str) -> None:
    public.post(f"{TEST}/begin", data={"kind": "short"})
    address = public.post(f"{TEST}/hand-in", follow_redirects=False).headers["location"]
    assert public.get(address).status_code == 200
    public.cookies.clear()
    assert public.get(address).status_code == 404
    assert public.get(f"{TEST}/results/none").status_code == 404


@pytest.mark.parametrize(
    ("way", "sent", "status"),
    [
        ("begin", {"kind": "all"}, 422),
        ("begin", {"kind": "full", "set": "nobody"}, 404),
        ("answer", {"q": "0", "test": "x"}, 422),
        ("answer", {"q": "one", "test": "x"}, 422),
        ("answer", {"q": "1", "test": "x", "said": "x" * 4001}, 422),
        ("answer", {"q": "1", "test": "nobody", "said": "x"}, 200),
        ("answer", {"q": "999", "test": "x", "go": "²"}, 200),
        ("hand-in", {}, 200),
        ("decide", {"counts": "x"}, 200),
    ],
)
def test_nonsense_is_answered_in_a_sentence(
    site: TestClient, place: str, way: str, sent: dict[str, str], status: int
) -> None:
    answer = site.post(f"{TEST}/{way}", data=sent)
    assert answer.status_code == status
    assert Progress(place).sittings(CLASS) == []
    assert site.post(f"/test/nobody/{way}", data={"q": "1", "test": "x"}).status_code == 404


def made(site: TestClient, title: str = "History 11b") -> tuple[str, str]:
    """A group: the teacher's address, and the code."""
    answer = site.post("/teach", data={"course": CLASS, "title": title})
    assert answer.status_code == 200
    code = re.search(r"<strong>(\w{4}-\w{4})</strong>", answer.text)
    assert code is not None
    return str(answer.url.path), code[1]


def joined(site: TestClient, code: str, name: str) -> str:
    """A learner's own name in the database, after joining."""
    site.cookies.clear()
    page = site.post("/join", data={"code": code, "name": name}).text
    assert f"<strong>{name}</strong>" in page
    own = re.search(r'value="http://testserver(/join/as/[^"]+)"', site.get("/join").text)
    assert own is not None
    return own[1]


def test_a_learner_joins_with_a_code_and_goes_on_on_another_device(public: TestClient) -> None:
    _, code = made(public)
    own = joined(public, code, "Kestrel")
    public.post(f"/learn/{CLASS}/begin")
    assert "0 answered" in public.get(f"/learn/{CLASS}").text
    public.post("/join/leave")
    assert "0 answered" not in public.get(f"/learn/{CLASS}").text
    assert "Go on as Kestrel" in public.get(own).text
    public.post("/join/as", data={"key": own.rpartition("/")[2]})
    assert "0 answered" in public.get(f"/learn/{CLASS}").text
    twice = public.post("/join", data={"code": code, "name": "kestrel"})
    assert twice.status_code == 422
    assert "nobody has here" in twice.text
    assert f'value="{code}"' in twice.text  # what was written stays in the form
    assert 'value="kestrel"' in twice.text
    unknown = public.post("/join", data={"code": "AAAA-AAAA", "name": "Otter"})
    assert unknown.status_code == 404
    assert "code: must be one that a teacher gave" in unknown.text
    assert 'value="Otter"' in unknown.text


def test_a_teacher_sees_what_five_missed_and_no_name(public: TestClient, place: str) -> None:
    teacher, code = made(public)
    card = deck(CLASS).cards[3]
    names = ("Kestrel", "Otter", "Wren", "Badger", "Heron")
    for number, name in enumerate(names):
        assert "once at least 5 learners" in public.get(teacher).text
        joined(public, code, name)
        settings = public.app.state.study  # type: ignore[attr-defined]
        learner = settings.groups.learners(settings.groups.coded(code))[-1]
        grade = Grade.MISSED if number < 2 else Grade.GOT
        Progress(place, learner).add(Review(card=card.id, grade=grade))
    page = public.get(teacher).text
    assert "5 learners joined" in page
    assert card.title in unescape(page)
    assert re.search(r'<td class="n">40&nbsp;%</td><td class="n">5</td>', page)
    assert not [name for name in names if name in page]
    assert "Whoever has the address of this page is the teacher" in page


def test_a_test_is_the_same_for_everybody_and_is_printed_with_its_key(
    public: TestClient, place: str
) -> None:
    teacher, code = made(public)
    set_ = {"title": "Before the exam", "seed": "7", "minutes": "20"}
    page = public.post(f"{teacher}/tests", data=set_).text
    papers = re.findall(rf'href="({teacher}/tests/\w+/\w+\.html)"', page)
    assert len(papers) == 2
    expected = drawn(deck(CLASS), 7, 20.0)
    paper, key = (public.get(one).text for one in papers)
    assert "paper 7" in paper
    assert "<style" not in paper + key
    for item in expected.items:
        if item.asked.card.points and not item.asked.options:
            assert item.asked.card.answer not in unescape(paper)
            assert item.asked.card.answer in unescape(key)
    drawn_for = []
    for name in ("Kestrel", "Otter"):
        joined(public, code, name)
        link = re.search(rf'href="({TEST}\?set=\w+)"', public.get(f"/learn/{CLASS}").text)
        assert link is not None
        assert "Before the exam" in public.get(link[1]).text
        public.post(f"{TEST}/begin", data={"set": link[1].partition("=")[2]})
        study = public.app.state.study  # type: ignore[attr-defined]
        learner = study.groups.learners(study.groups.coded(code))[-1]
        [sitting] = Progress(place, learner).sittings(CLASS)
        assert isinstance(sitting, Sitting)
        drawn_for.append([(one.card, one.gap) for one in sitting.items])
    assert drawn_for[0] == drawn_for[1]
    assert [card for card, _ in drawn_for[0]] == [one.asked.card.id for one in expected.items]


@pytest.mark.parametrize("key", ["nobody", "x" * 500, "%00", "a%2Fb", "..%2f..", "✓"])
def test_an_address_that_is_no_teachers_leads_nowhere(public: TestClient, key: str) -> None:
    for way in ("", "/tests/x/paper.html"):
        assert public.get(f"/teach/{key}{way}").status_code == 404
    assert public.post(f"/teach/{key}/tests", data={"title": "x"}).status_code == 404
    assert public.get(f"/join/{key}").status_code == 404
    assert public.get(f"/join/as/{key}").status_code == 404


@pytest.mark.parametrize(
    ("address", "sent", "status"),
    [
        ("/teach", {"course": "nobody", "title": "x"}, 404),
        ("/teach", {"course": CLASS, "title": " "}, 422),
        ("/teach", {"course": CLASS, "title": "x" * 101}, 422),
        ("/teach", {}, 422),
        ("/join", {"code": "AAAA-AAAA", "name": "x"}, 404),
        ("/join", {"code": "A" * 41, "name": "x"}, 422),
        ("/join", {}, 404),
        ("/join/as", {"key": "nobody"}, 404),
    ],
)
def test_nonsense_makes_no_group_and_joins_none(
    public: TestClient, address: str, sent: dict[str, str], status: int
) -> None:
    answer = public.post(address, data=sent)
    assert answer.status_code == status
    assert "must" in answer.text
    study = public.app.state.study  # type: ignore[attr-defined]
    assert study.groups.count() == (0, 0)
    foreign = public.post(address, data=sent, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403


def test_codes_cannot_be_tried_out(public: TestClient) -> None:
    _, code = made(public)
    answers = [public.post("/join", data={"code": f"AAAA-{n:04}", "name": "x"}) for n in range(61)]
    assert [one.status_code for one in answers] == [404] * RATIONS["guess"] + [429]
    last = public.post("/join", data={"code": code, "name": "Kestrel"})
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) > 0


def test_two_places_may_answer_one_test_and_nothing_is_lost(site: TestClient, place: str) -> None:
    """A terminal holds a test that a browser answers, hands in, and the other way round."""
    site.post(f"{TEST}/begin", data={"kind": "full"})
    terminal = open_test(place)
    write(site, terminal.sitting.id, 1, "in the browser")
    terminal.answer(1, "in the terminal")
    assert [one.answer for one in open_test(place).sitting.items[:2]] == [
        "in the browser",
        "in the terminal",
    ]
    other = open_test(place)
    count = len(other.sitting.items)
    done = other.submit()
    assert terminal.submit() == done
    terminal.answer(2, "too late")
    assert len(Progress(place).reviews(CLASS)) == count
    assert Progress(place).sittings(CLASS) == [done]


def test_a_test_that_was_closed_and_not_marked_is_marked_at_the_next_look(
    site: TestClient, place: str
) -> None:
    """The site was killed between closing a test and marking it."""
    site.post(f"{TEST}/begin", data={"kind": "short"})
    open_test(place).close()
    assert "Handed in, not marked yet" in site.get(TEST).text
    assert "of 100 points" in site.post(f"{TEST}/decide").text


def test_a_test_is_printed_with_its_key_apart(site: TestClient) -> None:
    links = re.findall(rf'href="({TEST}/print/\d+/\w+\.html)"', site.get(TEST).text)
    assert [one.rpartition("/")[2] for one in links] == ["paper.html", "key.html"]
    assert links[0].split("/")[-2] == links[1].split("/")[-2]
    paper, key = (
        unescape(site.get(f"{TEST}/print/7/{name}.html").text) for name in ("paper", "key")
    )
    for item in drawn(deck(CLASS), 7).items:
        if item.asked.card.points and not item.asked.options:
            assert item.asked.card.answer in key
            assert item.asked.card.answer not in paper
    for wrong in ("7/answers", "-1/paper", "x/paper", "1000000/paper"):
        assert site.get(f"{TEST}/print/{wrong}.html").status_code in (404, 422)
