"""Repairs: the entries that a check found missing, where one can only be meant in one way.

A span without an entry gets one. A number gets a value entry where facts of one name in the claim's works
agree with it. A term that stands in another class gets its link, a term of no unit its place in the last.
Nothing is taken away; comments and order stay.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from stakhanov.foundation.files import write_atomically
from stakhanov.guide.agreement import agrees
from stakhanov.guide.guides import Guide, Library
from stakhanov.guide.lint.check import names_in
from stakhanov.guide.lint.numbers import loose_figures, names_of
from stakhanov.guide.lint.registry import Desk, Names
from stakhanov.guide.live import lives
from stakhanov.guide.pages import FENCE, Page
from stakhanov.guide.prose import Span
from stakhanov.guide.scaffold import list_term
from stakhanov.guide.terms import Claim


@dataclass(frozen=True)
class Mended:
    """An entry that was added, and to which file."""

    file: str
    what: str


def repaired(library: Library, *, write: bool = True) -> list[Mended]:
    """Add what can be added to the classes that were asked for."""
    everywhere = names_in(library)
    done: list[Mended] = []
    for guide in library.each():
        listed = {term for unit in guide.about.unit for term in unit.terms}
        for page in guide.pages:
            done += _page(Desk(library, everywhere, guide, page), everywhere, write=write)
            if page.term.id not in listed and guide.about.unit:
                if write:
                    list_term(guide.folder, page.term.id)
                where = f"{guide.folder.name}/class.toml"
                done.append(Mended(where, f"unit {guide.about.unit[-1].id}: {page.term.id}"))
    return done


def _page(desk: Desk, everywhere: Names, *, write: bool) -> list[Mended]:
    yaml = YAML(typ="rt")
    yaml.width = 4096
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    front: Any = yaml.load(io.StringIO(desk.page.front))
    file = desk.guide.shown(desk.page.path)
    whats = [*_claims(desk, front), *_links(desk, everywhere, front)]
    if whats and write:
        text = io.StringIO()
        yaml.dump(front, text)
        _put(desk.page, text.getvalue())
    return [Mended(file, what) for what in whats]


def _put(page: Page, front: str) -> None:
    text = page.path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    match = FENCE.match(text)
    assert match is not None
    whole = f"---\n{front}---\n{text[match.end() :]}"
    write_atomically(page.path, whole.encode("utf-8"))


def _claims(desk: Desk, front: Any) -> Iterable[str]:
    """Entries of spans that have none, and of numbers that have none."""
    claims = front.setdefault("claims", CommentedMap())
    for span in desk.page.prose.spans:
        known = desk.page.term.claims.get(span.id)
        entry = claims.get(span.id)
        if entry is None:
            known = Claim(kind="attribution")
            entry = claims[span.id] = CommentedMap(
                {"kind": "attribution", "evidence": CommentedSeq()}
            )
            yield f"claims.{span.id}"
        assert known is not None
        missing = list(_values(desk, known, span))
        if missing:
            entry.setdefault("values", CommentedSeq()).extend(missing)
        yield from (f"claims.{span.id}.values: {value['text']}" for value in missing)


def _values(desk: Desk, claim: Claim, span: Span) -> Iterable[CommentedMap]:
    for figure in loose_figures(claim, span, names_of(desk)):
        before = span.text[max(0, figure.start - 40) : figure.start]
        facts = _agreeing(desk.guide, claim, figure.text, before)
        if facts:
            yield _flow({"text": figure.text, "fact": _flow_list(facts)})
    bound = {"".join(value.text.split()) for value in claim.values}
    for live in lives(span.text):
        if "".join(live.text.split()) not in bound:
            yield _flow({"text": live.text, "result": live.reference})


def _agreeing(guide: Guide, claim: Claim, text: str, before: str) -> list[str]:
    """The facts of a claim's works that agree with a number, if they are of one quantity."""
    found = [
        (f"{work}.{key}", key)
        for work in claim.evidence
        if work in guide.sources
        for key, fact in guide.sources[work].facts.items()
        if agrees(text, before, fact.value, guide.about.policy.tolerance)
    ]
    return [fact for fact, _ in found] if len({key for _, key in found}) == 1 else []


def _links(desk: Desk, everywhere: Names, front: Any) -> Iterable[str]:
    term = desk.page.term
    linked = {(one.class_, one.term) for one in term.also_in}
    for name in dict.fromkeys(text.casefold() for text in (term.title, *term.aliases)):
        for guide, page in everywhere.get(name, ()):
            there = (guide.id, page.term.id)
            if guide.id == desk.guide.id or there in linked:
                continue
            linked.add(there)
            line = _flow({"class": there[0], "term": there[1], "angle": ""})
            front.setdefault("also_in", CommentedSeq()).append(line)
            yield f"also_in: {there[0]}/{there[1]}"


def _flow(plain: dict[str, Any]) -> CommentedMap:
    made = CommentedMap(plain)
    made.fa.set_flow_style()
    return made


def _flow_list(plain: list[str]) -> CommentedSeq:
    made = CommentedSeq(plain)
    made.fa.set_flow_style()
    return made
