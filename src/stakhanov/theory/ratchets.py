"""Norms that follow output: what a raised norm costs the one who raises it."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from stakhanov.theory.forms import Relation, declare
from stakhanov.theory.parameters import (
    Numbers,
    at_least,
    number,
    positive,
    share,
    whole,
)

_WEITZMAN = "Weitzman (1980), Bell Journal of Economics 11:302-308"
_KINK = (
    _WEITZMAN + "; the asymmetric case is derived here, with proof in docs/explanation/theory.md"
)
_DISCOUNT = share("discount", "Weight of the next period against this one", below_one=True)
_UP = share("up", "Share of the excess by which the norm rises")
_DOWN = share("down", "Share of the shortfall by which the norm falls")
_ELASTICITY = positive("elasticity", "Elasticity of output to the rate", "per cent per per cent")
_STEEPER_UP = Relation(
    "up", "must be at least as large as the share down", ("down",), lambda up, down: up >= down
)


@declare(
    share("adjustment", "Share of the deviation by which the norm moves"),
    share("discount", "Weight of the next period against this one"),
    whole(0, "periods_left", "Periods after this one", "periods", infinite=True),
    at_least(1, "group", "Workers whose mean sets the norm", "workers"),
    share("foresight", "Share of the future loss that is foreseen"),
    title="What the ratchet leaves of the reward",
    formula=(
        "b_eff/b = 1 - phi (lam/N) delta (1 - (delta(1-lam))^n) / (1 - delta(1-lam));  n "
        "= inf, N = 1: 1/(1 + lam/r)"
    ),
    gives="effective over nominal rate",
    source=_WEITZMAN,
)
def ratchet(
    adjustment: Numbers,
    discount: Numbers,
    periods_left: Numbers = np.inf,
    group: Numbers = 1.0,
    foresight: Numbers = 1.0,
) -> Numbers:
    """Effective over nominal rate where the norm follows output.

    ``1/(1 + lam/r)`` with no end in sight. Pay is ``b (y - q)`` and ``q' = q + lam (y - q)``; a
    unit more today raises the norm by ``lam (1-lam)^(s-1)`` s periods on. In a group of N the first
    step is ``lam/N``. Units: a share. Errors: `BadInput` unless the shares lie in [0, 1], group >=
    1. Source: Weitzman (1980).
    """
    seen = foresight / group
    rise = discount * adjustment
    fall = (1.0 - discount) + rise  # 1 less delta (1 - lam), without the cancellation
    with np.errstate(divide="ignore", invalid="ignore"):
        faded = np.exp(periods_left * np.log1p(-fall))
        kept = ((1.0 - discount) + rise * ((1.0 - seen) + seen * faded)) / fall
    kept = np.where((rise > 0.0) & (np.asarray(periods_left) > 0.0), kept, 1.0)
    return np.asarray(kept)


@declare(
    number("norm", "Norm in force", "norm-units"),
    _UP,
    _DOWN,
    _DISCOUNT,
    at_least(0, "rate", "Pay per unit of output above the norm", "utils per norm-unit"),
    positive("ability", "Output at a rate of 1", "norm-units"),
    _ELASTICITY,
    title="Output under a ratchet that rises more readily than it falls",
    formula=(
        "y = min(max(q, y_up), y_dn),  y_up = theta (b/(1 + up/r))^eps,  y_dn = theta "
        "(b/(1 + down/r))^eps"
    ),
    gives="output (norm-units)",
    source=_KINK,
    relations=(_STEEPER_UP,),
)
def asymmetric_ratchet(
    norm: Numbers,
    up: Numbers,
    down: Numbers,
    discount: Numbers,
    *,
    rate: Numbers = 1.0,
    ability: Numbers = 1.0,
    elasticity: Numbers = 1.0,
) -> Numbers:
    """Best output where the norm rises more readily than it falls.

    It rises by a share `up` of the excess and falls by a share `down` of the shortfall. The same as
    a concave kink at the norm: workers between the two outputs produce the norm exactly, and it
    stops moving. Units: norm-units. Errors: `BadInput` unless up >= down, discount < 1. Source:
    theorem in docs/explanation/theory.md, after Weitzman (1980).
    """
    restricted = ability * (rate * ratchet(up, discount)) ** elasticity
    unrestricted = ability * (rate * ratchet(down, discount)) ** elasticity
    return np.minimum(np.maximum(norm, restricted), unrestricted)


@declare(
    positive("norm", "Norm in force", "norm-units"),
    _UP,
    _DOWN,
    _DISCOUNT,
    _ELASTICITY,
    number("mean", "Mean output without a ratchet", "norm-units"),
    positive("sd", "Standard deviation of output without a ratchet", "norm-units"),
    title="Share of workers whom an asymmetric ratchet holds at the norm",
    formula="H0(q (1 + up/r)^eps) - H0(q (1 + down/r)^eps),  H0 normal",
    gives="share of workers",
    source=_KINK,
    relations=(_STEEPER_UP,),
)
def ratchet_bunching(
    norm: Numbers,
    up: Numbers,
    down: Numbers,
    discount: Numbers,
    *,
    elasticity: Numbers,
    mean: Numbers,
    sd: Numbers,
) -> Numbers:
    """Share of workers at exactly the norm, with no bonus there: the ratchet's own pile-up.

    The outputs that workers would choose without a ratchet are taken as normal. Units: share.
    Errors as in `asymmetric_ratchet`; 0 where up = down.
    """
    high = norm * np.asarray(ratchet(up, discount)) ** -np.asarray(elasticity)
    low = norm * np.asarray(ratchet(down, discount)) ** -np.asarray(elasticity)
    return np.asarray(ndtr((high - mean) / sd) - ndtr((low - mean) / sd))
