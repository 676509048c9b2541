"""The parts of a run's report, each with its charts and what they come to."""

from __future__ import annotations

from html import escape

from stakhanov.charts import TRUE, Style
from stakhanov.foundation.measures import MEASURES
from stakhanov.summary.branch_figures import branch_figure
from stakhanov.summary.figures import Figures, Line
from stakhanov.summary.norm_figures import STEP, chosen_years, norm_figures
from stakhanov.summary.open_run import NotInRun, OpenRun
from stakhanov.summary.page import Drawn, section
from stakhanov.summary.record_figures import record_figure
from stakhanov.summary.shown import percent, period_of

SECOND = "second"
HELD = Style("aspiration", "third", dashed=True)


def output_section(opened: OpenRun, figures: Figures, drawn: Drawn) -> str:
    """Output against the plan, in all and by branch."""
    years = opened.years()
    last = opened.year(years[-1]) if years else slice(0, opened.periods)
    level = opened.mean("reported_output", last) / opened.mean("plan", last)
    when = f"In {years[-1]}" if years else "Over the run"
    said = f"{when} reports stood at {percent(level)} of the plan."
    said += (
        f" Of all that was reported, {percent(measured(opened, 'padded_share'))} was never made."
    )
    hero = figures.output(
        "Output per worker and shift",
        "The plan is the first period's report, grown as the campaign demands. Where the pale line"
        " parts from the dark one, reports were padded.",
    )
    branches = branch_figure(opened)
    small = [
        figures.over_time(
            "Mean fulfilment of norms",
            [Line("fulfilment_mean", TRUE)],
            zero=False,
            said=figures.change("fulfilment_mean") + " As reported.",
            mark=(100.0, "norm"),
        ),
        figures.one("effort_mean", zero=False),
        figures.one("workers", said="In the run; a sample stands for the nation."),
    ]
    parts = [drawn.figure(hero), drawn.grid(small)]
    parts += [drawn.figure(branches)] if branches else []
    return section("Output against the plan", said, *parts, name="charts")


def norm_section(opened: OpenRun, figures: Figures, drawn: Drawn) -> str:
    """Fulfilment around the norm in chosen years, and how many stood where over time."""
    try:
        histograms = norm_figures(opened, chosen_years(opened))
    except NotInRun:
        return ""
    shares = figures.over_time(
        "Below, at and far above the norm",
        [
            Line("below_norm_share", Style("below", "true")),
            Line("at_norm_share", Style("at 100-102 %", SECOND, dashed=True)),
            Line("stakhanovite_share", Style("title", "reported")),
        ],
        unit="% of reports",
        said="The title goes to reports at the campaign's threshold or above it.",
        wide=True,
    )
    said = (
        f"Everybody by how far they fulfilled their norm in a {period_of(opened.campaign)}, in bars"
        f" of {STEP} points. The outline is what was reported, the solid shape what was made: an"
        " empty outline is output on paper, a solid piece without outline was reported elsewhere."
    )
    return section("Around the norm", said, drawn.grid(histograms), drawn.figure(shares))


def pay_section(figures: Figures, drawn: Drawn) -> str:
    """Norms and pay."""
    norms = figures.over_time(
        "Norms against equipment",
        [
            Line("norm_level", Style("norm", "norm", width=1.4, step=True)),
            Line("technology", Style("equipment", SECOND, dashed=True)),
        ],
        unit="start = 1",
        said="Where norms rise faster than equipment, the same fulfilment takes more effort.",
    )
    gini = figures.one("pay_gini", title="Inequality of pay", zero=False)
    nominal = "Pay is in the money of its day: prices are not in the model."
    return section("Norms and pay", nominal, drawn.grid([norms, figures.pay(), gini]))


def records_section(opened: OpenRun, figures: Figures, drawn: Drawn) -> str:
    """Records and what publicity made of them."""
    shown = record_figure(opened)
    if shown is None:
        return section("Records", "This run has no records.")
    belief = figures.over_time(
        "Publicity and belief",
        [
            Line("exposure", Style("reached", SECOND)),
            Line("credibility", Style("believed", "true")),
        ],
        unit="%",
        said="Share of people whom publicity has reached, and how far it is believed.",
    )
    held = figures.over_time(
        "What people hold themselves to",
        [Line("true_output", TRUE), Line("aspiration_mean", HELD)],
        said="Aspiration beside what was made.",
    )
    holders = figures.one("stakhanovite_share", role="reported")
    said = (
        "A record is credited to one name. Where a crew stood behind it, the output per head is"
        " what the name could have done."
    )
    return section("Records", said, drawn.figure(shown), drawn.grid([belief, held, holders]))


def people_section(figures: Figures, drawn: Drawn) -> str:
    """Morale, trust, strain, quits and accidents."""
    mood = figures.over_time(
        "Morale and trust",
        [
            Line("morale_mean", Style("morale", "true")),
            Line("trust_mean", Style("trust", SECOND, dashed=True)),
        ],
        zero=False,
        said="Trust is the slow level to which morale recovers.",
    )
    strain = figures.one("strain_mean")
    leaving = figures.over_time(
        "Quits and accidents",
        [
            Line("quit_rate", Style("quit", "true")),
            Line("accident_rate", Style("hurt", "reported")),
        ],
        said=f"Quits: {figures.change('quit_rate')}",
    )
    return section("What it did to people", "", drawn.grid([mood, strain, leaving]))


def padding_section(opened: OpenRun, figures: Figures, drawn: Drawn) -> str:
    """Padding, what audits caught, and storming."""
    storming = figures.one("storming_index", mark=(1.0, "even"))
    said = (
        f"Over the whole run {percent(measured(opened, 'padded_share'))} of reported output was"
        f" padded; audits found out {percent(measured(opened, 'audited_caught_share'))} of padded"
        " reports."
    )
    padded = figures.one("padded_share", role="reported", title="Padded share of reported output")
    caught = figures.one("audited_caught_share", title="Caught by audits")
    return section("Padding, audits and storming", said, drawn.grid([padded, caught, storming]))


def terms_section() -> str:
    """What the measures mean, from their catalogue."""
    terms = "\n".join(
        f"<div><dt>{escape(known.title)}</dt><dd>{escape(known.definition)} Unit:"
        f" {escape(known.unit)}.</dd></div>"
        for known in MEASURES.values()
    )
    inside = f'<details><summary>All measures</summary>\n<dl class="terms">{terms}</dl></details>'
    return section("What the measures mean", "", inside)


def measured(opened: OpenRun, measure: str) -> float:
    """A measure of the whole run."""
    return float(opened.run.measures[measure]["value"])
