"""Leaving: quits and accidents, hazards that add up over the period's shifts; and learning anew.

Source: proportional hazards; levels from Soviet turnover in the mid-1930s are graded in the workforce file.
"""

from __future__ import annotations

from stakhanov.engine.kernels.arithmetic import exp, log, maximum, minimum
from stakhanov.engine.kernels.typing import Number

WORST_EXPONENT = 30.0


def quit_hazard(
    base: Number, strain_pull: Number, morale_pull: Number, wage_pull: Number
) -> Number:
    """Hazard a shift: h0 exp(b_B B - b_m (m - 1) - b_w ln(w / w_alt)), the three terms given."""
    return base * exp(minimum(strain_pull - morale_pull - wage_pull, WORST_EXPONENT))


def wage_advantage(pay: Number, alternative: Number) -> Number:
    """ln(w / w_alt), kept within a factor of a hundred either way."""
    return log(minimum(maximum(pay / maximum(alternative, 1e-30), 0.01), 100.0))


def accident_hazard(base: Number, fatigue_push: Number, strain_push: Number) -> Number:
    """Hazard a shift: h0 exp(b_F (F - F0) + b_B B)."""
    return base * exp(minimum(fatigue_push + strain_push, WORST_EXPONENT))


def happens(chance: Number, hazard: Number, shifts: Number) -> Number:
    """Whether it happens within so many shifts, given a uniform draw: chance < 1 - exp(-n h)."""
    return chance < 1.0 - exp(-shifts * hazard)


def skill_after(skill: Number, shifts: Number, constant: Number) -> Number:
    """Skill after so many shifts: the gap to full skill closes with the learning time constant."""
    return 1.0 - (1.0 - skill) * exp(-shifts / constant)
