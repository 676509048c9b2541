"""A sentence with something left out, and whether it was put back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from stakhanov.guide.figures import figures
from stakhanov.guide.practice.answers import Outcome
from stakhanov.guide.practice.words import folded, words_of

GAP = "_____"
#: A number this near, relative to the right one, is not sure: the learner decides.
CLOSE = 0.1
#: From so many letters on a name that ends in s is taken for that of many.
LONG = 5
_SMALL = frozenset(("a", "an", "the", "of", "about", "some", "roughly", "in", "on", "per", "cent"))


@dataclass(frozen=True)
class Gap:
    """A stretch of a sentence that can be left out."""

    start: int
    end: int


def place_of(text: str, part: str, taken: Sequence[tuple[int, int]] = ()) -> Gap | None:
    """Where a part stands in a sentence as words of its own; not in stretches that are taken."""
    pattern = rf"(?<!\w)(?<!\d[.,]){re.escape(part)}(?!\w)(?![.,]\d)"
    for match in re.finditer(pattern, text):
        if not any(low < match.end() and match.start() < high for low, high in taken):
            return Gap(match.start(), match.end())
    return None


def put_back(said: str, hidden: str) -> Outcome:
    """How a word, a number or a date that was put into a gap came out."""
    wanted, given = figures(hidden), figures(said)
    alone = len(wanted) == 1 and wanted[0].day is None
    if alone and (not wanted[0].spelt or wanted[0].text == hidden.strip()):
        return _number(given[0].low if given else None, wanted[0].low)
    mine = [word.text for word in words_of(said)]
    theirs = [word.text for word in words_of(hidden) if word.text not in _SMALL]
    met = sum(any(_same(word, one) for word in mine) for one in theirs)
    if theirs and met == len(theirs):
        return Outcome.FOUND
    return Outcome.UNSURE if met * 2 >= len(theirs) and met else Outcome.NOT_FOUND


def named(said: str, names: Sequence[str]) -> Outcome:
    """Whether one of several names was said."""
    outcomes = [put_back(said, name) for name in names]
    order = (Outcome.FOUND, Outcome.UNSURE, Outcome.NOT_FOUND)
    return next((one for one in order if one in outcomes), Outcome.NOT_FOUND)


def masked(text: str, names: Sequence[str]) -> str:
    """A text in which names are left out, the longest first, of one or of many."""
    for name in sorted(names, key=len, reverse=True):
        one = re.escape(name.removesuffix("s")) if len(name) >= LONG else re.escape(name)
        text = re.sub(rf"(?<!\w){one}s?(?!\w)", GAP, text, flags=re.I)
    return text


def _number(said: float | None, wanted: float) -> Outcome:
    if said is None:
        return Outcome.NOT_FOUND
    if abs(said - wanted) <= 1e-9 * max(1.0, abs(wanted)):
        return Outcome.FOUND
    near = abs(said - wanted) <= CLOSE * abs(wanted)
    return Outcome.UNSURE if near else Outcome.NOT_FOUND


def _same(said: str, wanted: str) -> bool:
    """The same word, with a typing error in a longer one, or with another ending."""
    said, wanted = folded(said), folded(wanted)
    if any(c.isdigit() for c in wanted):
        return said == wanted
    most = 2 if len(wanted) >= 9 else 1 if len(wanted) >= 5 else 0
    return OSA.distance(said, wanted, score_cutoff=most) <= most or (
        len(wanted) >= 5 and said in (f"{wanted}s", wanted.removesuffix("s"))
    )
