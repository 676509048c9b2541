"""Dates: events fall within the class, and titles carry the years that are declared."""

from __future__ import annotations

from collections.abc import Iterable

from stakhanov.guide.figures import figures
from stakhanov.guide.finding import Finding
from stakhanov.guide.lint.registry import ClassDesk, Desk, known, on_classes, on_pages

OUTSIDE = known("date-in-range", "a date falls outside the years of its class")
TITLE = known("title-years", "the years in a title are not those that are declared")


@on_pages
def outside(desk: Desk) -> Iterable[Finding]:
    """Dates of claims, and years of a term, outside the class."""
    span_of_class = desk.guide.about.years
    if span_of_class is None:
        return
    first, last = span_of_class
    must = f"must fall within {first} to {last}"
    own = desk.page.term.years
    if own is not None and (own[0] < first or own[1] > last):
        yield desk.at(OUTSIDE, f"the term's years {must}; found {own[0]} to {own[1]}", "years")
    for name, claim, span in desk.claims():
        if span is None or claim.outside_years:
            continue
        for figure in figures(span.text):
            years = figure.years
            if years is None or span.is_wrong(figure.start, figure.end):
                continue
            if years[0] < first or years[1] > last:
                message = (
                    f"{name}: the date {figure.text!r} {must}, or the claim say why under"
                    f" outside_years; found it outside"
                )
                yield desk.at(OUTSIDE, message, line=span.line)


@on_pages
def titled(desk: Desk) -> Iterable[Finding]:
    """A term's title whose years differ from those declared."""
    term = desk.page.term
    said = years_in(term.title)
    if term.years is not None and term.years[0] > term.years[1]:
        message = f"years must run forward; found {term.years[0]} to {term.years[1]}"
        yield desk.at(TITLE, message, "years")
    elif said is not None and term.years is not None and said != term.years:
        message = f"the title must carry the years {term.years[0]} to {term.years[1]}; found {term.title!r}"
        yield desk.at(TITLE, message, "title")


@on_classes
def class_titled(desk: ClassDesk) -> Iterable[Finding]:
    """A class's title whose years differ from those declared, and units outside them."""
    about = desk.guide.about
    said = years_in(about.title)
    if said is not None and said != about.years:
        message = (
            f"years must be declared, as the title names some; found none beside {about.title!r}"
        )
        if about.years is not None:
            first, last = about.years
            message = f"the title must carry the years {first} to {last}; found {about.title!r}"
        yield desk.at(TITLE, message, "class.toml", "title")
    for index, unit in enumerate(about.unit):
        years = years_in(unit.title)
        if years and about.years and (years[0] < about.years[0] or years[1] > about.years[1]):
            message = f"the unit {unit.id} must lie within the class's years; found {unit.title!r}"
            yield desk.at(OUTSIDE, message, "class.toml", "unit", index, "title")


def years_in(title: str) -> tuple[int, int] | None:
    """The years that a title names, from the first to the last; None where it names none."""
    found = [figure.years for figure in figures(title) if figure.years is not None]
    if not found:
        return None
    return min(low for low, _ in found), max(high for _, high in found)
