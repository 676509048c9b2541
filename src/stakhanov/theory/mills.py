"""The Mills ratio and logs of normal probabilities, accurate over the whole range of float64."""

from __future__ import annotations

import numpy as np
from scipy.special import erfcx, log_ndtr, ndtr

from stakhanov.theory.parameters import Array, Numbers

LOG_SQRT_2PI = float(0.5 * np.log(2.0 * np.pi))


def mills(z: Numbers) -> Array:
    """Mills ratio ``(1 - Phi(z))/phi(z) = sqrt(pi/2) erfcx(z/sqrt 2)``.

    Overflows to infinity below about -38.
    """
    return np.asarray(np.sqrt(0.5 * np.pi) * erfcx(np.asarray(z) / np.sqrt(2.0)))


def log_mills(z: Numbers) -> Array:
    """Log of the Mills ratio, finite for every finite z that float64 can square."""
    z = np.asarray(z, dtype=np.float64)
    with np.errstate(divide="ignore", over="ignore"):
        right = np.log(mills(np.maximum(z, 0.0)))
    return np.where(z >= 0.0, right, log_ndtr(-np.minimum(z, 0.0)) + 0.5 * z**2 + LOG_SQRT_2PI)


def log_normal_density(z: Numbers) -> Array:
    """Log of the standard normal density."""
    return np.asarray(-0.5 * np.asarray(z) ** 2 - LOG_SQRT_2PI)


def log_stretch(low: Array, high: Array, width: Array) -> Array:
    """Log of the probability of an interval, over the density at its point nearest 0.

    ``ln M(low) + ln(1 - e^-d M(high)/M(low))`` with ``d = (high^2 - low^2)/2`` for an interval to
    the right of 0, mirrored to the left of it: no number here grows with the square of `low`, so
    digits are kept however far out the interval lies. `width` is high less low, told apart because
    the ends may be too large to tell it. Minus infinity where the interval is empty.
    """
    mirrored = high < 0.0
    low, high = np.where(mirrored, -high, low), np.where(mirrored, -low, high)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        near = log_mills(np.maximum(low, 0.0))
        fall = log_mills(np.maximum(high, 0.0)) - near - 0.5 * width * (high + low)
        tail = near + np.log(-np.expm1(np.where(np.isposinf(high), -np.inf, fall)))
        across = np.log(ndtr(high) - ndtr(low)) + LOG_SQRT_2PI
    return np.where(width > 0.0, np.where(low >= 0.0, tail, across), -np.inf)
