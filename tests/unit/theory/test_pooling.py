"""Hiding among the less able, against its printed example and an explicit two-period game."""

from __future__ import annotations

import pytest

from stakhanov import theory


def test_published_example() -> None:
    assert theory.pooling_ratio(0.9) == pytest.approx(1.9, abs=1e-12)
    assert theory.pooling_gains(1.0, 1.89, 0.9) == pytest.approx((0.20955, 0.211905), abs=5e-6)
    assert theory.pooling_gains(1.0, 1.91, 0.9) == pytest.approx((0.216780, 0.214398), abs=5e-7)


@pytest.mark.parametrize(("rate", "value", "discount"), [(1.0, 1.0, 0.9), (0.8, 1.1, 0.5)])
def test_loss_and_gain_by_playing_the_game(rate: float, value: float, discount: float) -> None:
    low, high = 1.0, 1.6

    def first(ability: float, output: float) -> float:
        return rate * output - output**2 / (2 * ability)

    quota = value * low
    rent = quota**2 / (2 * low) - quota**2 / (2 * high)
    gains = theory.pooling_gains(low, high, discount, value, rate)
    honest, hidden = first(high, rate * high), first(high, rate * low)
    assert gains.loss == pytest.approx(honest - hidden, rel=1e-12)
    assert gains.gain == pytest.approx(discount * rent, rel=1e-12)


def test_competition_ends_hiding() -> None:
    assert theory.pooling_ratio(0.0) == 1.0


@pytest.mark.parametrize(("rate", "value", "discount"), [(1.0, 1.0, 0.9), (0.8, 1.1, 0.5)])
def test_at_the_ratio_hiding_neither_gains_nor_loses(
    rate: float, value: float, discount: float
) -> None:
    ratio = float(theory.pooling_ratio(discount, value, rate))
    gains = theory.pooling_gains(1.0, ratio, discount, value, rate)
    assert gains.gain == pytest.approx(gains.loss, rel=1e-12)


def test_the_employer_keeps_the_low_quota_while_the_able_are_few() -> None:
    """Profits of both quotas, worked out from the cost of each type."""
    low, high, value = 1.0, 1.6, 1.3

    def profit(quota: float, ability: float) -> float:
        return value * quota - quota**2 / (2 * ability)  # the type is paid just its cost

    limit = float(theory.pooling_share(low, high))
    everybody = profit(value * low, low)
    assert (limit - 0.01) * profit(value * high, high) < everybody
    assert (limit + 0.01) * profit(value * high, high) > everybody
