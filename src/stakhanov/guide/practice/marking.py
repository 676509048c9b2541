"""An answer as it is given back: its words marked, and what the judge says of each key point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stakhanov.guide.practice.answers import Outcome, Point, Verdict, judged


@dataclass(frozen=True)
class Stretch:
    """Some words of an answer, and how the judge took them."""

    text: str
    outcome: str = ""


@dataclass(frozen=True)
class PointLine:
    """A key point in words: what the judge says, and why where it is not sure."""

    id: str
    words: str
    outcome: str
    why: str
    weight: float
    quote: str

    @property
    def found(self) -> bool:
        """Whether it counts until the learner says otherwise."""
        return self.outcome == Outcome.FOUND.value


def stretches(answer: str, verdicts: Sequence[Verdict]) -> tuple[Stretch, ...]:
    """An answer in stretches: what was found, what is not sure, and the rest."""
    marks = [""] * len(answer)
    for outcome in (Outcome.UNSURE, Outcome.FOUND):
        for one in verdicts:
            if one.outcome is outcome:
                marks[one.start : one.end] = [outcome.value] * (one.end - one.start)
    found: list[Stretch] = []
    for letter, mark in zip(answer, marks, strict=True):
        if found and found[-1].outcome == mark:
            found[-1] = Stretch(found[-1].text + letter, mark)
        else:
            found.append(Stretch(letter, mark))
    return tuple(found)


def lines(
    verdicts: Sequence[Verdict], answer: str, points: Sequence[Point], model: str, prompt: str
) -> Iterator[PointLine]:
    """Key points, each in the words of the model answer that carry it, where it has them."""
    there = {one.point: one for one in judged(model, points, prompt)}
    for one in verdicts:
        carried = there[one.point]
        words = model[carried.start : carried.end] or one.point.replace("-", " ")
        quote = answer[one.start : one.end]
        yield PointLine(one.point, words, one.outcome.value, one.why, one.weight, quote)
