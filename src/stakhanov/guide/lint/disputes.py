"""Disputes: where works of a class differ over one quantity, the claim says so."""

from __future__ import annotations

from collections.abc import Iterable

from stakhanov.guide.agreement import agrees
from stakhanov.guide.figures import figures
from stakhanov.guide.finding import Finding
from stakhanov.guide.lint.numbers import DISAGREES, shown, used
from stakhanov.guide.lint.registry import Desk, known, on_pages

UNDECLARED = known(
    "undeclared-dispute", "another work of the class gives a different value for the same fact"
)


@on_pages
def undeclared(desk: Desk) -> Iterable[Finding]:
    """Works that give another value and are not told of."""
    tolerance = desk.guide.about.policy.tolerance
    for name, claim, span in desk.claims():
        if span is None:
            continue
        told = {dispute.fact for dispute in claim.dispute}
        told |= {fact for value in claim.values for fact in value.fact}
        for index, value in enumerate(claim.values):
            keys = {fact.partition(".")[2] for fact in value.fact}
            for place in used(value, span)[:1]:
                before = span.text[max(0, place.start - 40) : place.start]
                for key in sorted(keys):
                    for work, fact in desk.guide.rivals.get(key, ()):
                        if f"{work}.{key}" in told or agrees(
                            value.text, before, fact.value, tolerance
                        ):
                            continue
                        message = (
                            f"{name}: {value.text!r} must name as a dispute what others say;"
                            f" found {shown(fact.value)} in {work}.{key}"
                        )
                        yield desk.at(UNDECLARED, message, "claims", name, "values", index)


@on_pages
def misquoted(desk: Desk) -> Iterable[Finding]:
    """Disputes that quote a number which their work does not give."""
    for name, claim, _ in desk.claims():
        for index, dispute in enumerate(claim.dispute):
            fact = desk.guide.fact(dispute.fact) if dispute.fact else None
            if fact is None or isinstance(fact.value, str) or not figures(dispute.says):
                continue
            if not any(
                agrees(figure.text, "about ", fact.value, desk.guide.about.policy.tolerance)
                for figure in figures(dispute.says)
            ):
                message = (
                    f"{name}: the dispute {dispute.says!r} must agree with {dispute.fact};"
                    f" found {shown(fact.value)} there"
                )
                yield desk.at(DISAGREES, message, "claims", name, "dispute", index)
