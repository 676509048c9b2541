"""How a card is asked this time, and how an answer to it is judged."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from stakhanov.guide.practice.answers import Outcome, Verdict, judged, share
from stakhanov.guide.practice.cards import Card
from stakhanov.guide.practice.cloze import GAP, named, put_back
from stakhanov.guide.practice.memory import Grade

#: From this share of the points on an answer counts as got, until the learner says otherwise.
MOST = 0.5


@dataclass(frozen=True)
class Asked:
    """A card as it is put: the text, the gap left out of it, or the options to choose from."""

    card: Card
    text: str
    gap: int | None = None
    options: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """What it is about, as may be told before the answer: where the term is asked for, not the term."""
        hidden = bool(self.card.names) or self.card.kind == "look-alike"
        return (self.card.unit or "Terms") if hidden else self.card.title

    @property
    def bare(self) -> str:
        """The text as it stands beside a drawing of its chart."""
        return self.card.chart.ask if self.card.chart is not None else self.text

    @property
    def around(self) -> tuple[str, str]:
        """The text before and behind its gap; without one all of it is before."""
        before, _, behind = self.text.partition(GAP)
        return before, behind

    @property
    def right(self) -> str:
        """What is to be said: the hidden part, the right option, the term, or the model answer."""
        if self.gap is not None:
            return self.card.hidden(self.gap)
        if self.card.choices is not None and self.options:
            return self.card.choices.right
        return self.card.names[0] if self.card.names else self.card.answer


@dataclass(frozen=True)
class Judgement:
    """What the judge says of an answer: the outcome as a whole, and each key point's."""

    outcome: Outcome
    verdicts: tuple[Verdict, ...] = ()

    @property
    def share(self) -> float:
        """The share that was found."""
        return share(self.verdicts) if self.verdicts else float(self.outcome is Outcome.FOUND)

    def disputed(self, counting: Mapping[str, bool]) -> dict[str, bool]:
        """The key points on which the learner says otherwise: whether each of them counts."""
        found = {one.point: one.outcome is Outcome.FOUND for one in self.verdicts}
        return {
            name: counts
            for name, counts in counting.items()
            if name in found and counts is not found[name]
        }

    def counting(self, said: Mapping[str, bool]) -> Judgement:
        """What it comes to when some points count, or do not, as the learner says."""
        verdicts = tuple(
            replace(one, outcome=Outcome.FOUND if said[one.point] else Outcome.NOT_FOUND)
            if one.point in said
            else one
            for one in self.verdicts
        )
        return Judgement(_overall(verdicts), verdicts) if verdicts else self

    @property
    def grade(self) -> Grade:
        """The grade that it suggests; the learner decides."""
        return Grade.GOT if self.share >= MOST else Grade.MISSED


def asked(card: Card, times: int) -> Asked:
    """The card as it is put the next time: another gap, another order of the options."""
    if card.choices is not None:
        options = [card.choices.right, *card.choices.wrong]
        random.Random(f"{card.id} {times}").shuffle(options)
        return Asked(card, card.prompt, options=tuple(options))
    if card.gaps:
        gap = times % len(card.gaps)
        return Asked(card, card.gapped(gap), gap)
    return Asked(card, card.prompt)


def judge(asked: Asked, said: str) -> Judgement:
    """An answer to a card. Of options, the text or its number from 1 may be said."""
    card = asked.card
    if asked.options:
        return Judgement(
            Outcome.FOUND if chosen(asked.options, said) == asked.right else Outcome.NOT_FOUND
        )
    if asked.gap is not None:
        return Judgement(put_back(said, asked.right))
    if card.names:
        return Judgement(named(said, card.names))
    verdicts = tuple(judged(said, card.points, card.prompt))
    return Judgement(_overall(verdicts), verdicts)


def chosen(options: Sequence[str], said: str) -> str | None:
    """The option that was said, by its number from 1 or its text; None for any other."""
    said = said.strip()
    if said.isascii() and said.isdigit() and 1 <= int(said[:9]) <= len(options):
        return options[int(said[:9]) - 1]
    return next((one for one in options if one.casefold() == said.casefold()), None)


def _overall(verdicts: Sequence[Verdict]) -> Outcome:
    outcomes = {one.outcome for one in verdicts}
    if outcomes == {Outcome.FOUND}:
        return Outcome.FOUND
    return Outcome.NOT_FOUND if outcomes <= {Outcome.NOT_FOUND} else Outcome.UNSURE
