"""A question bank in Moodle's XML: gaps as short answers, choices, and essays with what a grader looks for.

Each question carries its card's oldest name as its ID number, so that a later export can be told from an
earlier one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from stakhanov.guide.export.charts import table
from stakhanov.guide.practice.cards import Card, Deck
from stakhanov.guide.practice.cloze import GAP

#: An ID number has at most so many characters.
LONGEST = 100
#: Characters that XML cannot hold.
FORBIDDEN = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {
    0xFFFE: None,
    0xFFFF: None,
}


def question_bank(deck: Deck) -> bytes:
    """The cards as a question bank, one category for each unit."""
    quiz = Element("quiz")
    unit: str | None = None
    for card in deck.cards:
        if card.unit != unit:
            unit = card.unit
            quiz.append(_category((deck.title, unit) if unit else (deck.title,)))
        for question in _questions(card):
            quiz.append(question)
    indent(quiz)
    text = tostring(quiz, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _category(names: tuple[str, ...]) -> Element:
    """A category by its path; a stroke in a name is doubled."""
    question = Element("question", type="category")
    path = "/".join(name.replace("/", "//") for name in names)
    _text(SubElement(question, "category"), f"$course$/top/{path}")
    return question


def _questions(card: Card) -> Iterator[Element]:
    if card.choices is not None:
        yield _choice(card)
    elif card.names:
        yield _short(card, f"Which term is this? {card.prompt}", card.names)
    elif card.gaps:
        for gap in range(len(card.gaps)):
            yield _short(card, card.gapped(gap), (card.hidden(gap),), gap)
    else:
        yield _essay(card)


def _question(kind: str, card: Card, text: str, part: int = 0) -> Element:
    question = Element("question", type=kind)
    _text(SubElement(question, "name"), f"{card.title}: {card.id.rpartition('/')[2]}{_part(part)}")
    asked = SubElement(question, "questiontext", format="html")
    if card.chart is None:
        _html(asked, text.replace(GAP, "_____"))
    else:
        _text(asked, table(card.chart))
    feedback = "\n".join((card.answer, *card.evidence))
    _html(SubElement(question, "generalfeedback", format="html"), feedback)
    SubElement(question, "defaultgrade").text = "1"
    SubElement(question, "idnumber").text = _short_name(card.first + _part(part))
    return question


def _part(part: int) -> str:
    """The mark of a second or later gap; the first bears the card's own name."""
    return f"/{part + 1}" if part else ""


def _short_name(name: str) -> str:
    digest = hashlib.sha256(name.encode("utf-8")).hexdigest()[:16]
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 17]}-{digest}"


def _short(card: Card, text: str, answers: tuple[str, ...], part: int = 0) -> Element:
    question = _question("shortanswer", card, text, part)
    SubElement(question, "usecase").text = "0"
    for answer in answers:
        right = SubElement(question, "answer", fraction="100", format="plain_text")
        _text(right, answer.replace("*", r"\*"))  # a star would stand for anything
    return question


def _choice(card: Card) -> Element:
    question = _question("multichoice", card, card.prompt)
    SubElement(question, "single").text = "true"
    SubElement(question, "shuffleanswers").text = "true"
    if card.choices is not None:
        for text in (card.choices.right, *card.choices.wrong):
            fraction = "100" if text == card.choices.right else "0"
            _html(SubElement(question, "answer", fraction=fraction, format="html"), text)
    return question


def _essay(card: Card) -> Element:
    question = _question("essay", card, card.prompt)
    SubElement(question, "responseformat").text = "plain"
    SubElement(question, "responserequired").text = "1"
    points = "".join(
        f"<li>{escape(p.id)} ({p.weight:g}): {escape(' | '.join(p.any))}</li>" for p in card.points
    )
    info = SubElement(SubElement(question, "graderinfo", format="html"), "text")
    info.text = f"<p>{escape(card.answer)}</p><ul>{points}</ul>".translate(FORBIDDEN)
    return question


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text.translate(FORBIDDEN)


def _html(parent: Element, text: str) -> None:
    """Text as HTML, which the XML then holds as text."""
    lines = "<br>".join(escape(line) for line in text.split("\n"))
    _text(parent, f"<p>{lines}</p>")
