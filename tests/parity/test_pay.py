"""Compiled pay is that of settlement to the minor unit, for any rules and any reports of one segment."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.campaign.settle import LARGEST, Mark, PayTerms, pay_of, work_of
from stakhanov.engine.backends.cpu import Cpu
from tests.properties.generators import terms


@given(terms(), st.integers(1, 31), st.integers(0, 2**32 - 1))
def test_pay_is_the_same(rules: PayTerms, shifts: int, seed: int) -> None:
    """Among the reports are those exactly at every step and mark, and one thousandth to either side."""
    draw = np.random.default_rng(seed)
    at = [*rules.starts, *(mark.at for mark in rules.bonuses + rules.thresholds)]
    edges = np.array([-(-place * shifts // 1000) for place in at], np.int64)
    reported = np.concatenate([edges - 1, edges, edges + 1, draw.integers(0, 3000 * shifts, 50)])
    reported = np.clip(reported, 0, None).astype(np.int32)
    price = draw.integers(1, 10**7, reported.size)
    prizes = draw.integers(0, 10**6, reported.size) * (draw.random(reported.size) < 0.3)
    mine = Cpu().pay(rules, reported, shifts, price, prizes)
    assert np.array_equal(mine, pay_of(rules, work_of(reported, shifts, price), prizes))


def plain(rates: tuple[int, ...]) -> PayTerms:
    starts = tuple(250_000 * i for i in range(len(rates)))
    none: tuple[Mark, ...] = ()
    return PayTerms(1000, 0, starts, rates, (0,) * len(rates), 0, none, none, False, 0)


def test_what_does_not_fit_into_64_bits_is_refused_alike() -> None:
    one = np.ones(1, np.int64)
    for rules, reported, price in (
        (plain((10**15,)), 10**6, 1),
        (plain((10**9,)), 10**6, LARGEST // 10**4),
    ):
        given = np.array([reported], np.int32)
        with pytest.raises(OverflowError):
            pay_of(rules, work_of(given, 1, price * one))
        with pytest.raises(OverflowError):
            Cpu().pay(rules, given, 1, price * one, 0 * one)


def test_nobody_is_paid_nothing() -> None:
    empty = np.zeros(0, np.int64)
    assert Cpu().pay(plain((10**6,)), empty.astype(np.int32), 25, empty, empty).size == 0
