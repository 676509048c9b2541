"""The catalogue of measures: every named outcome of a run, with its unit and what it means."""

from __future__ import annotations

from dataclasses import dataclass

PER_SHIFT = "norm-units per worker-shift"
SHARE = "share"


@dataclass(frozen=True)
class Measure:
    """A named outcome. Norm-units: 1.0 is 100 % of the first norm."""

    title: str
    unit: str
    definition: str


MEASURES: dict[str, Measure] = {
    "true_output": Measure("True output", PER_SHIFT, "What was produced, per worker and shift."),
    "reported_output": Measure("Reported output", PER_SHIFT, "What the reports say was produced."),
    "padded_share": Measure(
        "Padded share", SHARE, "Share of reported output that was never produced."
    ),
    "fulfilment_mean": Measure(
        "Fulfilment", "norms", "Mean reported output over the norm in force."
    ),
    "below_norm_share": Measure(
        "Below the norm", SHARE, "Share of reports below 100 % of the norm."
    ),
    "at_norm_share": Measure(
        "At the norm", SHARE, "Share of reports from 100 up to 102 % of the norm."
    ),
    "stakhanovite_share": Measure(
        "Stakhanovites", SHARE, "Share of reports at the title's threshold or above it."
    ),
    "norm_level": Measure(
        "Norm", "first norm = 1", "Mean norm in the last period over the first norm."
    ),
    "pay_mean": Measure(
        "Pay", "minor units per worker and period", "Mean pay of a worker in a period."
    ),
    "pay_gini": Measure("Inequality of pay", "Gini coefficient", "Over workers and periods."),
    "morale_mean": Measure("Morale", "1 = neutral", "Mean morale, between 0.3 and 1.5."),
    "strain_mean": Measure(
        "Strain",
        "1 halves productivity",
        "Mean accumulated strain; output is divided by 1 + strain.",
    ),
    "aspiration_mean": Measure(
        "Aspiration", PER_SHIFT, "Mean output per shift that people hold themselves to."
    ),
    "quit_rate": Measure("Quits", "per worker and period", "People who leave for another place."),
    "accident_rate": Measure(
        "Accidents", "per worker and period", "People whom an accident takes out."
    ),
    "record_level": Measure("Record", "norms", "Best report so far as a multiple of the norm."),
    "audited_caught_share": Measure(
        "Caught", "share of padded reports", "Share of padded reports that an audit found out."
    ),
    "storming_index": Measure(
        "Storming",
        "1 = even",
        "Share of output in the last third of the period's calendar, times 3.",
    ),
}

#: Series that a run keeps besides the measures.
SERIES: dict[str, Measure] = {
    "plan": Measure(
        "Plan", PER_SHIFT, "The first period's reported output, grown as the plan demands."
    ),
    "workers": Measure("People at work", "workers", "In the run; a sample stands for the nation."),
    "technology": Measure(
        "Technology", "start = 1", "Productivity of equipment, given by the campaign."
    ),
    "credibility": Measure("Credibility", SHARE, "How far published records are believed."),
    "published_level": Measure(
        "Published record", PER_SHIFT, "Output credited to the standing record."
    ),
    "exposure": Measure("Exposure", SHARE, "Share of people whom publicity has reached."),
    "trust_mean": Measure("Trust", "1 = neutral", "The slow level to which morale recovers."),
    "effort_mean": Measure(
        "Effort", "1 = time wage", "Mean effort; a mean worker on a time wage gives 1."
    ),
    "pay_p10": Measure(
        "Pay, lowest tenth", "minor units per worker and period", "Tenth percentile."
    ),
    "pay_p90": Measure(
        "Pay, highest tenth", "minor units per worker and period", "Ninetieth percentile."
    ),
    "output_p10": Measure("Output, lowest tenth", PER_SHIFT, "Tenth percentile of true output."),
    "output_p50": Measure("Output, middle", PER_SHIFT, "Median of true output."),
    "output_p90": Measure(
        "Output, highest tenth", PER_SHIFT, "Ninetieth percentile of true output."
    ),
}
