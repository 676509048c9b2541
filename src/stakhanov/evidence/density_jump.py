"""The jump and the bend of the density of reports at the norm: the first test.

Where pay jumps by K at the norm, the log density of honest output jumps by K/(c sigma^2) there, and where its
slope changes by dp, the slope of the log density changes by dp/(c sigma^2), for any spread of ability (law of
the plan period). Reports that were moved over the line jump as well. A smooth curve does neither.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stakhanov.evidence.around_norm import FEW_WORKERS, Counts, around, one_sided, window
from stakhanov.evidence.finding import Finding, Outcome, Refusal
from stakhanov.evidence.honest import false_alarms, honest_tables, interval
from stakhanov.evidence.loglinear import errors, fit, powers
from stakhanov.evidence.sample import Numbers, Sample

JUMP, SLOPE = "density-jump", "density-slope"
BINS = 40
DEGREE = 3
#: Reports that the window must hold on each side of the norm.
FEWEST = 25


def density_jump(sample: Sample) -> list[Outcome]:
    """Jump and change of slope of the log density at the norm: a local log-linear Poisson fit.

    ln mu = cubic(z) + J [z >= 0] + D z+, z = fulfilment - 1, in 40 bins within a window that follows the
    spread and the number of reports. Errors are clustered by worker.
    """
    reason = one_sided(sample.fulfilment)
    half = 0.0 if reason else window(sample.fulfilment)
    counts = around(sample, half, BINS) if half > 0.0 else None
    reason = reason or _unfit(counts)
    if reason or counts is None:
        return [Refusal(test, sample.group, reason) for test in (JUMP, SLOPE)]
    design = shape(counts.places - 1.0, half)
    found, mu = fit(counts.total, design)
    spread = errors(counts.table, mu, design)
    smooth = fit(counts.total, design[:, : DEGREE + 1])[1][0]
    degrees = int((counts.table.sum(axis=1) > 0).sum()) - 1
    statistics = (found / spread)[0, DEGREE + 1 :]
    rates = false_alarms(statistics, _honest(counts, smooth, design, sample), degrees)
    outcomes: list[Outcome] = []
    for test, place, scale in ((JUMP, DEGREE + 1, 1.0), (SLOPE, DEGREE + 2, half)):
        estimate, error = found[0, place] / scale, spread[0, place] / scale
        low, high = interval(estimate, error, degrees)
        outcomes.append(
            Finding(
                test=test,
                group=sample.group,
                estimate=estimate,
                low=low,
                high=high,
                unit=UNITS[test],
                says=SAYS[test],
                false_alarm=rates[place - DEGREE - 1],
                reports=int(counts.table.sum()),
                workers=sample.workers,
                details={"window": half, "error": error},
            )
        )
    return outcomes


UNITS = {JUMP: "log points", SLOPE: "log points per norm"}
SAYS = {
    JUMP: "how much denser reports are just above the norm than just below it",
    SLOPE: "how much the slope of the log density changes at the norm",
}


def shape(z: Numbers, half: float) -> Numbers:
    """The terms of the fit at distances from the norm: cubic, jump, bend; scaled to the window."""
    near = z / half
    above = near >= 0.0
    return np.column_stack([powers(near, DEGREE), above, np.where(above, near, 0.0)])


def _unfit(counts: Counts | None) -> str:
    """Why no curve can be laid through the counts; nothing if one can."""
    if counts is None:
        return "nearly all reports are at one fulfilment: there is no density to speak of"
    middle = counts.table.shape[1] // 2
    below, above = counts.total[:middle], counts.total[middle:]
    for side, where in ((below, "below"), (above, "above")):
        if side.sum() < FEWEST:
            return f"needs {FEWEST} reports close {where} the norm; there are {side.sum():.0f}"
    if (counts.table.sum(axis=1) > 0).sum() < 3:
        return FEW_WORKERS
    return ""


def _honest(counts: Counts, smooth: Numbers, design: Numbers, sample: Sample) -> Iterator[Numbers]:
    """Jump and bend of honest tables, in standard errors."""
    for tables in honest_tables(counts.table, smooth, sample.luck(JUMP), sample.tables):
        found, mu = fit(tables.sum(axis=1), design)
        yield (found / errors(tables, mu, design))[:, DEGREE + 1 :]
