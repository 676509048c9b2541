"""What a user's type checker sees: every result has its type, and a name that is not there is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

USE = """
from typing import Any, assert_type

import polars as pl

import stakhanov as sk

campaign = sk.load("stakhanovite-1935")
assert_type(campaign, sk.Campaign)
assert_type(campaign.with_({"norms.revision.up": 0.5}), sk.Campaign)
assert_type(campaign.held({"norms.revision.up": 0.5}), sk.Campaign)
assert_type(campaign.explain(), str)
assert_type(campaign.difference(campaign), dict[str, tuple[Any, Any]])
assert_type(campaign.norms.revision.up, float)
assert_type(campaign.in_force(3).pay.bonus[0].amount, int)
run = sk.simulate(campaign, workforce="soviet-industry", workers=100_000, seed=1)
assert_type(run, sk.Run)
assert_type(run.series, pl.DataFrame)
assert_type(run.histogram, pl.DataFrame)
assert_type(run.records, pl.DataFrame)
assert_type(run.reports, pl.DataFrame)
assert_type(run.measures, dict[str, dict[str, Any]])
assert_type(run.record, dict[str, Any])
assert_type(sk.load_workforce("soviet-industry"), sk.Workforce)
effort = sk.theory.tournament(prize=10, noise=3, cost=2)
reveal_type(effort)
try:
    sk.load("nothing")
except sk.BadInput as error:
    assert_type(error.problems[0].address, str)
"""

#: Lines with something wrong, and what must be said of each.
MISUSE = {
    'sk.lod("stakhanovite-1935")': 'Module has no attribute "lod"',
    'sk.simulate("stakhanovite-1935", wokers=5)': 'Unexpected keyword argument "wokers"',
    'sk.load("stakhanovite-1935").explain() + 1': "Unsupported operand types",
    'sk.theory.tournamnt(prize=1)': 'Module has no attribute "tournamnt"',
}  # fmt: skip


@pytest.mark.slow
def test_a_type_checker_knows_the_public_names(tmp_path: Path) -> None:
    (tmp_path / "use.py").write_text(USE, encoding="utf-8")
    wrong = "\n".join(["import stakhanov as sk", *MISUSE])
    (tmp_path / "misuse.py").write_text(wrong, encoding="utf-8")
    cache = (
        ROOT / ".mypy_cache" / "of-users"
    )  # its own: other options would undo that of make check
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={cache}", "use.py", "misuse.py"],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout.splitlines()
    assert [line for line in said if line.startswith("use.py") and ": error:" in line] == []
    assert any(line.startswith("use.py") and "float" in line for line in said), "a result is Any"
    for number, sentence in enumerate(MISUSE.values(), start=2):
        assert any(line.startswith(f"misuse.py:{number}: error: {sentence}") for line in said), said
