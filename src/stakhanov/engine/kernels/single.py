"""Elementary functions in single precision, as plain arithmetic that compiles to vector code.

The compiler's own exp and log stay scalar and cost several times as much. Coefficients of the polynomials
are the minimax ones of S. Moshier's Cephes library for single precision (1984-2000). The same text runs on
arrays of float32.
"""

from __future__ import annotations

import numpy as np

from stakhanov.engine.kernels.typing import Number


def exp(x: Number) -> Number:
    """e^x, held at e^-87 below -87 and at e^88 above 88: never 0, never infinite."""
    inside = minimum(maximum(x, -87.0), 88.0)
    # Adding 1.5 x 2^23 rounds to a whole number and leaves it in the low bits.
    shifted = inside * 1.44269504 + 12582912.0
    whole = shifted - 12582912.0
    r = inside - whole * 0.693359375
    r = r + whole * 2.12194440e-4
    p = 1.9875691500e-4 * r + 1.3981999507e-3
    p = p * r + 8.3334519073e-3
    p = p * r + 4.1665795894e-2
    p = p * r + 1.6666665459e-1
    p = p * r + 5.0000001201e-1
    p = p * (r * r) + r + 1.0
    exponent = np.int32(np.float32(shifted).view(np.int32) << np.int32(23))
    return np.int32(np.float32(p).view(np.int32) + exponent).view(np.float32)


def log(x: Number) -> Number:
    """Ln x of a positive number; that of the smallest normal number for anything less."""
    bits = np.float32(maximum(x, 1.1754944e-38)).view(np.int32)
    exponent = np.int32(np.int32(bits - np.int32(0x3F3504F3)) >> np.int32(23))
    m = np.int32(bits - np.int32(exponent << np.int32(23))).view(np.float32) - 1.0
    k = np.float32(exponent)
    z = m * m
    p = 7.0376836292e-2 * m - 1.1514610310e-1
    p = p * m + 1.1676998740e-1
    p = p * m - 1.2420140846e-1
    p = p * m + 1.4249322787e-1
    p = p * m - 1.6668057665e-1
    p = p * m + 2.0000714765e-1
    p = p * m - 2.4999993993e-1
    p = p * m + 3.3333331174e-1
    y = m * z * p - 2.12194440e-4 * k - 0.5 * z
    return m + y + 0.693359375 * k


def reciprocal(x: Number) -> Number:
    """1 / x of a positive number between 2^-125 and 2^125, within 1.6 units in the last place.

    A division costs a vector unit ten times a multiplication. The start is the exponent's mirror image, within
    an eighth; a cubic step and a quadratic one of Newton's method leave nothing but rounding.
    """
    y = np.int32(np.int32(0x7EF311C3) - np.float32(x).view(np.int32)).view(np.float32)
    r = 1.0 - x * y
    y = y + y * (r + r * r)
    r = 1.0 - x * y
    return y + y * r


def floor(x: Number) -> Number:
    """The largest whole number not above x, for |x| below 2^31."""
    whole = np.float32(np.int32(x))
    return whole - np.float32(whole > x)


def maximum(a: Number, b: Number) -> Number:
    """The larger of two."""
    return np.maximum(a, b)


def minimum(a: Number, b: Number) -> Number:
    """The smaller of two."""
    return np.minimum(a, b)


def select(condition: Number, a: Number, b: Number) -> Number:
    """One or the other; plain numbers come out single, where NumPy would widen them."""
    return np.where(condition, *(np.float32(v) if isinstance(v, float) else v for v in (a, b)))


def sqrt(x: Number) -> Number:
    """The square root."""
    return np.sqrt(x)


def absolute(x: Number) -> Number:
    """The size without the sign."""
    return np.abs(x)
