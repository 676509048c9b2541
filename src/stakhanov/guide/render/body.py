"""A term's prose as HTML: cleaned, its claims marked and badged, its live values from the lock."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

import nh3
from markdown_it.token import Token

from stakhanov.guide.guides import Guide, Library
from stakhanov.guide.live import LIVE, lives
from stakhanov.guide.lock import Result
from stakhanov.guide.markdown import parser, tokens_of
from stakhanov.guide.pages import Page

#: Stand for a badge until the text is cleaned; no text of a guide has them.
OPEN, CLOSE = "\ue000", "\ue001"
TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "span",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "span": {"id", "class"}, "s": {"class"}}


def body_html(
    library: Library, guide: Guide, page: Page, badge: Callable[[str], str] = lambda _: ""
) -> str:
    """The body of a page; `badge` gives what stands behind a claim, by its name."""
    text = page.body.replace(OPEN, "").replace(CLOSE, "")
    tokens = tokens_of(text)
    for token in tokens:
        _inline(token.children or [], library, guide)
    rendered = parser().renderer.render(tokens, parser().options, {})
    clean = nh3.clean(
        rendered,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    badged = re.sub(f"{OPEN}([^{CLOSE}]*){CLOSE}", lambda match: badge(match[1]), clean)
    return keep_together(with_live(badged, guide))


def words_html(text: str, guide: Guide) -> str:
    """A plain text of the front matter as HTML, its live values printed."""
    return keep_together(with_live(escape(text.strip()), guide))


def with_live(html: str, guide: Guide) -> str:
    """HTML with live values printed, each with where it comes from."""

    def put(match: re.Match[str]) -> str:
        [live] = lives(match[0])
        found = guide.lock.value(live.reference)
        number = guide.lock.number(live.reference)
        if number is None:
            return '<span class="live none" title="not run yet">…</span>'
        name = live.reference.partition(".")[0]
        ran = guide.lock.experiments[name]
        low, high = (found.low, found.high) if found is not None else (None, None)
        edges = (
            ""
            if low is None or high is None
            else f"95 %: {live.shown(low)} to {live.shown(high)}; "
        )
        unit = f"{found.unit}; " if isinstance(found, Result) and live.form != "percent" else ""
        where = f"{unit}{edges}{len(ran.seeds)} seeds, {ran.on}"
        return f'<span class="live" title="{escape(where)}">{escape(live.shown(number))}</span>'

    return LIVE.sub(put, html)


def keep_together(html: str) -> str:
    """Per cent signs keep to their numbers."""
    return html.replace(" %", "\u00a0%")


def _inline(tokens: list[Token], library: Library, guide: Guide) -> None:
    open_spans: list[str] = []
    for token in tokens:
        if token.type == "span_open":
            name = str(token.attrs.get("id", ""))
            wrong = "wrong" in str(token.attrs.get("class", "")).split()
            open_spans.append(f"claim:{name}" if name else "wrong" if wrong else "")
            if name:
                token.attrs = {"id": name, "class": "claim"}
            elif wrong:
                token.tag, token.attrs = "s", {"class": "wrong"}
            else:
                token.attrs = {}
        elif token.type == "span_close" and open_spans:
            kind = open_spans.pop()
            if kind == "wrong":
                token.tag = "s"
            token.meta = {**token.meta, "after": kind}
        elif token.type == "link_open":
            token.attrs = {"href": href(str(token.attrs.get("href", "")), library, guide)}
    _add_after(tokens)


def _add_after(tokens: list[Token]) -> None:
    """Badges behind claims, and a word behind quoted errors for those who do not see the stroke."""
    place = 0
    while place < len(tokens):
        after = str(tokens[place].meta.get("after", ""))
        if after.startswith("claim:"):
            tokens.insert(place + 1, _text(f"{OPEN}{after[6:]}{CLOSE}"))
        elif after == "wrong":
            tokens.insert(place + 1, _text(" (a common error)"))
        place += 1


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def href(given: str, library: Library, guide: Guide) -> str:
    """Where a link of a guide leads in the site."""
    scheme, _, rest = given.partition(":")
    if scheme == "lab":
        return f"#experiment--{rest}"
    if scheme != "term":
        return given
    class_, _, name = rest.rpartition("/")
    name, hash_, claim = name.partition("#")
    there = library.guides.get(class_, guide) if class_ else guide
    page = there.page(name)
    stem = page.term.id if page is not None else name
    folder = "" if there.id == guide.id else f"../{there.id}/"
    return f"{folder}{stem}.html{hash_}{claim}"
