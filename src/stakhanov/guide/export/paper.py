"""A printable mock test and, apart from it, its key: two pages that need nothing but a browser or a printer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from stakhanov.guide.export.charts import table
from stakhanov.guide.mock_tests.drawing import Item, Paper
from stakhanov.guide.practice.cards import Deck

STYLE = """
body { font: 12pt/1.5 serif; max-width: 42em; margin: 2em auto; padding: 0 1em; color: #000; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin-top: 2em; break-after: avoid; }
li { margin-bottom: 1.2em; break-inside: avoid; }
ol.options { list-style: upper-alpha; } ol.options li { margin: 0; }
table { border-collapse: collapse; margin: .5em 0; } caption { text-align: left; font-style: italic; }
td { padding: .1em 1em .1em 0; }
.lines { border-bottom: 1px solid #888; height: 1.8em; }
.points { float: right; margin-left: 1em; } .evidence { font-size: .85em; }
@page { margin: 2cm; @bottom-right { content: counter(page); } }
"""
#: Lines to write on, by the sort of a question.
LINES = {"recall": 1, "short": 7, "interpret": 9}
TITLES = {
    "recall": "Recall",
    "short": "Answer in a few sentences",
    "interpret": "Read and explain",
}
#: A whole paper has so many points.
POINTS = 100


def question_paper(
    deck: Deck, paper: Paper, seed: int, language: str = "en", sheet: str = ""
) -> str:
    """The questions with room to write; `sheet` is where its style is, within the page unless told."""
    head = (
        f"<p>{paper.minutes:.0f} minutes · {POINTS} points · paper {seed}</p>"
        "<p>Name: ______________________________ Date: ______________</p>"
    )
    body = "".join(_section(paper, _question))
    return _page(deck.title, head, body, (language, sheet))


def key(deck: Deck, paper: Paper, seed: int, language: str = "en", sheet: str = "") -> str:
    """The answers: what is to be said, the key points with what they weigh, and what each answer rests on."""
    body = "".join(_section(paper, _answer))
    return _page(f"{deck.title}: key", f"<p>To paper {seed}</p>", body, (language, sheet))


def points_of(paper: Paper) -> list[int]:
    """Whole points of each item: those of a paper sum to a hundred, remainders go to the largest fractions."""
    exact = [item.weight * POINTS for item in paper.items]
    whole = [int(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], place))
    for place in order[: round(sum(exact)) - sum(whole)]:
        whole[place] += 1
    return whole


def _section(paper: Paper, write: Callable[[Item], str]) -> Iterator[str]:
    sort = ""
    for number, (item, points) in enumerate(
        zip(paper.items, points_of(paper), strict=True), start=1
    ):
        if item.sort != sort:
            yield ("</ol>" if sort else "") + f'<h2>{TITLES[item.sort]}</h2><ol start="{number}">'
            sort = item.sort
        yield f'<li><span class="points">({points})</span>{write(item)}</li>'
    yield "</ol>" if sort else ""


def _question(item: Item) -> str:
    asked = item.asked
    before = "Which term is this? " if asked.card.names else ""
    text = f"<p>{before}{escape(asked.text)}</p>"
    if asked.card.chart is not None:
        text = f"<div>{table(asked.card.chart)}</div>"
    if asked.options:
        return (
            text
            + f'<ol class="options">{"".join(f"<li>{escape(one)}</li>" for one in asked.options)}</ol>'
        )
    if asked.gap is not None:
        return text
    lines = 1 if asked.card.names else LINES[item.sort]
    return text + '<div class="lines"></div>' * lines


def _answer(item: Item) -> str:
    asked, card = item.asked, item.asked.card
    parts = [f"<p><b>{escape(asked.right)}</b></p>"]
    if asked.options:
        letter = chr(ord("A") + asked.options.index(asked.right))
        parts = [f"<p><b>{letter}: {escape(asked.right)}</b></p>"]
    if card.points and not asked.options:
        whole = sum(point.weight for point in card.points)
        rows = (
            f"<li>{escape(p.id)} ({100 * p.weight / whole:.0f} %): {escape(', or '.join(p.any))}</li>"
            for p in card.points
        )
        parts.append(f"<ul>{''.join(rows)}</ul>")
    if card.evidence:
        parts.append(f'<p class="evidence">{"<br>".join(map(escape, card.evidence))}</p>')
    return "".join(parts)


def _page(title: str, head: str, body: str, dress: tuple[str, str]) -> str:
    language, sheet = dress
    style = (
        f'<link rel="stylesheet" href="{escape(sheet)}">' if sheet else f"<style>{STYLE}</style>"
    )
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"{style}</head>\n<body><h1>{escape(title)}</h1>{head}\n{body}\n</body></html>\n"
    )
