"""Guides from their folders: everything that can be read is read, everything else is a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from stakhanov.foundation.declaration import declared
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.toml import read_toml
from stakhanov.guide.classes import About
from stakhanov.guide.experiments import Declared, read_own, read_shipped
from stakhanov.guide.finding import Finding
from stakhanov.guide.guides import Guide, Library
from stakhanov.guide.lock import NAME, Lock, read_lock
from stakhanov.guide.pages import Page
from stakhanov.guide.reading import read_pages
from stakhanov.guide.sources import Source
from stakhanov.guide.tables import toml_line

SHIPPED = Path(__file__).parent / "library"


def library(place: Path | None = None) -> Library:
    """The guides at a place: a class's folder, or a folder of classes; without one, those that ship.

    Classes that ship, and neighbours of the place, can be linked to. Raises BadInput where there
    is no class at all.
    """
    folders, asked = _folders(place or SHIPPED)
    guides: dict[str, Guide] = {}
    faults: list[Finding] = []
    wanted: list[str] = []
    for folder in folders:
        guide, found = load(folder)
        if folder in asked:
            faults += found
        if guide is None:
            continue
        if guide.id in guides and folder in asked:
            message = f"must have an id of its own; found that of {guides[guide.id].folder.name}"
            faults.append(Finding(f"{folder.name}/class.toml", 1, "duplicate-id", message))
            continue
        if guide.id not in guides:
            guides[guide.id] = guide
            wanted += [guide.id] if folder in asked else []
    return Library(guides, tuple(wanted), tuple(faults))


def is_class(folder: Path) -> bool:
    """Whether a folder is a class's."""
    return (folder / "class.toml").is_file()


def _folders(place: Path) -> tuple[list[Path], set[Path]]:
    """Folders to read, asked ones first, and which of them were asked for."""
    place = place.resolve()
    inside = _classes(place)
    asked = [place] if is_class(place) else inside
    if not asked:
        found = "no class.toml" if place.is_dir() else "no folder"
        hint = "stakhanov guide new class ID starts one"
        raise BadInput([Problem(str(place), "must be a class or a folder of classes", found, hint)])
    around = _classes(place.parent) if is_class(place) else []
    shipped = _classes(SHIPPED.resolve())
    return list(dict.fromkeys([*asked, *around, *shipped])), set(asked)


def _classes(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    try:
        return sorted(inner for inner in folder.iterdir() if is_class(inner))
    except OSError:
        return []


def load(folder: Path) -> tuple[Guide | None, list[Finding]]:
    """The guide in a class's folder and what could not be read of it; None without a class.toml."""
    folder = folder.resolve()
    reader = _Reader(folder)
    about = reader.about()
    sources = reader.sources()
    pages = reader.pages()
    experiments = reader.experiments(pages)
    lock = reader.lock()
    if about is None:
        return None, reader.faults
    faults = tuple(reader.faults)
    guide = Guide(folder, about, sources, pages, experiments, lock, faults, reader.texts)
    return guide, reader.faults


class _Reader:
    """Reads one folder, keeping every fault."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Finding] = []
        self.texts: dict[str, str] = {}

    def about(self) -> About | None:
        plain = self._toml("class.toml")
        if plain is None:
            return None
        try:
            return declared(About, plain)
        except BadInput as error:
            self._tell("class.toml", error)
            return None

    def sources(self) -> dict[str, Source]:
        found: dict[str, Source] = {}
        if not (self.folder / "sources.toml").exists():
            return found
        for name, plain in (self._toml("sources.toml") or {}).items():
            try:
                found[name] = declared(Source, plain if isinstance(plain, Mapping) else {})
            except BadInput as error:
                moved = [replace(one, address=f"{name}.{one.address}") for one in error.problems]
                self._tell("sources.toml", BadInput(moved))
        return found

    def experiments(self, pages: tuple[Page, ...]) -> Mapping[str, Declared]:
        found, faults = read_own(self.folder)
        for path, error in faults:
            shown = str(path.relative_to(self.folder))
            self.texts[shown] = path.read_text(encoding="utf-8", errors="replace")
            self._tell(shown, error)
        for one in found.values():
            shown = str(one.path.relative_to(self.folder))
            self.texts[shown] = one.path.read_text(encoding="utf-8-sig")
        named = {name for page in pages for name in page.experiments}
        return {**read_shipped(named), **found}

    def lock(self) -> Lock:
        try:
            return read_lock(self.folder)
        except BadInput as error:
            self._tell(NAME, error)
            return Lock()

    def pages(self) -> tuple[Page, ...]:
        pages, faults = read_pages(self.folder)
        self.faults += faults
        return pages

    def _toml(self, name: str) -> dict[str, Any] | None:
        try:
            plain = read_toml(self.folder / name)
        except BadInput as error:
            self._tell(name, error)
            return None
        self.texts[name] = (self.folder / name).read_text(encoding="utf-8-sig")
        return plain

    def _tell(self, name: str, error: BadInput) -> None:
        shown = f"{self.folder.name}/{name}"
        for one in error.problems:
            place, _, line = one.address.rpartition(":")
            if place.endswith(name) and line.isdigit():
                self.faults.append(
                    Finding(shown, int(line), "format", f"{one.must}; found {one.found}")
                )
                continue
            steps = [int(step) if step.isdigit() else step for step in one.address.split(".")]
            where = toml_line(self.texts.get(name, ""), *steps)
            self.faults.append(Finding(shown, where, "format", str(one)))
