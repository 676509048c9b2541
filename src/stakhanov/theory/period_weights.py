"""Where the plan period may end: the weights behind its best rate, its value and its law.

With pay ``S`` at the end, ``u = E exp(theta S(Y + sigma B))`` is a sum over the segments of S. On a
segment the integrand is a normal density about ``Y + theta p_j s^2``; its log is told by its height
at the segment's point nearest that centre and by the log of what lies around it. Segments that meet
at a corner then share the same height to the last digit, and what cancels between them does so
exactly, however small the noise and however large the bonus.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import exprel

from stakhanov.theory.mills import LOG_SQRT_2PI, log_normal_density, log_stretch
from stakhanov.theory.parameters import Array, Listed, Numbers


class Weights(NamedTuple):
    """How ``u`` is made up: by segments and, for its slope, by corners."""

    shares: Array
    """Share of each segment in u: the probability that the period ends there. Last axis J + 1."""
    corners: Array
    """What each corner adds to ``u_Y/(theta u)``, last axis J."""
    log_total: Array
    """ln u."""
    theta: Array
    ends: Ends


class Ends(NamedTuple):
    """The segments as stretches of where the period may end, last axis J + 1."""

    bottom: Array
    top: Array
    centre: Array
    """Mean of the end on each segment's own line, before it is cut off at the segment's ends."""
    spread: Array

    @property
    def nearest(self) -> Array:
        """The point of each segment nearest its centre."""
        return np.clip(self.centre, self.bottom, self.top)

    def log_size(self) -> Array:
        """Log of the normal mass of each segment over the density at its nearest point."""
        low, high = ((end - self.centre) / self.spread for end in (self.bottom, self.top))
        return log_stretch(low, high, (self.top - self.bottom) / self.spread)

    def fall(self, point: Array) -> Array:
        """How far the log of the normal density falls from the nearest point to another point."""
        near = self.nearest
        lean = (point - self.centre) + (near - self.centre)
        return np.asarray((point - near) / self.spread * lean / self.spread / 2.0)


def corner_pay(breakpoints: Array, rates: Array, jumps: Array) -> tuple[Array, Array]:
    """Pay just below and just above each corner; pay is ``p_0 y`` up to the first. Last axis J."""
    steps = rates[..., 1:-1] * np.diff(breakpoints, axis=-1)
    climbs = np.broadcast_arrays(jumps[..., :-1], steps)
    first = rates[..., :1] * breakpoints[..., :1]
    rest = first + np.cumsum(climbs[0] + climbs[1], axis=-1)
    below = np.concatenate(
        [np.broadcast_to(first, (*rest.shape[:-1], 1)), rest],
        axis=-1,
    )
    return below, below + jumps


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
    y, tau, sigma, c, rho = (
        one[..., None]
        for one in np.broadcast_arrays(
            *(
                np.asarray(one, dtype=np.float64)
                for one in (output, time_left, noise, cost, risk_aversion)
            )
        )
    )
    gain = 1.0 / (c * sigma**2) - rho
    ends = _ends(y, sigma * np.sqrt(tau), marks, slopes * tau * (1.0 / c - rho * sigma**2))
    below, above = corner_pay(marks, slopes, bonus)
    nearest = _pay_at(ends, slopes, below, above)
    segments = _height(gain, nearest, (ends.nearest - y) / ends.spread), ends.log_size()
    with np.errstate(divide="ignore"):
        jumps_of = np.log(np.abs(bonus) * exprel(-np.abs(gain * bonus)) / ends.spread)
    higher = np.where(gain * bonus > 0.0, above, below)
    corners = _height(gain, higher, (marks - y) / ends.spread), jumps_of
    shares, added, log_total = _normed(segments, corners)
    return Weights(shares, np.sign(bonus) * added, log_total, gain[..., 0], ends)


def _height(gain: Array, pay: Array, deviation: Array) -> Array:
    """Log of ``exp(theta S) phi`` at a point, less that of phi(0)."""
    return np.asarray(gain * pay - 0.5 * deviation**2)


def _normed(
    segments: tuple[Array, Array], corners: tuple[Array, Array]
) -> tuple[Array, Array, Array]:
    """Shares of the segments, sizes of the corners in the same measure, and the log of the sum.

    Each log comes in two parts, a height, which may be very large, and a rest; heights that are
    equal cancel before the rests are looked at.
    """
    height, rest = np.broadcast_arrays(*segments)
    largest = np.argmax(height + rest, axis=-1)[..., None]
    top, near = (np.take_along_axis(part, largest, axis=-1) for part in (height, rest))
    weights = np.exp((height - top) + (rest - near))
    total = np.sum(weights, axis=-1, keepdims=True)
    added = np.exp((corners[0] - top) + (corners[1] - near))
    log_total = (top + near + np.log(total) - LOG_SQRT_2PI)[..., 0]
    return weights / total, added / total, np.asarray(log_total)


def _ends(start: Array, spread: Array, marks: Array, pulls: Array) -> Ends:
    """The segments between the marks, each with its centre."""
    shape = np.broadcast_shapes(start.shape[:-1], marks.shape[:-1], pulls.shape[:-1])
    inner = np.broadcast_to(marks, (*shape, marks.shape[-1]))
    far = np.full((*shape, 1), np.inf)
    return Ends(
        np.concatenate([-far, inner], axis=-1),
        np.concatenate([inner, far], axis=-1),
        np.broadcast_to(start + pulls, (*shape, marks.shape[-1] + 1)),
        spread,
    )


def _pay_at(ends: Ends, rates: Array, below: Array, above: Array) -> Array:
    """Pay at each segment's nearest point, on the segment's own side of a corner."""
    near = ends.nearest
    inside = above + rates[..., 1:] * (near[..., 1:] - ends.bottom[..., 1:])
    first = rates[..., :1] * near[..., :1]
    shape = np.broadcast_shapes(first.shape[:-1], inside.shape[:-1])
    pay = np.concatenate(
        [np.broadcast_to(one, (*shape, one.shape[-1])) for one in (first, inside)], axis=-1
    )
    last = np.broadcast_to(below, (*shape, below.shape[-1]))
    at_top = np.concatenate([last, pay[..., -1:]], axis=-1)
    return np.where(near == ends.top, at_top, pay)


def mean_rate(weights: Weights, rates: Listed) -> Array:
    """Marginal value of output ``u_Y/(theta u)``.

    Rates weighted by where the period may end, plus the jumps.
    """
    return np.asarray(
        np.sum(weights.shares * np.asarray(rates), axis=-1) + np.sum(weights.corners, axis=-1)
    )


def mean_pay(
    output: Numbers,
    time_left: Numbers,
    *,
    breakpoints: Listed,
    rates: Listed,
    jumps: Listed,
    noise: Numbers,
) -> Array:
    """Expected pay without effort: the value where theta is 0."""
    marks, slopes, bonus = (
        np.asarray(one, dtype=np.float64) for one in (breakpoints, rates, jumps)
    )
    spread = np.asarray(noise * np.sqrt(time_left))[..., None]
    start = np.asarray(output, dtype=np.float64)[..., None]
    ends = _ends(start, spread, marks, np.zeros(slopes.shape[-1]))
    low, high = ((end - start) / spread for end in (ends.bottom, ends.top))
    inside = np.exp(ends.log_size() + log_normal_density((ends.nearest - start) / spread))
    leaning = np.exp(log_normal_density(low)) - np.exp(log_normal_density(high))
    _, above = corner_pay(marks, slopes, bonus)
    levels = np.concatenate(
        [np.zeros((*above.shape[:-1], 1)), above - slopes[..., 1:] * marks], axis=-1
    )
    return np.asarray(
        np.sum((levels + slopes * start) * inside + slopes * spread * leaning, axis=-1)
    )
