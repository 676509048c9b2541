"""Threefry-4x32 with 13 rounds: four random words for a counter and a key, the same on every machine.

Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"; 13 rounds are
the fewest they found to pass every test of BigCrush.
"""

from __future__ import annotations

import numpy as np

from stakhanov.engine.kernels.typing import Number

PARITY = np.uint32(0x1BD11BDA)
ONE, TWO, THREE = np.uint32(1), np.uint32(2), np.uint32(3)


def rotated(x: Number, by: int) -> Number:
    """Bits moved left, those that fall out coming back on the right."""
    return np.uint32((x << np.uint32(by)) | (x >> np.uint32(32 - by)))


def mixed(a: Number, b: Number, by: int) -> tuple[Number, Number]:
    """One mixing step of two words."""
    a = np.uint32(a + b)
    return a, np.uint32(rotated(b, by) ^ a)


def threefry(
    x0: Number, x1: Number, x2: Number, x3: Number, key: tuple[Number, Number]
) -> tuple[Number, Number, Number, Number]:
    """Four words for a counter of four words and a key of two (the other two are 0)."""
    k0, k1 = key
    k4 = np.uint32(PARITY ^ k0 ^ k1)
    x0, x1 = np.uint32(x0 + k0), np.uint32(x1 + k1)
    x0, x1, x2, x3 = four_rounds(x0, x1, x2, x3)
    x0, x3 = np.uint32(x0 + k1), np.uint32(np.uint32(x3 + k4) + ONE)
    x0, x1, x2, x3 = four_other_rounds(x0, x1, x2, x3)
    x2, x3 = np.uint32(x2 + k4), np.uint32(np.uint32(x3 + k0) + TWO)
    x0, x1, x2, x3 = four_rounds(x0, x1, x2, x3)
    x1, x2, x3 = np.uint32(x1 + k4), np.uint32(x2 + k0), np.uint32(np.uint32(x3 + k1) + THREE)
    x0, x1 = mixed(x0, x1, 6)
    x2, x3 = mixed(x2, x3, 20)
    return x0, x1, x2, x3


def four_rounds(
    x0: Number, x1: Number, x2: Number, x3: Number
) -> tuple[Number, Number, Number, Number]:
    """Rounds 1 to 4 of every eight."""
    x0, x1 = mixed(x0, x1, 10)
    x2, x3 = mixed(x2, x3, 26)
    x0, x3 = mixed(x0, x3, 11)
    x2, x1 = mixed(x2, x1, 21)
    x0, x1 = mixed(x0, x1, 13)
    x2, x3 = mixed(x2, x3, 27)
    x0, x3 = mixed(x0, x3, 23)
    x2, x1 = mixed(x2, x1, 5)
    return x0, x1, x2, x3


def four_other_rounds(
    x0: Number, x1: Number, x2: Number, x3: Number
) -> tuple[Number, Number, Number, Number]:
    """Rounds 5 to 8 of every eight."""
    x0, x1 = mixed(x0, x1, 6)
    x2, x3 = mixed(x2, x3, 20)
    x0, x3 = mixed(x0, x3, 17)
    x2, x1 = mixed(x2, x1, 11)
    x0, x1 = mixed(x0, x1, 25)
    x2, x3 = mixed(x2, x3, 10)
    x0, x3 = mixed(x0, x3, 18)
    x2, x1 = mixed(x2, x1, 20)
    return x0, x1, x2, x3


def unit(word: Number) -> Number:
    """A word as a number in (0, 1): the middle of one of 2^24 equal steps, single precision."""
    return (np.float32(np.int32(word >> np.uint32(8))) + 0.5) * 5.9604645e-8
