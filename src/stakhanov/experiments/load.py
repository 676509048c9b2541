"""Experiment files: by name from the library, or by path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stakhanov.experiments.declaration import Experiment, checked
from stakhanov.foundation.toml import names_in, read_over_base, resolve

LIBRARY = Path(__file__).parent / "library"


def load(name: str | Path) -> Experiment:
    """An experiment by the name of a library entry or the path of a file. Raises BadInput."""
    return checked(plain_of(name))


def plain_of(name: str | Path) -> dict[str, Any]:
    """The plain data of an experiment file. Raises BadInput."""
    return read_over_base(resolve(name, LIBRARY, "experiment"), LIBRARY, "experiment")


def library() -> list[str]:
    """Names of the experiments that ship."""
    return names_in(LIBRARY)
