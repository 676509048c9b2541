"""Draws addressed by who, when and what for, never by turn: two campaigns share their luck.

The key is the seed; the counter names the worker, the period, the shift and the purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.kernels.threefry import threefry

U32 = NDArray[np.uint32]
F64 = NDArray[np.float64]


class Purpose(IntEnum):
    """What a draw is for. Numbers are never reused."""

    SHIFT = 0
    AUDIT = 1
    LEAVING = 2
    TRAITS = 3
    TENURE = 4


class Key(NamedTuple):
    """The seed as two words."""

    a: int
    b: int

    @classmethod
    def of(cls, seed: int) -> Key:
        """The key of a seed below 2^64."""
        return cls(seed & 0xFFFFFFFF, seed >> 32)


def mixed(identity: U32, period: int, shift: int, purpose: int, key: Key) -> tuple[U32, ...]:
    """Four words for each identity, as NumPy works them out."""
    when, step, why = (np.full(identity.shape, v, np.uint32) for v in (period, shift, purpose))
    return threefry(identity, when, step, why, (np.uint32(key.a), np.uint32(key.b)))


class Luck(NamedTuple):
    """The draws of a run: its key, and who works them out. Every way gives the same bits."""

    key: Key
    mix: Callable[[U32, int, int, int, Key], Sequence[U32]] = mixed

    def words(self, identity: U32, period: int, purpose: int, shift: int = 0) -> Sequence[U32]:
        """Four words for each identity."""
        return self.mix(identity, period, shift, purpose, self.key)

    def uniforms(self, identity: U32, period: int, purpose: int, number: int) -> list[F64]:
        """So many uniforms in (0, 1), at most four, for each identity, in steps of 2^-32."""
        drawn = self.words(identity, period, purpose)
        return [(word.astype(np.float64) + 0.5) * 2.0**-32 for word in drawn[:number]]

    def normals(self, identity: U32, period: int, purpose: int) -> tuple[F64, F64]:
        """Two independent standard normals for each identity (Box and Muller 1958)."""
        u, v = self.uniforms(identity, period, purpose, 2)
        radius = np.sqrt(-2.0 * np.log(u))
        return radius * np.cos(2.0 * np.pi * v), radius * np.sin(2.0 * np.pi * v)
