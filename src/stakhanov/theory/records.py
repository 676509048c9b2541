"""The best of many: what records to expect, and how far out a claimed record lies."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import digamma, log_ndtr

from stakhanov.theory.forms import declare
from stakhanov.theory.order_statistics import best_of, log_best_of_exponentials
from stakhanov.theory.parameters import Array, Numbers, number, positive, whole

_SOURCE = "Arnold, Balakrishnan and Nagaraja (1998), Records, Wiley"
_WORKERS = whole(1, "workers", "Workers, or independent trials")
_MEDIAN = positive("median", "Median output", "norm-units")
_LOG_SD = positive("log_sd", "Standard deviation of the log of output", "log")


class Tail(NamedTuple):
    """How far out a multiple of the median lies: in standard deviations, and as log10 of p."""

    z: Numbers
    log10_probability: Numbers


@declare(
    _WORKERS,
    _MEDIAN,
    _LOG_SD,
    title="Expected best of many lognormal outputs",
    formula="E max_N = Int x N F^(N-1) f dx,  F lognormal",
    gives="expected best of so many (units of the median)",
    source=_SOURCE,
)
def record(workers: Numbers, median: Numbers = 1.0, *, log_sd: Numbers) -> Numbers:
    """Expected output of the best of so many workers, outputs lognormal.

    Somewhat above ``median exp(log_sd E Z_max)``, which is its logarithm's expectation. Units:
    those of `median`. Errors: `BadInput` unless workers >= 1 is whole and median, log_sd > 0.
    Relative error below 1e-9 for any number of workers and any spread. Source: Arnold, Balakrishnan
    and Nagaraja (1998).
    """
    return median * np.exp(log_best_of_exponentials(log_sd, workers))


@declare(
    _WORKERS,
    title="Expected best of many standard normal draws",
    formula="E max_N = Int z N Phi^(N-1) phi dz",
    gives="standard deviations above the mean",
    source=_SOURCE,
)
def normal_record(workers: Numbers) -> Numbers:
    """Expected best of so many independent standard normal draws.

    Errors: `BadInput` unless workers >= 1 is whole. Source: Arnold, Balakrishnan and Nagaraja
    (1998).
    """
    return best_of(lambda z: z, 1.0, workers)


@declare(
    _WORKERS,
    number("location", "Location mu", "norm-units"),
    positive("scale", "Scale beta", "norm-units"),
    title="Expected best of many Gumbel draws",
    formula="mu + beta (ln N + 0.5772157)",
    gives="expected best (norm-units)",
    source=_SOURCE,
)
def gumbel_record(workers: Numbers, location: Numbers = 0.0, scale: Numbers = 1.0) -> Numbers:
    """Expected best of so many independent Gumbel draws: exact, since their best is Gumbel again.

    Errors: `BadInput` unless workers >= 1 is whole and scale > 0.
    """
    best: Array = location + scale * (np.log(workers) + np.euler_gamma)
    return best


@declare(
    whole(1, "trials", "Independent trials, one after another"),
    title="Expected number of records in a run of trials",
    formula="H_n = 1 + 1/2 + ... + 1/n",
    gives="number of records",
    source=_SOURCE,
)
def record_count(trials: Numbers) -> Numbers:
    """How many records to expect in so many trials of unchanging people.

    Trial n is one with probability 1/n. Errors: `BadInput` unless trials >= 1 is whole. Source:
    Arnold, Balakrishnan and Nagaraja (1998).
    """
    return np.asarray(digamma(np.asarray(trials) + 1.0) + np.euler_gamma)


@declare(
    positive("multiple", "Mark to beat, as a multiple of the median"),
    _WORKERS,
    _LOG_SD,
    title="Probability that somebody beats a mark",
    formula="1 - F(x)^N,  F lognormal",
    gives="probability",
    source=_SOURCE,
)
def record_beaten(multiple: Numbers, workers: Numbers, log_sd: Numbers) -> Numbers:
    """Probability that at least one of so many workers beats a multiple of the median.

    Accurate in the far tail. Errors: `BadInput` unless multiple, log_sd > 0 and workers >= 1 is
    whole.
    """
    beaten: Array = -np.expm1(workers * log_ndtr(np.log(multiple) / log_sd))
    return beaten


@declare(
    positive("multiple", "Claimed output, as a multiple of the median"),
    _LOG_SD,
    title="How far out a claimed record lies",
    formula="z = ln(multiple)/log_sd;  log10 p = log10 Phi(-z)",
    gives="{z, log10_probability}",
    source="normal tail of the logarithm; own computation",
)
def record_tail(multiple: Numbers, log_sd: Numbers) -> Tail:
    """Standard deviations and log10 probability of one worker's output at a multiple of the median.

    102 t against a norm of 7 t is 14.57 norms: log10 p = -26 at a log_sd of .25. No tail of one
    worker's own distribution reaches it; another production function (a crew, a prepared face)
    must. Errors: `BadInput` unless both are above 0.
    """
    z = np.log(multiple) / log_sd
    return Tail(z, log_ndtr(-z) / np.log(10.0))
