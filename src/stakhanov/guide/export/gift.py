"""Questions in GIFT, the plain text that Moodle and others read: gaps, choices, essays with model answers."""

from __future__ import annotations

from collections.abc import Iterator

from stakhanov.guide.practice.cards import Card, Deck

#: What a mark of the format becomes in a text; the stroke back goes first.
MARKS = (("\\", "\\\\"), *((mark, f"\\{mark}") for mark in "~=#{}:"), ("\n", "\\n"))


def questions(deck: Deck) -> str:
    """The cards as questions, one category for each unit, each under its card's oldest name."""
    parts: list[str] = []
    unit: str | None = None
    for card in deck.cards:
        if card.unit != unit:
            unit = card.unit
            path = "/".join(name.replace("/", "//") for name in (deck.title, unit) if name)
            parts.append(f"$CATEGORY: $course$/top/{' '.join(path.split())}")
        parts += _questions(card)
    return "\n\n".join(parts) + "\n"


def _questions(card: Card) -> Iterator[str]:
    back = _feedback(card)
    if card.choices is not None:
        wrong = "".join(f" ~{plain(one)}" for one in card.choices.wrong)
        yield _question(card, f"{plain(card.prompt)} {{={plain(card.choices.right)}{wrong}{back}}}")
    elif card.names:
        right = " ".join(f"={plain(name)}" for name in card.names)
        yield _question(card, f"Which term is this? {plain(card.prompt)} {{{right}{back}}}")
    elif card.gaps:
        for number, gap in enumerate(card.gaps):
            before, after = plain(card.answer[: gap.start]), plain(card.answer[gap.end :])
            put = f"{{={plain(card.hidden(number))}{back}}}"
            yield _question(card, f"{before}{put}{after}", number)
    else:
        yield _question(card, f"{plain(card.prompt)} {{{back}}}")


def _question(card: Card, text: str, part: int = 0) -> str:
    name = card.first + (f"/{part + 1}" if part else "")
    title = plain(f"{card.title}, {name.rpartition('/')[2] if not part else name.split('/', 1)[1]}")
    return f"// [id:{name.replace(']', '')}] [tag:{card.term}]\n::{title}::[plain]{text}"


def _feedback(card: Card) -> str:
    return f"####{plain(chr(10).join((card.answer, *card.evidence)))}"


def plain(text: str) -> str:
    """A text in which nothing is a mark of the format."""
    for mark, written in MARKS:
        text = text.replace(mark, written)
    return text
