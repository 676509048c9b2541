"""The pages of the project: where they are, what code they show, where their links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("decisions/*.md")])
READER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Block:
    """A block of code of a page."""

    page: Path
    line: int
    language: str
    text: str


def name_of(page: Path) -> str:
    """A page's path from the root."""
    return page.relative_to(ROOT).as_posix()


def tokens(page: Path) -> list[Token]:
    """A page as its reader sees it, pieces of lines included."""
    found = []
    for token in READER.parse(page.read_text(encoding="utf-8")):
        found += [token, *(token.children or [])]
    return found


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of code of a page, in order."""
    for token in tokens(page):
        if token.type == "fence" and token.map is not None:
            yield Block(page, token.map[0] + 1, token.info.strip(), token.content)


def links(page: Path) -> Iterator[str]:
    """Where the links and pictures of a page lead."""
    for token in tokens(page):
        if token.type == "link_open":
            yield str(token.attrs["href"])
        elif token.type == "image":
            yield str(token.attrs["src"])


def anchors(page: Path) -> set[str]:
    """Names of the headings of a page, as links call them."""
    names: set[str] = set()
    heading = False
    for token in tokens(page):
        if token.type == "heading_open":
            heading = True
        elif token.type == "inline" and heading:
            words = "".join(part.content for part in token.children or [])
            names.add(re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-"))
            heading = False
    return names
