"""Whether the best report can be the best of so many: the tail without it, and what it would give."""

from __future__ import annotations

import math

import numpy as np

from stakhanov.evidence.finding import Finding, Outcome, Refusal
from stakhanov.evidence.sample import Numbers, Sample, Whole

TEST = "record"
#: The tail: reports above the 95th percentile, at most so many of them.
TAIL, MOST, FEWEST = 0.05, 500, 20
#: A series with so many reports is measured against its own middle.
OWN = 5
DRAWS = 9_999


def record(sample: Sample) -> list[Outcome]:
    """The best report, against the best that so many reports would give.

    Reports are taken as log distances from the middle of their own series. Above the 95th percentile a
    generalised Pareto tail is fitted by probability-weighted moments (Hosking and Wallis 1987) to all but the
    best; it never falls faster than a power of output. Honest reports: as many draws from that tail, fitted
    again each time.
    """
    reports = _positive(sample).size
    number = min(int(TAIL * reports), MOST)
    if number < FEWEST:
        reason = f"needs {math.ceil(FEWEST / TAIL)} reports above zero; there are {reports}"
        return [Refusal(TEST, sample.group, reason)]
    away = distances(sample)
    order = np.argsort(away)
    edge = float(away[order[-number - 1]])
    beyond = away[order[-number:]] - edge
    if beyond[-2] <= 0.0:
        return [Refusal(TEST, sample.group, "the best reports are all alike: they have no tail")]
    return [_finding(sample, away, order, edge, beyond)]


def _finding(sample: Sample, away: Numbers, order: Whole, edge: float, beyond: Numbers) -> Finding:
    """The best of the distances (by `order`) against the tail of what lies beyond the edge."""
    number = beyond.size
    shape, scale = (float(value[0]) for value in pareto_tail(beyond[None, :-1]))
    luck = sample.luck(TEST)
    best = edge + _best(shape, scale, number, luck)
    odd, honest = _odds(beyond[None, :]), _honest(shape, scale, number, luck)
    rate = (np.count_nonzero(honest <= odd[0] * (1.0 + 1e-12)) + 1.0) / (DRAWS + 1.0)
    low, middle, high = (
        float(away[order[-1]] - value) for value in np.quantile(best, (0.975, 0.5, 0.025))
    )
    where = _positive(sample)[order[-1]]
    usual = float(np.median(sample.norm[sample.series == sample.series[where]]))
    return Finding(
        test=TEST,
        group=sample.group,
        estimate=math.exp(middle),
        low=math.exp(low),
        high=math.exp(high),
        unit="times the best to be expected",
        says="the best report over the best that so many reports would give",
        false_alarm=float(rate),
        reports=away.size,
        workers=sample.workers,
        details={
            "record": float(sample.fulfilment[where]),
            "norm_over_usual": float(sample.norm[where]) / usual,
            "shape": shape,
            "log10_p": float(np.log10(max(odd[0], 1e-300))),
        },
    )


def distances(sample: Sample) -> Numbers:
    """Log fulfilment less the middle of its series, or of all where a series is short."""
    where = _positive(sample)
    logs, series = np.log(sample.fulfilment[where]), sample.series[where]
    order = np.lexsort((logs, series))
    names, first, count = np.unique(series[order], return_index=True, return_counts=True)
    middle = logs[order][first + count // 2]
    middle[count < OWN] = np.median(logs)
    found: Numbers = logs - middle[np.searchsorted(names, series)]
    return found


def _positive(sample: Sample) -> Whole:
    return np.flatnonzero(sample.fulfilment > 0.0)


def pareto_tail(beyond: Numbers) -> tuple[Numbers, Numbers]:
    """Shape and scale of excesses over an edge (rows), the shape kept within 0 and a half."""
    ordered = np.sort(beyond, axis=1)
    size = ordered.shape[1]
    mean = ordered.mean(axis=1)
    weight = (size - np.arange(1, size + 1)) / (size - 1)
    moment = (ordered * weight).mean(axis=1)
    shape = np.clip(2.0 - mean / np.maximum(mean - 2.0 * moment, 1e-12), 0.0, 0.5)
    return shape, mean * (1.0 - shape)


def _beyond(value: Numbers, shape: Numbers, scale: Numbers) -> Numbers:
    """How likely one excess of the tail is larger."""
    power = np.where(shape > 1e-9, shape, 1.0)
    heavy = (1.0 + power * value / scale) ** (-1.0 / power)
    found: Numbers = np.where(shape > 1e-9, heavy, np.exp(-value / scale))
    return found


def _odds(tails: Numbers) -> Numbers:
    """How likely the best of each tail (rows, ascending) is, as the best of so many, by the others."""
    shape, scale = pareto_tail(tails[:, :-1])
    single = _beyond(tails[:, -1], shape, scale)
    found: Numbers = -np.expm1(tails.shape[1] * np.log1p(-np.minimum(single, 1.0 - 1e-12)))
    return found


def _draw(shape: float, scale: float, chance: Numbers) -> Numbers:
    if shape < 1e-9:
        return -scale * np.log(chance)
    return scale / shape * (chance**-shape - 1.0)


def _honest(shape: float, scale: float, number: int, luck: np.random.Generator) -> Numbers:
    parts = []
    for start in range(0, DRAWS, 1000):
        chance = 1.0 - luck.random((min(1000, DRAWS - start), number))
        parts.append(_odds(np.sort(_draw(shape, scale, chance), axis=1)))
    return np.concatenate(parts)


def _best(shape: float, scale: float, number: int, luck: np.random.Generator) -> Numbers:
    """The best of so many, with the tail as uncertain as so many reports leave it."""
    chance = 1.0 - luck.random((999, number))
    shapes, scales = pareto_tail(_draw(shape, scale, chance))
    least = luck.random(999) ** (1.0 / number)  # the largest of so many even numbers
    return np.array(
        [
            float(_draw(a, b, np.array(1.0 - c)))
            for a, b, c in zip(shapes, scales, least, strict=True)
        ]
    )
