"""Starting is light: help and the bare package load nothing heavy."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

HEAVY = ("numba", "llvmlite", "polars", "scipy", "altair", "numpy", "rich")
LOADED = f"import sys; sys.stderr.write(' '.join(name for name in {HEAVY} if name in sys.modules))"


def python(text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "start",
    [
        "import stakhanov",
        "import stakhanov.cli.main",
        "from stakhanov.cli.main import main; main(['--help'])",
        "from stakhanov.cli.main import *\nfor one in COMMANDS: main([one.name, '--help'])",
        "from stakhanov.cli.main import main; main(['chek'])",
    ],
)
def test_nothing_heavy_is_loaded(start: str) -> None:
    done = python(f"{start}\n{LOADED}")
    assert done.returncode == 0
    assert not set(done.stderr.split()) & set(HEAVY)


def test_help_is_there_at_once() -> None:
    """0.3 s on a quiet machine; the best of five, so that a busy one does not decide."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "stakhanov", "--help"], capture_output=True, check=True
        )
        times.append(time.perf_counter() - began)
    assert min(times) < 0.3
