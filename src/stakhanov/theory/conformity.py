"""Workers who look at their mates: conformity, and pressure on the slow alone."""

from __future__ import annotations

import numpy as np

from stakhanov.theory.forms import declare
from stakhanov.theory.parameters import Array, Numbers, at_least, number, share

_SOURCE = (
    "Mas and Moretti (2009), American Economic Review 99:112-145; linear-in-means, derived here"
)
_PSI = at_least(0, "psi", "Cost of standing out, relative to the cost of effort")
_STEPS = 200


@declare(
    share("slope", "Rise of own effort per unit rise of mates' effort", below_one=True),
    title="Conformity that a slope on peers implies",
    formula="slope = psi/(1 + psi), so psi = slope/(1 - slope)",
    gives="psi",
    source=_SOURCE,
)
def peers(slope: Numbers) -> Numbers:
    """Weight on conformity that makes own effort follow the mates' mean with this slope.

    Cost of standing out ``psi c (e - ebar)^2/2`` beside ``c (e - e0)^2/2``. Units: none. Errors:
    `BadInput` unless 0 <= slope < 1. Source: linear-in-means best response; slope .15 in Mas and
    Moretti (2009).
    """
    return slope / (1.0 - slope)


@declare(
    number("own", "Effort chosen alone, e0", "effort"),
    number("mates", "Mean effort of the mates", "effort"),
    _PSI,
    title="Effort beside mates",
    formula="e = (e0 + psi ebar)/(1 + psi)",
    gives="effort",
    source=_SOURCE,
)
def peer_response(own: Numbers, mates: Numbers, psi: Numbers) -> Numbers:
    """Best effort of one who would choose `own` alone and dislikes to differ from the mates' mean.

    Errors: `BadInput` unless psi >= 0. Source: linear-in-means.
    """
    return (own + psi * mates) / (1.0 + psi)


def brigade_effort(own: Array, psi: Numbers) -> Array:
    """Efforts in a brigade where everybody conforms to its mean.

    The mean stays, the spread shrinks by 1/(1 + psi). `own` holds the efforts chosen alone along
    its last axis. Conformity redistributes effort, it does not raise it.
    """
    alone = np.asarray(own, dtype=np.float64)
    return np.asarray(peer_response(alone, alone.mean(axis=-1, keepdims=True), psi))


def pressed_brigade_effort(own: Array, psi: float) -> Array:
    """Efforts where only those below the mean feel it: the mean rises, through the slow.

    The fixed point by repeated best response (a contraction: each step moves the mean by less than
    psi/(1 + psi) of the step before), to 1e-12 or 200 steps. `own` along its last axis. Source: the
    pattern of Falk and Ichino (2006) and Mas and Moretti (2009).
    """
    alone = np.asarray(own, dtype=np.float64)
    efforts = alone
    for _ in range(_STEPS):
        mean = efforts.mean(axis=-1, keepdims=True)
        moved = np.where(alone < mean, np.asarray(peer_response(alone, mean, psi)), alone)
        if np.max(np.abs(moved - efforts), initial=0.0) < 1e-12:
            break
        efforts = moved
    return moved
