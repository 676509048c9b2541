"""Simulated reports: what is put in is in them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from stakhanov.evidence.simulated import Truth, fulfilments, simulated


@pytest.mark.parametrize(("jump", "bend"), [(0.0, 0.0), (0.8, 0.0), (0.5, -3.0), (-0.4, 2.0)])
def test_draws_follow_the_tilted_density(jump: float, bend: float) -> None:
    centre, noise = 0.95, 0.15

    def density(y: float) -> float:
        tilt = jump + bend * (y - 1.0) if y >= 1.0 else 0.0
        return float(norm.pdf(y, centre, noise) * np.exp(tilt))

    marks = [0.9, 1.0, 1.1, 1.2]
    whole = quad(density, 0.0, 1.0)[0] + quad(density, 1.0, 2.5)[0]
    luck = np.random.Generator(np.random.Philox(1))
    drawn = fulfilments(np.full(200_000, centre), Truth(jump=jump, bend=bend, noise=noise), luck)
    for mark in marks:
        expected = (
            quad(density, 0.0, min(mark, 1.0))[0] + quad(density, 1.0, max(mark, 1.0))[0]
        ) / whole
        assert np.mean(drawn < mark) == pytest.approx(expected, abs=4 * 0.5 / np.sqrt(200_000))


def test_norms_follow_reports_as_told() -> None:
    table = simulated(Truth(up=0.3, down=0.1), workers=50, periods=2, seed=1)
    first, second = table.filter(period=0), table.filter(period=1)
    excess = (first["reported"] / first["norm"] - 1.0).to_numpy()
    expected = 1.0 + np.where(excess > 0.0, 0.3, 0.1) * excess
    assert second["norm"].to_numpy() == pytest.approx(expected)


def test_small_shortfalls_are_padded_to_the_norm() -> None:
    table = simulated(Truth(padded=0.05), workers=500, periods=2, seed=2)
    reported, true = (table[name].to_numpy() for name in ("reported", "true"))
    short = (true < 1.0) & (true >= 0.95)
    assert short.any()
    assert np.all(reported[short] == 1.0)
    assert np.array_equal(reported[~short], true[~short])
