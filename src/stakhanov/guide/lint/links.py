"""Links: every one leads somewhere, and a term that stands in two classes says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stakhanov.guide.finding import Finding, Level
from stakhanov.guide.lint.registry import ClassDesk, Desk, known, on_classes, on_pages

DEAD = known("dead-link", "a link, a list of terms or a key point points nowhere")
ALSO = known(
    "missing-also-in", "a title or alias stands in another class without a link", Level.WARN
)
UNLISTED = known("term-without-unit", "a term stands in no unit of its class", Level.WARN)
EMPTY = known("class-without-terms", "a class has no terms", Level.WARN)
WEB = re.compile(r"https?://[^\s/]+", re.I)


@on_pages
def dead(desk: Desk) -> Iterable[Finding]:
    """Links of the prose and of the front matter that lead nowhere."""
    for link in desk.page.prose.links:
        if (missing := _missing(desk, link.href)) is not None:
            message = f"the link {link.href!r} must lead to {missing}; found none"
            yield desk.at(DEAD, message, line=link.line)
    for image in desk.page.prose.images:
        message = f"a page must hold no picture, as it would be fetched from elsewhere; found {image.href!r}"
        yield desk.at(DEAD, message, line=image.line)
    term = desk.page.term
    for index, name in enumerate(term.see):
        if desk.guide.page(name) is None and name not in desk.guide.unread:
            yield desk.at(DEAD, f"see must name a term of the class; found {name}", "see", index)
    for index, other in enumerate(term.also_in):
        guide = desk.library.guides.get(other.class_)
        if guide is None or (guide.page(other.term) is None and other.term not in guide.unread):
            message = (
                f"also_in must name a term of a class at hand; found {other.class_}/{other.term}"
            )
            yield desk.at(DEAD, message, "also_in", index)
    for name, claim in term.claims.items():
        for index, other_term in enumerate(claim.apart):
            if other_term in desk.guide.unread:
                continue
            if other_term == term.id or desk.guide.page(other_term) is None:
                message = f"{name}: apart must name another term of the class; found {other_term}"
                yield desk.at(DEAD, message, "claims", name, "apart", index)
    for number, question in enumerate(term.questions):
        for index, point in enumerate(question.points):
            if point.claim and point.claim not in term.claims:
                message = (
                    f"the key point {point.id} must name a claim of the page; found {point.claim}"
                )
                yield desk.at(DEAD, message, "questions", number, "points", index)


def _missing(desk: Desk, href: str) -> str | None:
    """What a link should have led to; None where it leads somewhere."""
    scheme, _, rest = href.partition(":")
    if scheme == "term":
        class_, _, name = rest.rpartition("/")
        guide = desk.library.guides.get(class_) if class_ else desk.guide
        name = name.partition("#")[0]
        there = guide is not None and (guide.page(name) is not None or name in guide.unread)
        return None if there else "a term"
    if scheme == "lab":
        return None if rest in desk.guide.experiments else "an experiment"
    if href.startswith("#"):
        return None if href[1:] in desk.page.term.claims else "a claim of the page"
    return None if WEB.match(href) else "a term:, a lab:, a claim of the page or a web address"


@on_pages
def missing_also_in(desk: Desk) -> Iterable[Finding]:
    """The same title or alias in another class, and no link to it."""
    term = desk.page.term
    linked = {(one.class_, one.term) for one in term.also_in}
    for name in dict.fromkeys(text.casefold() for text in (term.title, *term.aliases)):
        for guide, page in desk.names.get(name, ()):
            there = (guide.id, page.term.id)
            if guide.id == desk.guide.id or there in linked:
                continue
            linked.add(there)
            line = f"{{class: {there[0]}, term: {there[1]}, angle: ...}}"
            message = f"also_in must link the same term in {guide.id}; found no link (add {line})"
            yield desk.at(ALSO, message, "also_in")


@on_classes
def units(desk: ClassDesk) -> Iterable[Finding]:
    """Units that list terms which are not there, terms that no unit lists, classes without terms."""
    guide = desk.guide
    if not guide.pages and not guide.faults:
        message = (
            "a class must have terms; found none (stakhanov guide new term CLASS ID starts one)"
        )
        yield desk.at(EMPTY, message, "class.toml", "title")
    for index, unit in enumerate(guide.about.unit):
        for term in unit.terms:
            if guide.page(term) is None and term not in guide.unread:
                message = f"the unit {unit.id} must list terms of the class; found {term}"
                yield desk.at(DEAD, message, "class.toml", "unit", index, "terms")
    listed = {term for unit in guide.about.unit for term in unit.terms}
    for page in guide.pages:
        if page.term.id not in listed:
            message = f"a unit of class.toml must list {page.term.id}; found none"
            yield Finding(guide.shown(page.path), page.line_of("id"), UNLISTED, message, Level.WARN)
