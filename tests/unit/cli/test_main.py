"""The top of the command line: help, version, commands that are not, failures as sentences."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import stakhanov as package
from stakhanov.cli import main as top
from stakhanov.cli import theory as theory_file
from stakhanov.foundation.problem import BadInput, Problem

Call = Callable[..., Any]


def test_help_names_every_command(stakhanov: Call) -> None:
    said = stakhanov("--help")
    assert said.code == 0
    for entry in top.COMMANDS:
        assert f"  {entry.name} " in said.out
        assert entry.line.rstrip(".").split()[-1] in said.out


def test_nothing_asked_is_help(stakhanov: Call) -> None:
    assert stakhanov() == stakhanov("--help") == stakhanov("-h")


def test_version(stakhanov: Call) -> None:
    assert stakhanov("--version").out == f"stakhanov {package.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["chek"], "stakhanov: must be followed by a command; found chek (did you mean check?)"),
        (
            ["--wrong"],
            "--wrong: must be an option of stakhanov; found none of that name"
            " (a command's options stand behind it)",
        ),
        (
            ["--verson"],
            "--verson: must be an option of stakhanov; found none of that name (did you mean --version?)",
        ),
        (
            ["run", "--wrokers", "3"],
            "--wrokers: must be an option of stakhanov run; found none of that name (did you mean --workers?)",
        ),
        (
            ["run", "--seed"],
            "stakhanov: option '--seed' requires an argument (see stakhanov --help)",
        ),
        (["diff", "a"], "stakhanov diff: missing argument 'B' (see stakhanov diff --help)"),
    ],
)
def test_a_command_line_that_does_not_fit_is_one_sentence(
    stakhanov: Call, arguments: list[str], sentence: str
) -> None:
    said = stakhanov(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.lines == [sentence]


def test_a_word_far_from_every_command_gets_the_list(stakhanov: Call) -> None:
    said = stakhanov("xyzzy")
    assert said.code == 2
    assert said.lines == [
        "stakhanov: must be followed by a command; found xyzzy "
        f"(there are: {', '.join(entry.name for entry in top.COMMANDS)})"
    ]


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (
            MemoryError(),
            4,
            "not enough memory; --dry-run says what a run needs, --workers makes it smaller",
        ),
        (OSError(errno.ENOSPC, "No space left on device", "out/x"), 4, "out/x: the disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), 4, "this disk is read-only"),
        (
            PermissionError(errno.EACCES, "Permission denied", "x"),
            4,
            "x: this may not be read or written by you",
        ),
        (OSError(errno.ENOTDIR, "Not a directory", "x"), 4, "x: not a directory"),
        (KeyboardInterrupt(), 3, "interrupted"),
        (SystemExit(3), 3, None),
        (
            BadInput([Problem("a", "must", "b"), Problem("c", "must", "d", "e")]),
            2,
            "a: must; found b\nc: must; found d (e)",
        ),
    ],
)
def test_every_failure_ends_as_sentences_and_a_code(
    stakhanov: Call,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    sentence: str | None,
) -> None:
    monkeypatch.setattr(theory_file, "_list", lambda *_, **__: _raise(error))
    said = stakhanov("theory")
    assert (said.code, said.out) == (code, "")
    assert said.err == ("" if sentence is None else f"{sentence}\n")


def _raise(error: BaseException) -> None:
    raise error


def test_a_fault_of_ours_is_one_line_and_the_whole_of_it_on_request(
    stakhanov: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theory_file, "_list", lambda *_, **__: _raise(KeyError("x")))
    said = stakhanov("theory")
    assert said.code == 4
    assert len(said.lines) == 1
    assert said.err.startswith("a fault of stakhanov, not of your input: KeyError: 'x' in ")
    assert "Traceback" not in said.err
    monkeypatch.setenv("STAKHANOV_TRACEBACK", "1")
    assert stakhanov("theory").err.startswith("Traceback (most recent call last)")


def test_a_name_that_would_drive_the_terminal_is_shown_as_text(stakhanov: Call) -> None:
    said = stakhanov("theory", "\x1b[31mred\nline")
    assert said.lines == [
        "theory: must be the name of a closed form; found \\x1b[31mred\\nline (stakhanov theory lists them)"
    ]


def shell(line: str, place: Path) -> subprocess.CompletedProcess[str]:
    """A line of bash in which $S is the command."""
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=place,
        env={**os.environ, "S": f"{sys.executable} -m stakhanov"},
    )


def test_a_reader_that_leaves_is_no_failure(tmp_path: Path) -> None:
    done = shell("$S theory --json | true; $S theory | head -1; $S --help | true", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has no full disk to write to"
)
@pytest.mark.parametrize("arguments", ["theory --json", "--help", "theory"])
def test_a_full_disk_is_told(tmp_path: Path, arguments: str) -> None:
    done = shell(f"$S {arguments} > /dev/full", tmp_path)
    assert done.returncode == 4
    assert re.fullmatch("(standard output: )?the disk is full\n", done.stderr)


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has no full disk to write to"
)
def test_notes_that_cannot_be_written_change_nothing(tmp_path: Path) -> None:
    assert shell("$S theory nothing 2>/dev/full", tmp_path).returncode == 2
    assert shell("$S theory nothing 2>&1 | true", tmp_path).returncode == 2


def test_closed_streams_are_no_failure(tmp_path: Path) -> None:
    assert shell("$S theory >&-", tmp_path).returncode == 0
    assert shell("$S theory nothing 2>&-", tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "addresses"),
    [
        (["compare", "time-wag", "time-wage", "--workers", "none"], ["workers", "campaign"]),
        (["run", "time-wage", "--set", "foo.bar=1"], ["foo.bar"]),
        (["explain", "time-wag"], ["campaign"]),
        (["sweep", "time-wage", "--vary", "audits.probability=0:1"], ["--vary"]),
        (["run", "--nothing"], ["--nothing"]),
        (["diff", "time-wage"], ["stakhanov diff"]),
    ],
)
def test_bad_input_is_one_object_too_where_one_is_asked_for(
    stakhanov: Call, arguments: list[str], addresses: list[str]
) -> None:
    said = stakhanov(*arguments, "--json")
    assert said.code == 2
    assert [one["address"] for one in said.data["problems"]] == addresses
    assert {"address", "must", "found", "hint"} == said.data["problems"][0].keys()
    assert len(said.lines) == len(addresses)
    assert stakhanov(*arguments).out == ""


def test_hints_name_what_may_be_meant_and_nothing_else(stakhanov: Call) -> None:
    told = stakhanov("explain", "time-wage", "--set", "foo.bar=1").err
    assert "did you mean format?" not in told
    assert "there are: audits, campaign, changes" in told
    assert "did you mean pay?" in stakhanov("explain", "time-wage", "--set", "payy.scale=1").err
    assert "[] is a list of nothing" in stakhanov("explain", "time-wage", "--set", "prizes=").err
    grid = stakhanov("sweep", "time-wage", "--vary", "audits.probability=0:1").err
    assert grid == (
        "--vary: must be given as ADDRESS=FROM:TO:N or ADDRESS=v1,v2,...;"
        " found audits.probability=0:1\n"
    )
