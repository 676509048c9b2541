"""Commands as processes of their own, to which everything happens that happens to processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from stakhanov.engine.results import Run
from stakhanov.foundation.files import place_of_left_over

NURSERY = Path(__file__).parent / "nursery.py"
#: Three periods in which everything is written that a run writes.
SMALL = ("run", "stakhanovite-1935", "--workers", "60", "--periods", "2", "--sample", "5")


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    text: str
    moments: list[str]

    @property
    def told(self) -> list[str]:
        """Its sentences, without cautions."""
        return [line for line in self.text.splitlines() if not line.startswith("caution:")]


class Nursery:
    """Commands of one process that has everything loaded."""

    def __init__(self, room: Path) -> None:
        self.said = room / "said"
        self.process = subprocess.Popen(
            [sys.executable, NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(
        self, folder: Path, *more: str, arguments: tuple[str, ...] = SMALL, **what: Any
    ) -> Said:
        """Run one; `what` is what happens to it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        asked = {
            "arguments": [*arguments, "--out", str(folder), *more],
            "said": str(self.said),
            **what,
        }
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return Said(answer["code"], self.said.read_text(encoding="utf-8"), answer["moments"])

    def close(self) -> None:
        self.process.communicate()


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    made = Nursery(tmp_path_factory.mktemp("nursery"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def whole(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the run to which nothing happened."""
    folder = tmp_path_factory.mktemp("whole") / "run"
    assert nursery(folder).code == 0
    return folder


def digest_in(folder: Path) -> str:
    """Digest of a finished run, read back whole."""
    return str(Run.load(folder).record["digest"])


def assert_tidy(folder: Path) -> None:
    """Nothing half written is left."""
    left = [path.name for path in folder.rglob("*") if place_of_left_over(path.name)]
    assert not left
    assert not (folder / "reports").exists()


@pytest.fixture
def unprivileged() -> list[str]:
    """What must stand before a command for locked folders to be locked, whoever runs the tests."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and this system has no setpriv")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


Shell = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def stakhanov(tmp_path: Path) -> Shell:
    """The command in a process of its own, in an empty folder, without a terminal."""

    def call(
        *arguments: str, before: list[str] | None = None, **surroundings: str | None
    ) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, **surroundings}
        return subprocess.run(
            [*(before or []), sys.executable, "-m", "stakhanov", *arguments],
            cwd=tmp_path,
            env={name: value for name, value in environment.items() if value is not None},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=300,
        )

    return call
