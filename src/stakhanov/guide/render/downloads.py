"""A class to take away: files for Anki, Moodle, GIFT readers and programs, beside its page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from stakhanov.guide.guides import Guide
from stakhanov.guide.practice.cards import deck_of


@dataclass(frozen=True)
class Download:
    """A file of a class by its name below the page, and for whom it is."""

    name: str
    title: str
    made: Callable[[], str | bytes]


def downloads(guide: Guide) -> tuple[Download, ...]:
    """The files of a class; each is made when it is asked for."""
    deck = cache(lambda: deck_of(guide))

    def anki() -> bytes:
        from stakhanov.guide.export.anki import package

        return package(deck(), _changed(guide))

    def moodle() -> bytes:
        from stakhanov.guide.export.moodle import question_bank

        return question_bank(deck())

    def gift() -> str:
        from stakhanov.guide.export.gift import questions

        return questions(deck())

    def plain() -> str:
        from stakhanov.guide.export.data import data

        return f"{json.dumps(data(guide), ensure_ascii=False, indent=1, allow_nan=False, default=str)}\n"

    return (
        Download(f"files/{guide.id}.apkg", "Anki cards", anki),
        Download(f"files/{guide.id}.xml", "Moodle questions", moodle),
        Download(f"files/{guide.id}.gift", "GIFT questions", gift),
        Download(f"files/{guide.id}.json", "Everything as JSON", plain),
    )


def _changed(guide: Guide) -> float:
    """When a file of the class was changed last, in seconds since 1970: cards taken later are newer."""
    files = (file for file in guide.folder.rglob("*") if file.is_file())
    return max((file.stat().st_mtime for file in files), default=0.0)
