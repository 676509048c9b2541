"""Padding: how large a shortfall a worker reports as the norm fulfilled.

A worker who ends the period short of the norm by S gains the bonus and the piece pay for S if the
report says "norm fulfilled", and risks the sanction if an audit comes. The reply is a limit: pad when
S is no larger, be honest otherwise. Quantities are utils and norm-units per period.

Source: own derivation from Becker (1968) and Allingham and Sandmo (1972) with a convex cost of lying.
"""

from __future__ import annotations

from stakhanov.engine.kernels.arithmetic import maximum, minimum, select, sqrt
from stakhanov.engine.kernels.typing import Number


def lying_cost_among_mates(lying_cost: Number, complicity: Number, padded_share: Number) -> Number:
    """Cost of lying once mates pad too: kappa (1 - zeta x share of mates who padded last period)."""
    return lying_cost * maximum(1.0 - complicity * padded_share, 0.0)


def kept_chance(audit: Number, clawback: Number) -> Number:
    """Chance that what a padded report brings is kept: 1 - pi where the caught give it back (1), else 1."""
    return 1.0 - audit * clawback


def gain_from_bonus(
    bonus: Number, kept: Number, audit: Number, fixed_sanction: Number, moral_cost: Number
) -> Number:
    """Expected utils won by padding a vanishing shortfall: A = (kept K - pi F0 - moral)+."""
    return maximum(kept * bonus - audit * fixed_sanction - moral_cost, 0.0)


def net_risk(audit: Number, kept: Number, sanction: Number, piece: Number) -> Number:
    """Utils lost on balance by one more padded norm-unit: g = pi f - kept p."""
    return audit * sanction - kept * piece


def padding_limit(gain: Number, risk: Number, lying_cost: Number, cap: Number) -> Number:
    """Largest shortfall padded: the S at which A - g S - kappa S^2 / 2 comes down to nothing; none where A is.

    Two forms of the same root, each used where it does not cancel: 2A / (g + r) when padding is
    risky on balance, (r - g) / kappa when it pays by the unit, with r = sqrt(g^2 + 2 kappa A).
    """
    root = sqrt(risk * risk + 2.0 * lying_cost * gain)
    tiny = 1e-30
    risky = 2.0 * gain / maximum(risk + root, tiny)
    paying = (root - risk) / maximum(lying_cost, tiny)
    shortfall = select(risk >= 0.0, risky, paying)
    return minimum(select(gain > 0.0, shortfall, 0.0), cap)


def pads(output: Number, quota: Number, limit: Number) -> Number:
    """Whether the period's report is lifted to the norm: short of it, but by no more than the limit."""
    shortfall = quota - output
    return (shortfall > 0.0) & (shortfall <= limit)
