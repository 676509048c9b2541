"""Search among terms: as the page of a site does it, for programs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from stakhanov.guide.guides import Guide, Library
from stakhanov.guide.pages import Page

#: What a word is worth where a title begins with it, a name holds it, the text holds it.
BEGINS, NAMED, TEXT = 8, 4, 1


@dataclass(frozen=True)
class Entry:
    """A term with what a reader may look for."""

    guide: Guide
    page: Page

    @property
    def address(self) -> str:
        """Its page in a site, from the site's root."""
        return f"{self.guide.id}/{self.page.term.id}.html"

    @property
    def claims(self) -> str:
        """All sentences that are claims."""
        spans = self.page.prose.spans
        return " ".join(self.guide.sentence(self.page, span.id) for span in spans)

    @cached_property
    def _folded(self) -> tuple[str, str, str]:
        term = self.page.term
        names = " ".join((term.title, *term.aliases))
        text = f"{term.gist} {self.claims} {self.guide.about.title}"
        return folded(term.title), folded(names), folded(text)

    def worth(self, words: list[str]) -> int:
        """How well all words fit; nothing where one of them does not."""
        title, names, text = self._folded
        found = [
            BEGINS * title.startswith(word) or NAMED * (word in names) or TEXT * (word in text)
            for word in words
        ]
        return sum(found) if all(found) else 0


@dataclass(frozen=True)
class Index:
    """Every term of some guides, in the order of their units."""

    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, library: Library) -> Index:
        """The index of the guides that were asked for."""
        return cls(tuple(entry for guide in library.each() for entry in _of(guide)))

    def look_up(self, text: str) -> list[Entry]:
        """Terms that hold every word of a text, the best first; none for no word."""
        words = folded(text).split()
        if not words:
            return []
        found = [(entry.worth(words), entry) for entry in self.entries]
        found.sort(key=lambda one: -one[0])
        return [entry for worth, entry in found if worth]


def folded(text: str) -> str:
    """A text without capitals and accents."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in parts if not unicodedata.category(letter).startswith("M"))


def _of(guide: Guide) -> Iterator[Entry]:
    return (Entry(guide, page) for page in guide.ordered())
