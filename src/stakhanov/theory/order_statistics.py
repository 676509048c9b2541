"""Expectations over the m-th best of n draws, for any n and for Gaussian and Gumbel draws.

The m-th largest of n uniform draws is Beta(n - m + 1, m). On the scale of the draw its density is
smooth and dies off at both ends, where the trapezoid rule converges faster than any power of the
step: 401 points between the 1e-20 quantiles agree with 3001 points to 1e-11 for 1 to 1e9 draws.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import betaincinv, digamma, log_ndtr, ndtri

from stakhanov.theory.parameters import Array, Numbers

_POINTS = 401
_TAIL = 1e-20
_LOG_SQRT_2PI = 0.5 * np.log(2.0 * np.pi)


def best_of(
    function: Callable[[Array], Array], rank: Numbers, size: Numbers, scale: str = "gaussian"
) -> Array:
    """``E f(X)``, X the `rank`-th largest (1 = best) of `size` independent standard draws.

    `function` takes an array of draws; `rank` and `size` broadcast and may be fractions. `scale` is
    ``gaussian`` or ``gumbel`` (of maxima).
    """
    above, below = np.broadcast_arrays(
        np.asarray(rank, dtype=np.float64), np.asarray(size - np.asarray(rank) + 1.0)
    )
    low, high = _window(below, above, scale)
    steps = np.linspace(0.0, 1.0, _POINTS)
    draws = low[..., None] + (high - low)[..., None] * steps
    log_below, log_above, log_density = _logs(draws, scale)
    log_weight = (
        (below[..., None] - 1.0) * log_below + (above[..., None] - 1.0) * log_above + log_density
    )
    weight = np.exp(log_weight - log_weight.max(axis=-1, keepdims=True))
    total = np.sum(weight, axis=-1)  # the Beta function itself would lose digits for many draws
    return np.asarray(np.sum(weight * function(draws), axis=-1) / total, dtype=np.float64)


def log_best_of_exponentials(spread: Numbers, size: Numbers) -> Array:
    """``ln E exp(s X)``, X the largest of `size` standard normal draws.

    The weight ``exp(s x)`` moves what counts up by at most s: the window is as much wider, and the
    sum is taken in logs. `spread` and `size` broadcast.
    """
    tilt, below = np.broadcast_arrays(np.asarray(spread, float), np.asarray(size, float))
    low, high = _window(below, np.ones_like(below), "gaussian")
    steps = np.linspace(0.0, 1.0, _POINTS)
    draws = low[..., None] + (high + tilt - low)[..., None] * steps
    log_below, _, log_density = _logs(draws, "gaussian")
    log_weight = (below[..., None] - 1.0) * log_below + log_density
    return _log_sum(log_weight + tilt[..., None] * draws) - _log_sum(log_weight)


def _log_sum(logs: Array) -> Array:
    largest = logs.max(axis=-1)
    return np.asarray(largest + np.log(np.sum(np.exp(logs - largest[..., None]), axis=-1)))


def harmonic_gap(size: Numbers, last: Numbers) -> Array:
    """Sum of 1/j for the `last` whole numbers j up to `size`: ``H_N - H_(N-k)``.

    Beyond a thousand by the series of ln and 1/j, whose difference loses no digits.
    """
    n, rest = np.asarray(size, dtype=np.float64), np.asarray(size - np.asarray(last))
    far = np.maximum(rest, 1.0)
    series = -np.log1p(-np.minimum(last / n, 1.0 - 1e-16)) + (1.0 / n - 1.0 / far) / 2.0
    series = series - (1.0 / n**2 - 1.0 / far**2) / 12.0
    near = digamma(n + 1.0) - digamma(rest + 1.0)
    return np.where(rest > 1000.0, series, near)


def normal_density(draws: Array) -> Array:
    """Standard normal density."""
    return np.asarray(np.exp(-0.5 * draws**2 - _LOG_SQRT_2PI), dtype=np.float64)


def _window(below: Array, above: Array, scale: str) -> tuple[Array, Array]:
    """The 1e-20 quantiles at both ends, each taken from the side on which it is accurate."""
    low = betaincinv(below, above, _TAIL)
    high = betaincinv(above, below, _TAIL)
    if scale == "gaussian":
        return np.asarray(ndtri(low)), np.asarray(-ndtri(high))
    return np.asarray(-np.log(-np.log(low))), np.asarray(-np.log(-np.log1p(-high)))


def _logs(draws: Array, scale: str) -> tuple[Array, Array, Array]:
    """Logs of the distribution function, of its complement and of the density."""
    if scale == "gaussian":
        return (
            np.asarray(log_ndtr(draws)),
            np.asarray(log_ndtr(-draws)),
            np.asarray(-0.5 * draws**2 - _LOG_SQRT_2PI),
        )
    hazard = np.exp(-draws)
    return -hazard, np.log(-np.expm1(-hazard)), -draws - hazard
