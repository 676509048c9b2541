"""What moments tell of unknowns: how sure each is, which cannot be told apart, and whether the model fits.

The method of moments with stated weights (Hansen 1982, Econometrica 50, 1029; with simulated moments McFadden
1989, Econometrica 57, 995): each moment is weighed by its own variance, and the covariance of the estimates is
the sandwich, which holds for any weights. The test of fit for any weights is Newey's (1985, Journal of
Econometrics 29, 229). Which moment an estimate leans
on: Andrews, Gentzkow and Shapiro (2017, Quarterly Journal of Economics 132, 1553). Which stand for each other:
the condition index of Belsley, Kuh and Welsch (1980, Regression Diagnostics, chapter 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc, stdtrit

Numbers = NDArray[np.float64]

#: A 95 % interval as wide as the range that was asked about tells nothing.
UNTOLD = 1.0
#: Slopes so small beside the largest are those of rounding.
FLAT = 1e-9
#: Slopes with a condition index from here on stand for each other, however sure rounding makes them look.
CONDITION = 30.0
#: A trait belongs to a direction that is not told if it has so much of it.
PART = 0.3
LEVEL = 0.95


@dataclass(frozen=True)
class Fit:
    """The test of whether the model fits at all; no number where too few workers could tell."""

    statistic: float
    degrees: int
    chance: float
    reason: str = ""


@dataclass(frozen=True)
class Told:
    """What moments tell of the unknowns, in shares of their ranges."""

    covariance: Numbers
    half: Numbers  # of the 95 % intervals
    leaning: (
        Numbers  # unknowns by moments: standard errors of the moment times what it moves, in errors
    )
    hardly: tuple[int, ...]  # move too little to be told
    entangled: tuple[tuple[int, ...], ...]  # sets that cannot be told apart
    fit: Fit


def told_by(
    slopes: Numbers, misfit: Numbers, covariance: Numbers, root: Numbers, lots: int
) -> Told:
    """What is told of unknowns by moments.

    `slopes`: moments by unknowns, over a whole range of each; `misfit`: model less data; `covariance`: of
    misfits, from other workers and other luck; `root`: of the weight of each moment; `lots`: of workers behind
    the data.
    """
    bread = root[:, None] * slopes
    spread = covariance * np.outer(root, root)
    leaning = _leaning(bread)
    found = leaning @ spread @ leaning.T
    errors = np.sqrt(np.maximum(np.diag(found), 1e-300))
    students = float(stdtrit(max(lots - 1, 1), 0.5 + LEVEL / 2.0))
    hardly, entangled = _untold(bread, spread, found, students)
    return Told(
        covariance=found,
        half=students * errors,
        leaning=-leaning * root * np.sqrt(np.diag(covariance)) / errors[:, None],
        hardly=hardly,
        entangled=entangled,
        fit=_fit(bread, spread, root * misfit, lots),
    )


def _leaning(bread: Numbers) -> Numbers:
    """How estimates answer to moments: the inverse of slopes.

    A direction that moves nothing at all keeps a slope next to nothing, so that its error is vast. The inverse
    of Moore and Penrose would call it known.
    """
    left, sizes, right = np.linalg.svd(bread, full_matrices=False)
    least = max(FLAT * float(sizes.max(initial=0.0)), 1e-12)
    found: Numbers = (right.T / np.maximum(sizes, least)) @ left.T
    return found


def _untold(
    bread: Numbers, spread: Numbers, covariance: Numbers, students: float
) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    """Unknowns that move too little even if all others were known, and sets that stand for each other."""
    own = np.einsum("mk,mk->k", bread, bread)
    noise = np.einsum("mk,mn,nk->k", bread, spread, bread)
    alone = np.sqrt(noise) / np.maximum(own, 1e-300)
    hardly = tuple(np.flatnonzero(~(2.0 * students * alone < UNTOLD)).tolist())
    rest = [place for place in range(bread.shape[1]) if place not in hardly]
    entangled = _collinear(bread[:, rest])
    values, vectors = np.linalg.eigh(_of(bread, spread, rest) if hardly else covariance)
    for value, vector in zip(values, vectors.T, strict=True):
        if 2.0 * students * np.sqrt(max(value, 0.0)) >= UNTOLD:
            entangled.append(_parts(vector))
    named = dict.fromkeys(tuple(rest[place] for place in one) for one in entangled if len(one) > 1)
    return hardly, tuple(named)


def _collinear(slopes: Numbers) -> list[tuple[int, ...]]:
    """Sets of unknowns whose slopes differ in size alone, within the grain of simulated reports."""
    sizes = np.linalg.norm(slopes, axis=0)
    if not sizes.size:
        return []
    _, values, vectors = np.linalg.svd(slopes / np.maximum(sizes, 1e-300), full_matrices=False)
    return [
        _parts(vector)
        for value, vector in zip(values, vectors, strict=True)
        if CONDITION * value <= values[0]
    ]


def _parts(direction: Numbers) -> tuple[int, ...]:
    return tuple(np.flatnonzero(np.abs(direction) >= PART).tolist())


def _of(bread: Numbers, spread: Numbers, some: list[int]) -> Numbers:
    """The covariance of some unknowns, if the others were known."""
    leaning = _leaning(bread[:, some])
    found: Numbers = leaning @ spread @ leaning.T
    return found


def _fit(bread: Numbers, spread: Numbers, misfit: Numbers, lots: int) -> Fit:
    """What the unknowns leave of the misfit, against what chance would leave.

    The covariance is that of so many lots of workers: the statistic has the law of Hotelling (1931, Annals
    of Mathematical Statistics 2, 360).
    """
    moments = len(bread)
    degrees = moments - int(np.linalg.matrix_rank(bread))
    if lots < 2 * moments:
        reason = (
            f"{lots} workers or lots of them are too few beside {moments} moments to test the fit"
        )
        return Fit(np.nan, degrees, np.nan, reason)
    left = np.eye(moments) - bread @ np.linalg.pinv(bread)
    values, vectors = np.linalg.eigh(left @ spread @ left.T)
    kept = np.argsort(values)[::-1][:degrees]
    along = vectors[:, kept].T @ (left @ misfit)
    statistic = float(np.sum(along**2 / np.maximum(values[kept], 1e-300)))
    rest = lots - degrees
    chance = (
        fdtrc(degrees, rest, statistic * rest / (degrees * (lots - 1.0))) if degrees else np.nan
    )
    return Fit(statistic, degrees, float(chance))
