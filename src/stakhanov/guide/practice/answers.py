"""Answers judged by key points: found, not sure, not found; never wrong.

A key point lists groups of word beginnings, `raise norm`. A group is in an answer if its words stand within
eight of each other in one sentence, in any order. What is negated, or stands in a bare list of keywords, is
not credited: it makes the judge not sure, and the learner decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Protocol

from stakhanov.guide.practice.words import WORD, Word, folded, means, words_of

#: Words of a group stand within so many of each other.
NEAR = 8
#: A negation reaches so many words.
REACH = 4
#: From so many words on, an answer with hardly a small word is a list; a shorter one if it names several
#: points.
LIST = 4
_NEGATIONS = (
    "not no never none nobody nothing neither nor without hardly barely scarcely cannot fail"
    " failed fails failing false falsely instead lack lacked lacking stopped refused"
)
#: Negations that take nothing back.
_EMPHASES = "only just merely least doubt wonder surprise matter"
_TURNS = "but however although though yet whereas while rather because so"
#: Small words that hold sentences together; a list of keywords has none.
_GLUE = (
    "a an the of to in on at by for from with as and or but that which who what this these"
    " those it its they their them he his she her we you i is are was were be been being has"
    " have had do does did can could would will should may might must not no so if when because"
    " than then there more most less into about over after before up out all any every each one"
    " such also"
)


NEGATIONS, EMPHASES, TURNS, GLUE = (
    frozenset(words.split()) for words in (_NEGATIONS, _EMPHASES, _TURNS, _GLUE)
)


class Point(Protocol):
    """A key point as a guide declares it."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def weight(self) -> float:
        """What it counts."""

    @property
    def any(self) -> Sequence[str]:
        """Groups of word beginnings; one is enough."""


class Outcome(StrEnum):
    """How a key point came out."""

    FOUND = "found"
    UNSURE = "not sure"
    NOT_FOUND = "not found"


@dataclass(frozen=True)
class Verdict:
    """A key point in an answer: `start` and `end` bound its words; `why` is what made the judge not sure."""

    point: str
    weight: float
    outcome: Outcome
    start: int = 0
    end: int = 0
    why: str = ""


def judged(answer: str, points: Sequence[Point], prompt: str = "") -> list[Verdict]:
    """Each key point in an answer. What only repeats the prompt has nothing in it."""
    words = words_of(answer)
    asked = {word.text for word in words_of(prompt)}
    if words and all(word.text in asked for word in words):
        words = []
    found = [_verdict(point, words, listed=is_list(words)) for point in points]
    many = sum(one.outcome is Outcome.FOUND for one in found) > 1
    if many and not any(word.text in GLUE for word in words):
        return [_verdict(point, words, listed=True) for point in points]
    return found


def share(
    verdicts: Sequence[Verdict], counted: frozenset[Outcome] = frozenset({Outcome.FOUND})
) -> float:
    """The weight of the points that came out so, as a share of all."""
    whole = sum(one.weight for one in verdicts)
    return sum(one.weight for one in verdicts if one.outcome in counted) / whole if whole else 0.0


def is_list(words: Sequence[Word]) -> bool:
    """Whether words are a bare list of keywords: hardly a small word among them."""
    glue = sum(word.text in GLUE for word in words)
    return len(words) >= LIST and glue / len(words) < 0.12


def _verdict(point: Point, words: Sequence[Word], *, listed: bool) -> Verdict:
    unsure: Verdict | None = None
    for group in point.any:
        for hit in _hits(group, words):
            start, end = words[hit[0]].start, words[hit[-1]].end
            why = "a bare list" if listed else "a negation nearby" if _negated(hit, words) else ""
            if not why:
                return Verdict(point.id, point.weight, Outcome.FOUND, start, end)
            unsure = unsure or Verdict(point.id, point.weight, Outcome.UNSURE, start, end, why)
    return unsure or Verdict(point.id, point.weight, Outcome.NOT_FOUND)


def _hits(group: str, words: Sequence[Word]) -> Iterator[list[int]]:
    """Places of words at which a whole group stands near together, in one sentence."""
    beginnings = [folded(match[0]) for match in WORD.finditer(group)]
    places = [[p for p, word in enumerate(words) if means(word.text, b)] for b in beginnings]
    if not beginnings or not all(places):
        return
    for first in places[0]:
        near = [[p for p in ps if abs(p - first) <= NEAR] for ps in places[1:]]
        for others in product(*near):
            hit = sorted({first, *others})
            whole = hit[-1] - hit[0] <= NEAR and len(hit) == len(beginnings)
            if whole and words[hit[0]].sentence == words[hit[-1]].sentence:
                yield hit


def _negated(hit: Sequence[int], words: Sequence[Word]) -> bool:
    """Whether a negation reaches the words of a hit: before, between, or just after them."""
    first, last = hit[0], hit[-1]
    for place in range(max(0, first - REACH), min(len(words), last + REACH + 1)):
        if place in hit or not _is_negation(words, place):
            continue
        if first < place < last:
            return True
        if _reaches(words, min(place, last), max(place, first)):
            return True
    return False


def _is_negation(words: Sequence[Word], place: int) -> bool:
    text = words[place].text
    if text not in NEGATIONS and not text.endswith("n't"):
        return False
    return place + 1 == len(words) or words[place + 1].text not in EMPHASES


def _reaches(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether two words stand in one clause with no turn such as "but" between them."""
    return words[start].clause == words[end].clause and not any(
        word.text in TURNS for word in words[start + 1 : end]
    )
