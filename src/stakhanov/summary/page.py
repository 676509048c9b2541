"""A page that needs nothing but itself: its style sheet, its sections, its tables."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

import polars as pl

from stakhanov.charts import Figure
from stakhanov.charts.theme import DARK, FONT, LIGHT, variables

SERIF = "Charter, 'Bitstream Charter', 'Iowan Old Style', Georgia, 'Times New Roman', serif"
SHEET = Path(__file__).with_name("report.css")
ROLES = ("paper", "ink", "soft", "rule", "true", "reported")


def style() -> str:
    """The style sheet: light unless the reader's system asks for dark; paper is always light."""
    own = "; ".join(f"--{role}: var(--chart-{role})" for role in ROLES)
    return (
        f":root {{ color-scheme: light dark; {variables(LIGHT)} {own};"
        f" --serif: {SERIF}; --sans: {FONT}; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {variables(DARK)} }} }}\n"
        f"{SHEET.read_text(encoding='utf-8')}"
    )


def page(title: str, body: str) -> str:
    """A whole HTML page. Per cent signs keep to their numbers when lines break."""
    body = body.replace(" %", "\u00a0%")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(title)}</title>\n<style>\n{style()}</style>\n</head>\n"
        '<body>\n<a class="skip" href="#charts">To the charts</a>\n'
        f"<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def section(title: str, said: str, *parts: str, name: str = "") -> str:
    """A part of the page: a heading, a sentence or two, and what follows."""
    called = f' id="{name}"' if name else ""
    words = [f"<p>{escape(said)}</p>"] if said else []
    inside = [f"<h2>{escape(title)}</h2>", *words, *filter(None, parts)]
    return f"<section{called}>\n" + "\n".join(inside) + "\n</section>"


class Drawn:
    """Draws figures into one page; counts them, so that no name stands twice."""

    def __init__(self) -> None:
        self._count = 0

    def grid(self, figures: Iterable[Figure]) -> str:
        """Charts side by side as the page has room."""
        return '<div class="grid">\n' + "\n".join(map(self.figure, figures)) + "\n</div>"

    def figure(self, shown: Figure) -> str:
        """A chart with its words and the numbers behind it folded away.

        A chart that has a size for telephones is drawn twice; the page shows the one that fits.
        """
        self._count += 1
        name = f"chart-{self._count}"
        if shown.narrow is None:
            kind, drawings = "", shown.svg(name)
        else:
            wide = _classed(shown.svg(f"{name}-wide"), "wide")
            kind = ' class="full"'
            drawings = wide + "\n" + _classed(shown.svg(f"{name}-narrow", shown.narrow), "narrow")
        said = f"<figcaption>{escape(shown.said)}</figcaption>"
        return (
            f"<figure{kind}>\n<h3>{escape(shown.title)}</h3>\n{said}\n{drawings}\n"
            f"<details><summary>The numbers</summary>\n"
            f'<div class="scroll" tabindex="0" role="region" aria-label="The numbers behind'
            f' {escape(shown.title)}">{table(shown.numbers, shown.title)}</div></details>\n</figure>'
        )


def table(rows: pl.DataFrame, caption: str) -> str:
    """A table of numbers, one row a row; the first column names it where it is text."""
    numeric = [kind.is_numeric() for kind in rows.dtypes]
    head = "".join(
        f'<th scope="col"{_aligned(right)}>{escape(name)}</th>'
        for name, right in zip(rows.columns, numeric, strict=True)
    )
    lines = []
    for row in rows.iter_rows():
        cells = zip(row, numeric, strict=True)
        lines.append("".join(_cell(value, right=right) for value, right in cells))
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>\n"
        f"<tbody>{body}</tbody></table>"
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


def _cell(value: object, *, right: bool) -> str:
    return f"<td{_aligned(right)}>{escape(number(value))}</td>"


def _aligned(right: bool) -> str:
    return ' class="n"' if right else ""


def _classed(svg: str, kind: str) -> str:
    return svg.replace('class="chart"', f'class="chart {kind}"', 1)
