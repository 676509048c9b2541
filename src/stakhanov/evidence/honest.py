"""Honest reports: drawn from a smooth curve, worker by worker, to learn how often they raise a flag.

A flag is worth as much as the rate at which honest people raise it. Tables of the same size are drawn from the
curve that the counts would follow without the line; each cluster of workers keeps its own leaning, and
clusters are drawn with replacement, because other workers could have been in the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from scipy.stats import t as student

from stakhanov.evidence.sample import Numbers

#: No more tables are drawn once so many of them show as much.
ENOUGH = 25
#: A smaller rate than this is not claimed: no model of honesty is that good.
LEAST = 1e-6
#: Tables, and numbers of counts, that are drawn at a time.
TABLES_AT_A_TIME, AT_A_TIME = 111, 4_000_000
#: How far a cluster's leaning is smoothed, as a share of the window.
LEANING = 0.125


def honest_tables(
    counts: Numbers, curve: Numbers, luck: np.random.Generator, number: int
) -> Iterator[Numbers]:
    """So many honest tables, some at a time (tables, clusters, bins), like `counts` but along the curve.

    `counts`: clusters by bins, from which come the number of reports of each cluster and where it leans;
    `curve`: the honest total of each bin, up to a factor.
    """
    own = counts[counts.sum(axis=1) > 0]
    profiles = leanings(own, curve)
    sizes = own.sum(axis=1).astype(np.int64)
    clusters, bins = own.shape
    left = number
    while left > 0:
        some = max(1, min(left, TABLES_AT_A_TIME, AT_A_TIME // (clusters * bins)))
        who = luck.integers(0, clusters, size=(some, clusters))
        yield luck.multinomial(sizes[who], profiles[who]).astype(np.float64)
        left -= some


def leanings(counts: Numbers, curve: Numbers) -> Numbers:
    """The share of each cluster's honest reports in each bin: its own counts smoothed, tilted to the curve."""
    bins = counts.shape[1]
    place = np.arange(bins)
    near = np.exp(-0.5 * ((place[:, None] - place[None, :]) / (LEANING * bins)) ** 2)
    near /= near.sum(axis=1, keepdims=True)
    smooth = counts @ near
    tilted = smooth * (np.maximum(curve, 1e-12) / smooth.sum(axis=0))
    shares: Numbers = tilted / tilted.sum(axis=1, keepdims=True)
    return shares


def false_alarms(
    found: Numbers, honest: Iterable[Numbers], degrees: int, *, above: bool = False
) -> list[float]:
    """How often honest tables show statistics as far from zero as those found; one rate a statistic.

    `above`: how often they show as much or more, where only what is above zero is a question.
    All are in standard errors; `honest` gives them some tables at a time (tables by statistics), and no more
    are drawn once every statistic was reached often enough (Besag and Clifford 1991). Where no honest table
    reaches one, the tail is Student's with the clusters' degrees of freedom, widened until its outer tenth
    agrees with the honest tables.
    """
    away = found if above else np.abs(found)
    seen = np.empty((0, away.size))
    for part in honest:
        seen = np.concatenate([seen, part if above else np.abs(part)])
        if np.all(np.count_nonzero(seen >= away, axis=0) >= ENOUGH):
            break
    sides = 1 if above else 2
    return [
        _rate(one, column, max(degrees, 1), sides) for one, column in zip(away, seen.T, strict=True)
    ]


def _rate(away: float, honest: Numbers, degrees: int, sides: int) -> float:
    sizes = honest[np.isfinite(honest)]
    if sizes.size == 0 or not np.isfinite(away):
        return 1.0
    as_far = int(np.count_nonzero(sizes >= away))
    rate = (as_far + 1.0) / (sizes.size + 1.0)
    if as_far:
        return rate
    scale = float(np.quantile(sizes, 0.9)) / float(student.isf(0.1 / sides, degrees))
    tail = sides * float(student.sf(away / max(scale, 1e-12), degrees))
    return max(min(rate, tail), LEAST)


def interval(estimate: float, error: float, degrees: int) -> tuple[float, float]:
    """The 95 % interval of an estimate: Student's, with the clusters' degrees of freedom."""
    reach = float(student.isf(0.025, max(degrees, 1))) * error
    return estimate - reach, estimate + reach
