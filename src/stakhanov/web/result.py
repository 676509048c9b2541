"""What a page shows of a run that is done: charts, the numbers behind them, and its measures in a table."""

from __future__ import annotations

from html import escape

from stakhanov.charts import REPORTED, TRUE, Style
from stakhanov.engine.results import Run
from stakhanov.engine.shown import shown
from stakhanov.foundation.measures import MEASURES
from stakhanov.summary.figures import Figures, Line
from stakhanov.summary.norm_figures import chosen_years, norm_figures
from stakhanov.summary.open_run import NotInRun, OpenRun
from stakhanov.summary.page import Drawn, Section, number
from stakhanov.summary.record_figures import record_figure
from stakhanov.summary.sections import padded_sentence


def result_html(run: Run) -> str:
    """The parts of the page, in the order in which a reader asks."""
    opened = OpenRun.of(run)
    figures, drawn = Figures(opened), Drawn()
    parts = (_output, _norm, _people, _records)
    sections = [part(opened, figures, drawn) for part in parts]
    table = Section("measures", "The whole run", "", measures_table(run, opened))
    return "\n".join([*(one.html for one in sections if one is not None), table.html])


def measures_table(run: Run, opened: OpenRun) -> str:
    """The measures of the whole run: what links and files must give again."""
    rows = "".join(
        f'<tr><th scope="row">{escape(about.title)}</th>'
        f'<td class="n">{number(run.measures[name]["value"] * known.factor) or "-"}</td>'
        f"<td>{escape(known.unit)}</td></tr>"
        for name, about in MEASURES.items()
        for known in (shown(name, opened.campaign),)
    )
    head = (
        '<th scope="col">measure</th><th scope="col" class="n">value</th><th scope="col">unit</th>'
    )
    digest = escape(str(run.record["digest"])[:12])
    seed, workers, periods = (run.record[name] for name in ("seed", "workers", "periods"))
    made = f"1 run, seed {seed}, {workers:,} workers, {periods} periods"
    return (
        '<div class="wide-table" tabindex="0" role="region" aria-label="Measures">'
        f'<table class="measures"><caption>In our model: {made}. Digest of the run: {digest}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _output(opened: OpenRun, figures: Figures, drawn: Drawn) -> Section:
    hero = figures.output(
        "Output per worker and shift",
        "Where the pale line parts from the dark one, reports were padded.",
    )
    said = padded_sentence(opened)
    return Section("output", "What was made, and what was reported", said, drawn.figure(hero))


def _norm(opened: OpenRun, figures: Figures, drawn: Drawn) -> Section | None:
    try:
        histograms = norm_figures(opened, chosen_years(opened))
    except NotInRun:
        return None
    norms = figures.over_time(
        "Norms against equipment",
        [
            Line("norm_level", Style("norm", "norm", width=1.4, step=True)),
            Line("technology", Style("equipment", "second", dashed=True)),
        ],
        unit="start = 1",
        zero=None,
        said="Where norms rise faster than equipment, the same fulfilment takes more effort.",
    )
    said = "The outline is what was reported, the solid shape what was made."
    return Section("norm", "Around the norm", said, drawn.grid([*histograms, norms]))


def _people(opened: OpenRun, figures: Figures, drawn: Drawn) -> Section:
    del opened
    charts = [
        figures.one("morale_mean", zero=False),
        figures.one("strain_mean"),
        figures.one("quit_rate"),
    ]
    return Section("people", "What it did to people", "", drawn.grid(charts))


def _records(opened: OpenRun, figures: Figures, drawn: Drawn) -> Section | None:
    chart = record_figure(opened)
    if chart is None:
        return None
    held = figures.over_time(
        "What people hold themselves to",
        [
            Line("true_output", TRUE),
            Line("aspiration_mean", Style("aspiration", "third", dashed=True)),
        ],
        zero=None,
        said="Aspiration beside what was made.",
    )
    believed = figures.over_time(
        "Publicity and belief",
        [
            Line("exposure", Style("reached", "second")),
            Line("credibility", Style("believed", "true")),
            Line("stakhanovite_share", Style("title", REPORTED.role, dashed=True)),
        ],
        unit="%",
        said="Share of people whom publicity has reached, how far it is believed, and holders of the title.",
    )
    return Section("records", "Records", "", drawn.figure(chart), drawn.grid([believed, held]))
