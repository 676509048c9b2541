"""Words of an answer: where they stand, and whether one is meant by the beginning that an author gave."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

ENDS_SENTENCE = re.compile(r"[.!?…\n]")
ENDS_CLAUSE = re.compile(r"[.!?…\n,;:()–—]")
WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’][^\W_]+)*")
#: A beginning of so few letters takes only endings of inflection: `norm` is norms, not normal.
SHORT = 4
ENDINGS = re.compile(r"(?:'?s|es|e?d|e?rs?|ings?|ic|ments?|(?P<twice>.)(?:ed|ings?|ers?))?")
#: Words that say the same in texts on quotas; an author's beginning stands for every word of its ring.
RINGS = (
    ("raise", "raising", "rise", "rising", "rose", "risen", "lift", "increas", "higher", "tighten", "tougher"),
    ("lower", "cut", "reduc", "decreas", "fall", "fell", "fallen", "declin", "drop"),
    ("norm", "quota", "target"),
    ("worker", "labourer", "employee", "workforce"),
    ("wage", "pay", "paid", "earn", "salar"),
    ("pad", "invent", "fake", "faking", "falsif", "overstat", "inflate"),
    ("hide", "hid", "hiding", "conceal", "withh"),
    ("reward", "prize", "premium", "bonus"),
    ("boss", "manager", "director", "management"),
)  # fmt: skip
_SPELLINGS = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("our", "or"),
    ("ogramme", "ogram"),
)


@dataclass(frozen=True)
class Word:
    """A word with its place in the text, and the sentence and clause it stands in."""

    text: str
    start: int
    end: int
    sentence: int
    clause: int


def words_of(text: str) -> list[Word]:
    """The words of a text, in lower case, without accents."""
    found: list[Word] = []
    sentence = clause = last = 0
    for match in WORD.finditer(text):
        between = text[last : match.start()]
        if found and between != " ":
            sentence += ENDS_SENTENCE.search(between) is not None
            clause += ENDS_CLAUSE.search(between) is not None
        found.append(Word(folded(match[0]), match.start(), match.end(), sentence, clause))
        last = match.end()
    return found


def folded(text: str) -> str:
    """A text in lower case without accents, its apostrophes straight: what is compared."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


@lru_cache(maxsize=100_000)  # the same words stand in many answers
def means(word: str, beginning: str) -> bool:
    """Whether a word is meant by a beginning: an ending more, another spelling, a typing error or a synonym."""
    return any(_begins(word, one) for one in _alike(beginning)) or any(
        _mistyped(word, one) for one in _spelt(beginning)
    )


@lru_cache(maxsize=10_000)
def _alike(beginning: str) -> list[str]:
    """The beginning in both spellings, and the words of the rings that it opens or that open it."""
    return _spelt(beginning) + [
        other
        for ring in RINGS
        if any(_begins(beginning, one) or _begins(one, beginning) for one in ring)
        for other in ring
    ]


def _spelt(beginning: str) -> list[str]:
    others = [
        beginning.replace(mine, theirs)
        for pair in _SPELLINGS
        for mine, theirs in (pair, pair[::-1])
        if mine in beginning
    ]
    return list(dict.fromkeys([beginning, *others]))


def _begins(word: str, beginning: str) -> bool:
    if not word.startswith(beginning):
        return False
    if beginning[-1:].isdigit():
        return word == beginning
    if len(beginning) > SHORT:
        return True
    ending = ENDINGS.fullmatch(word, len(beginning))
    return ending is not None and ending["twice"] in (None, beginning[-1])


def _mistyped(word: str, beginning: str) -> bool:
    """One slip in six letters or more, two in nine; the first letter is right. Digits are never a slip."""
    if len(beginning) < 5 or word[0] != beginning[0] or any(c.isdigit() for c in word + beginning):
        return False
    most = 2 if len(beginning) >= 9 else 1
    for length in range(len(beginning) - most, len(beginning) + most + 1):
        part = word[:length]
        if len(part) == length and OSA.distance(part, beginning, score_cutoff=most) <= most:
            return len(beginning) > 5 or sorted(part) == sorted(beginning)
    return False
