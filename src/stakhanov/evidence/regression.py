"""Least squares with period effects, errors by cluster, and honest draws for small numbers of clusters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stakhanov.evidence.sample import TABLES, Numbers, Whole

#: Signs of six points for few clusters (Webb 2014); two signs repeat themselves below a dozen.
WEBB = np.array([-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)])


@dataclass(frozen=True)
class Fit:
    """Coefficients of a regression, their covariance by cluster, and the sums that honest draws need."""

    coefficients: Numbers
    covariance: Numbers
    clusters: int
    terms: Numbers
    outcome: Numbers
    cluster: Whole

    @property
    def errors(self) -> Numbers:
        """Standard errors by cluster."""
        found: Numbers = np.sqrt(np.maximum(np.diag(self.covariance), 0.0))
        return found


def within(values: Numbers, period: Whole) -> Numbers:
    """Values less the mean of their period: what everybody shares drops out."""
    _, place = np.unique(period, return_inverse=True)
    count = np.bincount(place)
    columns = values if values.ndim == 2 else values[:, None]
    means = np.column_stack([np.bincount(place, column) / count for column in columns.T])
    rest: Numbers = columns - means[place]
    return rest if values.ndim == 2 else rest[:, 0]


def regression(outcome: Numbers, terms: Numbers, cluster: Whole) -> Fit:
    """Least squares with the sandwich of Liang and Zeger (1986), times G/(G - 1)."""
    inverse = np.linalg.pinv(terms.T @ terms)
    found = inverse @ (terms.T @ outcome)
    _, number = np.unique(cluster, return_inverse=True)
    clusters = int(number.max(initial=-1)) + 1
    scores = by_cluster(terms * (outcome - terms @ found)[:, None], number, clusters)
    middle = scores.T @ scores * (clusters / max(clusters - 1, 1))
    return Fit(found, inverse @ middle @ inverse, clusters, terms, outcome, number)


def by_cluster(rows: Numbers, number: Whole, clusters: int) -> Numbers:
    """Sums of rows by cluster."""
    return np.column_stack([np.bincount(number, column, minlength=clusters) for column in rows.T])


def honest_statistics(
    fit: Fit, place: int, luck: np.random.Generator, tables: int = TABLES
) -> Numbers:
    """The statistic of one coefficient in honest tables, in standard errors.

    The wild cluster bootstrap with the coefficient held at zero (Cameron, Gelbach and Miller 2008): what is
    left over of each cluster changes its sign and size together.
    """
    others = np.delete(fit.terms, place, axis=1)
    held = np.linalg.pinv(others) @ fit.outcome if others.shape[1] else np.zeros(0)
    rest = fit.outcome - others @ held if others.shape[1] else fit.outcome
    inverse = np.linalg.pinv(fit.terms.T @ fit.terms)
    scores = by_cluster(fit.terms * rest[:, None], fit.cluster, fit.clusters)
    size = fit.terms.shape[1]
    pairs = fit.terms[:, :, None] * fit.terms[:, None, :]
    squares = by_cluster(pairs.reshape(len(pairs), -1), fit.cluster, fit.clusters)
    squares = squares.reshape(fit.clusters, size, size)
    signs = luck.choice(WEBB, size=(tables, fit.clusters))
    moved = signs @ scores @ inverse  # how far the coefficients come from what was held
    left = signs[:, :, None] * scores - np.einsum("gkl,rl->rgk", squares, moved, optimize=True)
    spread = np.einsum("rgk,k->rg", left, inverse[place])
    error = np.sqrt(fit.clusters / max(fit.clusters - 1, 1) * (spread**2).sum(axis=1))
    found: Numbers = moved[:, place] / np.maximum(error, 1e-300)
    return found
