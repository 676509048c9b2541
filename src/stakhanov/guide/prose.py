"""What stands in a page's prose: claim spans with their text, links, headings, loose text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from markdown_it.token import Token

from stakhanov.guide.markdown import tokens_of

#: What looks like HTML in a text: a tag, a closing tag, a comment.
MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>?|<!--")


@dataclass
class Span:
    """The text of a claim as a reader sees it; `wrong`: the stretches quoted as errors."""

    id: str
    line: int
    text: str = ""
    wrong: list[tuple[int, int]] = field(default_factory=list)
    section: str = ""

    def is_wrong(self, start: int, end: int) -> bool:
        """Whether a stretch stands inside an error that is quoted."""
        return any(low <= start and end <= high for low, high in self.wrong)


@dataclass(frozen=True)
class Link:
    """A link and the line it stands on."""

    href: str
    line: int


@dataclass(frozen=True)
class Loose:
    """Text outside claims; `wrong` where it is quoted as an error."""

    text: str
    line: int
    wrong: bool = False


@dataclass
class Prose:
    """Everything that rules ask of a body; lines count from the file's first."""

    spans: list[Span] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    headings: list[tuple[str, int]] = field(default_factory=list)
    markup: list[tuple[str, int]] = field(default_factory=list)
    images: list[Link] = field(default_factory=list)

    def span(self, claim: str) -> Span | None:
        """The first span of a claim."""
        return self._by_claim.get(claim)

    @cached_property
    def _by_claim(self) -> dict[str, Span]:
        return {span.id: span for span in reversed(self.spans)}


def prose_of(body: str, first_line: int = 1) -> Prose:
    """Read a body; `first_line` is the file's line on which it starts."""
    found = Prose()
    section = ""
    tokens = tokens_of(body)
    for place, token in enumerate(tokens):
        if token.type in ("fence", "code_block"):
            line = first_line + (token.map[0] if token.map else 0)
            found.loose.append(Loose(token.content, line))
        if token.type != "inline":
            continue
        line = first_line + (token.map[0] if token.map else 0)
        if place and tokens[place - 1].type == "heading_open":
            section = token.content
            found.headings.append((section, line))
            continue
        _Reader(found, section, line).read(token.children or [])
    return found


class _Reader:
    """Walks one block's inline tokens, keeping the spans that are open."""

    def __init__(self, found: Prose, section: str, line: int) -> None:
        self.found = found
        self.section = section
        self.line = line
        self.open: list[tuple[str, Span | None, int]] = []  # kind, claim, where a quote began

    def read(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type in ("softbreak", "hardbreak"):
                self._text(" ")
                self.line += 1
            elif token.type in ("text", "code_inline"):
                self._text(token.content)
            elif token.type == "span_open":
                self._enter(token)
            elif token.type == "span_close":
                self._leave()
            elif token.type == "link_open":
                self.found.links.append(Link(str(token.attrs.get("href", "")), self.line))
            elif token.type == "image":
                self.found.images.append(Link(str(token.attrs.get("src", "")), self.line))

    def _claims(self) -> Iterator[Span]:
        return (span for _, span, _ in self.open if span is not None)

    def _text(self, text: str) -> None:
        for span in self._claims():
            span.text += text
        if not any(self._claims()):
            wrong = any(kind == "wrong" for kind, _, _ in self.open)
            self.found.loose.append(Loose(text, self.line, wrong))
        for match in MARKUP.finditer(text):
            self.found.markup.append((match[0], self.line))

    def _enter(self, token: Token) -> None:
        name = str(token.attrs.get("id", ""))
        if name:
            span = Span(name, self.line, section=self.section)
            self.found.spans.append(span)
            self.open.append(("claim", span, 0))
        elif "wrong" in str(token.attrs.get("class", "")).split():
            outer = next(self._claims(), None)
            self.open.append(("wrong", None, len(outer.text) if outer else 0))
        else:
            self.open.append(("plain", None, 0))

    def _leave(self) -> None:
        kind, _, began = self.open.pop()
        if kind == "wrong" and (outer := next(self._claims(), None)) is not None:
            outer.wrong.append((began, len(outer.text)))
