"""Numbers: each one in a claim is bound, and agrees with what it is bound to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from stakhanov.guide.agreement import agrees
from stakhanov.guide.derive import derived, references
from stakhanov.guide.figures import Figure, figures, measures
from stakhanov.guide.finding import Finding, Level
from stakhanov.guide.guides import Guide
from stakhanov.guide.lint.registry import Desk, known, on_pages
from stakhanov.guide.live import FORMS, LIVE, lives
from stakhanov.guide.prose import Span
from stakhanov.guide.terms import Claim, Value
from stakhanov.guide.theories import evaluated

UNBOUND = known("number-unbound", "a number in a claim has no value entry")
DISAGREES = known(
    "number-disagrees",
    "a number differs from what it is bound to, or a known error is stated as a fact",
)
UNUSED = known("value-unused", "a bound value does not stand in its claim")
OUTSIDE = known("number-outside-claim", "prose outside claims has a number", Level.WARN)
WITHOUT = known("fact-without-evidence", "a value is bound to a work that the claim does not name")
UNVERIFIED = known("unverified-fact", "a claim binds a fact that nobody has read in its source")


@dataclass(frozen=True)
class Place:
    """Where a value stands in its claim."""

    start: int
    end: int
    wrong: bool


def places(text: str, span: Span) -> Iterator[Place]:
    """Where a text stands in a claim as a whole number or word."""
    if not text.strip():
        return
    same = text == " ".join(text.split()) and not _UNEVEN.search(span.text)
    ends = (
        _ends(text, span.text)
        if same or " " not in text
        else (match.span() for match in _whole(text).finditer(span.text))
    )
    for start, end in ends:
        yield Place(start, end, span.is_wrong(start, end))


def _ends(text: str, whole: str) -> Iterator[tuple[int, int]]:
    """Where a text stands as a number or word of its own: not in a longer one, not before decimals."""
    start = whole.find(text)
    while start >= 0:
        end = start + len(text)
        before, after = whole[start - 1 : start] if start else "", whole[end : end + 2]
        open_ = not text[0].isalnum() or not (before and (before in ".,_" or before.isalnum()))
        closed = text[-1].isalnum() and (
            after[:1].isalnum()
            or after[:1] == "_"
            or (after[:1] in (".", ",") and after[1:].isdigit())
        )
        if open_ and not closed:
            yield start, end
            start = whole.find(text, end)
        else:
            start = whole.find(text, start + 1)


#: Spaces other than single ones: a text may be broken there.
_UNEVEN = re.compile(r"\s\s|[^\S ]")


def _whole(text: str) -> re.Pattern[str]:
    """A text as a whole number or word, however it is broken into lines."""
    edge_before = r"(?<![\w.,])" if text[0].isalnum() else ""
    edge_after = r"(?![\w]|[.,]\d)" if text[-1].isalnum() else ""
    words = r"\s+".join(re.escape(part) for part in text.split())
    return re.compile(edge_before + words + edge_after)


def used(value: Value, span: Span) -> list[Place]:
    """Where a value counts: an error that is quoted only in quotation marks, others never there."""
    return [place for place in places(value.text, span) if place.wrong == bool(value.quotes_error)]


def names_of(desk: Desk) -> list[str]:
    """Phrases in which a number is part of a name."""
    term = desk.page.term
    return [*desk.guide.about.names, *(t for t in (term.title, *term.aliases) if figures(t))]


def nameless(text: str, names: Iterable[str]) -> str:
    """A text of the same length in which names and live values are blank."""
    blank = LIVE.sub(_blank, text)
    pattern = _any_of(tuple(names))
    return blank if pattern is None else pattern.sub(_blank, blank)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


@lru_cache(maxsize=1000)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of some phrases, the longest first, however they are broken into lines."""
    ordered = sorted((one for one in phrases if one.strip()), key=len, reverse=True)
    if not ordered:
        return None
    return re.compile("|".join(r"\s+".join(map(re.escape, one.split())) for one in ordered), re.I)


@on_pages
def unbound(desk: Desk) -> Iterable[Finding]:
    """Figures of a claim that no value covers."""
    names = names_of(desk)
    for name, claim, span in desk.claims():
        if span is None:
            continue
        for figure in loose_figures(claim, span, names):
            message = f"{name}: the number {figure.text!r} must have a value entry; found none"
            yield desk.at(UNBOUND, message, line=span.line)
        for match in LIVE.finditer(span.text):
            if not any(_same_live(value.text, match[0]) for value in claim.values):
                message = f"{name}: {match[0]} must have a value entry; found none"
                yield desk.at(UNBOUND, message, line=span.line)


def loose_figures(claim: Claim, span: Span, names: Iterable[str]) -> list[Figure]:
    """The figures of a claim that no value covers."""
    covered = bytearray(len(span.text))
    for value in claim.values:
        for place in used(value, span):
            covered[place.start : place.end] = b"\1" * (place.end - place.start)
    text = nameless(span.text, names)
    return [
        figure
        for figure in figures(text)
        if any(text[at].isalnum() and not covered[at] for at in range(figure.start, figure.end))
    ]


def _same_live(mine: str, theirs: str) -> bool:
    return "".join(mine.split()) == "".join(theirs.split())


@on_pages
def unused(desk: Desk) -> Iterable[Finding]:
    """Values whose number was rewritten in the prose."""
    for name, claim, span in desk.claims():
        if span is None:
            continue
        for index, value in enumerate(claim.values):
            live = any(_same_live(value.text, match[0]) for match in LIVE.finditer(span.text))
            if not live and not used(value, span):
                where = " inside a quoted error" if value.quotes_error else ""
                message = f"{name}: the value {value.text!r} must stand in the claim{where}; found it nowhere"
                yield desk.at(UNUSED, message, "claims", name, "values", index)
        for index, phrase in enumerate(claim.cloze):
            if not list(places(phrase, span)):
                message = f"{name}: the cloze {phrase!r} must stand in the claim; found it nowhere"
                yield desk.at(UNUSED, message, "claims", name, "cloze", index)


@on_pages
def disagreeing(desk: Desk) -> Iterable[Finding]:
    """Numbers that are not what they are bound to."""
    tolerance = desk.guide.about.policy.tolerance
    for name, claim, span in desk.claims():
        if span is None:
            continue
        for index, value in enumerate(claim.values):
            for place in used(value, span) if not value.result else ():
                before = span.text[max(0, place.start - 40) : place.start]
                said = [
                    *_bound(desk.guide, claim, value, before, tolerance),
                    *_plainly(value, span, place),
                ]
                for message in said:
                    full = f"{name}: {value.text!r} {message}"
                    yield desk.at(DISAGREES, full, "claims", name, "values", index)


def _bound(
    guide: Guide, claim: Claim, value: Value, before: str, tolerance: float
) -> Iterator[str]:
    for reference in (*value.fact, *([value.quotes_error] if value.quotes_error else [])):
        fact = guide.fact(reference)
        if fact is not None and not agrees(value.text, before, fact.value, tolerance):
            yield f"must agree with {reference}; found {shown(fact.value)} there"
    if value.derive:
        try:
            number = derived(value.derive, lambda reference: _number(guide, reference))
        except ValueError as error:
            yield f"is derived, and its derivation {error}; found {value.derive!r}"
        except KeyError:
            return  # told as an unknown source
        else:
            if not agrees(value.text, before, number, tolerance):
                yield f"must agree with {value.derive}; found {number:.6g}"
    if value.theory:
        number_or_none = evaluated(claim.theory, value.theory)
        if number_or_none is None:
            yield f"is bound to {value.theory!r} of a closed form; found no such answer"
        elif not agrees(value.text, before, number_or_none, tolerance):
            yield f"must agree with the closed form; found {number_or_none:.6g}"
    if value.result and not LIVE.fullmatch(value.text):
        yield "is a run's result and must be written as {{...}}; found a typed number"
    elif value.result and [live.reference for live in lives(value.text)] != [value.result]:
        yield f"must show the result that it is bound to, {value.result}; found another"


def _plainly(value: Value, span: Span, place: Place) -> Iterator[str]:
    """A bare count may not measure: no unit, per cent or times may follow it."""
    if value.bare and (
        measures(span.text, place.end)
        or any(f.end < len(value.text) and measures(value.text, f.end) for f in figures(value.text))
    ):
        yield "is said to be a bare count and must not measure anything; found a unit after it"


def _number(guide: Guide, reference: str) -> float:
    fact = guide.fact(reference)
    if fact is None:
        raise KeyError(reference)
    if isinstance(fact.value, bool) or not isinstance(fact.value, (int, float)):
        raise ValueError(f"must use numbers, and {reference} is none")
    return float(fact.value)


def shown(value: object) -> str:
    """A fact's value as a message tells it."""
    if isinstance(value, tuple):
        return "–".join(f"{part:g}" for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


@on_pages
def unverified(desk: Desk) -> Iterable[Finding]:
    """Facts that were recalled or never checked."""
    for name, claim, _ in desk.claims():
        for index, value in enumerate(claim.values):
            for reference in (*value.fact, *references(value.derive)):
                fact = desk.guide.fact(reference)
                if fact is not None and fact.status != "read":
                    message = f"{name}: {reference} must have been read in its source; found it {fact.status}"
                    yield desk.at(UNVERIFIED, message, "claims", name, "values", index)


@on_pages
def live(desk: Desk) -> Iterable[Finding]:
    """Live values that say another result than the one they are bound to, or are printed in no known way."""
    for name, claim, _ in desk.claims():
        for index, value in enumerate(claim.values):
            if not value.result:
                continue
            steps = ("claims", name, "values", index)
            for message in _bound(desk.guide, claim, value, "", 0.0):
                yield desk.at(DISAGREES, f"{name}: {value.text!r} {message}", *steps)
            for one in lives(value.text):
                if one.form not in FORMS:
                    forms = " or ".join(form for form in FORMS if form)
                    message = f"{name}: {value.text!r} must be printed as {forms}; found {one.form}"
                    yield desk.at(DISAGREES, message, *steps)


@on_pages
def unsupported(desk: Desk) -> Iterable[Finding]:
    """Values bound to facts of works that the claim does not name."""
    for name, claim, _ in desk.claims():
        for index, value in enumerate(claim.values):
            for reference in (*value.fact, *references(value.derive)):
                work = reference.partition(".")[0]
                if desk.guide.fact(reference) is not None and work not in claim.evidence:
                    message = (
                        f"{name}: evidence must name {work}, which gives {value.text!r}; found none"
                    )
                    yield desk.at(WITHOUT, message, "claims", name, "values", index)


@on_pages
def outside(desk: Desk) -> Iterable[Finding]:
    """Numbers of the prose that stand in no claim; known errors that stand there as facts."""
    errors = {
        value.text.casefold()
        for claim in desk.page.term.claims.values()
        for value in claim.values
        if value.quotes_error
    }
    names = names_of(desk)
    for loose in desk.page.prose.loose:
        if loose.wrong:
            continue
        for figure in figures(nameless(loose.text, names)):
            if figure.text.casefold() in errors:
                message = (
                    f"the known error {figure.text!r} must stand only in quotation, as [...]{{.wrong}};"
                    f" found it stated"
                )
                yield desk.at(DISAGREES, message, line=loose.line)
            else:
                message = f"the number {figure.text!r} must stand in a claim; found it outside"
                yield desk.at(OUTSIDE, message, line=loose.line)
        for match in LIVE.finditer(loose.text):
            message = f"the live value {match[0]} must stand in a claim; found it outside"
            yield desk.at(UNBOUND, message, line=loose.line)
