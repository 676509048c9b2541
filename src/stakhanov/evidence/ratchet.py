"""Whether norms follow reports: up after an excess, down after a shortfall (Leone and Rock 2002)."""

from __future__ import annotations

import math

import numpy as np

from stakhanov.evidence.finding import Finding, Outcome, Refusal
from stakhanov.evidence.honest import false_alarms, interval
from stakhanov.evidence.regression import Fit, honest_statistics, regression, within
from stakhanov.evidence.sample import Numbers, Sample
from stakhanov.evidence.series import Steps, steps
from stakhanov.foundation.written import counted

UP, DOWN = "ratchet-up", "ratchet-down"
FEWEST = 50
FEWEST_CHANGES = 10
FEW_NORMS = "needs norms of three workers, or of three groups that share one"
#: A weaker instrument than this says nothing (Staiger and Stock 1997).
WEAK = 10.0


def ratchet(sample: Sample) -> list[Outcome]:
    """How much of an excess, and of a shortfall, the next norm takes over.

    (q' - q)/q = period effects + up V+ + down V-, V = (y - q)/q, over the periods after which norms were
    revised: in others nothing could be taken over. Period effects take out what moves all norms;
    people who share a norm are one; errors are by worker. `instrumented`: the slope on V with the output before
    as instrument, free of the noise in y that stands on both sides; not a number where that is too weak.
    """
    every = steps(sample)
    found = every.at_revisions()
    reason = _unfit(every, found)
    if reason:
        return [Refusal(test, sample.group, reason) for test in (UP, DOWN)]
    growth, terms = _variables(found)
    fit = regression(within(growth, found.period), within(terms, found.period), found.cluster)
    if fit.clusters < 3:
        return [Refusal(test, sample.group, FEW_NORMS) for test in (UP, DOWN)]
    gap = fit.coefficients[0] - fit.coefficients[1]
    spread = fit.covariance[0, 0] + fit.covariance[1, 1] - 2.0 * fit.covariance[0, 1]
    slope, strength = instrumented(found)
    details = {
        "up_less_down": float(gap),
        "error_of_up_less_down": math.sqrt(max(float(spread), 0.0)),
        "instrumented": slope if strength >= WEAK else math.nan,
        "strength_of_instrument": strength,
        "norms_that_moved": float(np.mean(growth != 0.0)),
        "revisions": float(found.periods()),
        "periods": float(every.periods()),
    }
    return [_finding(test, place, fit, sample, details) for place, test in enumerate((UP, DOWN))]


def _finding(test: str, place: int, fit: Fit, sample: Sample, details: dict[str, float]) -> Finding:
    estimate, error = float(fit.coefficients[place]), float(fit.errors[place])
    low, high = interval(estimate, error, fit.clusters - 1)
    honest = [honest_statistics(fit, place, sample.luck(test), sample.tables)[:, None]]
    found = np.array([estimate / error if error else math.nan])
    side = "an excess over" if test == UP else "a shortfall below"
    return Finding(
        test=test,
        group=sample.group,
        estimate=estimate,
        low=low,
        high=high,
        unit="share of the excess" if test == UP else "share of the shortfall",
        says=f"how much of {side} the norm the next norm takes over{_when(details)}",
        false_alarm=false_alarms(found, honest, fit.clusters - 1)[0],
        reports=fit.outcome.size,
        workers=sample.workers,
        details=details,
    )


def _when(details: dict[str, float]) -> str:
    revisions, periods = int(details["revisions"]), int(details["periods"])
    if revisions == periods:
        return ""
    return f", at the {counted(revisions, 'revision')} in {counted(periods, 'period')}"


def _variables(found: Steps) -> tuple[Numbers, Numbers]:
    excess = found.output / found.norm - 1.0
    growth = found.next_norm / found.norm - 1.0
    return growth, np.column_stack([np.maximum(excess, 0.0), np.minimum(excess, 0.0)])


def instrumented(found: Steps) -> tuple[float, float]:
    """The slope of norm growth on the excess with the output before as instrument, and the instrument's F."""
    known = np.isfinite(found.last_output)
    if known.sum() < FEWEST:
        return math.nan, 0.0
    period = found.period[known]
    growth = within((found.next_norm / found.norm - 1.0)[known], period)
    excess = within((found.output / found.norm - 1.0)[known], period)
    before = within(found.last_output[known] / np.median(found.norm[known]), period)
    first = regression(excess, before[:, None], found.cluster[known])
    if not first.errors[0] > 0.0:
        return math.nan, 0.0
    strength = float((first.coefficients[0] / first.errors[0]) ** 2)
    return float(before @ growth / (before @ excess)), strength


def too_few(count: int) -> str:
    """The reason where there are not enough reports in a row."""
    return f"needs {FEWEST} reports with a next one; people who share a norm are one, there are {count}"


def too_few_revised(count: int) -> str:
    """The reason where norms were revised too seldom."""
    return f"needs {FEWEST} reports before a revision of norms; there are {count}"


def _unfit(every: Steps, found: Steps) -> str:
    if len(every) < FEWEST:
        return too_few(len(every))
    changes = int(np.count_nonzero(found.next_norm != found.norm))
    if changes < FEWEST_CHANGES:
        return f"needs {FEWEST_CHANGES} changes of norms; there are {changes}"
    if len(found) < FEWEST:
        return too_few_revised(len(found))
    growth, terms = _variables(found)
    if np.ptp(within(growth, found.period)) < 1e-12:
        return "all norms move together: what moves them cannot be told from what people reported"
    if np.min(np.ptp(terms, axis=0)) == 0.0:
        return "needs reports on both sides of the norm"
    return ""
