"""The linter: every rule over every page of the classes that were asked for."""

from __future__ import annotations

from collections import defaultdict

from stakhanov.guide.finding import Finding
from stakhanov.guide.guides import Guide, Library
from stakhanov.guide.lint import (
    addresses,
    breadth,
    claims,
    copying,
    dates,
    disputes,
    links,
    markup,
    names,
    numbers,
    questions,
    reach,
    readability,
    review,
    runs,
)
from stakhanov.guide.lint.registry import (
    CLASS_RULES,
    PAGE_RULES,
    RULES,
    ClassDesk,
    Desk,
    Rule,
    known,
)
from stakhanov.guide.pages import Page

FORMAT = known("format", "a file cannot be read, or a key of it is not what it must be")
CHAPTERS = (
    *(
        addresses,
        breadth,
        claims,
        copying,
        dates,
        disputes,
        links,
        markup,
        names,
        numbers,
        questions,
    ),
    *(reach, readability, review, runs),
)


def checked(library: Library, *, release: bool = False, engine: str = "") -> list[Finding]:
    """Everything that the linter finds, in the order of files and lines.

    `release`: nothing is excused as a draft. `engine`: the version that would run an experiment now;
    runs of another are stale.
    """
    found = list(library.faults)
    everywhere = names_in(library)
    for guide in library.each():
        of_class = ClassDesk(library, guide, release, engine)
        for class_rule in CLASS_RULES:
            found += class_rule(of_class)
        for page in guide.pages:
            desk = Desk(library, everywhere, guide, page, release, engine)
            for page_rule in PAGE_RULES:
                found += page_rule(desk)
    return sorted(set(found))


def names_in(library: Library) -> dict[str, list[tuple[Guide, Page]]]:
    """Where titles and aliases stand in all classes at hand."""
    found: dict[str, list[tuple[Guide, Page]]] = defaultdict(list)
    for guide in library.guides.values():
        for page in guide.pages:
            for name in {text.casefold() for text in (page.term.title, *page.term.aliases)}:
                found[name].append((guide, page))
    return found


def rules() -> list[Rule]:
    """Every rule, by name."""
    return sorted(RULES.values(), key=lambda rule: rule.name)
