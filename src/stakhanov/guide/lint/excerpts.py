"""Passages of works that an author keeps, one file a work in `excerpts/`, for the linter alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from stakhanov.guide.practice.words import words_of

#: So many words in a row are no chance.
RUN = 8
Run = tuple[str, ...]


def runs_of(text: str) -> Iterator[Run]:
    """Every run of words of a text, in order."""
    words = [word.text for word in words_of(text)]
    for start in range(len(words) - RUN + 1):
        yield tuple(words[start : start + RUN])


@lru_cache(maxsize=8)  # every page of a class asks for the same
def passages_of(files: tuple[Path, ...], _changed: tuple[int, ...]) -> dict[Run, str]:
    """Every run of words of some files, and the work that it is of; read anew where a file changed."""
    found: dict[Run, str] = {}
    for file in files:
        for run in runs_of(file.read_text(encoding="utf-8", errors="replace")):
            found.setdefault(run, file.stem)
    return found
