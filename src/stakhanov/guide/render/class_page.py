"""What the template of a class shows: everything worked out, nothing left to the template."""

from __future__ import annotations

from dataclasses import dataclass

from stakhanov.guide.guides import Guide
from stakhanov.guide.pages import Page
from stakhanov.guide.render.badges import Badge, badges
from stakhanov.guide.render.downloads import Download, downloads
from stakhanov.guide.render.linked_data import class_data
from stakhanov.guide.render.views import Link


@dataclass(frozen=True)
class Entry:
    """A term in the list of its class."""

    link: Link
    claims: int
    disputed: int
    runs: int


@dataclass(frozen=True)
class UnitView:
    """A unit with its terms."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Changed:
    """A correction of a claim: when, where, what it said, and why that was wrong."""

    on: str
    link: Link
    said: str
    why: str


@dataclass(frozen=True)
class ClassView:
    """A class's page."""

    id: str
    title: str
    tagline: str
    level: str
    language: str
    licence: str
    terms: int
    claims: int
    sourced: int
    held: int
    units: tuple[UnitView, ...]
    exam: tuple[str, ...]
    works: tuple[str, ...]
    changed: tuple[Changed, ...]
    current: str
    downloads: tuple[Download, ...]
    data: str


def class_view(guide: Guide) -> ClassView:
    """A class as its page shows it."""
    about = guide.about
    claims = [claim for page in guide.pages for claim in page.term.claims.values()]
    sourced = sum(bool(claim.evidence) for claim in claims)
    held = sum(badge.run is not None and badge.run.holds is True for badge in _all_badges(guide))
    return ClassView(
        id=guide.id,
        title=about.title,
        tagline=about.tagline,
        level=about.level,
        language=about.language,
        licence=about.licence,
        terms=len(guide.pages),
        claims=len(claims),
        sourced=round(100 * sourced / len(claims)) if claims else 0,
        held=held,
        units=_units(guide),
        exam=tuple(_exam(guide)),
        works=tuple(sorted(work.cited() for work in guide.sources.values() if work.evidence)),
        changed=tuple(_changed(guide)),
        current=_current(guide),
        downloads=downloads(guide),
        data=class_data(guide),
    )


def _changed(guide: Guide) -> list[Changed]:
    """Corrections of claims, the newest first."""
    found = [
        Changed(
            one.on.isoformat(),
            Link(f"{page.term.id}.html#{name}", page.term.title),
            one.said,
            one.why,
        )
        for page in guide.pages
        for name, claim in page.term.claims.items()
        for one in claim.corrected
    ]
    return sorted(found, key=lambda one: one.on, reverse=True)


def _current(guide: Guide) -> str:
    """Of which day its texts and its runs are."""
    texts = [page.term.reviewed.on for page in guide.pages if page.term.reviewed.on is not None]
    runs = [ran.on for ran in guide.lock.experiments.values() if ran.on]
    parts = [f"Texts as of {max(texts).isoformat()}."] if texts else []
    parts += [f"Runs as of {max(runs)}."] if runs else []
    return " ".join(parts)


def _all_badges(guide: Guide) -> list[Badge]:
    return [badge for page in guide.pages for badge in badges(guide, page).values()]


def _units(guide: Guide) -> tuple[UnitView, ...]:
    listed: set[str] = set()
    units = []
    for unit in guide.about.unit:
        pages = [page for term in unit.terms if (page := guide.page(term)) is not None]
        listed |= {page.term.id for page in pages}
        units.append(UnitView(unit.title, tuple(_entry(guide, page) for page in pages)))
    rest = [page for page in guide.pages if page.term.id not in listed]
    if rest:
        title = "Other terms" if units else "Terms"
        units.append(UnitView(title, tuple(_entry(guide, page) for page in rest)))
    return tuple(units)


def _entry(guide: Guide, page: Page) -> Entry:
    all_badges = badges(guide, page).values()
    link = Link(f"{page.term.id}.html", page.term.title, page.term.gist)
    return Entry(
        link,
        len(all_badges),
        sum(bool(one.disputes) for one in all_badges),
        sum(one.run is not None for one in all_badges),
    )


def _exam(guide: Guide) -> list[str]:
    exam = guide.about.exam
    words = {
        "recall": ("fact to recall", "facts to recall"),
        "short": ("short answer", "short answers"),
        "interpret": ("chart to read", "charts to read"),
    }
    shares = [
        f"{share.items} {words[sort][share.items > 1]} ({100 * share.weight:.0f}\u00a0%)"
        for sort, share in exam.blueprint.items()
    ]
    return [f"{exam.minutes} minutes", *shares] if shares else []
