"""What may be left out of a claim's sentence."""

from __future__ import annotations

import re
from collections import Counter

from stakhanov.guide.guides import Guide
from stakhanov.guide.live import filled
from stakhanov.guide.pages import Page
from stakhanov.guide.practice.cloze import Gap, place_of

#: A word of so many letters may stand for what a sentence says.
LONG = 6
#: Long words that say nothing by themselves.
IDLE = frozenset(
    (
        *("already", "although", "another", "because", "before", "behind", "between", "during"),
        *("everybody", "everyone", "however", "itself", "others", "people", "should", "sometimes"),
        *(
            "themselves",
            "therefore",
            "though",
            "through",
            "toward",
            "towards",
            "whether",
            "without",
        ),
    )
)


def gaps_of(guide: Guide, page: Page, name: str) -> tuple[Gap, ...]:
    """What may be left out: what the author says, else its numbers, else its rarest long word."""
    claim, sentence = page.term.claims[name], " ".join(guide.sentence(page, name).split())
    span = page.prose.span(name)
    wrong = [_filled(guide, span.text[low:high]) for low, high in span.wrong] if span else []
    errors = [place for text in wrong if (place := place_of(sentence, text)) is not None]
    taken = [(place.start, place.end) for place in errors]
    measured = (one.text for one in claim.values if not one.quotes_error and not one.bare)
    parts = [_filled(guide, text) for text in claim.cloze or measured]
    gaps: list[Gap] = []
    for part in dict.fromkeys(parts):
        gap = place_of(sentence, part, taken)
        if gap is not None:
            gaps.append(gap)
            taken.append((gap.start, gap.end))
    return tuple(gaps) or _rarest(sentence, taken, guide.common)


def _rarest(sentence: str, taken: list[tuple[int, int]], common: Counter[str]) -> tuple[Gap, ...]:
    words = list(re.finditer(r"[^\W\d_]{4,}", sentence))
    free = [
        m
        for m in words
        if m[0].lower() not in IDLE
        and not m[0].endswith("ly")
        and not any(low < m.end() and m.start() < high for low, high in taken)
    ]
    best = min(free, key=lambda m: (len(m[0]) < LONG, common[m[0]], -len(m[0])), default=None)
    return (Gap(best.start(), best.end()),) if best is not None else ()


def _filled(guide: Guide, text: str) -> str:
    return " ".join(filled(text, guide.lock.number).split())
