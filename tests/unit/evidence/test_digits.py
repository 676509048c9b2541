"""Digits: where laws hold they are not flagged, where they cannot hold the test says so."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import stakhanov
from stakhanov.evidence.digits import BENFORD, FIRST, LAST
from stakhanov.evidence.finding import Finding


def table(reported: np.ndarray, workers: int = 300) -> pl.DataFrame:
    n = reported.size
    return pl.DataFrame(
        {"worker": np.arange(n) % workers, "period": np.arange(n) // workers}
    ).with_columns(norm=pl.lit(1000.0), reported=pl.Series(reported))


def finding(frame: pl.DataFrame, test: str) -> Finding:
    return next(one for one in stakhanov.inspect(frame).findings if one.test == test)


def reason(frame: pl.DataFrame, test: str) -> str:
    return next(one.reason for one in stakhanov.inspect(frame).refused if one.test == test)


def test_benfords_shares() -> None:
    printed = [0.30103, 0.17609, 0.12494, 0.09691, 0.07918, 0.06695, 0.05799, 0.05115, 0.04576]
    assert pytest.approx(printed, abs=5e-6) == BENFORD


def test_powers_of_two_follow_benford() -> None:
    """Their leading digits are equidistributed on the logarithm's circle (Weyl 1916)."""
    leading = [float(f"{str(2**k)[0]}.{str(2**k)[1:16]}") for k in range(4, 3004)]
    powers = np.array([value * 10.0 ** (k % 4) for k, value in enumerate(leading)])
    found = finding(table(powers), FIRST)
    assert found.estimate < 0.002
    assert not found.unusual


def test_even_first_digits_are_found() -> None:
    luck = np.random.default_rng(1)
    even = luck.uniform(1.0, 10.0, 3000) * 10.0 ** luck.integers(0, 4, 3000)
    assert finding(table(even), FIRST).unusual


def test_even_last_digits_are_not_flagged_and_heaped_ones_are() -> None:
    luck = np.random.default_rng(2)
    counts = np.rint(luck.normal(1000.0, 150.0, 3000))
    honest = finding(table(counts), LAST)
    assert not honest.unusual
    assert honest.low < 0.0 < honest.high
    heaped = np.where(luck.random(3000) < 0.2, np.rint(counts / 5) * 5, counts)
    found = finding(table(heaped), LAST)
    assert found.unusual
    assert found.low < 0.2 * 0.8 < found.high  # a fifth goes to 0 or 5, a fifth of those was there


def test_a_stubborn_worker_is_one_worker() -> None:
    """One of thirty always reports the same figure: that is one habit, not a hundred."""
    luck = np.random.default_rng(3)
    counts = np.rint(luck.normal(1000.0, 150.0, 3000))
    counts[np.arange(3000) % 30 == 0] = 1230.0
    assert not finding(table(counts, workers=30), LAST).unusual


@pytest.mark.parametrize(
    ("reported", "test", "said"),
    [
        (np.linspace(0.5, 1.5, 400) ** 2, LAST, "are no counts of a unit"),
        (np.arange(100.0) + 500.0, LAST, "needs 200 reports; there are 100"),
        (np.arange(400.0) % 40 + 1.0, LAST, "needs reports of three figures"),
        (np.arange(400.0) % 7 + 1000.0, LAST, "lie too close together"),
        (np.arange(400.0) + 800.0, FIRST, "two powers of ten; these span 0.2"),
        (np.arange(100.0) + 1.0, FIRST, "needs 200 reports above zero; there are 100"),
    ],
)
def test_where_a_law_cannot_hold_the_reason_is_told(
    reported: np.ndarray, test: str, said: str
) -> None:
    assert said in reason(table(reported), test)
