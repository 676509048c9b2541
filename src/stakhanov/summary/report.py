"""The report of a run: one page of words, charts and tables that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from stakhanov.engine.shown import percent, period_of
from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.written import counted
from stakhanov.summary.figures import Figures
from stakhanov.summary.fit import FitRow, fit_rows
from stakhanov.summary.fit_section import fit_section
from stakhanov.summary.headline import growth, headline
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.page import Drawn, Section, number, page
from stakhanov.summary.prize_section import prize_section
from stakhanov.summary.questions import Answer, answered_of
from stakhanov.summary.record_section import record_section
from stakhanov.summary.rules_section import rules_section
from stakhanov.summary.sections import (
    norm_section,
    output_section,
    padding_section,
    pay_section,
    people_section,
    records_section,
    terms_section,
)

if TYPE_CHECKING:
    from stakhanov.engine.results import Run


def write(
    run: Run,
    path: Path | str,
    fit: Sequence[FitRow] | None = None,
    answered: Sequence[Answer] | None = None,
    warnings: Sequence[str] = (),
) -> None:
    """Write the report of a run. Raises BadInput if the run's record cannot be read.

    `fit` and `answered` are worked out from the run unless given; `warnings` are sentences that the
    reader must see first.
    """
    html = html_of(run, fit=fit, answered=answered, warnings=warnings)
    write_atomically(Path(path), html.encode())


def html_of(
    run: Run,
    *,
    fit: Sequence[FitRow] | None = None,
    answered: Sequence[Answer] | None = None,
    warnings: Sequence[str] = (),
) -> str:
    """The report of a run as one HTML page. Raises BadInput if its record cannot be read."""
    opened = OpenRun.of(run)
    figures, drawn = Figures(opened), Drawn()
    rows = list(fit_rows(opened) if fit is None else fit)
    sections = [
        output_section(opened, figures, drawn),
        norm_section(opened, figures, drawn),
        pay_section(opened, figures, drawn),
        prize_section(opened, figures, drawn),
        records_section(opened, figures, drawn),
        people_section(figures, drawn),
        padding_section(opened, figures, drawn),
        fit_section(rows) if rows else None,
        _questions(answered_of(opened) if answered is None else answered),
        rules_section(opened),
        terms_section(),
        record_section(opened),
    ]
    title = opened.campaign.campaign.title or opened.campaign.campaign.name
    there = [section for section in sections if section is not None]
    return page(f"{title} - report", _head(opened, warnings), there)


def _head(opened: OpenRun, warnings: Sequence[str]) -> str:
    about = opened.campaign.campaign
    numbers = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in _key_numbers(opened)
    )
    told = "".join(f"<li>{escape(warning)}</li>" for warning in warnings)
    warned = f'<div class="warnings" role="note"><ul>{told}</ul></div>\n' if told else ""
    lead = f'<p class="lead">{escape(about.summary)}</p>\n' if about.summary else ""
    return (
        f'<header>\n<p class="kicker">{escape(about.title or about.name)}</p>\n'
        f"<h1>{escape(headline(opened))}</h1>\n{lead}{warned}"
        f'<p class="soft">{escape(_scope(opened))}</p>\n'
        f'<dl class="numbers">{numbers}</dl>\n</header>'
    )


def _key_numbers(opened: OpenRun) -> list[tuple[str, str]]:
    """The figures that a reader looks for first."""
    years = opened.years()
    first: list[tuple[str, str]] = []
    if len(years) > 1:
        span = f"{years[0]}-{years[-1]}"
        first = [
            (f"true output per shift, {span}", percent(growth(opened, "true_output"), sign=True)),
            (
                f"equipment, given to the run, {span}",
                percent(growth(opened, "technology"), sign=True),
            ),
            (f"norms, {span}", percent(growth(opened, "norm_level"), sign=True)),
        ]
    else:
        first = [("mean fulfilment, as reported", percent(opened.measured("fulfilment_mean")))]
    return [
        *first,
        ("of reports below the norm", percent(opened.measured("below_norm_share"))),
        ("of reported output padded", percent(opened.measured("padded_share"))),
        (
            f"of people quit in a {period_of(opened.campaign)}",
            percent(opened.measured("quit_rate")),
        ),
    ]


def _scope(opened: OpenRun) -> str:
    record = opened.run.record
    workers, periods = record.get("workers"), opened.periods
    force = record.get("workforce", {}).get("workforce", {})
    name = force.get("title") or force.get("name") or "a workforce"
    people = counted(workers, "worker") if isinstance(workers, int) else number(workers)
    peak, stands = record.get("peak"), ""
    if isinstance(peak, int | float) and isinstance(workers, int) and peak > 1.5 * workers:
        stands = f", standing for {_rounded(peak)}"
    return (
        f"One run: {people} at the most{stands} ({name}), {counted(periods, 'period')}, seed"
        f" {record.get('seed')}. Everything on this page is the run's own; 1 norm-unit is 100 % of"
        " the first norm."
    )


def _rounded(people: float) -> str:
    return f"{people / 1e6:.3g} million" if people >= 1e6 else f"{people:,.0f}"


def _questions(answered: Sequence[Answer]) -> Section | None:
    parts = []
    for answer in answered:
        sentences = (re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(s)) for s in answer.sentences)
        said = "".join(f"<p>{sentence}</p>" for sentence in sentences)
        parts.append(f"<h3>{escape(answer.question)}</h3>\n{said}")
    return Section("questions", "Three questions", "", *parts) if parts else None
