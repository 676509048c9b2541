"""The command line called in this process, in an empty folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from stakhanov.cli.main import main


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()

    @property
    def data(self) -> dict[str, Any]:
        """The one object on standard output."""
        found = json.loads(self.out, parse_constant=_refuse)
        assert isinstance(found, dict)
        return found


def _refuse(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


Stakhanov = Callable[..., Said]


@pytest.fixture
def stakhanov(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Stakhanov:
    """Call the command as a shell would, without a terminal."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Said:
        capfd.readouterr()
        code = main(arguments)
        said = capfd.readouterr()
        return Said(int(code), said.out, said.err)

    return call


SMALL = ("--workers", "200", "--periods", "3", "--threads", "1")


@pytest.fixture
def small() -> tuple[str, ...]:
    """Options of a run that takes no time."""
    return SMALL
