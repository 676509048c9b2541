"""A page that needs nothing but itself: its style sheet, its sections, its tables."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import polars as pl

from stakhanov.charts.theme import DARK, FONT, LIGHT, variables

STYLE = f"""
:root {{ color-scheme: light dark; --paper: #fbfaf7; --card: #ffffff; --ink: {LIGHT["ink"]};
 --soft: {LIGHT["soft"]}; --rule: {LIGHT["rule"]}; --accent: {LIGHT["line-1"]};
 {variables(LIGHT)} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ --paper: #15181a; --card: #1d2123;
 --ink: {DARK["ink"]}; --soft: {DARK["soft"]}; --rule: {DARK["rule"]};
 --accent: {DARK["line-1"]}; {variables(DARK)} }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.55 {FONT};
 overflow-wrap: break-word; }}
main {{ max-width: 1120px; margin: 0 auto; padding: 24px 20px 64px; }}
h1 {{ font-size: clamp(26px, 4.4vw, 40px); line-height: 1.15; margin: 16px 0 12px;
 max-width: 24em; text-wrap: balance; }}
h2 {{ font-size: 23px; line-height: 1.25; margin: 56px 0 6px; padding-top: 18px;
 border-top: 3px solid var(--accent); }}
h3 {{ font-size: 16px; margin: 0 0 2px; }}
p + h3 {{ margin-top: 24px; }}
p, ul {{ max-width: 44em; margin: 8px 0; }}
.lead {{ font-size: 19px; }}
.soft, figcaption, .kicker {{ color: var(--soft); font-size: 15px; }}
.kicker {{ margin: 0; }}
.grid {{ display: grid; gap: 20px; margin-top: 18px;
 grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); }}
figure {{ margin: 0; padding: 16px 16px 10px; background: var(--card); border-radius: 8px;
 border: 1px solid var(--rule); min-width: 0; display: flex; flex-direction: column; }}
figcaption {{ flex: 1; }}
figcaption {{ margin-bottom: 10px; }}
svg.chart {{ display: block; width: 100%; height: auto; }}
dl.numbers {{ display: grid; gap: 14px 20px; margin: 20px 0 0;
 grid-template-columns: repeat(auto-fit, minmax(min(100%, 150px), 1fr)); }}
dl.numbers dt {{ color: var(--soft); font-size: 15px; line-height: 1.3; }}
dl.numbers dd {{ margin: 0; font-size: 24px; font-weight: 600; line-height: 1.25; }}
details {{ margin-top: 8px; font-size: 14px; }}
summary {{ cursor: pointer; color: var(--soft); padding: 4px 0; }}
.scroll {{ overflow: auto; max-height: 420px; }}
.wide {{ overflow-x: auto; margin-top: 14px; }}
table {{ border-collapse: collapse; font-size: 14px; line-height: 1.4; width: 100%;
 font-variant-numeric: tabular-nums; }}
th, td {{ text-align: left; vertical-align: top; padding: 6px 12px 6px 0;
 border-bottom: 1px solid var(--rule); }}
th {{ color: var(--soft); font-weight: 600; }}
td.n, th.n {{ text-align: right; white-space: nowrap; }}
td.off {{ color: var(--accent); font-weight: 600; }}
td .soft {{ font-size: inherit; }}
code {{ font-size: 13px; overflow-wrap: anywhere; }}
@media (max-width: 640px) {{
 main {{ padding: 16px 14px 48px; }} body {{ font-size: 16px; }} .lead {{ font-size: 17px; }}
 table.cards thead {{ display: none; }}
 table.cards tr {{ display: block; padding: 10px 0; border-bottom: 1px solid var(--rule); }}
 table.cards td {{ display: block; border: 0; padding: 1px 0; text-align: left;
 white-space: normal; }}
 table.cards td[data-head]::before {{ content: attr(data-head) ": "; color: var(--soft);
 font-weight: 400; }}
 table.cards td:empty {{ display: none; }}
}}
@media print {{
 body {{ background: #fff; font-size: 11pt; }} main {{ max-width: none; padding: 0; }}
 figure, tr, dl.numbers div {{ break-inside: avoid; }} h2, h3 {{ break-after: avoid; }}
 .grid {{ grid-template-columns: 1fr 1fr; }} .scroll {{ max-height: none; overflow: visible; }}
 details:not([open]) {{ display: none; }}
}}
"""


@dataclass(frozen=True)
class Figure:
    """One chart with its heading, what it says in words, and the numbers behind it."""

    title: str
    caption: str
    svg: str
    numbers: pl.DataFrame


def page(title: str, body: str) -> str:
    """A whole HTML page. Per cent signs keep to their numbers when lines break."""
    body = body.replace(" %", "&nbsp;%")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def section(title: str, said: str, figures: list[Figure], rest: str = "") -> str:
    """A part of the page: a heading, a sentence or two, charts side by side."""
    parts = [f"<section>\n<h2>{escape(title)}</h2>"]
    if said:
        parts.append(f"<p>{escape(said)}</p>")
    if figures:
        drawn = "\n".join(map(figure, figures))
        parts.append(f'<div class="grid">\n{drawn}\n</div>')
    return "\n".join([*parts, rest, "</section>"])


def figure(shown: Figure) -> str:
    """A chart with the numbers behind it folded away."""
    return (
        f"<figure>\n<h3>{escape(shown.title)}</h3>\n"
        f"<figcaption>{escape(shown.caption)}</figcaption>\n{shown.svg}\n"
        f'<details><summary>The numbers</summary>\n<div class="scroll" tabindex="0">'
        f"{table(shown.numbers)}</div></details>\n</figure>"
    )


def table(rows: pl.DataFrame) -> str:
    """A table of numbers, one row a row."""
    numeric = [kind.is_numeric() for kind in rows.dtypes]
    head = "".join(
        f'<th scope="col"{_aligned(right)}>{escape(name)}</th>'
        for name, right in zip(rows.columns, numeric, strict=True)
    )
    lines = (
        "".join(
            f"<td{_aligned(right)}>{escape(number(cell))}</td>"
            for cell, right in zip(row, numeric, strict=True)
        )
        for row in rows.iter_rows()
    )
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"


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


def _aligned(right: bool) -> str:
    return ' class="n"' if right else ""
