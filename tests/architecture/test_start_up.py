"""Starting is light: help and the bare package load nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("numba", "llvmlite", "polars", "scipy", "altair", "numpy", "rich", "fastapi", "uvicorn")
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
