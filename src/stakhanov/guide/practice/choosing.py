"""Cards to choose from that are made of claims: what a claim rests on, what a chart shows, which term is meant.

They belong to their claim: its name, then a mark and what is asked of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stakhanov.guide.classes import Sort
from stakhanov.guide.guides import Guide
from stakhanov.guide.pages import Page
from stakhanov.guide.practice.cloze import masked
from stakhanov.guide.terms import Choices

#: What a card asks: a claim's sentence, a review question, or one of the three that are chosen from.
Kind = Literal["claim", "question", "evidence", "chart", "look-alike"]
#: Stands between the name of a claim's card and what else is asked of the claim; no name has it.
MARK = "~"


@dataclass(frozen=True)
class Bar:
    """An arm of a chart: its title, its value, and the 95 % interval where there is one."""

    title: str
    value: float
    low: float | None = None
    high: float | None = None

    @property
    def said(self) -> str:
        """The numbers in words."""
        edges = (
            "" if self.low is None or self.high is None else f" ({self.low:.3g} to {self.high:.3g})"
        )
        return f"{self.value:.3g}{edges}"


@dataclass(frozen=True)
class Chart:
    """A chart of a locked run to be read: a measure in its unit, by arm; `ask` is the bare question."""

    ask: str
    measure: str
    unit: str
    bars: tuple[Bar, ...]

    @property
    def said(self) -> str:
        """The chart in words, for those who cannot see it."""
        bars = "; ".join(f"{one.title}: {one.said}" for one in self.bars)
        return f"{self.measure}, {self.unit}, with 95 % intervals. {bars}."


@dataclass(frozen=True)
class Choosing:
    """A question made of a claim. `learned` is what is learned by it, without numbers that a run renews."""

    kind: Kind
    claim: str
    sort: Sort
    prompt: str
    choices: Choices
    answer: str
    learned: str
    chart: Chart | None = None


def look_alikes(guide: Guide, page: Page) -> Iterator[Choosing]:
    """Sentences that an author says are not true of look-alikes: which term is meant?"""
    term = page.term
    for name, claim in term.claims.items():
        others = [other for one in claim.apart if (other := guide.page(one)) is not None]
        titles = [one.term.title for one in others if one.term.title != term.title]
        sentence = " ".join(guide.sentence(page, name).split())
        if not titles or not sentence:
            continue
        names = [alias for one in (page, *others) for alias in (one.term.title, *one.term.aliases)]
        hidden = masked(sentence, names)
        yield Choosing(
            "look-alike",
            name,
            "recall",
            f"Which of these is meant? {hidden}",
            Choices(right=term.title, wrong=tuple(dict.fromkeys(titles))),
            sentence,
            f"{term.title}: {_unfilled(page, name)}",
        )


def _unfilled(page: Page, name: str) -> str:
    span = page.prose.span(name)
    return " ".join(span.text.split()) if span is not None else ""
