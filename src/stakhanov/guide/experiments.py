"""The experiments that a class rests on: its own, and those that ship with the laboratory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from stakhanov.experiments.declaration import Expectation, Experiment
from stakhanov.experiments.load import LIBRARY, load
from stakhanov.experiments.load import library as shipped
from stakhanov.foundation.problem import BadInput, Problem


@dataclass(frozen=True)
class Declared:
    """An experiment as it was read; `path` is its file."""

    path: Path
    experiment: Experiment

    @property
    def id(self) -> str:
        """Its name."""
        return self.experiment.id

    @property
    def own(self) -> bool:
        """Whether it is the class's own and not one that ships with the laboratory."""
        return self.path.parent != LIBRARY

    @cached_property
    def digest(self) -> str:
        """The digest of its declaration."""
        return self.experiment.digest

    def expectation(self, name: str) -> Expectation | None:
        """An expectation by its name."""
        return next((one for one in self.experiment.expectations if one.id == name), None)


def read_own(folder: Path) -> tuple[dict[str, Declared], list[tuple[Path, BadInput]]]:
    """The experiments in a class's folder by name, and what is wrong with others."""
    found: dict[str, Declared] = {}
    faults: list[tuple[Path, BadInput]] = []
    for path in sorted((folder / "experiments").glob("*.toml")):
        try:
            one = Declared(path, load(path))
            if one.id != path.stem:
                raise BadInput([Problem("id", f"must be the file's name, {path.stem}", one.id)])
        except BadInput as error:
            faults.append((path, error))
            continue
        found[one.id] = one
    return found, faults


def read_shipped(names: Iterable[str]) -> dict[str, Declared]:
    """Those of the names that ship with the laboratory."""
    known = set(shipped())
    return {
        name: Declared(LIBRARY / f"{name}.toml", load(name))
        for name in sorted(set(names))
        if name in known
    }
