"""Work that cannot say how far it is says what it does, for how long already, and leaves nothing behind."""

from __future__ import annotations

import threading

import pytest

from stakhanov.cli.output import Line
from stakhanov.cli.waiting import Waiting


class Written(Line):
    """A line that keeps what it was told, and says when it was told something in particular."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.cleared = False
        self.other = threading.Event()

    def show(self, text: str, seconds: float = 0.0) -> None:
        assert seconds >= 0.0
        self.told.append(text)
        if text.startswith("testing"):
            self.other.set()

    def clear(self) -> None:
        self.cleared = True


def test_it_tells_what_goes_on_until_it_is_over() -> None:
    line = Written()
    with Waiting("reading", tick=0.001, line=line) as wait:
        wait.text = "testing"
        assert line.other.wait(60)
    assert line.told[0] == "reading"
    assert all(one.endswith(" so far") for one in line.told[1:])
    assert line.cleared
    said = len(line.told)
    assert not any(one.name.endswith("(_watch)") for one in threading.enumerate())
    assert len(line.told) == said


def test_it_ends_where_the_work_fails() -> None:
    line = Written()
    with pytest.raises(ValueError, match="bad"), Waiting("reading", line=line):
        raise ValueError("bad")
    assert line.cleared
    assert line.told == ["reading"]
