"""The parts of a run's report, each with its charts and what they come to."""

from __future__ import annotations

from html import escape

from stakhanov.charts import REPORTED, TRUE, Style
from stakhanov.engine.shown import percent, period_of
from stakhanov.foundation.measures import MEASURES
from stakhanov.summary.branch_figures import branch_figure
from stakhanov.summary.figures import Figures, Line
from stakhanov.summary.norm_figures import STEP, chosen_years, norm_figures
from stakhanov.summary.open_run import NotInRun, OpenRun
from stakhanov.summary.page import Drawn, Section
from stakhanov.summary.pay_figures import pay_by_fulfilment
from stakhanov.summary.plan_met import PlanMet
from stakhanov.summary.record_figures import record_figure

SECOND = "second"
AT_THE_NORM = "At the norm: reported at 100 or 101 % of it."
TITLE = "The title goes to reports at the campaign's threshold or above it."
HELD = Style("aspiration", "third", dashed=True)


def output_section(opened: OpenRun, figures: Figures, drawn: Drawn) -> Section:
    """Output against the plan, in all and by branch."""
    met = PlanMet.of(opened).sentence
    said = f"{met[0].upper()}{met[1:]}. {padded_sentence(opened)}"
    hero = figures.output(
        "Output per worker and shift",
        "The plan is the first period's report, grown as the campaign demands. Where the pale line"
        " parts from the dark one, reports were padded.",
    )
    small = [
        figures.ratios(
            "How much of the plan was met",
            {REPORTED: "reported_output", TRUE: "true_output"},
            "plan",
            said="Of each period's plan, as reported and in truth.",
        ),
        figures.over_time(
            "Mean fulfilment of norms",
            [Line("fulfilment_mean", Style("reported", "reported"))],
            zero=False,
            said=figures.change("fulfilment_mean") + " As reported.",
            mark=(100.0, "norm"),
        ),
        figures.whole_output(),
    ]
    branches = branch_figure(opened)
    more = drawn.figure(branches) if branches else ""
    title = "Output against the plan"
    return Section("output", title, said, drawn.figure(hero), drawn.grid(small), more)


def padded_sentence(opened: OpenRun) -> str:
    """How much of all that was reported was never made."""
    share = opened.measured("padded_share")
    if share == 0.0:
        return "Everything that was reported had been made."
    return f"Of all that was reported, {percent(share)} was never made."


def norm_section(opened: OpenRun, figures: Figures, drawn: Drawn) -> Section | None:
    """Fulfilment around the norm in chosen years, and how many stood where over time."""
    try:
        histograms = norm_figures(opened, chosen_years(opened))
    except NotInRun:
        return None
    shares = figures.over_time(
        "Below, at and far above the norm" if opened.titled else "Below and at the norm",
        [
            Line("below_norm_share", Style("below", "true")),
            Line("at_norm_share", Style("at the norm", SECOND, dashed=True)),
            *([Line("stakhanovite_share", Style("title", "reported"))] if opened.titled else []),
        ],
        unit="% of reports",
        said=AT_THE_NORM + (f" {TITLE}" if opened.titled else ""),
        wide=True,
    )
    said = (
        f"Everybody by how far they fulfilled their norm in a {period_of(opened.campaign)}, in bars"
        f" of {STEP} points. The outline is what was reported, the solid shape what was made: an"
        " empty outline is output on paper, a solid piece without outline was reported elsewhere."
    )
    return Section("norm", "Around the norm", said, drawn.grid(histograms), drawn.figure(shares))


def pay_section(opened: OpenRun, figures: Figures, drawn: Drawn) -> Section:
    """Norms and pay."""
    norms = figures.over_time(
        "Norms against equipment",
        [
            Line("norm_level", Style("norm", "norm", width=1.4, step=True)),
            Line("technology", Style("equipment", SECOND, dashed=True)),
        ],
        unit="start = 1",
        zero=None,
        said="Where norms rise faster than equipment, the same fulfilment takes more effort.",
    )
    nominal = "Pay is in the money of its day: prices are not in the model."
    grid = drawn.grid([norms, figures.pay(), pay_by_fulfilment(opened)])
    return Section("pay", "Norms and pay", nominal, grid)


def records_section(opened: OpenRun, figures: Figures, drawn: Drawn) -> Section:
    """Records and what publicity made of them."""
    shown = record_figure(opened)
    if shown is None:
        return Section("records", "Records", "This run has no records.")
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
        zero=None,
        said="Aspiration beside what was made.",
    )
    holders = figures.one("stakhanovite_share", role="reported") if opened.titled else None
    published = float(opened.column("exposure").max()) > 0.0
    said = "" if published else "Nothing was published in this run."
    if (opened.run.records["crew"] > 1).any():
        said = (
            "A record is credited to one name. Where a crew stood behind it, the output per head is"
            " what the name could have done."
        )
    small = drawn.grid([belief if published else None, held, holders])
    return Section("records", "Records", said, drawn.figure(shown), small)


def people_section(figures: Figures, drawn: Drawn) -> Section:
    """Morale, trust, effort, strain, quits and accidents."""
    mood = figures.over_time(
        "Morale and trust",
        [
            Line("morale_mean", Style("morale", "true")),
            Line("trust_mean", Style("trust", SECOND, dashed=True)),
        ],
        zero=False,
        said="Trust is the slow level to which morale recovers.",
    )
    small = [
        mood,
        figures.one("effort_mean", zero=False),
        figures.one("strain_mean"),
        figures.one("quit_rate"),
        figures.one("accident_rate"),
        figures.one("workers", said="In the run; a sample stands for the nation."),
    ]
    return Section("people", "What it did to people", "", drawn.grid(small))


def padding_section(opened: OpenRun, figures: Figures, drawn: Drawn) -> Section:
    """Padding, what audits caught, and storming."""
    padded = opened.measured("padded_share") > 0.0
    said = (
        f"{padded_sentence(opened)} Audits found out"
        f" {percent(opened.measured('audited_caught_share'))} of padded reports."
    )
    told = [
        figures.one("padded_share", role="reported", title="Padded share of reported output"),
        figures.one("audited_caught_share", title="Caught by audits"),
    ]
    storming = figures.one("storming_index", mark=(1.0, "even"))
    return Section(
        "padding",
        "Padding, audits and storming",
        said if padded else "In this run no report was padded.",
        drawn.grid([*(told if padded else []), storming]),
    )


def terms_section() -> Section:
    """What the measures mean, from their catalogue."""
    terms = "\n".join(
        f"<div><dt>{escape(known.title)}</dt><dd>{escape(known.definition)} Unit:"
        f" {escape(known.unit)}.</dd></div>"
        for known in MEASURES.values()
    )
    inside = f'<details><summary>All measures</summary>\n<dl class="terms">{terms}</dl></details>'
    return Section("terms", "What the measures mean", "", inside)
