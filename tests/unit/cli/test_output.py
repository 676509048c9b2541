"""What is printed: one object as JSON, plain text without a terminal, numbers that people read."""

from __future__ import annotations

import datetime
import json
import math

import pytest

from stakhanov.cli import output
from stakhanov.cli.output import Line, Table


def test_json_is_one_object_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    data = {
        "a": math.nan,
        "b": [math.inf, 1.5],
        "c": datetime.date(1935, 8, 31),
        "d": (1, None, True),
    }
    output.answer(data, "not shown", as_json=True)
    said = capsys.readouterr()
    assert json.loads(said.out) == {
        "a": None,
        "b": [None, 1.5],
        "c": "1935-08-31",
        "d": [1, None, True],
    }
    assert said.err == ""


def test_text_is_neither_coloured_nor_broken_nor_read_as_markup(
    capsys: pytest.CaptureFixture[str],
) -> None:
    long = "x " * 300
    output.answer(
        {}, f"[bold]{long}end :smile: 1234", Table(("a", "b"), [(long, "[red]2")]), as_json=False
    )
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert f"[bold]{long}end :smile: 1234\n" in said
    assert f"{long}" in said.splitlines()[-1]
    assert "[red]2" in said


def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(output, "is_terminal", lambda _: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    output.answer({}, Table(("a",), [("b",)]), as_json=False)
    assert "\x1b[1m" in capsys.readouterr().out
    monkeypatch.delenv("FORCE_COLOR")
    output.answer({}, Table(("a",), [("b",)]), as_json=False)
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.123456, "0.1235"),
        (14431.4, "14,431"),
        (math.nan, "-"),
        (math.inf, "inf"),
        (-0.5, "-0.5"),
    ],
)
def test_numbers(value: float, text: str) -> None:
    assert output.number(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "less than a second"),
        (42.4, "42 s"),
        (59.9, "1 min 0 s"),
        (220.0, "3 min 40 s"),
        (7300.0, "2 h 1 min"),
    ],
)
def test_spans(seconds: float, text: str) -> None:
    assert output.span(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (12, "12 bytes"),
        (1500, "2 kB"),
        (631e6, "631 MB"),
        (1.19e9, "1.2 GB"),
        (2.5e12, "2,500.0 GB"),
    ],
)
def test_sizes(count: float, text: str) -> None:
    assert output.size(count) == text


def test_a_log_gets_a_line_after_two_seconds_and_now_and_then(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = Line()
    for second in range(100):
        line.show(f"at {second}", float(second))
    line.clear()
    assert capsys.readouterr().err == "at 2\nat 32\nat 62\nat 92\n"
    Line().show("over at once", 1.9)
    assert capsys.readouterr().err == ""


def test_a_line_is_never_wider_than_its_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line that breaks cannot be written over: what is left of it stays on the screen."""
    monkeypatch.setattr(output, "is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", "10")
    Line().show("a line of many characters")
    assert capsys.readouterr().err == "\ra line of"


def test_what_a_terminal_takes_for_orders_is_shown_not_obeyed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output.answer({}, "red \x1b[31m\nand not", Table(("\x1b[2Jname",), [("\x07",)]), as_json=False)
    said = capsys.readouterr().out
    assert "red \\x1b[31m\nand not" in said
    assert "\x1b" not in said
    assert "\x07" not in said


def test_a_terminal_gets_one_line_written_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(output, "is_terminal", lambda _: True)
    line = Line()
    line.show("a long text")
    line.show("too soon", 0.05)
    line.show("short", 1.0)
    line.clear()
    assert capsys.readouterr().err == "\ra long text\rshort      \r     \r"
