"""Progress is on the disk when it is said to be, is merged by names, and refuses what it is not."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.foundation.problem import BadInput
from stakhanov.guide.practice.database import shown
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import ExamDay, Kept, Override, Review, Sitting, Taken

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def review(
    day: int, grade: Grade = Grade.GOT, card: str = "ussr/norm#rise", **more: object
) -> Review:
    return Review(card=card, at=START + timedelta(days=day), grade=grade, **more)  # type: ignore[arg-type]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "progress.sqlite"


def test_what_is_added_is_there_in_another_process(place: Path) -> None:
    first, second = review(1), review(0, Grade.MISSED)
    Progress(place).add(first, second)
    assert Progress(place).reviews("ussr") == [second, first]


def test_classes_are_apart(place: Path) -> None:
    progress = Progress(place)
    progress.add(
        review(0, card="ussr/a#b"), review(0, card="ussr-2/a#b"), review(0, card="us%r/a#b")
    )
    assert [one.card for one in progress.reviews("ussr")] == ["ussr/a#b"]
    assert [one.card for one in progress.reviews("us%r")] == ["us%r/a#b"]


def test_learners_are_apart(place: Path) -> None:
    Progress(place, "ann").add(review(0))
    assert Progress(place, "bob").reviews("ussr") == []
    assert len(Progress(place, "ann").reviews("ussr")) == 1


def test_undo_takes_an_answer_back_and_keeps_that_it_was(place: Path) -> None:
    progress, answer = Progress(place), review(0)
    progress.add(answer)
    progress.undo(answer)
    assert progress.reviews("ussr") == []
    assert [one.undone for one in progress.kept().reviews] == [True]


def test_the_exam_is_the_last_that_was_said(place: Path) -> None:
    progress = Progress(place)
    assert progress.exam("ussr") == ExamDay(guide="ussr")
    progress.add(ExamDay(guide="ussr", on=date(2026, 12, 9)))
    progress.add(ExamDay(guide="ussr", on=date(2026, 12, 10)))
    assert progress.exam("ussr").on == date(2026, 12, 10)


def filled(place: Path) -> Progress:
    progress = Progress(place)
    progress.add(
        review(0, answer="a « note » 标准", learned="d1", seconds=12.5),
        Override(
            question="ussr/norm#q", point="p", answer="said so", judged="not found", credited=True
        ),
        ExamDay(guide="ussr", on=date(2026, 12, 9)),
        Sitting(
            guide="ussr",
            minutes=15,
            items=(Taken(card="ussr/norm#rise", sort="recall", weight=1.0),),
        ),
        texts={"d1": "The norm rose."},
    )
    return progress


def test_a_file_carries_everything_to_another_machine(place: Path, tmp_path: Path) -> None:
    here, file = filled(place), tmp_path / "progress.json"
    here.write(file)
    there = Progress(tmp_path / "other.sqlite")
    assert there.read(file) == 4
    assert there.kept() == here.kept()
    assert there.text("d1") == "The norm rose."
    assert there.read(file) == 0  # a second time brings nothing
    assert there.kept() == here.kept()


def test_two_machines_join_their_logs(place: Path, tmp_path: Path) -> None:
    one, other = Progress(place), Progress(tmp_path / "other.sqlite")
    common, mine, theirs = review(0), review(1), review(2, Grade.MISSED)
    one.add(common, mine)
    other.add(common, theirs)
    other.undo(common)
    one.take(other.kept())
    other.take(one.kept())
    assert one.reviews("ussr") == other.reviews("ussr") == [mine, theirs]


@given(st.lists(st.integers(0, 5), max_size=8), st.lists(st.integers(0, 5), max_size=8))
def test_joining_is_the_same_from_either_side(left: list[int], right: list[int]) -> None:
    """Union by names: whoever reads first, both end with the same."""
    entries = [review(day, id=f"r{day}") for day in range(6)]
    one, other = Progress("sqlite://"), Progress("sqlite://")
    one.add(*(entries[i] for i in left))
    other.add(*(entries[i] for i in right))
    before = one.kept()
    one.take(other.kept())
    other.take(before)
    assert one.kept() == other.kept()
    assert len(one.kept().reviews) == len({*left, *right})
    one.close()
    other.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe nothing", "must be JSON; found something else"),
        (b"[" * 100_000, "must be JSON; found something else"),
        (b"[1]", "must be an object; found list"),
        (b'{"format": 2}', "format: must be one of 1; found 2"),
        (b'{"reviews": [{"card": "a/b#c", "grade": 2}]}', "reviews.0.grade"),
        (
            b'{"reviews": [{"card": "a/b#c", "grade": 3, "at": "2026-01-01T00:00:00"}]}',
            "must be a moment with its time zone",
        ),
    ],
)
def test_a_file_that_will_not_do_is_refused_and_nothing_taken(
    place: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    progress = filled(place)
    before = progress.kept()
    with pytest.raises(BadInput) as raised:
        progress.read(file)
    assert said in str(raised.value)
    assert progress.kept() == before


def test_a_newer_database_is_refused_and_left_as_it_is(place: Path) -> None:
    Progress(place).add(review(0))
    with sqlite3.connect(place) as database:
        database.execute("UPDATE about SET value = '2' WHERE key = 'format'")
    database.close()
    content = place.read_bytes()
    with pytest.raises(BadInput, match="written by a newer stakhanov"):
        Progress(place)
    assert place.read_bytes() == content


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(place: Path) -> None:
    place.parent.mkdir()
    place.write_bytes(b"my only notes " * 100)
    with pytest.raises(BadInput, match="must be a database of progress"):
        Progress(place)
    assert place.read_bytes() == b"my only notes " * 100


def test_another_programs_database_is_refused(place: Path) -> None:
    place.parent.mkdir()
    with sqlite3.connect(place) as database:
        database.execute("CREATE TABLE moz_places (id)")
    database.close()
    with pytest.raises(BadInput, match="found one of moz_places"):
        Progress(place)


def test_a_folder_and_an_unknown_kind_of_database_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="must be a file; found a folder"):
        Progress(tmp_path)
    with pytest.raises(BadInput, match="must be the address of a database"):
        Progress("nonsense://x")


WRITER = """
import sys, time
from stakhanov.guide.practice.database import shown
from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Review
progress = Progress(sys.argv[1])
for number in range(100_000):
    progress.add(Review(id=f"r{number}", card="ussr/a#b", grade=Grade.GOT))
    sys.stdout.write(f"{number}\\n"); sys.stdout.flush()
"""


def test_a_killed_process_loses_nothing_that_it_had_kept(place: Path) -> None:
    """Killed in the middle of writing: all that it said to be kept is there, and at most one answer more."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(place)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        said = [int(writer.stdout.readline()) for _ in range(40)]
        writer.send_signal(signal.SIGKILL)
        said += [int(line) for line in writer.stdout.read().split("\n") if line]
    there = {one.id for one in Progress(place).reviews("ussr")}
    assert {f"r{number}" for number in said} <= there
    assert len(there) <= len(said) + 1


def test_the_export_says_what_it_is(place: Path, tmp_path: Path) -> None:
    filled(place).write(tmp_path / "progress.json")
    plain = json.loads((tmp_path / "progress.json").read_text(encoding="utf-8"))
    assert (plain["format"], plain["kind"]) == (1, "stakhanov progress")
    assert "FSRS-6" in plain["model"]
    assert Kept.model_validate(plain).reviews[0].answer == "a « note » 标准"


def test_a_score_is_the_credited_share() -> None:
    items = [
        Taken(card="a/b#c", sort="recall", weight=0.5, credit=1.0),
        Taken(card="a/b#d", sort="short", weight=0.3, credit=0.5),
        Taken(card="a/b#e", sort="short", weight=0.2),
    ]
    assert Sitting(guide="a", minutes=9, items=tuple(items)).score == pytest.approx(0.65)


def test_an_answer_is_forced_to_the_disk(place: Path) -> None:
    """A power cut may not take it either: SQLite forces each transaction to the disk (2, FULL)."""
    with Progress(place).database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_password_is_not_told() -> None:
    with pytest.raises(BadInput) as raised:
        Progress("nonsense://ann:secret@host/base")
    assert "secret" not in str(raised.value)
    assert shown("postgresql://ann:se:cr@et@host/base") == "postgresql://ann:***@host/base"
    assert shown("sqlite:///a/b:c@d") == "sqlite:///a/b:c@d"
