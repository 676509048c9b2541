"""`stakhanov guide export`: a class for Anki, Moodle, other readers, programs, and paper."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stakhanov.cli import output
from stakhanov.cli.learning import Class, deck_called
from stakhanov.cli.options import Json
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.guide.guides import Guide
    from stakhanov.guide.practice.cards import Deck

FORMS = ("anki", "moodle", "gift", "json", "print")


def export(
    name: Class,
    *,
    to: Annotated[str, typer.Option("--to", metavar="|".join(FORMS), help="For which program.")],
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="The file; a paper's key goes beside it.")
    ],
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="Which paper is drawn, for print.")
    ] = 1,
    as_json: Json = False,
) -> None:
    """Write a class for Anki, Moodle, a GIFT reader, a program, or on paper with its key."""
    problems: list[Problem] = []
    if to not in FORMS:
        must = f"must be one of {', '.join(FORMS)}"
        problems.append(Problem("--to", must, to, hint_of(to, FORMS, "")))
    if out.is_dir():
        problems.append(Problem("--out", "must be a file", f"the folder {out}"))
    elif not out.parent.is_dir():
        problems.append(Problem("--out", "must be in a folder that is there", str(out.parent)))
    if problems:
        raise BadInput(problems)
    from stakhanov.foundation.files import write_atomically

    guide, deck = deck_called(name)
    written, notes = contents(guide, deck, to, out, seed)
    for place, content in written.items():
        write_atomically(place, content)
    files = [str(place) for place in written]
    data = {"class": deck.guide, "to": to, "files": files, "cards": len(deck.cards), "notes": notes}
    shown = [f"{len(deck.cards)} cards of {deck.title}: {', '.join(files)}", *notes]
    output.answer(data, *shown, as_json=as_json)


def contents(
    guide: Guide, deck: Deck, to: str, out: Path, seed: int
) -> tuple[dict[Path, bytes], list[str]]:
    """What goes into which file, and what should be said of it."""
    match to:
        case "anki":
            from stakhanov.guide.export.anki import package

            return {out: package(deck, time.time())}, []
        case "moodle":
            from stakhanov.guide.export.moodle import question_bank

            return {out: question_bank(deck)}, []
        case "gift":
            from stakhanov.guide.export.gift import questions

            return {out: questions(deck).encode("utf-8")}, []
        case "json":
            from stakhanov.guide.export.data import data

            text = json.dumps(
                data(guide), ensure_ascii=False, indent=1, allow_nan=False, default=str
            )
            return {out: f"{text}\n".encode()}, []
        case _:
            return _printed(guide, deck, out, seed)


def _printed(guide: Guide, deck: Deck, out: Path, seed: int) -> tuple[dict[Path, bytes], list[str]]:
    from stakhanov.guide.export.paper import key, question_paper
    from stakhanov.guide.mock_tests.drawing import drawn

    paper, language = drawn(deck, seed), guide.about.language
    answers = out.with_name(f"{out.stem}-key{out.suffix}")
    pages = {
        out: question_paper(deck, paper, seed, language).encode("utf-8"),
        answers: key(deck, paper, seed, language).encode("utf-8"),
    }
    return pages, list(paper.short_of)
