"""A page that needs nothing but itself: its style sheet, its sections, its charts and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import polars as pl

from stakhanov.charts import SMALL, Figure, Size
from stakhanov.charts.theme import FONT, schemes

SERIF = "Charter, 'Bitstream Charter', 'Iowan Old Style', Georgia, 'Times New Roman', serif"
SHEET = Path(__file__).with_name("report.css")
#: Reads numbers off the tables under the charts; without it the page lacks nothing but that.
SCRIPT = Path(__file__).with_name("report.js")
ROLES = ("paper", "ink", "soft", "rule", "true", "reported")
#: What a chart is drawn for where it has several sizes.
SCREENS = ("wide", "middle", "narrow")


def style() -> str:
    """The style sheet of every page."""
    own = "; ".join(f"--{role}: var(--chart-{role})" for role in ROLES)
    colours = schemes(f"{own}; --serif: {SERIF}; --sans: {FONT};")
    return f"{colours}{SHEET.read_text(encoding='utf-8')}"


def page(title: str, header: str, sections: Sequence[Section]) -> str:
    """A whole HTML page with a way to each of its sections. Per cent signs keep to their numbers."""
    links = "".join(f'<li><a href="#{one.name}">{escape(one.title)}</a></li>' for one in sections)
    contents = f'<nav aria-label="On this page"><ol>{links}</ol></nav>' if len(sections) > 1 else ""
    body = "\n".join(filter(None, [header, contents, *(one.html for one in sections)]))
    body = body.replace(" %", "\u00a0%")
    first = sections[0].name if sections else "top"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(title)}</title>\n<style>\n{style()}</style>\n</head>\n"
        f'<body>\n<a class="skip" href="#{first}">To the charts</a>\n'
        f'<main id="top">\n{body}\n</main>\n'
        f"<script>\n{SCRIPT.read_text(encoding='utf-8')}</script>\n</body>\n</html>\n"
    )


class Section:
    """A part of the page: a name to link to, a heading, a sentence or two, and what follows."""

    def __init__(self, name: str, title: str, said: str, *parts: str) -> None:
        self.name, self.title = name, title
        words = [f"<p>{escape(said)}</p>"] if said else []
        inside = [f"<h2>{escape(title)}</h2>", *words, *filter(None, parts)]
        self.html = f'<section id="{name}">\n' + "\n".join(inside) + "\n</section>"


class Drawn:
    """Draws figures into one page; counts them, so that no name stands twice."""

    def __init__(self) -> None:
        self._count = 0

    def grid(self, figures: Iterable[Figure | None]) -> str:
        """Charts side by side as the page has room, their plots in line."""
        shown = [figure for figure in figures if figure is not None]
        beside = max((figure.beside for figure in shown), default=0.0)
        size = replace(SMALL, beside=beside)
        drawn = [self.figure(figure, size) for figure in shown]
        return '<div class="grid">\n' + "\n".join(drawn) + "\n</div>" if drawn else ""

    def figure(self, shown: Figure, size: Size | None = None) -> str:
        """A chart with its words and the numbers behind it folded away.

        A chart that has several sizes is drawn in each; the page shows the one that fits.
        """
        self._count += 1
        name = f"chart-{self._count}"
        if len(shown.sizes) == 1:
            kind, drawings = "", shown.svg(name, size)
        else:
            kind = ' class="full"'
            drawings = "\n".join(
                _classed(shown.svg(f"{name}-{screen}", fitting), screen)
                for screen, fitting in zip(SCREENS, shown.sizes, strict=True)
            )
        timed = ' data-timed=""' if shown.timed and shown.numbers.height > 1 else ""
        said = f"<figcaption>{escape(shown.said)}</figcaption>"
        numbers = f"The numbers behind {escape(shown.title)}"
        return (
            f"<figure{kind}{timed}>\n<h3>{escape(shown.title)}</h3>\n"
            f'{said}\n<div class="drawing">{drawings}</div>\n'
            f"<details><summary>The numbers</summary>\n"
            f'<div class="scroll" tabindex="0" role="region" aria-label="{numbers}">'
            f"{table(shown.numbers, shown.title)}</div></details>\n</figure>"
        )


def table(rows: pl.DataFrame, caption: str, *, cards: bool = False) -> str:
    """A table of numbers, one row a row, each named by its first cell.

    On a telephone the rows of `cards` stand under each other, every cell beside its heading.
    """
    numeric = [kind.is_numeric() for kind in rows.dtypes]
    # Where all columns but the first are numbers, one word for the table does for every cell.
    plain = all(numeric[1:])
    head = "".join(
        f'<th scope="col"{_aligned(right and not plain)}>{escape(name)}</th>'
        for name, right in zip(rows.columns, numeric, strict=True)
    )
    rights = [right and not plain for right in numeric[1:]]
    lines = []
    for first, *rest in rows.iter_rows():
        cells = "".join(
            f"<td{_headed(name, cards)}{_aligned(right)}>{escape(number(value))}</td>"
            for name, value, right in zip(rows.columns[1:], rest, rights, strict=True)
        )
        lines.append(f"<tr><th>{escape(number(first))}</th>{cells}</tr>")
    words = " ".join([*["numbers"] * plain, *["cards"] * cards])
    kind = f' class="{words}"' if words else ""
    return (
        f"<table{kind}><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>\n"
        "<tbody>" + "\n".join(lines) + "</tbody></table>"
    )


def scrolled(inside: str, label: str) -> str:
    """A table that may be wider than a telephone; the keyboard can move it."""
    return (
        f'<div class="wide-table" tabindex="0" role="region" aria-label="{escape(label)}">'
        f"{inside}</div>"
    )


def number(value: object) -> str:
    """A cell in words: four digits of a fraction, thousands set apart, nothing for no number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    if isinstance(value, float):
        if value != value or abs(value) == float("inf"):
            return ""
        return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"
    return str(value)


def _headed(name: str, cards: bool) -> str:
    return f' data-head="{escape(name)}"' if cards else ""


def _aligned(right: bool) -> str:
    return ' class="n"' if right else ""


def _classed(svg: str, kind: str) -> str:
    return svg.replace('class="chart"', f'class="chart {kind}"', 1)
