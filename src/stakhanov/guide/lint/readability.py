"""Reading level: a page asks no more of its readers than its class says.

The grade is that of Kincaid, Fishburne, Rogers and Chissom (1975), from words a sentence and syllables a word;
syllables are counted as groups of vowels, which is right for most words and enough for a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from stakhanov.guide.finding import Finding, Level
from stakhanov.guide.lint.registry import Desk, known, on_pages
from stakhanov.guide.live import LIVE

HARD = known("hard-to-read", "a page reads harder than its class allows", Level.WARN)
WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
SENTENCE = re.compile(r"[.!?;:]+(?=\s|$)")
VOWELS = re.compile(r"[aeiouy]+")
#: An e that is not said, at the end of a word.
SILENT = re.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^td]ed)$")
#: Shorter texts have no level worth telling.
LEAST_WORDS = 60


@on_pages
def hard(desk: Desk) -> Iterable[Finding]:
    """Pages whose claims together read harder than the policy's grade; only English has that measure."""
    about = desk.guide.about
    if not about.language.startswith("en"):
        return
    text = " ".join(f"{span.text.rstrip(' .,;')}." for span in desk.page.prose.spans)
    found, most = grade(LIVE.sub("1", text)), about.policy.reading_grade
    if found is not None and found > most:
        message = f"claims must read at grade {most:g} at most; found {found:.1f} (shorter sentences help most)"
        yield desk.at(HARD, message, "claims")


def grade(text: str) -> float | None:
    """The school grade of a text: 0.39 words a sentence + 11.8 syllables a word - 15.59; none if too short."""
    words = WORD.findall(text)
    if len(words) < LEAST_WORDS:
        return None
    sentences = max(1, len(SENTENCE.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@lru_cache(maxsize=20_000)  # the same words stand on every page
def syllables(word: str) -> int:
    """Syllables of an English word: groups of vowels, without a silent e at its end."""
    lower = word.lower()
    count = len(VOWELS.findall(lower))
    silent = SILENT.search(lower) is not None
    return max(1, count - int(silent))
