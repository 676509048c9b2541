"""Where the plan period may end: the weights behind its best rate, its value and its law.

With pay ``S`` at the end, ``u = E exp(theta S(Y + sigma B))`` is a sum over the segments of S, each
a Gaussian half-line or stretch with its mean moved by ``theta p_j s^2``. Everything is kept in
logs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import exprel

from stakhanov.theory.mills import log_between, log_normal_density
from stakhanov.theory.parameters import Array, Listed, Numbers


class Weights(NamedTuple):
    """Logs of the weights of the segments and of what the corners add."""

    log_segments: Array
    """ln of ``E exp(theta S); segment j``, last axis J + 1."""
    log_corners: Array
    """ln of the size of what each corner adds to ``u_Y/theta``, last axis J."""
    corner_signs: Array
    theta: Array
    tilted: Array
    """Mean of the end of the period on each segment's own line, before truncation, less Y."""


def pay_levels(breakpoints: Listed, rates: Listed, jumps: Listed) -> Array:
    """Intercept of each segment of the pay: ``S(y) = k_j + p_j y``, k_0 = 0. Last axis J + 1."""
    slopes = np.asarray(rates)
    steps = (slopes[..., :-1] - slopes[..., 1:]) * breakpoints + jumps
    rest = np.cumsum(steps, axis=-1)
    return np.concatenate([np.zeros((*rest.shape[:-1], 1)), rest], axis=-1)


def period_weights(
    output: Numbers,
    time_left: Numbers,
    *,
    breakpoints: Listed,
    rates: Listed,
    jumps: Listed,
    noise: Numbers,
    cost: Numbers = 1.0,
    risk_aversion: Numbers = 0.0,
) -> Weights:
    """Logs of the weights of the segments and corners.

    The shared core of rate, value and law of the period.
    """
    marks, slopes, bonus = (
        np.asarray(one, dtype=np.float64) for one in (breakpoints, rates, jumps)
    )
    y, tau, sigma, c, rho = np.broadcast_arrays(
        *(
            np.asarray(one, dtype=np.float64)
            for one in (output, time_left, noise, cost, risk_aversion)
        )
    )
    theta = 1.0 / (c * sigma**2) - rho
    spread = (sigma * np.sqrt(tau))[..., None]
    levels = pay_levels(marks, slopes, bonus)
    start, gain = y[..., None], theta[..., None]
    corners = (marks - start) / spread
    tilt = gain * slopes * spread
    low, high = _edges(corners, tilt)
    segments = gain * (levels + slopes * start) + 0.5 * tilt**2 + log_between(low, high)
    jump = gain * bonus
    before = gain * (levels[..., :-1] + slopes[..., :-1] * marks)
    size = np.abs(bonus) * exprel(-np.abs(jump)) / spread
    with np.errstate(divide="ignore"):
        added = np.maximum(before, before + jump) + log_normal_density(corners) + np.log(size)
    return Weights(segments, added, np.sign(bonus), theta, tilt * spread)


def _edges(corners: Array, tilt: Array) -> tuple[Array, Array]:
    """Both ends of each segment, in standard deviations from its own tilted mean."""
    shape = (*np.broadcast_shapes(corners.shape[:-1], tilt.shape[:-1]), corners.shape[-1])
    inner = np.broadcast_to(corners, shape)
    ends = np.full((*shape[:-1], 1), np.inf)
    low = np.concatenate([-ends, inner], axis=-1) - tilt
    high = np.concatenate([inner, ends], axis=-1) - tilt
    return low, high


def mean_rate(weights: Weights, rates: Listed) -> Array:
    """Marginal value of output ``u_Y/(theta u)``.

    Rates weighted by where the period may end, plus the jumps.
    """
    largest = weights.log_segments.max(axis=-1, keepdims=True)
    shares = np.exp(weights.log_segments - largest)
    corners = weights.corner_signs * np.exp(weights.log_corners - largest)
    pull = np.sum(shares * np.asarray(rates), axis=-1) + np.sum(corners, axis=-1)
    return np.asarray(pull / np.sum(shares, axis=-1))


def mean_pay(
    weights: Weights,
    output: Numbers,
    time_left: Numbers,
    *,
    breakpoints: Listed,
    rates: Listed,
    jumps: Listed,
    noise: Numbers,
) -> Array:
    """Expected pay without effort: the value where theta is 0."""
    marks, slopes = np.asarray(breakpoints), np.asarray(rates)
    spread = np.asarray(noise * np.sqrt(time_left))[..., None]
    start = np.asarray(output)[..., None]
    low, high = _edges((marks - start) / spread, np.zeros_like(weights.tilted))
    inside = np.exp(log_between(low, high))
    leaning = np.exp(log_normal_density(low)) - np.exp(log_normal_density(high))
    levels = pay_levels(marks, slopes, jumps)
    return np.asarray(
        np.sum((levels + slopes * start) * inside + slopes * spread * leaning, axis=-1)
    )


def log_total(weights: Weights) -> Array:
    """Log of the sum of the segments' weights: ln u."""
    largest = weights.log_segments.max(axis=-1)
    total = np.sum(np.exp(weights.log_segments - largest[..., None]), axis=-1)
    return np.asarray(largest + np.log(total))
