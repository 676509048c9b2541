"""Reports just above the norm against those just below it, and the same at lines where nothing is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from stakhanov.evidence.around_norm import FEW_WORKERS, Counts, around, one_sided
from stakhanov.evidence.finding import Finding, Outcome, Refusal
from stakhanov.evidence.honest import false_alarms, honest_tables, interval
from stakhanov.evidence.loglinear import fit, powers
from stakhanov.evidence.sample import Numbers, Sample, Whole

TEST = "norm-excess"
HALF = 0.125
#: Widths of the strips that are compared, in norms; the narrowest that holds enough reports is taken.
WIDTHS = (0.005, 0.0125, 0.025)
#: Lines where no norm stands, as far below as above it; a pair counts if reports reach beyond both.
ELSEWHERE = (0.05, 0.10)
#: Reports that the ten strips must hold on average.
FEWEST = 8.0
#: Added to every count, so that an empty strip has a logarithm (Haldane 1956).
HALF_COUNT = 0.5
DEGREE = 3


def log_ratio(above: float, below: float) -> tuple[float, float]:
    """Log ratio of two counts, with its standard error as if all reports were independent."""
    return math.log(above / below), math.sqrt(1.0 / above + 1.0 / below)


def norm_excess(sample: Sample) -> list[Outcome]:
    """Log ratio of the strips above and below the norm, less its mean at 90, 95, 105 and 110 %.

    The other lines carry what the slope of the curve and round numbers bring about.
    """
    chosen = _chosen(sample)
    if isinstance(chosen, str):
        return [Refusal(TEST, sample.group, chosen)]
    return [_finding(sample, *chosen)]


def _chosen(sample: Sample) -> tuple[float, Counts, Whole] | str:
    """The narrowest strips that hold enough reports: width, counts, bins; or why there are none."""
    reason = one_sided(sample.fulfilment)
    if reason:
        return reason
    reach = min(float(sample.fulfilment.max()) - 1.0, 1.0 - float(sample.fulfilment.min()))
    pairs = [line for line in ELSEWHERE if line + WIDTHS[0] <= reach]
    if not pairs:
        return "needs reports from 95 to 105 %, to compare the norm with lines where nothing stands"
    for width in WIDTHS:
        counts = around(sample, HALF, round(2.0 * HALF / width))
        strips = _strips(width, pairs)
        mean = counts.total[strips].mean()
        if mean >= FEWEST:
            few = (counts.table.sum(axis=1) > 0).sum() < 3
            return FEW_WORKERS if few else (width, counts, strips)
    return (
        f"needs {FEWEST:.0f} reports in each strip of {100 * width:g} % beside the norm;"
        f" the mean is {mean:.1f}"
    )


def _finding(sample: Sample, width: float, counts: Counts, strips: Whole) -> Finding:
    clusters = int((counts.table.sum(axis=1) > 0).sum())
    estimate, error = (float(value[0]) for value in excess(counts.table[None], strips))
    honest = _honest(counts, strips, sample)
    above, below = (float(counts.total[strips[0, side]]) for side in (1, 0))
    low, high = _interval((estimate, error), counts.table, strips, clusters - 1)
    return Finding(
        test=TEST,
        group=sample.group,
        estimate=estimate,
        low=low,
        high=high,
        unit="log points",
        says=f"reports up to {100 * width:g} % above the norm to those as near below it, beyond the"
        " same ratio at other round lines",
        false_alarm=false_alarms(np.array([estimate / error]), honest, clusters - 1)[0],
        reports=int(counts.total[strips].sum()),
        workers=sample.workers,
        details={
            "width": width,
            "above": above,
            "below": below,
            "log_ratio": math.log((above + HALF_COUNT) / (below + HALF_COUNT)),
            "z": (above - below) / math.sqrt(max(above + below, 1.0)),
            "exactly_at_norm": float(np.mean(sample.fulfilment == 1.0)),
        },
    )


def _interval(
    found: tuple[float, float], table: Numbers, strips: Whole, degrees: int
) -> tuple[float, float]:
    """The 95 % interval of the excess; where a strip beside the norm is empty it has no end on that side.

    An empty strip says how few reports may be expected there and not how many, so that the logarithm has one
    limit. The limit of the count is Poisson's (-ln 0.025 reports), times the variance by cluster of the other
    strip over its mean; it is joined with the error of the rest by variance estimates recovered from limits
    (Zou and Donner 2008).
    """
    estimate, error = found
    below, above = table[:, strips[0, 0]], table[:, strips[0, 1]]
    if below.any() and above.any():
        return interval(estimate, error, degrees)
    full = above if above.any() else below
    seen = full[table.any(axis=1)]
    together = max(1.0, float(seen.var(ddof=1)) / max(float(seen.mean()), 1e-12))
    reach = estimate - interval(estimate, error, degrees)[0]
    end = math.hypot(reach, math.log(-math.log(0.025) * together / HALF_COUNT))
    if not above.any():
        return (-math.inf, math.inf if not below.any() else estimate + end)
    return estimate - end, math.inf


def _strips(width: float, pairs: Sequence[float]) -> Whole:
    """The bins below and above the norm (first row) and the other lines."""
    lines = [0.0, *pairs, *(-line for line in pairs)]
    return np.array([[round((HALF + line) / width) + side for side in (-1, 0)] for line in lines])


def excess(tables: Numbers, strips: Whole) -> tuple[Numbers, Numbers]:
    """The excess log ratio of tables (tables, clusters, bins), and its error by cluster."""
    counts = tables[:, :, strips]  # tables, clusters, lines, sides
    total = counts.sum(axis=1) + HALF_COUNT
    ratio = np.log(total[..., 1] / total[..., 0])
    moves = counts[..., 1] / total[:, None, :, 1] - counts[..., 0] / total[:, None, :, 0]
    own = moves[..., 0] - moves[..., 1:].mean(axis=-1)
    clusters = (tables.sum(axis=2) > 0).sum(axis=1)
    factor = clusters / np.maximum(clusters - 1, 1)
    rest = own - own.mean(axis=1, keepdims=True)
    error = np.sqrt(factor * (rest**2).sum(axis=1))
    return ratio[:, 0] - ratio[:, 1:].mean(axis=1), np.maximum(error, 1e-12)


def _honest(counts: Counts, strips: Whole, sample: Sample) -> Iterator[Numbers]:
    places = (counts.places - 1.0) / HALF
    _, mu = fit(counts.total, powers(places, DEGREE))
    for tables in honest_tables(counts.table, mu[0], sample.luck(TEST), sample.tables):
        found, error = excess(tables, strips)
        yield (found / error)[:, None]
