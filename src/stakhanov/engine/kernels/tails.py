"""The normal distribution far out: the Mills ratio and the point beyond which little is left.

Everything is told in logs or in ratios, so that nothing underflows however far out a mark lies.
"""

from __future__ import annotations

from stakhanov.engine.kernels.arithmetic import exp, log, maximum, minimum, reciprocal, select, sqrt
from stakhanov.engine.kernels.typing import Number


def mills(z: Number) -> Number:
    """(1 - Phi(z)) / phi(z) for z >= 0, within 8.2e-8 of its size; held at its value for 10^6 beyond that.

    A rational function, fitted by least squares on the relative error with weights raised where it was largest.
    """
    z = minimum(z, 1e6)
    above = 0.52970406 + z * (0.12643182 + z * 0.01418911)
    above = 1.25331419 + z * (1.18954917 + z * above)
    below = 0.54387303 + z * (0.1264321 + z * 0.01418911)
    below = 1.0 + z * (1.74701011 + z * (1.31652913 + z * below))
    return above * reciprocal(below)


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
