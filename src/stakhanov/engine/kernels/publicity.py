"""Publicity: how a published record spreads, and how far people still believe it.

Source: Bass (1969), Management Science 15(5), for the spread; the rule of belief is an assumption of
this model, stated in its documentation.
"""

from __future__ import annotations

from stakhanov.engine.kernels.arithmetic import exp, maximum, minimum
from stakhanov.engine.kernels.typing import Number


def exposure_after(exposure: Number, innovation: Number, imitation: Number) -> Number:
    """Share of people reached one period later: the exact step of dE/dt = (p + q E)(1 - E)."""
    faded = exp(-(innovation + imitation))
    spoken_to = innovation + imitation * (exposure + (1.0 - exposure) * faded)
    tiny = 1e-30  # where nobody spreads anything, the share stays
    left = ((innovation + imitation) * faded + tiny) / (spoken_to + tiny)
    return 1.0 - (1.0 - exposure) * left


def credibility_after(
    credibility: Number, published: Number, reach: Number, speed: Number
) -> Number:
    """Belief one period later: it moves toward reach / published, at most 1.

    `published` is the level held up, `reach` the 99th percentile of what people produce, both in
    norm-units a shift.
    """
    return credibility + speed * (minimum(reach / maximum(published, 1e-30), 1.0) - credibility)
