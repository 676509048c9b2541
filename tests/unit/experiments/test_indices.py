"""Effects and shares, against functions whose answers are known in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytest.importorskip("SALib", reason="the extra `sensitivity` is not installed")

from stakhanov.experiments.indices import Values, effects, shares

# Ishigami and Homma 1990 with a = 7, b = 0.1: V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2 = 13.844588,
# V1 = (1 + b pi^4/5)^2/2, V2 = a^2/8, V13 = b^2 pi^8 (1/18 - 1/50).
FIRST = (0.313905, 0.442411, 0.0)
TOTAL = (0.557589, 0.442411, 0.243684)


def ishigami(points: Values) -> Values:
    x = math.pi * (2.0 * points - 1.0)
    value = np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return np.stack([value, -value + 100.0], axis=1)


def test_shares_of_ishigami_are_those_of_its_closed_form() -> None:
    one, other = shares(ishigami, 3, 4096)
    assert [part.first.mean for part in one] == pytest.approx(FIRST, abs=2e-3)
    assert [part.total.mean for part in one] == pytest.approx(TOTAL, abs=2e-3)
    for part, first, total in zip(one, FIRST, TOTAL, strict=True):
        assert part.first.low < first < part.first.high
        assert part.total.low < total < part.total.high
    assert [part.total.mean for part in other] == pytest.approx(TOTAL, abs=2e-3)


def test_effects_of_ishigami_are_those_of_its_four_levels() -> None:
    """By hand: sin^2 at -pi, -pi/3, pi/3, pi is 0, 3/4, 3/4, 0, and steps are 2/3 of the range."""
    [first, second, third], _ = effects(ishigami, 3, 400)
    assert second.size.mean == pytest.approx(7.0 * 0.75 / (2 / 3))
    assert second.spread > 7.0
    up = math.sin(math.pi / 3) / (2 / 3)
    fourth = 0.1 * (math.pi**4 + (math.pi / 3) ** 4) / 2
    assert first.size.low < up * (1.0 + fourth) < first.size.high
    across = 0.1 * (math.pi**4 - (math.pi / 3) ** 4) / (2 / 3)
    assert third.size.low < across * math.sin(math.pi / 3) / 2 < third.size.high
    assert abs(third.mean) < 1.0 < third.size.mean


def test_a_plane_has_one_effect_everywhere() -> None:
    [found] = effects(lambda points: points @ np.array([[3.0], [-4.0], [0.0]]), 3, 4)
    assert [one.mean for one in found] == pytest.approx([3.0, -4.0, 0.0])
    assert [one.size.mean for one in found] == pytest.approx([3.0, 4.0, 0.0])
    assert [one.spread for one in found] == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)
    [parts] = shares(lambda points: points @ np.array([[3.0], [-4.0], [0.0]]), 3, 512)
    assert [one.total.mean for one in parts] == pytest.approx([0.36, 0.64, 0.0], abs=0.01)


def test_what_does_not_move_has_no_shares() -> None:
    [parts] = shares(lambda points: np.ones((len(points), 1)), 2, 8)
    assert all(math.isnan(one.first.mean) and math.isnan(one.total.mean) for one in parts)
    [found] = effects(lambda points: np.ones((len(points), 1)), 2, 4)
    assert [one.size.mean for one in found] == [0.0, 0.0]


def test_more_points_begin_with_the_points_of_few() -> None:
    seen: list[Values] = []

    def watched(points: Values) -> Values:
        seen.append(points)
        return ishigami(points)

    for samples in (8, 16):
        shares(watched, 3, samples)
    for trajectories in (2, 4):
        effects(watched, 3, trajectories)
    for few, many in (seen[:2], seen[2:]):
        assert np.array_equal(few, many[: len(few)])
