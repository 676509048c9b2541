"""The digits of reports: last ones that should be even, first ones that should follow Benford."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import chi2

from stakhanov.evidence.around_norm import unit_of
from stakhanov.evidence.finding import Finding, Outcome, Refusal
from stakhanov.evidence.honest import LEAST, interval
from stakhanov.evidence.sample import Numbers, Sample, Whole
from stakhanov.evidence.shares import share

LAST, FIRST = "last-digits", "first-digits"
#: Even last digits need three figures and a spread over several tens (Beber and Scacco 2012).
FEWEST = 200
LEAST_UNITS, LEAST_SPREAD = 100.0, 10.0
#: Benford's law needs outputs over two powers of ten between the fifth and the ninety-fifth percentile.
POWERS_OF_TEN = 2.0
BENFORD: Numbers = np.log10(1.0 + 1.0 / np.arange(1, 10))


def last_digits(sample: Sample) -> list[Outcome]:
    """Share of reports that end in 0 or 5, beyond the fifth that chance gives; tested over all ten digits."""
    unit = unit_of(sample.reported)
    counted = np.rint(sample.reported / unit).astype(np.int64) if unit else None
    reason = _unfit_last(sample, unit)
    if reason or counted is None:
        return [Refusal(LAST, sample.group, reason)]
    table = by_cluster(sample, np.abs(counted) % 10, 10)
    round_ones, error = share(table[:, (0, 5)].sum(axis=1), table.sum(axis=1))
    even = np.full(10, 0.1)
    statistic, effect = chi_square(table, even)
    inner = np.delete(np.arange(10), (0, 5))
    low, high = interval(round_ones - 0.2, error, sample.clusters - 1)
    return [
        Finding(
            test=LAST,
            group=sample.group,
            estimate=round_ones - 0.2,
            low=low,
            high=high,
            unit="share of reports",
            says="reports that end in 0 or 5 beyond the fifth that chance gives",
            false_alarm=rate_of(statistic / effect, even, sample, LAST),
            reports=sample.reports,
            workers=sample.workers,
            details={
                "chi_square": statistic,
                "without_0_and_5": chi_square(table[:, inner], np.full(8, 0.125))[0],
                "design_effect": effect,
                **{f"digit_{k}": float(n) for k, n in enumerate(table.sum(axis=0))},
            },
        )
    ]


def first_digits(sample: Sample) -> list[Outcome]:
    """Mean distance of the shares of first digits from Benford's law."""
    positive = sample.reported > 0.0
    reason = _unfit_first(sample.reported[positive])
    if reason:
        return [Refusal(FIRST, sample.group, reason)]
    size = np.floor(np.log10(np.where(positive, sample.reported, 1.0)) + 1e-12)
    digits = np.clip(np.floor(sample.reported / 10.0**size + 1e-9), 1, 9).astype(np.int64) - 1
    table = by_cluster(sample, np.where(positive, digits, -1), 9)
    statistic, effect = chi_square(table, BENFORD)
    estimate, low, high = _distance(table, sample)
    return [
        Finding(
            test=FIRST,
            group=sample.group,
            estimate=estimate,
            low=low,
            high=high,
            unit="share of reports",
            says="mean distance of the shares of first digits from Benford's law",
            false_alarm=rate_of(statistic / effect, BENFORD, sample, FIRST),
            reports=int(table.sum()),
            workers=sample.workers,
            details={
                "chi_square": statistic,
                "design_effect": effect,
                **{f"digit_{k + 1}": float(n) for k, n in enumerate(table.sum(axis=0))},
            },
        )
    ]


def by_cluster(sample: Sample, digits: Whole, kinds: int) -> Numbers:
    """Digits counted by cluster; negative ones are left out."""
    known = digits >= 0
    index = sample.cluster[known] * kinds + digits[known]
    table = np.bincount(index, minlength=sample.clusters * kinds)
    return table.reshape(sample.clusters, kinds).astype(np.float64)


def chi_square(table: Numbers, shares: Numbers) -> tuple[float, float]:
    """Pearson's statistic of counts by cluster against shares, and by how much clusters inflate it.

    The design effect is the mean of the cells' (Rao and Scott 1981), never below 1.
    """
    total = table.sum(axis=0)
    reports = total.sum()
    statistic = float((((total - reports * shares) ** 2) / (reports * shares)).sum())
    sizes = table.sum(axis=1)
    seen = total / reports
    rest = table - sizes[:, None] * seen
    clusters = int((sizes > 0).sum())
    spread = clusters / max(clusters - 1, 1) * (rest**2).sum(axis=0)
    effect = spread / np.maximum(reports * seen * (1.0 - seen), 1e-12)
    return statistic, max(1.0, float(effect.mean()))


def rate_of(statistic: float, shares: Numbers, sample: Sample, test: str) -> float:
    """How often honest digits of this number give as large a statistic; beyond a thousand, chi-square's."""
    drawn = sample.luck(test).multinomial(sample.reports, shares, size=sample.tables)
    expected = sample.reports * shares
    honest = ((drawn - expected) ** 2 / expected).sum(axis=1)
    as_far = int(np.count_nonzero(honest >= statistic))
    rate = (as_far + 1.0) / (sample.tables + 1.0)
    return rate if as_far else max(min(rate, float(chi2.sf(statistic, shares.size - 1))), LEAST)


def _distance(table: Numbers, sample: Sample) -> tuple[float, float, float]:
    """Mean absolute distance from Benford, and its interval from clusters drawn with replacement."""
    luck = sample.luck(FIRST + " interval")
    drawn = table[luck.integers(0, len(table), size=(sample.tables, len(table)))].sum(axis=1)
    total = np.vstack([table.sum(axis=0), drawn])
    distance = np.abs(total / total.sum(axis=1, keepdims=True) - BENFORD).mean(axis=1)
    low, high = np.quantile(distance[1:], (0.025, 0.975))
    return float(distance[0]), float(low), float(high)


def _unfit_last(sample: Sample, unit: float | None) -> str:
    if unit is None:
        return "reports are no counts of a unit: their last digits are made by computing"
    if sample.reports < FEWEST:
        return f"needs {FEWEST} reports; there are {sample.reports}"
    if sample.clusters < 3:
        return "needs reports of three workers"
    if float(np.median(np.abs(sample.reported))) < LEAST_UNITS * unit:
        return "needs reports of three figures: with fewer the last digit is not even by itself"
    if float(np.std(sample.reported)) < LEAST_SPREAD * unit:
        return "reports lie too close together for their last digits to be even"
    return ""


def _unfit_first(reported: Numbers) -> str:
    if reported.size < FEWEST:
        return f"needs {FEWEST} reports above zero; there are {reported.size}"
    low, high = np.quantile(reported, (0.05, 0.95))
    if math.log10(high / low) < POWERS_OF_TEN:
        span = math.log10(high / low)
        return f"Benford's law needs outputs over two powers of ten; these span {span:.1f}"
    return ""
