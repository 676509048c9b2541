"""`stakhanov guide practise`, `test`, `export`: through pipes, and in a terminal with keys and signals."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from stakhanov.guide.practice.memory import Grade
from stakhanov.guide.practice.progress import Progress
from stakhanov.guide.practice.reviews import Override, Sitting, Taken

Call = Callable[..., Any]
EXAMPLE = str(Path(__file__).parents[1] / "guide" / "example")
CARDS = 10


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Progress in an empty folder, as the user's own would be."""
    file = tmp_path / "mine" / "progress.sqlite"
    monkeypatch.setenv("STAKHANOV_PROGRESS", str(file))
    return file


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def grades(place: Path) -> list[Grade]:
    progress = Progress(place)
    found = [one.grade for one in progress.reviews("soviet-labour")]
    progress.close()
    return found


def test_a_session_through_a_pipe(stakhanov: Call, say: Call, place: Path) -> None:
    say("stakhanovism\n\nI do not know\n1\n:q\n")
    said = stakhanov("guide", "practise", EXAMPLE)
    assert (said.code, said.err) == (0, "")
    assert grades(place) == [Grade.GOT, Grade.MISSED]
    for sentence in (
        "Which term is this?",
        "Lewis H. Siegelbaum",
        "2 answers in",
        "1 got, 1 to come back to",
        "should come to mind in a week; before this session it was 60 %.",
        "not enough data yet",
    ):
        assert sentence in said.out
    assert "wrong" not in said.out.lower()


def test_json_is_one_object_and_the_conversation_stands_beside(stakhanov: Call, say: Call) -> None:
    say("stakhanovism\n2\n")
    said = stakhanov("guide", "practise", EXAMPLE, "--json", "--exam", "2999-01-01")
    assert said.code == 0
    assert (said.data["answers"], said.data["got"], said.data["missed"]) == (1, 1, 0)
    assert said.data["exam"] == "2999-01-01"
    assert said.data["predicted"] is None
    assert "Which term is this?" in said.err


def test_a_session_goes_on_where_it_was_left(stakhanov: Call, say: Call, place: Path) -> None:
    for _ in range(CARDS):
        say("x\n2\n:q\n")
        stakhanov("guide", "practise", EXAMPLE)
    progress = Progress(place)
    assert len({one.card for one in progress.reviews("soviet-labour")}) == CARDS
    say("")
    said = stakhanov("guide", "practise", EXAMPLE)
    assert "0 answers" in said.out


def test_undo_while_typing_and_while_grading(stakhanov: Call, say: Call, place: Path) -> None:
    say("a\n1\n:u\na\n2\nb\nu\na\n3\n:q\n")
    said = stakhanov("guide", "practise", EXAMPLE)
    assert said.code == 0
    assert said.out.count("Taken back") == 2
    assert grades(place) == [Grade.EASY]


def test_a_point_that_the_learner_counts_is_kept_for_the_author(
    stakhanov: Call, say: Call, place: Path
) -> None:
    term = ("--term", "stakhanovite-movement")
    say(":s\n" * 5 + "It squeezed more out of people.\nc\ny\ny\nn\n\n:q\n")
    said = stakhanov("guide", "practise", EXAMPLE, *term)
    assert "not found  productivity: did you say it another way?" in said.out
    progress = Progress(place)
    kept: list[Override] = progress.overrides("soviet-labour")
    assert [(one.point, one.judged, one.credited) for one in kept] == [
        ("productivity", "not found", True),
        ("norms", "not found", True),
    ]
    assert grades(place) == [Grade.GOT]  # 4 of 5 by weight, once they are counted


def test_the_plan_alone(stakhanov: Call) -> None:
    said = stakhanov("guide", "practise", EXAMPLE, "--plan", "--json")
    assert said.data["plan"] is None
    assert said.data["cards"] == CARDS
    assert said.data["why_not"].startswith("not enough data yet")
    said = stakhanov("guide", "practise", EXAMPLE, "--plan", "--exam", "2999-01-01", "--json")
    assert said.data["plan"]["minutes_a_day"] >= 1
    assert "Exam in" in stakhanov("guide", "practise", EXAMPLE, "--plan").out
    stakhanov("guide", "practise", EXAMPLE, "--plan", "--exam", "none")
    assert "No exam date yet" in stakhanov("guide", "practise", EXAMPLE, "--plan").out


def test_progress_goes_to_another_machine(stakhanov: Call, say: Call, tmp_path: Path) -> None:
    say("stakhanovism\n2\n:q\n")
    stakhanov("guide", "practise", EXAMPLE)
    said = stakhanov("guide", "practise", EXAMPLE, "--export", "mine.json", "--json")
    assert said.data["reviews"] == 1
    other = ("--progress", "other.sqlite")
    said = stakhanov("guide", "practise", EXAMPLE, *other, "--import", "mine.json", "--json")
    assert said.data["imported"] == 1
    said = stakhanov("guide", "practise", EXAMPLE, *other, "--plan", "--json")
    assert said.data["reviewed"] == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("practise", "nowhere"),
            "class: must be the name of a class or its folder; found nowhere",
        ),
        (("practise", "x" * 5000), "class: must be the name of a class or its folder"),
        (
            ("practise", EXAMPLE, "--exam", "soon"),
            "--exam: must be a date such as 2026-12-31, or none; found soon",
        ),
        (
            ("practise", EXAMPLE, "--term", "norm"),
            "--term: must be a term of the class; found norm",
        ),
        (("practise", EXAMPLE, "--import", "no.json"), "no.json: must be a file one may read"),
        (("test", EXAMPLE, "--minutes", "0"), "--minutes"),
        (("export", EXAMPLE, "--to", "ankii", "--out", "x"), "--to: must be one of anki, moodle"),
        (
            ("export", EXAMPLE, "--to", "json", "--out", "no/x"),
            "--out: must be in a folder that is there",
        ),
        (
            ("export", EXAMPLE, "--to", "json", "--out", "."),
            "--out: must be a file; found the folder",
        ),
    ],
)
def test_bad_input_is_told_and_nothing_written(
    stakhanov: Call, say: Call, arguments: tuple[str, ...], sentence: str
) -> None:
    say("")
    before = sorted(Path().rglob("*"))
    said = stakhanov("guide", *arguments)
    assert said.code == 2
    assert sentence in said.err
    assert said.out == ""
    assert [
        p
        for p in sorted(Path().rglob("*"))
        if p not in before and p.is_file() and "mine" not in p.parts
    ] == []


def test_a_class_without_anything_to_learn(stakhanov: Call, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "class.toml").write_text('id = "empty"\ntitle = "Empty"\n', "utf-8")
    said = stakhanov("guide", "practise", "empty")
    assert said.code == 2
    assert "empty: must have a claim or a question to learn; found none" in said.err


def test_a_mock_test_through_a_pipe(stakhanov: Call, say: Call, place: Path) -> None:
    say("x\n:f\n\n:b\n:b\n14\n:r\n:h\n")
    said = stakhanov("guide", "test", EXAMPLE, "--seed", "3", "--json")
    assert said.code == 0, said.err
    assert said.data["handed_in"] is True
    assert said.data["predicted"] is None
    assert 0.0 <= said.data["score"] <= 1.0
    assert said.data["unseen"] == pytest.approx(said.data["score"])
    assert [item["credit"] is not None for item in said.data["items"]] == [True] * 4
    assert len(grades(place)) == 4


def sat(day: int, score: float) -> Sitting:
    """A test that was handed in, 50 to 80 points told before it."""
    items = (Taken(card="soviet-labour/t#a", sort="recall", weight=1.0, credit=score),)
    at = datetime(2026, 11, day, 12, tzinfo=UTC)
    return Sitting(
        guide="soviet-labour", minutes=9, items=items, started=at, submitted=at, low=0.5, high=0.8
    )


def test_how_ranges_held_is_told_from_the_third_test_on(
    stakhanov: Call, say: Call, place: Path
) -> None:
    sentence = "The score fell into the range that was told before in 2 of 3 tests; 95 of 100"
    progress = Progress(place)
    progress.add(sat(1, 0.6), sat(2, 0.9))
    say(":h\n")
    said = stakhanov("guide", "test", EXAMPLE, "--seed", "3")
    assert "fell into" not in said.out
    progress.add(sat(3, 0.7))
    progress.close()
    say(":h\n")
    said = stakhanov("guide", "test", EXAMPLE, "--seed", "3")
    assert sentence in " ".join(said.out.split())
    lines = [line for line in said.out.splitlines() if "2026-11-" in line]
    assert [line.split()[:5] for line in lines] == [
        ["2026-11-01", "50", "to", "80", "60"],
        ["2026-11-02", "50", "to", "80", "90"],
        ["2026-11-03", "50", "to", "80", "70"],
    ]
    assert ["x" in line for line in lines] == [False, True, False]
    say(":h\n")
    said = stakhanov("guide", "test", EXAMPLE, "--seed", "3", "--json")
    assert (said.data["calibration"]["inside"], len(said.data["calibration"]["tests"])) == (2, 3)


def test_a_mock_test_is_left_and_gone_on_with(stakhanov: Call, say: Call) -> None:
    say("my first answer\n:q\n")
    said = stakhanov("guide", "test", EXAMPLE, "--seed", "3")
    assert said.code == 0
    assert "Not handed in: 1 answer kept" in said.out
    say(":g 1\n\n:h\n")
    said = stakhanov("guide", "test", EXAMPLE)
    assert "Going on with the test that was begun" in said.out
    assert "So far: my first answer" in said.out
    assert "% of the points. Not enough data yet" in said.out


def test_every_export(stakhanov: Call, tmp_path: Path) -> None:
    for to, name in (
        ("anki", "a.apkg"),
        ("moodle", "a.xml"),
        ("gift", "a.gift"),
        ("json", "a.json"),
        ("print", "a.html"),
    ):
        said = stakhanov("guide", "export", EXAMPLE, "--to", to, "--out", name, "--json")
        assert (said.code, said.err) == (0, "")
        assert said.data["cards"] == CARDS
        assert all((tmp_path / file).stat().st_size > 500 for file in said.data["files"])
    ElementTree.parse(tmp_path / "a.xml")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["id"] == "soviet-labour"
    assert (tmp_path / "a.apkg").read_bytes()[:2] == b"PK"
    assert said.data["files"] == ["a.html", "a-key.html"]


class Terminal:
    """The command in a terminal of its own, with somebody typing."""

    def __init__(self, arguments: tuple[str, ...]) -> None:
        self.handle, slave = pty.openpty()
        self.slave, self.before = slave, termios.tcgetattr(slave)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "stakhanov", "guide", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_take_terminal,
            env={**os.environ, "TERM": "dumb", "COLUMNS": "70"},
        )
        self.seen, self.read = "", 0

    def wait_for(self, text: str) -> None:
        """Read until a text stands there, after what was waited for before."""
        while text not in self.seen[self.read :]:
            ready, _, _ = select.select([self.handle], [], [], 60)
            assert ready, f"waited for {text!r}; saw {self.seen!r}"
            try:
                self.seen += os.read(self.handle, 65536).decode("utf-8", errors="replace")
            except OSError:
                break
        self.read = self.seen.index(text, self.read) + len(text)

    def type(self, text: str) -> None:
        os.write(self.handle, text.encode())

    def interrupt(self) -> None:
        """Ctrl-C, and again where nothing came of it: one that falls between the prompt and readline's wait for
        a key is lost in CPython's own readline module."""
        for _ in range(6):
            self.type("\x03")
            if self._over(10.0):
                return

    def end(self) -> int:
        assert self._over(60.0), f"it does not end; saw {self.seen!r}"
        return self.process.returncode

    def _over(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self.process.poll() is None:
            if time.monotonic() > until:
                return False
            if select.select([self.handle], [], [], 0.05)[0]:
                try:
                    self.seen += os.read(self.handle, 65536).decode("utf-8", errors="replace")
                except OSError:
                    time.sleep(0.01)
        return True


def _take_terminal() -> None:
    import fcntl

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def start(*arguments: str) -> Terminal:
        opened.append(Terminal(arguments))
        return opened[-1]

    yield start
    for one in opened:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()
        os.close(one.handle)
        os.close(one.slave)


def test_keys_alone_without_the_return_key(terminal: Callable[..., Terminal], place: Path) -> None:
    seat = terminal("practise", EXAMPLE)
    seat.wait_for("> ")
    seat.type("stakhanovism\n")
    seat.wait_for("q stop [2]: ")
    seat.type("3")  # easy, and the next card at once
    seat.wait_for("> ")
    seat.type("nonsense\n")
    seat.wait_for("q stop [1]: ")
    seat.type("x")  # no key of these: asked again
    seat.wait_for("q stop [1]: ")
    seat.type("\n")  # what is suggested
    seat.wait_for("> ")
    seat.type(":q\n")
    assert seat.end() == 0
    assert grades(place) == [Grade.EASY, Grade.MISSED]
    assert termios.tcgetattr(seat.slave) == seat.before
    longest = max(len(line) for line in re.split(r"[\r\n]+", seat.seen))
    assert longest <= 100


def test_ctrl_c_keeps_every_answer_and_says_how_to_go_on(
    terminal: Callable[..., Terminal], place: Path
) -> None:
    seat = terminal("practise", EXAMPLE)
    seat.wait_for("> ")
    seat.type("stakhanovism\n")
    seat.wait_for("[2]: ")
    seat.type("2")
    seat.wait_for("> ")
    seat.type("half an ans")
    seat.wait_for("half an ans")
    seat.interrupt()
    assert seat.end() == 3
    assert "stopped; 1 answer kept" in seat.seen.replace("\r\n", " ")
    assert "Traceback" not in seat.seen
    assert grades(place) == [Grade.GOT]
    assert termios.tcgetattr(seat.slave) == seat.before


def test_ctrl_c_at_a_key_leaves_the_terminal_as_it_was(
    terminal: Callable[..., Terminal], place: Path
) -> None:
    seat = terminal("practise", EXAMPLE)
    seat.wait_for("> ")
    seat.type("stakhanovism\n")
    seat.wait_for("[2]: ")
    seat.interrupt()
    assert seat.end() == 3
    assert grades(place) == []
    assert termios.tcgetattr(seat.slave) == seat.before


def test_a_crash_takes_the_answer_that_was_being_typed_and_no_more(
    terminal: Callable[..., Terminal], place: Path
) -> None:
    seat = terminal("test", EXAMPLE, "--seed", "3")
    seat.wait_for("> ")
    seat.type("first\n")
    seat.wait_for("> ")
    seat.type("second, half ty")
    seat.process.send_signal(signal.SIGKILL)
    seat.end()
    again = terminal("test", EXAMPLE)
    again.wait_for("2 of 4")
    again.wait_for("> ")
    again.type(":g 1\n")
    again.wait_for("So far: first")
    again.type(":q\n")
    assert again.end() == 0


def test_the_end_of_the_input_ends_a_session(
    terminal: Callable[..., Terminal], place: Path
) -> None:
    seat = terminal("practise", EXAMPLE)
    seat.wait_for("> ")
    seat.type("\x04")
    assert seat.end() == 0
    assert "0 answers" in seat.seen
