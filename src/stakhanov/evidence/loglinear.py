"""Log-linear Poisson curves through counts, many tables at once, with errors by cluster."""

from __future__ import annotations

import numpy as np

from stakhanov.evidence.sample import Numbers

#: Keeps a coefficient finite where one side of a line is empty; too small to matter elsewhere.
RIDGE = 1e-3
STEPS = 40


def fit(totals: Numbers, design: Numbers) -> tuple[Numbers, Numbers]:
    """Coefficients and fitted counts of ln mu = design @ coefficients, for every row of counts.

    Maximum likelihood by Newton steps from a weighted least-squares start; `design` is bins by terms, the
    first term the constant.
    """
    counts = np.atleast_2d(totals)
    terms = design.shape[1]
    penalty = RIDGE * np.eye(terms)
    penalty[0, 0] = 0.0
    eta = np.log(counts + 0.5)
    found = np.zeros((counts.shape[0], terms))
    for _ in range(STEPS):
        mu = np.exp(eta)
        weighted = mu * eta + counts - mu
        left = np.einsum("rj,jk,jl->rkl", mu, design, design, optimize=True) + penalty
        right = weighted @ design
        before, found = found, np.linalg.solve(left, right[..., None])[..., 0]
        eta = np.clip(found @ design.T, -30.0, 30.0)
        if np.max(np.abs(found - before)) < 1e-8:
            break
    return found, np.exp(eta)


def errors(tables: Numbers, mu: Numbers, design: Numbers) -> Numbers:
    """Standard errors of the coefficients, by cluster, for tables by clusters by bins.

    The sandwich of Liang and Zeger (1986) with the factor G/(G - 1); a cluster's score is its counts less
    its share of the fitted ones.
    """
    many = tables if tables.ndim == 3 else tables[None]
    fitted = np.atleast_2d(mu)
    penalty = RIDGE * np.eye(design.shape[1])
    inverse = np.linalg.inv(
        np.einsum("rj,jk,jl->rkl", fitted, design, design, optimize=True) + penalty
    )
    share = many.sum(axis=2) / many.sum(axis=(1, 2))[:, None]
    scores = many @ design - share[..., None] * (fitted @ design)[:, None, :]
    middle = np.einsum("rgk,rgl->rkl", scores, scores, optimize=True)
    clusters = (many.sum(axis=2) > 0).sum(axis=1)
    factor = clusters / np.maximum(clusters - 1, 1)
    spread = factor[:, None, None] * (inverse @ middle @ inverse)
    found: Numbers = np.sqrt(np.maximum(np.diagonal(spread, axis1=1, axis2=2), 0.0))
    return found


def powers(places: Numbers, degree: int) -> Numbers:
    """The constant and the powers of scaled places up to a degree, as columns."""
    return places[:, None] ** np.arange(degree + 1)
