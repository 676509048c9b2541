"""Groups know their members by digests, refuse a name twice, and tell nothing of fewer than five."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stakhanov.foundation.problem import BadInput
from stakhanov.guide.practice.cards import Card, Deck
from stakhanov.guide.practice.database import Database
from stakhanov.guide.practice.groups import ALPHABET, Groups, shown
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.misses import Learned, misses, sat
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Override, Review, Sitting, Taken

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "progress.sqlite"


@pytest.fixture
def groups(place: Path) -> Iterator[Groups]:
    database = Database(place)
    yield Groups(database)
    database.close()


def test_a_group_is_found_by_its_key_and_by_its_code_however_it_is_written(groups: Groups) -> None:
    group, key = groups.make("c", "  History   11b ")
    assert group.title == "History 11b"
    assert set(group.code) <= set(ALPHABET)
    assert groups.taught(key) == group
    for written in (group.code, shown(group.code), f" {shown(group.code).lower()} "):
        assert groups.coded(written) == group
    assert groups.taught(group.code) is None
    assert groups.coded(key) is None
    assert groups.coded("") is None


def test_the_database_holds_no_key(groups: Groups, place: Path) -> None:
    group, teacher = groups.make("c", "a group")
    learner = groups.join(group, "Kestrel")
    dump = "\n".join(sqlite3.connect(place).iterdump())
    assert "Kestrel" in dump
    assert teacher not in dump
    assert learner not in dump


def test_a_name_is_taken_once_in_a_group(groups: Groups) -> None:
    one, _ = groups.make("c", "one")
    other, _ = groups.make("c", "other")
    key = groups.join(one, "Kestrel")
    with pytest.raises(BadInput, match="name: must be one that nobody has here; found kestrel"):
        groups.join(one, " kestrel ")
    groups.join(other, "Kestrel")
    member = groups.member(key)
    assert member is not None
    assert (member.name, member.of) == ("Kestrel", one.id)
    assert groups.learners(one) == [member.learner]
    assert groups.count() == (2, 2)


def test_of_those_who_take_a_name_at_once_one_has_it(groups: Groups) -> None:
    gate = threading.Barrier(6)
    made = [groups.make("c", f"group {number}")[0] for number in range(8)]

    def join(name: str) -> list[str]:
        found = []
        for group in made:
            gate.wait()
            try:
                found.append(groups.join(group, name))
            except BadInput:
                found.append("")
        return found

    with ThreadPoolExecutor(6) as pool:
        keys = list(pool.map(join, ["Kestrel", "kestrel"] * 3))
    assert [sum(map(bool, of_group)) for of_group in zip(*keys, strict=True)] == [1] * len(made)
    assert [len(groups.learners(group)) for group in made] == [1] * len(made)


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\x00b", "a\u202eb"])
def test_a_name_is_a_short_line_that_can_be_read(groups: Groups, name: str) -> None:
    group, _ = groups.make("c", "one")
    with pytest.raises(BadInput, match="name: must have 1 to 40 letters that can be read"):
        groups.join(group, name)


def test_a_database_of_before_gets_the_tables_of_groups(place: Path) -> None:
    """The tables are made where they are missing; what was learned stays."""
    Progress(place).add(Review(card="c/t#a", grade=Grade.GOT))
    with sqlite3.connect(place) as connection:
        for table in ("study_group", "member", "assignment"):
            connection.execute(f"DROP TABLE {table}")
    group, _ = Groups(Database(place)).make("c", "late")
    assert group.guide == "c"
    assert len(Progress(place).reviews("c")) == 1


def card(name: str) -> Card:
    return Card(f"c/t#{name}", "t", "T", "recall", "ask", name, learned=name)


DECK = Deck("c", "A class", (card("a"), card("b")))


def review(name: str, grade: Grade, day: int = 0) -> Review:
    return Review(card=f"c/t#{name}", grade=grade, at=START + timedelta(days=day))


def test_the_last_answer_of_each_learner_counts_and_four_are_too_few() -> None:
    """By hand: of five learners two missed `a` when they last answered; only four answered `b`."""
    missed, got = Grade.MISSED, Grade.GOT
    group = [
        Learned([review("a", missed), review("a", got, 1), review("b", missed)]),
        Learned([review("a", got), review("a", missed, 1), review("b", missed)]),
        Learned([review("a", missed), review("b", missed)]),
        Learned([review("a", got), review("b", missed)]),
        Learned(
            [review("a", got)],
            [
                Override(question="c/t#a", point=p, answer="x", judged="not found", credited=True)
                for p in "xy"
            ],
        ),
    ]
    [one] = misses(DECK, group)
    assert (one.card.id, one.asked, one.missed, one.overruled) == ("c/t#a", 5, 2, 1)
    assert one.share == 0.4
    assert misses(DECK, group[:4]) == []


def sitting(credit: float, assigned: str = "t1", day: int = 0) -> Sitting:
    when = START + timedelta(days=day)
    items = (
        Taken(card="c/t#a", sort="recall", weight=0.5, credit=credit),
        Taken(card="c/t#b", sort="recall", weight=0.5, credit=1.0),
    )
    return Sitting(
        guide="c", minutes=15, items=items, started=when, submitted=when, assigned=assigned
    )


def test_a_test_tells_its_mean_from_five_on_and_the_first_of_each_counts() -> None:
    """By hand: credits of `a` are 0, 0, 0, 1, 1, so .4; the mean is (.4 + 1) / 2."""
    group = [Learned([], (), (sitting(c), sitting(1.0, day=1))) for c in (0.0, 0.0, 0.0, 1.0, 1.0)]
    found = sat(DECK, group, "t1")
    assert found.handed_in == 5
    assert found.mean == pytest.approx(0.7)
    assert [(one.id, share) for one, share in found.items] == [
        ("c/t#a", pytest.approx(0.4)),
        ("c/t#b", 1.0),
    ]
    few = sat(DECK, group[:4], "t1")
    assert (few.handed_in, few.mean, few.items) == (4, None, ())
    assert sat(DECK, group, "another").handed_in == 0
