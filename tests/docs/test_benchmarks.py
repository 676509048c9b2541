"""Pages of benchmarks: every one is in the list of all."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.measured import LIST, PAGES, listed

HERE = Path(__file__).parents[2] / "benchmarks"
#: They need what is not installed for tests.
NEEDS_PEERS = {"mesa_shift", "crowd"}


def test_the_list_names_every_page() -> None:
    found = (PAGES / LIST).read_text(encoding="utf-8")
    assert found == "\n".join(listed(PAGES)) + "\n"
    assert "(rivals.md)" in found


@pytest.mark.parametrize("script", sorted(path.stem for path in HERE.glob("*.py")))
def test_every_script_can_be_begun(script: str) -> None:
    """Most of them run for minutes on a quiet machine; that they load is seen here."""
    if script not in NEEDS_PEERS:
        assert import_module(f"benchmarks.{script}").__doc__
