"""The normal distribution far out: the Mills ratio and the point beyond which little is left.

Everything is told in logs or in ratios, so that nothing underflows however far out a mark lies.
"""

from __future__ import annotations

from stakhanov.engine.kernels.arithmetic import exp, log, maximum, reciprocal, select, sqrt
from stakhanov.engine.kernels.typing import Number


def mills(z: Number) -> Number:
    """(1 - Phi(z)) / phi(z) for z >= 0, within 7e-7 of its size over the whole range.

    A polynomial in t = 1 / (1 + 0.4 z), fitted by least squares on the relative error.
    """
    t = reciprocal(1.0 + 0.4 * z)
    p = -0.0823101 * t + 0.28448119
    p = p * t - 0.25588245
    p = p * t - 0.10596543
    p = p * t + 0.0767712
    p = p * t + 0.19923046
    p = p * t + 0.33703074
    p = p * t + 0.39995738
    p = p * t + 0.40000028
    return p * t


def normal_share(z: Number) -> Number:
    """Phi(z)."""
    size = maximum(z, -z)
    beyond = 0.39894228 * exp(-0.5 * size * size) * mills(size)
    return select(z > 0.0, 1.0 - beyond, beyond)


def quantile_beyond(left: Number) -> Number:
    """The z >= 0 beyond which a share e^-left remains, for left >= ln 2.

    sqrt(2 left) less a rational function of it, fitted by least squares with weights raised where the error was
    largest: within 1.3e-7 of max(1, z) for z from 0 to 320.
    """
    t = sqrt(2.0 * left)
    above = 8.27742694e-2 + t * 3.65116018e-4
    above = 3.15636308 + t * (8.05418026 + t * (2.05794137 + t * above))
    below = 0.562590256 + t * (1.50550516e-2 + t * 4.38450267e-5)
    below = 1.0 + t * (5.06421304 + t * (3.86885218 + t * below))
    return maximum(t - above * reciprocal(below), 0.0)


def cosine_of_turn(u: Number) -> Number:
    """cos(2 pi u) for u in (0, 1), within 2e-7; an odd polynomial in the distance from a quarter turn."""
    y = 2.0 * maximum(u - 0.5, 0.5 - u) - 0.5
    s = y * y
    p = -0.0073704309 * s + 0.0821458866
    p = p * s - 0.599264529
    p = p * s + 2.55016404
    p = p * s - 5.16771278
    p = p * s + 3.14159265
    return p * y


def standard_normal(u: Number, v: Number) -> Number:
    """A standard normal from two uniforms in (0, 1) (Box and Muller 1958)."""
    return sqrt(-2.0 * log(u)) * cosine_of_turn(v)
