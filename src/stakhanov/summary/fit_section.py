"""The table of model against history as a part of a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from stakhanov.summary.fit import NOT_COVERED, FitRow, fit_sentence
from stakhanov.summary.page import Section, scrolled

HEADS = ("Figure", "History", "Band", "Model", "Where it lies", "Inside", "Source")
#: What the campaign knew of a figure, the hardest test first.
GROUPS = {
    "tested": "Tested: the campaign was not made from these",
    "tuned": "Tuned: parameters were set so that these come near",
    "given": "Given: these went into the campaign",
    NOT_COVERED: "Not covered by the model",
}
LEFT, RIGHT, MIDDLE = 6.0, 126.0, 8.0


def fit_section(rows: Sequence[FitRow]) -> Section:
    """Every figure of history beside the run's; those that do not fit are named first."""
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADS)
    named = dict.fromkeys([*GROUPS, *(row.role for row in rows)])
    body = []
    for role in named:
        group = [row for row in rows if row.role == role]
        if group:
            title = escape(GROUPS.get(role, role))
            body.append(
                f'<tr class="group"><th scope="rowgroup" colspan="{len(HEADS)}">{title}</th></tr>'
            )
            body += [_row(row) for row in group]
    table = (
        '<table class="cards"><caption>The bar is the band of history, the mark the model: a dot'
        f" inside, a ring outside.</caption><thead><tr>{head}</tr></thead>\n<tbody>"
        + "\n".join(body)
        + "</tbody></table>"
    )
    off = "; ".join(row.target for row in rows if row.inside is False)
    said = fit_sentence(list(rows)) + (f" What does not fit: {off}." if off else "")
    return Section("history", "Model against history", said, scrolled(table, "All figures"))


def _row(row: FitRow) -> str:
    unit = f" {row.unit}" if row.unit else ""
    inside = {True: "yes", False: "no", None: "" if row.role == NOT_COVERED else "not told"}
    band = _band(_three(row.low), _three(row.high))
    model = "" if row.model is None else f"{_three(row.model)}{unit}"
    off = ' class="off"' if row.inside is False else ""
    note = f'<br/><span class="soft">{escape(row.note)}</span>' if row.note else ""
    source = escape(f"{row.source} ({row.trust})" if row.source else row.trust)
    return (
        f'<tr><th scope="row">{escape(row.target)}</th>'
        f'<td data-head="History">{escape(row.history)}</td>'
        f'<td data-head="Band">{escape(f"{band}{unit}") if band else ""}</td>'
        f'<td data-head="Model"{off}>{escape(model)}</td><td>{strip(row)}</td>'
        f'<td data-head="Inside"{off}>{inside[row.inside]}</td>'
        f'<td data-head="Source">{source}{note}</td></tr>'
    )


def _band(low: str, high: str) -> str:
    if low == high:
        return low
    if low and high:
        return f"{low} to {high}"
    return f"from {low}" if low else f"to {high}"


def _three(value: float | None) -> str:
    """Three digits that count: no figure of history has more."""
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"


def strip(row: FitRow) -> str:
    """Band and model on one short line; nothing where either is missing."""
    if row.model is None or (row.low is None and row.high is None):
        return ""
    known = [value for value in (row.low, row.high, row.model) if value is not None]
    span = (max(known) - min(known)) or abs(row.model) or 1.0
    least, most = min(known) - 0.12 * span, max(known) + 0.12 * span

    def place(value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (value - least) / (most - least)

    left = LEFT if row.low is None else place(row.low)
    right = RIGHT if row.high is None else place(row.high)
    if right - left < 3.0:
        left, right = left - 1.5, right + 1.5
    where = "inside" if row.inside else "outside"
    fill = "var(--true)" if row.inside else "var(--paper)"
    edge = "var(--true)" if row.inside else "var(--reported)"
    return (
        f'<svg class="strip" role="img" aria-label="{where} the band" viewBox="0 0 132 16">'
        f'<line x1="{LEFT}" x2="{RIGHT}" y1="{MIDDLE}" y2="{MIDDLE}" stroke="var(--rule)"/>'
        f'<rect x="{left:.1f}" y="4" width="{right - left:.1f}" height="8" fill="var(--soft)"'
        ' fill-opacity="0.35"/>'
        f'<circle cx="{place(row.model):.1f}" cy="{MIDDLE}" r="4.5" fill="{fill}"'
        f' stroke="{edge}" stroke-width="2"/></svg>'
    )
