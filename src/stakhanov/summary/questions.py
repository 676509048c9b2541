"""The three questions that every run answers: the plan, publicity, and what remained.

Every number in an answer is the run's own, and the sentences say so: "in our model". What a single
run cannot show is named, with the experiment that can.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stakhanov.summary.open_run import NotInRun, OpenRun, over
from stakhanov.summary.plan_met import PlanMet

if TYPE_CHECKING:
    from stakhanov.engine.results import Run

INTENSITY = "publicity.intensity"
LEAVING = "discipline.leaving"
TECHNOLOGY = "technology.growth"


@dataclass(frozen=True)
class Answer:
    """One question with its answer in sentences, and the numbers the sentences use."""

    question: str
    sentences: tuple[str, ...]
    numbers: dict[str, float]


def answers(run: Run) -> tuple[Answer, Answer, Answer]:
    """All three answers. Raises BadInput if the run's record cannot be read."""
    return answered_of(OpenRun.of(run))


def answered_of(opened: OpenRun) -> tuple[Answer, Answer, Answer]:
    """The same for a run that is open already."""
    return plan_answer(opened), publicity_answer(opened), remains_answer(opened)


def plan_answer(opened: OpenRun) -> Answer:
    """The level against the plan, then growth from the first year and the part that technology made."""
    question = "How did it serve the plan?"
    years, met = opened.years(), PlanMet.of(opened)
    told = (_met(met),)
    numbers = _numbers_of(met) if met.known else {}
    if len(years) < 2:
        short = "The run is shorter than two years: growth cannot be told."
        return Answer(question, (*told, short), numbers)
    numbers |= _grown(opened, opened.year(years[0]), opened.year(years[-1]))
    sentences = told + _plan_sentences(numbers, years, met)
    if _assumed(opened, TECHNOLOGY):
        sentences += (
            "The growth of technology is an assumption of the campaign: this split is put in, not"
            " found.",
        )
    return Answer(question, sentences, numbers)


def _numbers_of(met: PlanMet) -> dict[str, float]:
    return {
        "plan_met": met.reported,
        "plan_met_truly": met.true,
        "plan_met_first": met.first,
        "plan_met_mean": met.mean,
        "periods_met": float(met.reached),
        "periods": float(met.periods),
    }


def _grown(opened: OpenRun, first: slice, last: slice) -> dict[str, float]:
    """Growth of the means of the last year over those of the first."""

    def ratio(measure: str) -> float:
        return over(opened.mean(measure, last), opened.mean(measure, first))

    hours = over(opened.mean_rule("plan.hours", last), opened.mean_rule("plan.hours", first))
    return {
        "reported_growth": ratio("reported_output") - 1.0,
        "true_growth": ratio("true_output") - 1.0,
        "plan_growth": ratio("plan") - 1.0,
        "technology_growth": ratio("technology") - 1.0,
        "hours_growth": hours - 1.0,
        "rest_growth": over(ratio("true_output"), ratio("technology") * hours) - 1.0,
        "workers_growth": ratio("workers") - 1.0,
        "total_growth": ratio("true_output") * ratio("workers") - 1.0,
        "padded_share": opened.mean("padded_share", slice(0, opened.periods)),
    }


def _assumed(opened: OpenRun, address: str) -> bool:
    """Whether the campaign file itself says that a value is an assumption."""
    known = opened.campaign.campaign.evidence.get(address)
    return known is not None and known.grade == "assumed"


def _met(met: PlanMet) -> str:
    """The plan and how far it was met, in a sentence."""
    if not met.known:
        return f"In our model {met.sentence}."
    return (
        f"In our model reports stood at {_percent(met.reported)} of the plan {met.when} and reached"
        f" it in {met.often}, at {_percent(met.mean)} of it on average; what was made stood at"
        f" {_percent(met.true)}. The plan starts from what the first {met.word} reported."
    )


def _plan_sentences(numbers: dict[str, float], years: list[int], met: PlanMet) -> tuple[str, ...]:
    n = {name: _change(value) for name, value in numbers.items()}
    asked = f"the plan asked for {n['plan_growth']}"
    if abs(numbers["plan_growth"]) < 5e-4:
        asked = "the plan asked for no growth"
    base = f", when reports stood at {_percent(met.first)} of the plan" if met.known else ""
    return (
        f"From the mean of {years[0]}{base}, to that of {years[-1]} reported output per worker and"
        f" shift changed by {n['reported_growth']}; {asked} between the same years.",
        f"True output changed by {n['true_growth']};"
        f" {_percent(numbers['padded_share'])} of what was reported was never produced.",
        "Technology, which the campaign gives and no rule brings about, changed output by"
        f" {n['technology_growth']} and the length of the day by {n['hours_growth']};"
        " everything else together - pay, prizes, emulation, publicity, norms, strain and skill -"
        f" by {n['rest_growth']}.",
        f"People at work changed by {n['workers_growth']},"
        f" and with them the whole output of a shift by {n['total_growth']}.",
        "Which rule added what is a question for many runs: stakhanov decompose asks it.",
    )


def publicity_answer(opened: OpenRun) -> Answer:
    """What a single run can show of publicity, by rank of worker, and what it cannot."""
    question = "What did publicity do?"
    started = publicity_start(opened)
    if started is None:
        return Answer(question, ("This run published no records.",), {})
    before, during = _year_before(opened, started), _year_after(opened, started)
    now = slice(started, opened.periods)
    credibility = opened.column("credibility")[now]
    published = opened.column("published_level")[now]
    peak = int(published.argmax())
    numbers = {
        "published_level": float(published[peak]),
        "published_over_output": over(
            float(published[peak]), float(opened.column("true_output")[now][peak])
        ),
        "credibility_low": float(credibility.min()),
        "credibility_last": float(credibility[-1]),
        "exposure_last": float(opened.column("exposure")[-1]),
    }
    sentences = [
        f"In our model the highest published record stood at {numbers['published_level']:.1f}"
        f" norm-units a shift, {numbers['published_over_output']:.0f} times what people produced"
        " on average then; belief in what was published fell to"
        f" {_percent(numbers['credibility_low'])} and ended at"
        f" {_percent(numbers['credibility_last'])}.",
    ]
    if before is not None:
        numbers |= _around(opened, before, during)
        sentences += _around_sentences(numbers)
    sentences.append(
        "Before and after is not with and without: norms, pay and technology moved as well. What"
        " publicity did is an experiment: the same campaign and seed with publicity off."
    )
    return Answer(question, tuple(sentences), numbers)


def _around(opened: OpenRun, before: slice, during: slice) -> dict[str, float]:
    """Changes from the year before publicity to the first year of it."""

    def change(measure: str) -> float:
        return over(opened.mean(measure, during), opened.mean(measure, before)) - 1.0

    numbers = {
        "aspiration_change": change("aspiration_mean"),
        "true_change": change("true_output"),
        "effort_change": change("effort_mean"),
        "title_before": opened.mean("stakhanovite_share", before),
        "title_during": opened.mean("stakhanovite_share", during),
    }
    try:
        for name, rank in (("bottom", 0.1), ("middle", 0.5), ("top", 0.9)):
            was = opened.fulfilment_at(rank, "true", before)
            numbers[f"{name}_change"] = over(opened.fulfilment_at(rank, "true", during), was) - 1.0
    except NotInRun:
        return numbers
    return numbers


def _around_sentences(numbers: dict[str, float]) -> list[str]:
    n = {name: _change(value) for name, value in numbers.items() if name.endswith("change")}
    sentences = [
        "From the year before to the first year of publicity aspirations changed by"
        f" {n['aspiration_change']}, true output by {n['true_change']} and effort by"
        f" {n['effort_change']}; reports at the title's mark went from"
        f" {_percent(numbers['title_before'])} to {_percent(numbers['title_during'])}.",
    ]
    if "bottom_change" in numbers:
        sentences.append(
            "True fulfilment of norms changed by"
            f" {n['bottom_change']} in the middle of the lowest fifth, {n['middle_change']} at the"
            f" median and {n['top_change']} in the middle of the highest fifth."
        )
    return sentences


REMAINS = {
    "morale_mean": "morale",
    "trust_mean": "trust",
    "strain_mean": "strain",
    "quit_rate": "quits a period",
    "effort_mean": "effort",
}


def remains_answer(opened: OpenRun) -> Answer:
    """Morale, trust, strain, quits and effort before, during and at the end."""
    question = "What remained?"
    started = publicity_start(opened)
    years = opened.years()
    if len(years) < 3:
        return Answer(question, ("The run is shorter than three years: nothing can be said.",), {})
    if started is None or _year_before(opened, started) is None:
        spans = [opened.year(year) for year in (years[0], years[len(years) // 2], years[-1])]
        names = [f"in {year}" for year in (years[0], years[len(years) // 2], years[-1])]
    else:
        before = _year_before(opened, started)
        assert before is not None
        spans = [before, _year_after(opened, started), opened.year(years[-1])]
        names = ["in the year before publicity", "in its first year", f"in {years[-1]}"]
    numbers = {
        f"{measure}_{place}": opened.mean(measure, span)
        for measure in REMAINS
        for place, span in zip(("before", "during", "after"), spans, strict=True)
    }
    numbers["leaving"] = float(opened.rule_in(LEAVING, opened.periods - 1))
    return Answer(question, _remains_sentences(numbers, names), numbers)


def _remains_sentences(numbers: dict[str, float], names: list[str]) -> tuple[str, ...]:
    told = []
    for measure, word in REMAINS.items():
        shown = [numbers[f"{measure}_{place}"] for place in ("before", "during", "after")]
        digits = 3 if measure in ("quit_rate", "strain_mean") else 2
        told.append(f"{word} {', '.join(f'{value:.{digits}f}' for value in shown)}")
    sentences = [
        f"In our model, {names[0]}, {names[1]} and {names[2]}: {'; '.join(told)}.",
    ]
    held = over(numbers["effort_mean_after"], numbers["effort_mean_before"]) - 1.0
    trust = numbers["trust_mean_after"] - numbers["trust_mean_before"]
    sentences.append(
        f"At the end effort stood {_change(held)} from where it was before, and trust {trust:+.3f}."
        " How long that lasts, a run of more and quieter years can tell."
    )
    if numbers["leaving"] < 1.0:
        sentences.append(
            "At the end the campaign held leaving down by law, to"
            f" {numbers['leaving']:.2f} of its free hazard: few quits are no sign of content then."
        )
    return tuple(sentences)


def publicity_start(opened: OpenRun) -> int | None:
    """The first period in which anything was published; none if nothing was."""
    for period in range(opened.periods):
        if float(opened.rule_in(INTENSITY, period)) > 0.0:
            return period
    return None


def _year_before(opened: OpenRun, period: int) -> slice | None:
    size = opened.campaign.plan.periods_per_year
    return slice(period - size, period) if period >= size else None


def _year_after(opened: OpenRun, period: int) -> slice:
    size = opened.campaign.plan.periods_per_year
    return slice(period, min(period + size, opened.periods))


def _change(value: float) -> str:
    """A change in per cent with its sign."""
    if not math.isfinite(value):
        return "an unknown amount"
    said = f"{100.0 * value:+.1f} %"
    return "nothing" if float(said[:-2]) == 0.0 else said


def _percent(value: float) -> str:
    return f"{100.0 * value:.1f} %"
