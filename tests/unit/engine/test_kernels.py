"""The arithmetic under the rules, against SciPy and published vectors."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import log_ndtr, ndtr
from scipy.stats import kstest

from stakhanov.engine.compile import twin
from stakhanov.engine.draws import Key, Luck, Purpose
from stakhanov.engine.kernels import single, tails
from stakhanov.engine.kernels.threefry import threefry, unit


def test_exp_is_right_to_the_last_places_and_never_nought() -> None:
    x = np.linspace(-86, 87, 20001).astype(np.float32)
    assert np.max(np.abs(single.exp(x) / np.exp(x.astype(float)) - 1.0)) < 2e-7
    far = single.exp(np.array([-1e30, -1000.0, 1000.0], np.float32))
    assert np.all((far > 0.0) & np.isfinite(far))


def test_log_is_right_over_the_whole_range() -> None:
    x = np.exp(np.linspace(-80, 80, 20001)).astype(np.float32)
    assert np.max(np.abs(single.log(x) - np.log(x.astype(float)))) < 8e-6
    near = np.linspace(0.5, 2.0, 5001).astype(np.float32)
    assert np.max(np.abs(single.log(near) - np.log(near.astype(float)))) < 1e-7
    assert np.isfinite(single.log(np.zeros(1, np.float32)))[0]


@pytest.mark.parametrize("convert", [lambda f: f, twin])
def test_mills_ratio_over_the_whole_range(convert) -> None:
    z = np.linspace(0.0, 300.0, 30001).astype(np.float32)
    exact = np.exp(log_ndtr(-z.astype(float)) + z.astype(float) ** 2 / 2 + 0.5 * np.log(2 * np.pi))
    assert np.max(np.abs(convert(tails.mills)(z) / exact - 1.0)) < 1.2e-6


@pytest.mark.parametrize("convert", [lambda f: f, twin])
def test_point_beyond_which_a_share_remains(convert) -> None:
    z = np.linspace(0.0, 300.0, 30001)
    left = np.maximum(-log_ndtr(-z), np.log(2.0)).astype(np.float32)
    assert np.max(np.abs(convert(tails.quantile_beyond)(left) - z) / (1.0 + z)) < 1e-5


def test_normal_share() -> None:
    z = np.linspace(-12, 12, 2001)
    assert np.max(np.abs(tails.normal_share(z) - ndtr(z))) < 4e-7


def test_threefry_gives_the_published_words() -> None:
    """Random123's known answers: threefry4x32, 13 rounds, key and counter of noughts."""
    zero = np.zeros(1, np.uint32)
    found = threefry(zero, zero, zero, zero, (np.uint32(0), np.uint32(0)))
    assert [int(word[0]) for word in found] == [0x531C7E4F, 0x39491EE5, 0x2C855A92, 0x3D6ABF9A]


def test_draws_belong_to_who_when_and_what_for() -> None:
    people = np.arange(1000, dtype=np.uint32)
    one = Luck(Key.of(5)).words(people, 3, Purpose.SHIFT, 7)
    assert all(
        np.array_equal(a[::-1], b)
        for a, b in zip(one, Luck(Key.of(5)).words(people[::-1], 3, Purpose.SHIFT, 7), strict=True)
    )
    others = [
        Luck(Key.of(6)).words(people, 3, Purpose.SHIFT, 7),
        Luck(Key.of(5)).words(people, 4, Purpose.SHIFT, 7),
        Luck(Key.of(5)).words(people, 3, Purpose.SHIFT, 8),
        Luck(Key.of(5)).words(people, 3, Purpose.AUDIT, 7),
        Luck(Key.of(5 + 2**40)).words(people, 3, Purpose.SHIFT, 7),
    ]
    assert all(np.mean(one[0] == other[0]) < 0.01 for other in others)


def test_normals_have_the_moments_and_the_tails_of_a_normal() -> None:
    people = np.arange(200_000, dtype=np.uint32)
    _, _, c, d = Luck(Key.of(1)).words(people, 0, Purpose.SHIFT, 0)
    z = twin(tails.standard_normal)(unit(c), unit(d)).astype(float)
    assert abs(z.mean()) < 0.01
    assert abs(z.std() - 1.0) < 0.006
    assert abs(np.mean(z**4) - 3.0) < 0.08
    assert kstest(z, "norm").pvalue > 1e-3
    assert kstest(Luck(Key.of(1)).normals(people, 0, Purpose.TRAITS)[1], "norm").pvalue > 1e-3
    assert kstest(Luck(Key.of(1)).uniforms(people, 0, Purpose.AUDIT, 3)[2], "uniform").pvalue > 1e-3


def test_reciprocal_is_right_to_the_last_digits() -> None:
    draw = np.random.default_rng(3)
    x = np.exp2(draw.uniform(-125, 125, 200_000)).astype(np.float32)
    x[:4] = [2.0**-125, 2.0**125, 1.0, 3.0]
    exact = 1.0 / x.astype(np.float64)
    apart = np.abs(single.reciprocal(x) - exact) / np.spacing(exact.astype(np.float32))
    assert apart.max() < 1.6
