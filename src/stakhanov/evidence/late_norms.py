"""Whether norms know what is reported in their own period: a sign that they were written afterwards."""

from __future__ import annotations

import math

import numpy as np

from stakhanov.evidence.finding import Finding, Outcome, Refusal
from stakhanov.evidence.honest import false_alarms, interval
from stakhanov.evidence.ratchet import FEWEST, FEWEST_CHANGES, too_few
from stakhanov.evidence.regression import honest_statistics, regression, within
from stakhanov.evidence.sample import Sample
from stakhanov.evidence.series import steps

TEST = "late-norms"


def late_norms(sample: Sample) -> list[Outcome]:
    """Elasticity of a norm to the output of its own period, given norm and output of the period before.

    ln q' on ln y', ln y, ln q and period effects. A norm that was set before cannot know the news in y'.
    """
    found = steps(sample)
    usable = (found.output > 0.0) & (found.next_output > 0.0)
    changes = int(np.count_nonzero((found.next_norm != found.norm)[usable]))
    if usable.sum() < FEWEST:
        return [Refusal(TEST, sample.group, too_few(int(usable.sum())))]
    if changes < FEWEST_CHANGES:
        return [
            Refusal(
                TEST, sample.group, f"needs {FEWEST_CHANGES} changes of norms; there are {changes}"
            )
        ]
    period = found.period[usable]
    names = (found.next_norm, found.next_output, found.output, found.norm)
    logs = within(np.log(np.column_stack([values[usable] for values in names])), period)
    if np.ptp(logs[:, 0] - logs[:, 3]) < 1e-12:
        reason = "all norms move together: there is no news of one worker in them"
        return [Refusal(TEST, sample.group, reason)]
    fit = regression(logs[:, 0], logs[:, 1:], found.cluster[usable])
    if fit.clusters < 3:
        return [
            Refusal(
                TEST,
                sample.group,
                "needs norms of three workers, or of three groups that share one",
            )
        ]
    estimate, error = float(fit.coefficients[0]), float(fit.errors[0])
    low, high = interval(estimate, error, fit.clusters - 1)
    honest = [honest_statistics(fit, 0, sample.luck(TEST), sample.tables)[:, None]]
    news = np.array([estimate / error if error else math.nan])
    same = float(np.mean(sample.fulfilment == 1.0))
    return [
        Finding(
            test=TEST,
            group=sample.group,
            estimate=estimate,
            low=low,
            high=high,
            unit="elasticity",
            says="how much a norm moves with the output of its own period, beyond what came before",
            false_alarm=false_alarms(news, honest, fit.clusters - 1)[0],
            reports=fit.outcome.size,
            workers=sample.workers,
            details={"reports_equal_to_norm": same},
        )
    ]
