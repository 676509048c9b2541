"""Morale, trust and aspiration: what the period's result leaves in a person.

Rates are per period; output and aspiration are norm-units a shift. Losses weigh more than gains
(Tversky and Kahneman 1992 for the order; the sizes are assumptions of this model).
"""

from __future__ import annotations

from stakhanov.engine.kernels.arithmetic import maximum, minimum
from stakhanov.engine.kernels.typing import Number

LOWEST, HIGHEST = 0.3, 1.5


def morale_change_from_result(
    output: Number, aspiration: Number, gain: Number, loss: Number
) -> Number:
    """Joy at exceeding one's aspiration, disappointment at falling short, as shares of it."""
    surprise = output / maximum(aspiration, 1e-6) - 1.0
    return gain * maximum(surprise, 0.0) - loss * maximum(-surprise, 0.0)


def morale_after(morale: Number, trust: Number, recovery: Number, change: Number) -> Number:
    """Morale one period later: back toward trust, moved by what happened, kept within bounds."""
    return minimum(maximum(morale + recovery * (trust - morale) + change, LOWEST), HIGHEST)


def trust_after(
    trust: Number, morale: Number, recovery: Number, learning: Number, shock: Number
) -> Number:
    """Trust one period later: slowly back to 1, slowly toward morale, down by the shock."""
    moved = trust + recovery * (1.0 - trust) + learning * (morale - trust) - shock
    return minimum(maximum(moved, LOWEST), HIGHEST)


def aspiration_toward(aspiration: Number, level: Number, weight: Number) -> Number:
    """The part of an aspiration's move that one level accounts for."""
    return weight * (level - aspiration)
