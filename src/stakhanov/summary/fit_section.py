"""The table of model against history as a part of a page."""

from __future__ import annotations

from html import escape

from stakhanov.summary.fit import NOT_COVERED, FitRow, fit_sentence
from stakhanov.summary.page import number, section


def fit_section(rows: list[FitRow]) -> str:
    """Every figure of history beside the run's; those that do not fit are named first."""
    heads = ("Figure", "Role", "History", "Band", "Model", "Inside", "Source")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "\n".join(_fit_row(row, heads) for row in rows)
    table = (
        f'<div class="wide"><table class="cards"><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{body}</tbody></table></div>"
    )
    off = "; ".join(row.target for row in rows if row.inside is False)
    said = fit_sentence(rows) + (f" What does not fit: {off}." if off else "")
    return section("Model against history", said, [], table)


def _fit_row(row: FitRow, heads: tuple[str, ...]) -> str:
    unit = f" {row.unit}" if row.unit else ""
    inside = {True: "yes", False: "no", None: "" if row.role == NOT_COVERED else "not told"}
    low, high = number(row.low), number(row.high)
    band = f"{low} to {high}" if low and high else (f"from {low}" if low else "")
    band = band or (f"to {high}" if high else "")
    model = "" if row.model is None else number(row.model)
    cells = (row.target, row.role, row.history, f"{band}{unit}" if band else "", model)
    shown = [
        f'<td data-head="{name}">{escape(c)}</td>' for name, c in zip(heads, cells, strict=False)
    ]
    shown[0] = f"<td><strong>{escape(row.target)}</strong></td>"
    off = ' class="off"' if row.inside is False else ""
    shown.append(f'<td data-head="Inside"{off}>{inside[row.inside]}</td>')
    note = f'<br><span class="soft">{escape(row.note)}</span>' if row.note else ""
    source = escape(f"{row.source} ({row.trust})" if row.source else row.trust)
    shown.append(f'<td data-head="Source">{source}{note}</td>')
    return f"<tr>{''.join(shown)}</tr>"
