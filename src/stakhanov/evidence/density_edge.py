"""Densities on both sides of a line, from polynomials through the cumulative distribution.

Cattaneo, Jansson and Ma (2020): no bins are needed, and the edge of the data does no harm. A second way to the
first test's answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stakhanov.evidence.loglinear import powers
from stakhanov.evidence.sample import Flags, Numbers, Whole

DEGREE = 3


@dataclass(frozen=True)
class Edges:
    """Densities just left and right of a line, and the error of their difference."""

    left: float
    right: float
    error: float

    @property
    def statistic(self) -> float:
        """The difference in standard errors; not a number where it has none."""
        return (self.right - self.left) / self.error if self.error > 0.0 else float("nan")


def edge_densities(
    values: Numbers,
    at: float,
    widths: tuple[float, float],
    *,
    degree: int = DEGREE,
    cluster: Whole | None = None,
) -> Edges:
    """Densities left and right of `at`, from the slope of a local polynomial through the distribution.

    `widths`: how far the fit looks to each side; nearer values weigh more (a triangle). A value at the line
    belongs to its right. Errors are by cluster, or as if all values were independent.
    """
    ordered = np.sort(values)
    rank = np.searchsorted(ordered, values, side="right") - 1.0
    share = rank / (values.size - 1)
    sides = (values < at, values >= at)
    slopes, moves = [], []
    for side, width in zip(sides, widths, strict=True):
        pull = _pull(values - at, side & (np.abs(values - at) < width), width, degree)
        slopes.append(float(pull @ share))
        moves.append(_moves(values, pull, share))
    return Edges(slopes[0], slopes[1], _error(moves[1] - moves[0], cluster))


def _pull(away: Numbers, near: Flags, width: float, degree: int) -> Numbers:
    """What each value's place in the distribution counts for in the slope at the line."""
    weight = np.where(near, 1.0 - np.abs(away) / width, 0.0)
    terms = powers(away / width, degree)
    inverse = np.linalg.pinv(terms.T @ (terms * weight[:, None]))
    found: Numbers = (terms * weight[:, None]) @ inverse[1] / width
    return found


def _moves(values: Numbers, pull: Numbers, share: Numbers) -> Numbers:
    """How far each value moves the slope: all places at or above it rise by its presence."""
    order = np.argsort(values, kind="stable")
    above = np.cumsum(pull[order][::-1])[::-1]
    first = np.searchsorted(values[order], values[order], side="left")
    moved = np.empty_like(values)
    moved[order] = above[first]
    found: Numbers = (moved - float(pull @ share)) / values.size
    return found


def _error(moves: Numbers, cluster: Whole | None) -> float:
    sums = moves if cluster is None else np.bincount(cluster, moves)
    rest = sums - sums.mean()
    return float(np.sqrt(rest.size / max(rest.size - 1, 1) * (rest @ rest)))
