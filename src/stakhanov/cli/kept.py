"""What a question of many runs leaves in its folder: the table, the charts, a page that opens offline."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stakhanov.cli import output
from stakhanov.foundation.plain import plain

if TYPE_CHECKING:
    import polars as pl

    from stakhanov.charts import Figure

RESULTS = "results"


def keep(
    folder: Path,
    name: str,
    data: Mapping[str, Any],
    table: pl.DataFrame,
    figures: Mapping[str, Figure],
) -> Path:
    """Write result.json, table.parquet, table.csv, a chart for every figure, and page.html.

    The folder is named after the question and what it was asked of, so that another question has another.
    Raises OSError.
    """
    from stakhanov.charts.theme import FONT
    from stakhanov.foundation.files import write_atomically
    from stakhanov.foundation.record import digest_of

    kept = plain(data)
    slug = re.sub(r"[^\w.-]+", "-", name).strip(".-")
    place = folder / RESULTS / f"{slug}-{digest_of(kept)[:8]}"
    place.mkdir(parents=True, exist_ok=True)
    write_atomically(place / "result.json", json.dumps(kept, indent=1).encode())
    write_atomically(place / "table.parquet", table.write_parquet)
    write_atomically(place / "table.csv", table.write_csv().encode())
    for key, figure in figures.items():
        head = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FONT}" '
        drawn = figure.svg(key).replace("<svg ", head, 1)
        write_atomically(place / f"{key.replace('@', '-')}.svg", drawn.encode())
    if figures:
        write_atomically(place / "page.html", page(name, figures).encode())
    return place


def page(title: str, figures: Mapping[str, Figure]) -> str:
    """All figures with their numbers on one page without any request."""
    from html import escape

    from stakhanov.charts.theme import DARK, FONT, LIGHT, variables

    parts = "\n".join(
        f"{figure.html(f'f{place}')}<details><summary>Numbers</summary>{_rows(figure.numbers)}</details>"
        for place, figure in enumerate(figures.values())
    )
    dark = f"@media (prefers-color-scheme: dark) {{ :root {{ {variables(DARK)} }} }}"
    style = (
        f":root {{ {variables(LIGHT)} }} {dark} body {{ font-family: {FONT}; max-width: 60rem; margin: auto;"
        " padding: 1rem; background: var(--chart-paper); color: var(--chart-ink) }"
        " svg { width: 100%; height: auto } table { border-collapse: collapse; font-size: .9rem }"
        " td, th { padding: .1rem .6rem; text-align: right }"
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{style}</style>'
        f"<body><h1>{escape(title)}</h1>\n{parts}\n</body></html>\n"
    )


def _rows(table: pl.DataFrame) -> str:
    from html import escape

    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_cell(value))}</td>" for value in row) + "</tr>"
        for row in table.rows()
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def _cell(value: object) -> str:
    return output.number(value) if isinstance(value, float) else str(value)
