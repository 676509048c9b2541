"""How news, habits and aspirations spread through a workforce."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stakhanov.theory.forms import Relation, declare
from stakhanov.theory.parameters import Array, Numbers, at_least, open_share, positive

_BASS = "Bass (1969), Management Science 15:215-227"
_INNOVATION = positive("innovation", "Rate p of those who start by themselves", "per unit of time")
_IMITATION = at_least(0, "imitation", "Rate q of those who follow others", "per unit of time")
_TIME = at_least(0, "time", "Time since the start", "units of time")


class Peak(NamedTuple):
    """When most people take something up, and the share reached by then."""

    time: Numbers
    share: Numbers


class Consensus(NamedTuple):
    """Where opinions settle.

    Everybody's weight in it, the common value, and how fast the rest dies off.
    """

    weights: Array
    limit: float
    rate: float


@declare(
    _INNOVATION,
    _IMITATION,
    _TIME,
    title="Share reached by a spreading novelty (Bass)",
    formula="F(t) = (1 - e^(-(p+q)t)) / (1 + (q/p) e^(-(p+q)t))",
    gives="share reached",
    source=_BASS,
)
def diffusion(innovation: Numbers, imitation: Numbers, time: Numbers) -> Numbers:
    """Share of people reached after some time, from none at the start.

    Units: share; rates per unit of `time`. Errors: `BadInput` unless innovation > 0, imitation and
    time >= 0. Source: Bass (1969).
    """
    gone = -np.expm1(-(innovation + imitation) * time)
    reached: Array = innovation * gone / (innovation + imitation * (1.0 - gone))
    return reached


@declare(
    _INNOVATION,
    _IMITATION,
    title="When a novelty spreads fastest",
    formula="t* = ln(q/p)/(p+q);  F(t*) = (1 - p/q)/2",
    gives="{time, share reached by then}",
    source=_BASS,
    relations=(
        Relation("imitation", "must be above innovation", ("innovation",), lambda q, p: q > p),
    ),
)
def diffusion_peak(innovation: Numbers, imitation: Numbers) -> Peak:
    """Time of the most new followers, and the share reached by then.

    Errors: `BadInput` unless imitation > innovation > 0 (else the peak is at the start). Source:
    Bass (1969).
    """
    time = np.log(imitation / innovation) / (innovation + imitation)
    return Peak(time, 0.5 * (1.0 - innovation / imitation))


@declare(
    positive("contact", "Rate at which the reached reach others", "per unit of time"),
    open_share("start", "Share reached at the start"),
    _TIME,
    title="Share reached by word of mouth alone",
    formula="F(t) = 1/(1 + (1/i0 - 1) e^(-b t))",
    gives="share reached",
    source=(
        "Kermack and McKendrick (1927), Proceedings of the Royal Society A 115:700-721, "
        "without recovery"
    ),
)
def contagion(contact: Numbers, start: Numbers, time: Numbers) -> Numbers:
    """Share of people reached by word of mouth from a first few (logistic).

    Errors: `BadInput` unless contact > 0, 0 < start < 1, time >= 0. Source: the SI model.
    """
    return 1.0 / (1.0 + (1.0 / start - 1.0) * np.exp(-contact * time))


@declare(
    open_share("tolerance", "Largest difference of opinion at which two listen to one another"),
    title="Clusters of opinion under bounded confidence",
    formula="max(1, floor(1/(2 epsilon)))",
    gives="number of clusters, a rule of thumb",
    source="Deffuant, Neau, Amblard and Weisbuch (2000), Advances in Complex Systems 3:87-98",
)
def opinion_clusters(tolerance: Numbers) -> Numbers:
    """About how many clusters of opinion remain on [0, 1].

    People listen only to those within `tolerance`. A rule of thumb from simulations, not a theorem;
    small clusters at the edges are not counted. Errors: `BadInput` unless 0 < tolerance < 1.
    Source: Deffuant and others (2000).
    """
    return np.maximum(np.floor(1.0 / (2.0 * np.asarray(tolerance))), 1.0)


def consensus(weights: Array, opinions: Array) -> Consensus:
    """Where opinions settle when each becomes a weighted mean of others': ``x' = W x``.

    `weights` is square, its rows sum to 1 (1e-9); the common limit is ``pi' x0`` with pi the left
    eigenvector of the eigenvalue 1, and the rest dies off at the modulus of the second eigenvalue
    per step. Raises ``ValueError`` where rows do not sum to 1 or no single consensus exists.
    Source: DeGroot (1974).
    """
    matrix = np.asarray(weights, dtype=np.float64)
    if not np.allclose(matrix.sum(axis=1), 1.0, rtol=0.0, atol=1e-9) or (matrix < 0.0).any():
        raise ValueError("weights: rows must be at least 0 and sum to 1")
    values, vectors = np.linalg.eig(matrix.T)
    order = np.argsort(-np.abs(values))
    second = float(np.abs(values[order[1]])) if values.size > 1 else 0.0
    if second > 1.0 - 1e-12:
        raise ValueError(
            "weights: opinions must reach one consensus; several eigenvalues have modulus 1"
        )
    pull = np.real(vectors[:, order[0]])
    pull = pull / pull.sum()
    return Consensus(pull, float(pull @ np.asarray(opinions, dtype=np.float64)), second)


def media_opinion(weights: Array, media: Numbers, level: Numbers) -> Array:
    """Where opinions settle when everybody also gives a weight `media` to a published level.

    ``x = (I - (1 - mu) W)^-1 mu m``: the published level itself where it is the same for all; the
    distance shrinks by ``1 - mu`` per step. `level` may differ between people. Raises
    ``ValueError`` unless 0 < media <= 1. Source: DeGroot (1974) with a stubborn source.
    """
    matrix = np.asarray(weights, dtype=np.float64)
    share = np.broadcast_to(np.asarray(media, dtype=np.float64), matrix.shape[:1])
    if not ((share > 0.0) & (share <= 1.0)).all():
        raise ValueError("media: must lie above 0 and at most at 1")
    told = share * np.broadcast_to(np.asarray(level, dtype=np.float64), matrix.shape[:1])
    return np.asarray(
        np.linalg.solve(np.eye(matrix.shape[0]) - (1.0 - share)[:, None] * matrix, told)
    )
