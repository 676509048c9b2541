"""The rules of the linter: each is a function that yields what it finds, under a name for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from stakhanov.guide.finding import Finding, Level
from stakhanov.guide.guides import Guide, Library
from stakhanov.guide.pages import Page
from stakhanov.guide.prose import Span
from stakhanov.guide.tables import toml_line
from stakhanov.guide.terms import Claim

#: Where terms stand, by title and alias in small letters: class and page.
Names = Mapping[str, list[tuple[Guide, Page]]]


@dataclass(frozen=True)
class Desk:
    """One page on the linter's desk, with its guide and the library around it.

    `release`: nothing is excused as a draft. `engine`: the version that would run an experiment now.
    """

    library: Library
    names: Names
    guide: Guide
    page: Page
    release: bool = False
    engine: str = ""

    def at(self, rule: str, message: str, *steps: str | int, line: int = 0) -> Finding:
        """A finding at an entry of the front matter, or at a line."""
        where = line or self.page.line_of(*steps)
        return Finding(self.guide.shown(self.page.path), where, rule, message, level_of(rule))

    def claims(self) -> Iterable[tuple[str, Claim, Span | None]]:
        """Each claim with its span."""
        return self._claims

    @cached_property
    def _claims(self) -> list[tuple[str, Claim, Span | None]]:
        span = self.page.prose.span
        return [(name, claim, span(name)) for name, claim in self.page.term.claims.items()]

    @property
    def drafting(self) -> bool:
        """Whether the class is still being written, so that what is missing is only warned of."""
        return self.guide.about.policy.unsourced == "warn" and not self.release


@dataclass(frozen=True)
class ClassDesk:
    """One class on the linter's desk."""

    library: Library
    guide: Guide
    release: bool = False
    engine: str = ""

    def at(self, rule: str, message: str, name: str, *steps: str | int) -> Finding:
        """A finding at an entry of a file of the class."""
        line = toml_line(self.guide.texts.get(name, ""), *steps)
        return Finding(f"{self.guide.folder.name}/{name}", line, rule, message, level_of(rule))


PageRule = Callable[[Desk], Iterable[Finding]]
ClassRule = Callable[[ClassDesk], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule: when it fires, and how much that weighs."""

    name: str
    fires: str
    level: Level


RULES: dict[str, Rule] = {}
PAGE_RULES: list[PageRule] = []
CLASS_RULES: list[ClassRule] = []


def known(name: str, fires: str, level: Level = Level.ERROR) -> str:
    """Register a rule's name; gives the name."""
    RULES[name] = Rule(name, fires, level)
    return name


def on_pages(rule: PageRule) -> PageRule:
    """A rule that looks at one page."""
    PAGE_RULES.append(rule)
    return rule


def on_classes(rule: ClassRule) -> ClassRule:
    """A rule that looks at a whole class."""
    CLASS_RULES.append(rule)
    return rule


def level_of(rule: str) -> Level:
    """How much a rule weighs."""
    return RULES[rule].level
