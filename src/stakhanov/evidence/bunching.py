"""Bunching at a line: counts against a polynomial that goes on where the line's bins are left out.

Chetty, Friedman, Olsen and Pistaferri (2011); Kleven and Waseem (2013). A quota turns their notch round: what
is missing lies below the line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from stakhanov.evidence.around_norm import FEW_WORKERS, Counts, around, one_sided
from stakhanov.evidence.finding import Finding, Outcome, Refusal
from stakhanov.evidence.honest import false_alarms, honest_tables, interval
from stakhanov.evidence.loglinear import powers
from stakhanov.evidence.sample import Numbers, Sample
from stakhanov.evidence.shares import share

TEST = "bunching"
#: Bins of one per cent of the norm, from 75 to 125 %, those within two per cent left out.
HALF, BINS, LEFT_OUT = 0.25, 50, 2
DEGREE = 7
ROUNDS = (5, 10)
#: Powers are of tenths of the positions, so that the seventh stays a number one can compute with.
SCALE = 10.0
FEWEST = 200
FEWEST_BINS = 10


@dataclass(frozen=True)
class Bunching:
    """Counts at a line: `excess` reports over the polynomial; `relative`: excess in bins of its height."""

    excess: float
    relative: float
    expected: Numbers  # by bin

    def elasticity(self, width: float, at: float, change: float) -> float:
        """Elasticity of output to the net rate, for a rate that falls by the share `change` at `at`.

        `width` of a bin; small-change formula of Saez (2010).
        """
        return self.relative * width / at / change

    def exact_elasticity(self, width: float, at: float, change: float) -> float:
        """The same for a change of any size, output being isoelastic."""
        return -math.log(1.0 + self.relative * width / at) / math.log(1.0 - change)


def bunching(
    counts: Numbers,
    positions: Numbers,
    *,
    at: float,
    excluded: tuple[float, float],
    degree: int = DEGREE,
    rounds: Sequence[int] = (),
    corrected: bool = False,
    tolerance: float = 1e-9,
) -> Bunching:
    """Excess of counts within the excluded positions over a polynomial through the others.

    `rounds`: positions that are multiples of these have heaps of their own. `corrected`: what bunches came from
    above the line, so counts there are raised by it, again and again until the excess moves by less than
    `tolerance` (the integration constraint of Chetty et al.).
    """
    inside = (positions >= excluded[0]) & (positions <= excluded[1])
    terms = shape(positions, at, degree, rounds)
    solve = np.linalg.pinv(terms[~inside])
    above = positions > at
    excess, factor = 0.0, np.ones_like(counts)
    while True:
        expected = terms @ (solve @ (counts * factor)[~inside])
        before, excess = excess, float((counts - expected)[inside].sum())
        if not corrected or abs(excess - before) < tolerance:
            break
        factor = np.where(above, 1.0 + excess / counts[above].sum(), 1.0)
    return Bunching(excess, excess / float(expected[inside].mean()), expected)


def shape(positions: Numbers, at: float, degree: int, rounds: Sequence[int]) -> Numbers:
    """The polynomial's terms and a step at every multiple of the round numbers."""
    heaps = [np.mod(np.round(positions, 6), base) == 0 for base in rounds]
    return np.column_stack([powers((positions - at) / SCALE, degree), *heaps])


def bunching_at_norm(sample: Sample) -> list[Outcome]:
    """Share of reports that stand at the norm and just above it and that the polynomial does not expect.

    Round percentages are allowed heaps of their own. The excess is a sum of counts with fixed weights, so that
    its error by cluster is exact.
    """
    if reason := one_sided(sample.fulfilment):
        return [Refusal(TEST, sample.group, reason)]
    counts = around(sample, HALF, BINS)
    positions = np.rint(100.0 * (counts.left + counts.width * np.arange(BINS)))
    reason = _unfit(counts, positions)
    if reason:
        return [Refusal(TEST, sample.group, reason)]
    above, below, relative = weights(positions)
    excess = counts.table @ above
    sizes = np.bincount(sample.cluster, minlength=sample.clusters).astype(np.float64)
    found, error = share(excess, sizes)
    expected = counts.total - counts.total @ relative
    degrees = int((counts.table.sum(axis=1) > 0).sum()) - 1
    low, high = interval(found, error, degrees)
    away = np.array([found / error if error else math.nan])
    height = float(expected[(positions >= 100) & (positions < 100 + LEFT_OUT)].mean())
    return [
        Finding(
            test=TEST,
            group=sample.group,
            estimate=found,
            low=low,
            high=high,
            unit="share of reports",
            says="reports at the norm and up to 2 % above it beyond what a smooth curve expects",
            false_alarm=false_alarms(away, _honest(counts, expected, above, sample), degrees)[0],
            reports=int(counts.table.sum()),
            workers=sample.workers,
            details={
                "excess": float(excess.sum()),
                "missing_below": -float((counts.table @ below).sum()),
                "relative": float(excess.sum()) / height if height > 0.0 else math.nan,
            },
        )
    ]


def weights(positions: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """What each bin counts for in the excess above the norm, in that below, and in every bin's (a matrix)."""
    out = (positions >= 100 - LEFT_OUT) & (positions < 100 + LEFT_OUT)
    terms = shape(positions, 100.0, DEGREE, ROUNDS)
    expects = np.zeros((positions.size, positions.size))
    expects[:, ~out] = terms @ np.linalg.pinv(terms[~out])
    excess = np.eye(positions.size) - expects
    return (
        excess[out & (positions >= 100)].sum(axis=0),
        excess[out & (positions < 100)].sum(axis=0),
        excess.T,
    )


def _unfit(counts: Counts, positions: Numbers) -> str:
    if counts.table.sum() < FEWEST:
        return f"needs {FEWEST} reports from 75 to 125 % of the norm; there are {counts.table.sum():.0f}"
    filled = counts.total > 0
    sides = (filled & (positions < 100 - LEFT_OUT), filled & (positions >= 100 + LEFT_OUT))
    if min(side.sum() for side in sides) < FEWEST_BINS:
        return (
            f"needs reports at {FEWEST_BINS} fulfilments on each side of the norm, a per cent apart"
        )
    if (counts.table.sum(axis=1) > 0).sum() < 3:
        return FEW_WORKERS
    return ""


def _honest(counts: Counts, expected: Numbers, above: Numbers, sample: Sample) -> Iterator[Numbers]:
    """The excess of honest tables, in standard errors."""
    curve = np.maximum(expected, 0.0) + 1e-3 * expected.mean()
    for tables in honest_tables(counts.table, curve, sample.luck(TEST), sample.tables):
        amounts, sizes = tables @ above, tables.sum(axis=2)
        total = sizes.sum(axis=1)
        found = amounts.sum(axis=1) / total
        rest = amounts - found[:, None] * sizes
        clusters = rest.shape[1]
        error = np.sqrt(clusters / (clusters - 1) * (rest**2).sum(axis=1)) / total
        yield (found / np.maximum(error, 1e-12))[:, None]
