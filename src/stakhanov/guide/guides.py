"""A guide: all terms of a class as they were read, and the library of guides around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from stakhanov.guide.classes import About
from stakhanov.guide.experiments import Declared
from stakhanov.guide.finding import Finding
from stakhanov.guide.live import filled
from stakhanov.guide.lock import Lock
from stakhanov.guide.pages import Page
from stakhanov.guide.sources import Fact, Source


@dataclass(frozen=True)
class Guide:
    """A class with everything in its folder. `faults`: what could not be read."""

    folder: Path
    about: About
    sources: Mapping[str, Source]
    pages: tuple[Page, ...]
    experiments: Mapping[str, Declared]
    lock: Lock
    faults: tuple[Finding, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)  # class.toml and sources.toml as read

    @property
    def id(self) -> str:
        """The class's name."""
        return self.about.id

    def shown(self, path: Path) -> str:
        """A file as findings name it: below the folder that holds the class."""
        return str(path.relative_to(self.folder.parent))

    def page(self, term: str) -> Page | None:
        """A term's page, by its name or an earlier one."""
        return self._by_name.get(term)

    @cached_property
    def _by_name(self) -> Mapping[str, Page]:
        earlier = {name: page for page in self.pages for name in page.term.was}
        return earlier | {page.term.id: page for page in reversed(self.pages)}

    @cached_property
    def unread(self) -> frozenset[str]:
        """Terms whose files cannot be read: their faults are told, and what points to them is none."""
        files = (Path(fault.file) for fault in self.faults)
        return frozenset(file.stem for file in files if file.parent.name == "terms")

    def ordered(self) -> list[Page]:
        """The pages in the order of the units; those of no unit at the end."""
        order = [term for unit in self.about.unit for term in unit.terms]
        place = {term: number for number, term in enumerate(order)}
        return sorted(self.pages, key=lambda page: place.get(page.term.id, len(order)))

    def sentence(self, page: Page, claim: str) -> str:
        """A claim as a sentence of its own, with its live values printed; empty where it has no span."""
        span = page.prose.span(claim)
        return alone(filled(span.text, self.lock.number)) if span is not None else ""

    @cached_property
    def common(self) -> Counter[str]:
        """In how many claims each word stands."""
        spans = (span for page in self.pages for span in page.prose.spans)
        return Counter(word for span in spans for word in set(re.findall(r"\w+", span.text)))

    @cached_property
    def rivals(self) -> Mapping[str, list[tuple[str, Fact]]]:
        """By the name of a quantity: the works that may support something and give a value for it."""
        found: dict[str, list[tuple[str, Fact]]] = {}
        for name, work in self.sources.items():
            for key, fact in work.facts.items() if work.evidence else ():
                found.setdefault(key, []).append((name, fact))
        return found

    @cached_property
    def excerpts(self) -> tuple[Path, ...]:
        """Files with passages of works, for the linter alone."""
        return tuple(sorted((self.folder / "excerpts").glob("*.txt")))

    def fact(self, reference: str) -> Fact | None:
        """A fact by `source.key`."""
        source, _, key = reference.partition(".")
        found = self.sources.get(source)
        return found.facts.get(key) if found is not None else None


def alone(text: str) -> str:
    """Part of a longer sentence as one that stands alone: a capital at its head, a stop at its end."""
    text = text.strip()
    if text.endswith((",", ";", ":")):
        text = f"{text[:-1].rstrip()}."
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Library:
    """Guides that know of each other. `asked`: those that were asked for; others are only linked."""

    guides: Mapping[str, Guide]
    asked: tuple[str, ...]
    faults: tuple[Finding, ...] = ()

    def each(self) -> Iterator[Guide]:
        """The guides that were asked for."""
        return (self.guides[name] for name in self.asked)
