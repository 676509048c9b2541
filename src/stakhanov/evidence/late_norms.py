"""Whether norms know what is reported in their own period: a sign that they were written afterwards."""

from __future__ import annotations

import math

import numpy as np

from stakhanov.evidence.finding import Finding, Outcome, Refusal
from stakhanov.evidence.honest import false_alarms, interval
from stakhanov.evidence.ratchet import (
    FEW_NORMS,
    FEWEST,
    FEWEST_CHANGES,
    too_few,
    too_few_revised,
)
from stakhanov.evidence.regression import honest_statistics, regression, within
from stakhanov.evidence.sample import Flags, Numbers, Sample
from stakhanov.evidence.series import Steps, steps

TEST = "late-norms"


#: Norms that follow from what came before up to so much, as a share of the norm, leave nothing to explain.
NOTHING = 1e-5


def late_norms(sample: Sample) -> list[Outcome]:
    """Elasticity of a norm to the output of its own period, given norm and output of the period before.

    (q' - q)/q on ln y', V+, V-, ln y, ln q and period effects, V = (y - q)/q, over the periods after which
    norms were revised. A norm that was set before cannot know the news in y'; V+ and V- hold what a rule takes
    over of an excess and of a shortfall, which is no news. Written afterwards, a norm moves with y': only an
    elasticity above zero is a question, and the false alarm counts honest tables on that side.
    """
    every = steps(sample)
    found = every.at_revisions()
    terms, growth = _variables(found)
    reason = _unfit(every, found, growth)
    if reason:
        return [Refusal(TEST, sample.group, reason)]
    fit = regression(growth, terms, found.cluster[_usable(found)])
    if fit.clusters < 3:
        return [Refusal(TEST, sample.group, FEW_NORMS)]
    before = terms[:, 1:]
    if np.std(growth - before @ (np.linalg.pinv(before) @ growth)) < NOTHING:
        reason = (
            "norms follow wholly from the norm and the report before: nothing is left to ask about"
        )
        return [Refusal(TEST, sample.group, reason)]
    estimate, error = float(fit.coefficients[0]), float(fit.errors[0])
    low, high = interval(estimate, error, fit.clusters - 1)
    honest = [honest_statistics(fit, 0, sample.luck(TEST), sample.tables)[:, None]]
    news = np.array([estimate / error if error else math.nan])
    return [
        Finding(
            test=TEST,
            group=sample.group,
            estimate=estimate,
            low=low,
            high=high,
            unit="elasticity",
            says="how much a norm moves with the output of its own period, beyond what came before",
            false_alarm=false_alarms(news, honest, fit.clusters - 1, above=True)[0],
            reports=fit.outcome.size,
            workers=sample.workers,
            details={
                "reports_equal_to_norm": float(np.mean(sample.fulfilment == 1.0)),
                "revisions": float(found.periods()),
                "periods": float(every.periods()),
            },
        )
    ]


def _usable(found: Steps) -> Flags:
    usable: Flags = (found.output > 0.0) & (found.next_output > 0.0)
    return usable


def _variables(found: Steps) -> tuple[Numbers, Numbers]:
    """What a norm may follow, the output of its own period first, and its growth, less means by period."""
    usable = _usable(found)
    norm, output, later = (one[usable] for one in (found.norm, found.output, found.next_output))
    excess = output / norm - 1.0
    terms = [
        np.log(later),
        np.maximum(excess, 0.0),
        np.minimum(excess, 0.0),
        np.log(output),
        np.log(norm),
    ]
    growth = found.next_norm[usable] / norm - 1.0
    return within(np.column_stack(terms), found.period[usable]), within(
        growth, found.period[usable]
    )


def _unfit(every: Steps, found: Steps, growth: Numbers) -> str:
    count = int(_usable(every).sum())
    if count < FEWEST:
        return too_few(count)
    changes = int(np.count_nonzero((found.next_norm != found.norm)[_usable(found)]))
    if changes < FEWEST_CHANGES:
        return f"needs {FEWEST_CHANGES} changes of norms; there are {changes}"
    if growth.size < FEWEST:
        return too_few_revised(growth.size)
    if np.ptp(growth) < 1e-12:
        return "all norms move together: there is no news of one worker in them"
    return ""
