"""The chance to recall something by the time since it was asked: the curve of FSRS-6 in fractions of days.

R(t) = (1 + F t / S)^(-w), F = 0.9^(-1/w) - 1, so that R(S) = 0.9: t days since the last review, stability S
in days, w the last of the 21 stock parameters. Source: Open Spaced Repetition, "The Algorithm", FSRS-6; the
package `fsrs` counts whole days only and agrees at every whole day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: w20 of the stock parameters.
DECAY = 0.1542
FACTOR: float = 0.9 ** (-1.0 / DECAY) - 1.0

Number = TypeVar("Number", float, "NDArray[np.float64]")


def recall(days: Number, stability: Number) -> Number:
    """The chance to recall, `days` after the last review; numbers or arrays."""
    chance: Number = (1.0 + FACTOR * days / stability) ** -DECAY
    return chance


def days_until(chance: float, stability: float) -> float:
    """Days after which the chance to recall has fallen to `chance`, in (0, 1]."""
    return stability / FACTOR * (float(chance ** (-1.0 / DECAY)) - 1.0)
