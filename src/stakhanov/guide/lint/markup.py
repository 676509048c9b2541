"""Markup: a page is Markdown alone, and holds no character that hides what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stakhanov.guide.finding import Finding
from stakhanov.guide.lint.registry import Desk, known, on_pages

HTML = known("html-in-text", "a page holds HTML or a script, which readers would see as text")
HIDDEN = known("hidden-text", "a page holds characters that hide or turn round what it says")
#: Controls that turn the order of a text round, and characters without width.
CONTROLS = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f]")


@on_pages
def html(desk: Desk) -> Iterable[Finding]:
    """Tags and comments."""
    for text, line in desk.page.prose.markup:
        yield desk.at(HTML, f"a page must be Markdown without HTML; found {text[:40]}", line=line)


@on_pages
def hidden(desk: Desk) -> Iterable[Finding]:
    """Characters that a reader does not see."""
    for start, text in ((2, desk.page.front), (desk.page.body_line, desk.page.body)):
        for match in CONTROLS.finditer(text):
            line = start + text.count("\n", 0, match.start())
            yield desk.at(
                HIDDEN, f"a page must show all it says; found U+{ord(match[0]):04X}", line=line
            )
