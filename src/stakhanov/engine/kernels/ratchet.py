"""The ratchet: how norms follow reported output, and what that does to the will to exceed them.

Source: Weitzman (1980), Bell Journal of Economics 11(1), 302-308; the form with rates that follow norms
by an elasticity and with norms set on a group's mean is derived in the explanation of the model.
"""

from __future__ import annotations

from stakhanov.engine.kernels.arithmetic import exp, log, maximum
from stakhanov.engine.kernels.typing import Number


def revised_norm(norm: Number, basis: Number, up: Number, down: Number) -> Number:
    """The norm after a revision: q + up (R - q)+ - down (q - R)+, R the group's reported output."""
    return norm + up * maximum(basis - norm, 0.0) - down * maximum(norm - basis, 0.0)


def revised_rate(rate: Number, old_norm: Number, new_norm: Number, rate_cut: Number) -> Number:
    """The piece rate after a revision: rates move as norm^(-nu), relative to the first rate."""
    return rate * exp(-rate_cut * log(new_norm / old_norm))


def ratchet_discount(
    adjustment: Number, interest: Number, rate_cut: Number, foresight: Number, group: Number
) -> Number:
    """The share of a rate that counts for one who knows that output raises the norm.

    D = 1 - nu (phi / N) lam / (r + lam): lam the share of the excess taken into the norm at a revision,
    r the interest between revisions, phi the share of foresight, N the number whose output sets the
    norm, nu how far rates fall when norms rise.
    """
    weight = adjustment / maximum(interest + adjustment, 1e-30)
    return 1.0 - rate_cut * foresight / group * weight
