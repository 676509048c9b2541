"""Tables in Markdown, as the generated pages have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def piped(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table, line by line: the head, the rule below it, a line a row; a pipe within a cell stays in it."""
    lines: list[Sequence[object]] = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(_cell(one) for one in line) + " |" for line in lines]


def _cell(one: object) -> str:
    return str(one).replace("|", "\\|")
