"""The Markdown of a term's page: CommonMark, tables, and spans `[text]{#id}`; no HTML."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin


@cache
def parser() -> MarkdownIt:
    """The one parser. HTML in the text stays text; attributes other than id and class are dropped."""
    made = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    return made.use(attrs_plugin, spans=True, allowed=("id", "class"))


def tokens_of(body: str) -> list[Token]:
    """A body's blocks, inline ones with their children."""
    return parser().parse(body)
