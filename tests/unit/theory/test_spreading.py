"""Diffusion and opinions against printed numbers, differential equations and iteration."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from stakhanov import theory

WEIGHTS = np.array([[0.6, 0.4, 0.0], [0.2, 0.6, 0.2], [0.0, 0.5, 0.5]])
OPINIONS = np.array([1.0, 2.0, 4.0])


def test_bass() -> None:
    assert theory.diffusion(0.03, 0.38, 10.0) == pytest.approx(0.812803, abs=5e-7)
    peak = theory.diffusion_peak(0.03, 0.38)
    assert peak == pytest.approx((6.192619, 0.460526), abs=5e-7)
    assert theory.diffusion(0.03, 0.38, peak.time) == pytest.approx(peak.share, rel=1e-12)


def test_bass_by_its_differential_equation() -> None:
    path = solve_ivp(
        lambda _, f: (0.03 + 0.38 * f) * (1 - f), (0, 10), [0.0], rtol=1e-10, atol=1e-12
    )
    assert theory.diffusion(0.03, 0.38, 10.0) == pytest.approx(path.y[0, -1], abs=1e-8)


def test_contagion() -> None:
    assert theory.contagion(0.5, 0.01, 10.0) == pytest.approx(0.599860, abs=5e-7)
    path = solve_ivp(lambda _, f: 0.5 * f * (1 - f), (0, 10), [0.01], rtol=1e-10, atol=1e-12)
    assert theory.contagion(0.5, 0.01, 10.0) == pytest.approx(path.y[0, -1], abs=1e-8)


def test_consensus() -> None:
    found = theory.consensus(WEIGHTS, OPINIONS)
    assert found.weights == pytest.approx([0.263158, 0.526316, 0.210526], abs=5e-7)
    assert found.limit == pytest.approx(2.157895, abs=5e-7)
    assert found.rate == pytest.approx(0.556155, abs=5e-7)


def test_consensus_by_iteration() -> None:
    opinions = np.linalg.matrix_power(WEIGHTS, 60) @ OPINIONS
    assert opinions == pytest.approx(np.full(3, 2.157895), abs=5e-7)


def test_media_pull_everybody_to_their_level() -> None:
    assert theory.media_opinion(WEIGHTS, 0.1, 2.0) == pytest.approx([2.0, 2.0, 2.0], rel=1e-12)
    media, told = 0.3, np.array([1.0, 2.0, 5.0])
    opinions = OPINIONS
    for _ in range(200):
        opinions = (1 - media) * WEIGHTS @ opinions + media * told
    assert theory.media_opinion(WEIGHTS, media, told) == pytest.approx(opinions, rel=1e-10)


def test_opinions_refuse_what_is_no_mean() -> None:
    with pytest.raises(ValueError, match="rows must be at least 0 and sum to 1"):
        theory.consensus(WEIGHTS * 1.1, OPINIONS)
    with pytest.raises(ValueError, match="must reach one consensus"):
        theory.consensus(np.eye(3), OPINIONS)
    with pytest.raises(ValueError, match="media: must lie above 0"):
        theory.media_opinion(WEIGHTS, 0.0, 1.0)


@pytest.mark.parametrize(("tolerance", "clusters"), [(0.6, 1), (0.5, 1), (0.24, 2), (0.15, 3)])
def test_clusters_of_opinion(tolerance: float, clusters: int) -> None:
    assert theory.opinion_clusters(tolerance) == clusters


def test_clusters_of_opinion_by_simulation() -> None:
    rng = np.random.default_rng(11)
    opinions = rng.random(400)
    for _ in range(60_000):
        one, other = rng.integers(400, size=2)
        if abs(opinions[one] - opinions[other]) < 0.2:
            opinions[one] = opinions[other] = (opinions[one] + opinions[other]) / 2
    ends = np.sort(opinions)
    sizes = np.diff(np.concatenate([[0], np.flatnonzero(np.diff(ends) > 0.05) + 1, [400]]))
    assert np.sum(sizes > 40) == theory.opinion_clusters(0.2)
