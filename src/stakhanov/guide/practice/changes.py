"""This changed since you learned it: what a learner knows that a class no longer says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from stakhanov.guide.figures import figures
from stakhanov.guide.live import LIVE
from stakhanov.guide.practice.cards import Card
from stakhanov.guide.practice.reviews import Review


@dataclass(frozen=True)
class Change:
    """What was learned, what the class says now, and why, where an author says it."""

    said: str
    now: str
    why: str = ""
    on: date | None = None


def changed(card: Card, last: Review | None, text: Callable[[str], str | None]) -> Change | None:
    """What changed since a card's last review; `text` gives what was learned by its digest.

    A correction that the author dates, or else other numbers than those that were learned. Other words with
    the same numbers are no change, and neither are numbers that a run renews: those of what was learned are
    not known any more and stand as dots.
    """
    if last is None or last.learned == card.digest:
        return None
    since = last.at.date()
    dated = [one for one in card.corrected if one.on >= since]
    if dated:
        newest = max(dated, key=lambda one: one.on)
        return Change(newest.said, card.answer, newest.why, newest.on)
    before = text(last.learned) if last.learned else None
    if before is None or _numbers(before) == _numbers(card.learned):
        return None
    return Change(LIVE.sub("…", before), card.answer)


def _numbers(text: str) -> list[str]:
    return sorted(figure.text for figure in figures(LIVE.sub("", text)))
