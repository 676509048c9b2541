"""A deck for Anki (`.apkg`): a note for each claim and question, known for ever by its oldest name.

Importing a later export updates notes and keeps their history: note, deck and note types carry numbers made
of names.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import closing
from html import escape
from pathlib import Path

import genanki

from stakhanov.guide.export.charts import table
from stakhanov.guide.practice.cards import Card, Deck

#: Numbers of the two note types: for ever, or every importer would get new types.
CLOZE_TYPE, QUESTION_TYPE = 1_735_084_801, 1_735_084_802
STYLE = """.card { font-family: sans-serif; font-size: 1.2em; line-height: 1.5; max-width: 40em;
margin: 1em auto; padding: 0 1em; text-align: left; }
.about { font-size: .75em; opacity: .75; } .cloze { font-weight: bold; }"""
ABOUT = '<hr><p class="about">{{Term}}{{#Evidence}}<br>{{Evidence}}{{/Evidence}}</p>'


def package(deck: Deck, seconds: float) -> bytes:
    """The deck as a file; `seconds` since 1970 is when notes count as changed: later exports are newer."""
    made = genanki.Deck(_number(deck.guide), f"Stakhanov::{deck.title.replace('::', ': ')}")
    for card in deck.cards:
        made.add_note(_note(card))
    return _zipped(genanki.Package(made), seconds)


def _note(card: Card) -> genanki.Note:
    about = [escape(card.title), "<br>".join(map(escape, card.evidence))]
    if card.gaps:
        fields, kind = [_clozed(card), *about], _cloze_type()
    else:
        fields, kind = [*_question(card), *about], _question_type()
    tags = [_tag(part) for part in ("stakhanov", card.unit, card.term) if part]
    return genanki.Note(kind, [card.first, *fields], tags=tags, guid=genanki.guid_for(card.first))


def _clozed(card: Card) -> str:
    """A sentence with its gaps in Anki's marks, numbered in the order in which the author gave them."""
    parts: list[str] = []
    last = 0
    for number, gap in sorted(enumerate(card.gaps, start=1), key=lambda one: one[1].start):
        hidden = _unmarked(card.answer[gap.start : gap.end])
        parts += [_unmarked(card.answer[last : gap.start]), f"{{{{c{number}::{hidden}}}}}"]
        last = gap.end
    return "".join((*parts, _unmarked(card.answer[last:])))


def _question(card: Card) -> tuple[str, str]:
    front, back = escape(card.prompt), escape(card.answer)
    if card.chart is not None:
        front = table(card.chart)
    if card.names:
        return f"Which term is this?<br>{front}", f"<b>{escape(card.names[0])}</b><br>{back}"
    if card.choices is not None:
        options = sorted(
            (card.choices.right, *card.choices.wrong),
            key=lambda one: hashlib.sha256(one.encode()).digest(),
        )
        items = "".join(f"<li>{escape(one)}</li>" for one in options)
        return f"{front}<ol>{items}</ol>", f"<b>{escape(card.choices.right)}</b><br>{back}"
    return front, back


def _unmarked(text: str) -> str:
    """Text as HTML in which nothing reads as a mark of Anki's."""
    return (
        escape(text)
        .replace("{{", "{&#8203;{")
        .replace("}}", "}&#8203;}")
        .replace("::", ":&#8203;:")
    )


def _cloze_type() -> genanki.Model:
    side = "<p>{{cloze:Sentence}}</p>"
    return genanki.Model(
        CLOZE_TYPE,
        "Stakhanov claim",
        fields=[{"name": name} for name in ("Name", "Sentence", "Term", "Evidence")],
        templates=[{"name": "Claim", "qfmt": side, "afmt": side + ABOUT}],
        css=STYLE,
        model_type=genanki.Model.CLOZE,
    )


def _question_type() -> genanki.Model:
    return genanki.Model(
        QUESTION_TYPE,
        "Stakhanov question",
        fields=[{"name": name} for name in ("Name", "Question", "Answer", "Term", "Evidence")],
        templates=[
            {
                "name": "Question",
                "qfmt": "<p>{{Question}}</p>",
                "afmt": "<p>{{Question}}</p><hr id=answer><p>{{Answer}}</p>" + ABOUT,
            }
        ],
        css=STYLE,
    )


def _tag(text: str) -> str:
    return "-".join(text.split())


def _number(name: str) -> int:
    """A number for a name, as Anki numbers decks."""
    digest = hashlib.sha256(f"stakhanov deck {name}".encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


def _zipped(package: genanki.Package, seconds: float) -> bytes:
    """The package, the same for the same cards and moment; nothing is left beside."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "collection.anki2"
        with closing(sqlite3.connect(place)) as database:
            package.write_to_db(database.cursor(), seconds, itertools.count(int(seconds * 1000)))
            database.commit()
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
            _put(
                zipped,
                (("collection.anki2", place.read_bytes()), ("media", json.dumps({}).encode())),
            )
    return content.getvalue()


def _put(zipped: zipfile.ZipFile, files: Sequence[tuple[str, bytes]]) -> None:
    for name, content in files:
        zipped.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
