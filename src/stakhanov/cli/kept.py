"""What a question of many runs leaves in its folder: the table, the charts, a page that opens offline."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stakhanov.foundation.plain import plain
from stakhanov.foundation.written import counted

if TYPE_CHECKING:
    import polars as pl

    from stakhanov.campaign import Campaign
    from stakhanov.charts import Figure

RESULTS = "results"


def keep(
    folder: Path,
    name: str,
    data: Mapping[str, Any],
    table: pl.DataFrame,
    figures: Mapping[str, Figure],
    *,
    heading: str = "",
    words: Sequence[str] = (),
    record: Mapping[str, Any] | None = None,
) -> Path:
    """Write result.json, table.parquet, table.csv, a chart for every figure, and page.html.

    `heading` says in words what the page is of, `words` are paragraphs below it. The folder is named after
    the question and what it was asked of, so that another question has another; the `record` of the runs
    is kept in it. Raises OSError.
    """
    from stakhanov.charts.theme import FONT
    from stakhanov.foundation.files import write_atomically
    from stakhanov.foundation.record import digest_of

    kept = plain(data)
    slug = re.sub(r"[^\w.-]+", "-", name).strip(".-")
    place = folder / RESULTS / f"{slug}-{digest_of(kept)[:8]}"
    place.mkdir(parents=True, exist_ok=True)
    write_atomically(
        place / "result.json",
        json.dumps({**kept, "record": plain(record or {})}, indent=1).encode(),
    )
    write_atomically(place / "table.parquet", table.write_parquet)
    write_atomically(place / "table.csv", table.write_csv().encode())
    for key, figure in figures.items():
        head = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FONT}" '
        drawn = figure.svg(key).replace("<svg ", head, 1)
        write_atomically(place / f"{key.replace('@', '-')}.svg", drawn.encode())
    if figures:
        whole = page(heading or name, figures, words, made_of(record or {}))
        write_atomically(place / "page.html", whole.encode())
    return place


def made_of(record: Mapping[str, Any]) -> list[str]:
    """The record in sentences: which rules and people, how many, under which seeds, by which engine."""
    runs: dict[str, list[str]] = {}
    for name, arm in record.get("arms", {}).items():
        workers, periods = counted(arm["workers"], "worker"), counted(arm["periods"], "period")
        said = f"{arm['campaign_name']} on {arm['workforce_name']}, {workers}, {periods}"
        runs.setdefault(said, []).append(name)
    if not runs:
        return []
    one = len(runs) == 1
    told = [f"{said}." if one else f"{', '.join(arms)}: {said}." for said, arms in runs.items()]
    seeds = _spans(record["seeds"])
    return [
        *told,
        f"Run under {seeds} by stakhanov {record['engine']}; result.json has the record.",
    ]


def _spans(seeds: Sequence[int]) -> str:
    """Seeds in words: runs of them by their ends."""
    spans: list[list[int]] = []
    for seed in sorted(seeds):
        if spans and seed == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], seed]
        else:
            spans.append([seed])
    told = ", ".join(" to ".join(map(str, span)) for span in spans)
    return f"seed {told}" if len(seeds) == 1 else f"seeds {told}"


def page(
    heading: str,
    figures: Mapping[str, Figure],
    words: Sequence[str] = (),
    made: Sequence[str] = (),
) -> str:
    """All figures with their numbers on one page without any request, in the style of a run's report.

    `made` says at the end how the answer came about.
    """
    from html import escape

    from stakhanov.summary.page import Drawn, Section
    from stakhanov.summary.page import page as whole

    drawn = Drawn()
    parts = [drawn.figure(figure) for figure in figures.values()]
    head = f'<header>\n<p class="kicker">In our model</p>\n<h1>{escape(heading)}</h1>\n'
    head += "".join(f"<p>{escape(one)}</p>\n" for one in words) + "</header>"
    sections = [Section("charts", "Charts", "", *parts)]
    if made:
        lines = [f"<p>{escape(one)}</p>" for one in made]
        sections.append(Section("made", "How it was made", "", *lines))
    return whole(heading, head, sections)


def called(campaign: Campaign) -> str:
    """A campaign in words: its title, or its name where it has none."""
    return campaign.campaign.title or campaign.name
