"""A small class to read, and a copy of it to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent / "example"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the small class, for a test to change."""
    folder = tmp_path / "soviet-labour"
    shutil.copytree(EXAMPLE, folder)
    return folder
