"""Workforce files: by name from the library, or by path."""

from __future__ import annotations

from pathlib import Path

from stakhanov.foundation.toml import names_in, read_over_base, resolve
from stakhanov.workforce.workforce import Workforce, checked

LIBRARY = Path(__file__).parent / "library"


def load(name: str | Path) -> Workforce:
    """A workforce by the name of a library entry or the path of a file. Raises BadInput."""
    return checked(read_over_base(resolve(name, LIBRARY, "workforce"), LIBRARY, "workforce"))


def library() -> list[str]:
    """Names of the workforces that ship."""
    return names_in(LIBRARY)
