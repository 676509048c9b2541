"""The page of closed forms lists them as they are; the validation rows hold and a miss is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MISS = """
import sys, validation.__main__ as rows
from validation.tables import Check, Table
rows.run = lambda name, fast: Table(2, "x", "y", (Check("one", 1.0, 1.5, 0.1),))
sys.exit(rows.main(["--row", "2"]))
"""


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the project's folder."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_page_lists_the_closed_forms_as_they_are() -> None:
    done = call("docs/generate/theory.py", "--check")
    assert done.returncode == 0, done.stderr


def test_rows_of_the_theory_hold() -> None:
    done = call(
        "-m",
        "validation",
        "--fast",
        *["--row", "2", "--row", "3", "--row", "6", "--row", "10", "--row", "11"],
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == 5


def test_a_miss_exits_with_one_and_says_what_missed() -> None:
    done = call("-c", MISS)
    assert done.returncode == 1
    assert "one: expected near 1 (+- 0.1), found 1.5" in done.stdout


@pytest.mark.parametrize("arguments", [("--row", "77"), ("--fast", "--write")])
def test_arguments_that_do_not_fit_exit_with_two(arguments: tuple[str, ...]) -> None:
    assert call("-m", "validation", *arguments).returncode == 2


def test_asking_for_the_package_alone_loads_no_scipy() -> None:
    said = (
        "import sys, stakhanov; print('scipy' in sys.modules); print(stakhanov.theory.peers(0.5))"
    )
    assert call("-c", said).stdout.split() == ["False", "1.0"]
