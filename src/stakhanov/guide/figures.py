"""Numbers as prose has them: digits, words, dates, ranges; where they stand and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_FIRST_HALF = "January February March April May June"
_SECOND_HALF = "July August September October November December"
MONTHS = f"{_FIRST_HALF} {_SECOND_HALF}".split()
_UNITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
)
_TEENS = "seventeen eighteen nineteen twenty"
_TENS = "thirty forty fifty sixty seventy eighty ninety"
WORDS: dict[str, float] = {
    word: float(value) for value, word in enumerate(f"{_UNITS} {_TEENS}".split(), start=2)
}
WORDS |= {word: 10.0 * value for value, word in enumerate(_TENS.split(), start=3)}
WORDS |= {"hundred": 100.0, "thousand": 1000.0, "million": 1e6, "dozen": 12.0, "twice": 2.0}
WORDS |= {"double": 2.0, "doubled": 2.0, "doubling": 2.0, "triple": 3.0, "tripled": 3.0}
WORDS |= {"quadruple": 4.0, "quadrupled": 4.0, "thrice": 3.0, "half": 0.5, "halved": 0.5}
SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

_MONTH = "|".join(MONTHS)
_DASH = r"\s?[-–—]\s?"
_DIGITS = r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:\s(?:hundred|thousand|million|billion|trillion)\b)?"
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_DATE = (
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?:(?P<d1>\d{{1,2}})(?:{_DASH}(?P<d2>\d{{1,2}}))?\s)?(?P<month>{_MONTH})\b(?:\s(?P<my>\d{{4}}))?"
)
_DECADE = r"(?P<decade>\b\d{3}0)s\b"
_YEARS = rf"(?P<y1>\b1[0-9]{{3}}|\b20\d\d){_DASH}(?P<y2>\d{{4}}|\d{{2}})\b(?![.,]\d)"
_NUMBER = (
    rf"(?P<n1>(?<![\w.])[-−]?(?:{_DIGITS})){_SCALE}(?:{_DASH}(?P<n2>{_DIGITS}))?(?P<scale>{_SCALE})"
)
_SPELT = (
    rf"\b(?P<word>{_WORD})(?:-(?P<ones>two|three|four|five|six|seven|eight|nine|one))?"
    rf"(?P<fold>-?fold)?(?P<wscale>{_SCALE})\b"
)
FIGURE = re.compile(rf"{_DATE}|{_DECADE}|{_YEARS}|{_NUMBER}|{_SPELT}", re.I)
#: A figure that measures something: what follows it says so.
MEASURED = re.compile(
    r"\s?(?:%|‰|per ?cents?\b|percent\b|percentage\b|times\b|-?fold\b|tonnes?\b|tons?\b|t\b|kg\b"
    r"|km\b|m\b|hours?\b|minutes?\b|roubles?\b|rubles?\b|kopecks?\b|dollars?\b|pounds?\b|euros?\b"
    r"|million\b|billion\b|thousand\b|workers?\b|norms?\b|points?\b)",
    re.I,
)


@dataclass(frozen=True)
class Day:
    """A date as far as it is named: years, and where named a month and days."""

    years: tuple[int, int] | None
    month: int | None = None
    days: tuple[int, int] | None = None

    def holds(self, when: date) -> bool:
        """Whether a date agrees with every part that is named."""
        if self.years is not None and not self.years[0] <= when.year <= self.years[1]:
            return False
        if self.month is not None and when.month != self.month:
            return False
        return self.days is None or self.days[0] <= when.day <= self.days[1]


@dataclass(frozen=True)
class Figure:
    """A number or date in a text; `step` is the place of its last printed digit."""

    start: int
    end: int
    text: str
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    day: Day | None = None
    spelt: bool = False

    @property
    def year(self) -> bool:
        """Whether it may be a year: four digits from 1000 to 2199, unadorned."""
        return bool(re.fullmatch(r"1\d{3}|2[01]\d\d", self.text))

    @property
    def years(self) -> tuple[int, int] | None:
        """The years that it names, if it does."""
        if self.day is not None:
            return self.day.years
        return (int(self.low), int(self.low)) if self.year else None


@lru_cache(maxsize=20_000)  # several rules look at the same sentences
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in order."""
    made = (_made(match, text) for match in FIGURE.finditer(text))
    return tuple(one for one in made if one is not None)


def measures(text: str, end: int) -> bool:
    """Whether what follows a figure's end is a unit, a per cent sign, times or fold."""
    return MEASURED.match(text, end) is not None


def _made(match: re.Match[str], text: str) -> Figure | None:
    start, end, said = match.start(), match.end(), match[0]
    if match["iso"]:
        try:
            when = date.fromisoformat(match["iso"])
        except ValueError:
            return Figure(start, end, said)
        parts = (when.year, when.year), when.month, (when.day, when.day)
        return Figure(start, end, said, day=Day(*parts))
    if match["month"]:
        if not match["month"][0].isupper() or not (match["d1"] or match["my"]):
            return None  # the word may, or a month that dates nothing
        month = MONTHS.index(match["month"].capitalize()) + 1
        first = int(match["d1"]) if match["d1"] else None
        days = (first, int(match["d2"] or first)) if first is not None else None
        years = (int(match["my"]), int(match["my"])) if match["my"] else None
        return Figure(start, end, said, day=Day(years, month, days))
    if match["decade"]:
        first = int(match["decade"])
        return Figure(start, end, said, first, first + 9.0, day=Day((first, first + 9)))
    if match["y1"]:
        low = int(match["y1"])
        high = int(match["y2"]) if len(match["y2"]) == 4 else low // 100 * 100 + int(match["y2"])
        if high < low:
            return _range(match, low, high, said)
        return Figure(start, end, said, low, high, day=Day((low, high)))
    if match["word"]:
        return _spelt(match, text)
    return _number(match)


def _range(match: re.Match[str], low: float, high: float, said: str) -> Figure:
    return Figure(match.start(), match.end(), said, min(low, high), max(low, high))


def _number(match: re.Match[str]) -> Figure:
    said = match[0]
    scale_text = (match["scale"] or "").strip().lower()
    inner = re.search(r"\s(hundred|thousand|million|billion|trillion)", said, re.I)
    scale = SCALES.get(scale_text or (inner[1].lower() if inner else ""), 1.0)
    low, step = _digits(match["n1"])
    high = low
    if match["n2"]:
        high, other = _digits(match["n2"])
        step = min(step, other)
    low, high = min(low, high) * scale, max(low, high) * scale
    return Figure(match.start(), match.end(), said, low, high, step * scale)


def _digits(text: str) -> tuple[float, float]:
    clean = re.sub(r"[,\u202f\u00a0]", "", text.replace("−", "-"))
    decimals = len(clean.partition(".")[2])
    return float(clean), 10.0**-decimals


def _spelt(match: re.Match[str], text: str) -> Figure | None:
    word = match["word"].lower()
    if word in ("half", "double", "hundred", "thousand", "million") and _idle(match, text):
        return None
    value = WORDS[word] + ({"one": 1.0, **WORDS}[match["ones"].lower()] if match["ones"] else 0.0)
    value *= SCALES.get((match["wscale"] or "").strip().lower(), 1.0)
    step = 0.1 if word in ("half", "halved") else 1.0
    return Figure(match.start(), match.end(), match[0], value, value, step, spelt=True)


def _idle(match: re.Match[str], text: str) -> bool:
    """Words of number that count nothing here: half-year, double-entry."""
    return text[match.end() : match.end() + 1] == "-" and not match["fold"]
