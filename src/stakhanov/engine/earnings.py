"""Earnings as a function of fulfilment: straight pieces with jumps, before anybody reacts.

Values are shares of a reference day's pay per shift; fulfilment 1.0 is the norm. The engine turns the
corners of this function into the marks that a worker sees ahead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Piece:
    """One straight piece: from a fulfilment on, its value there and its slope."""

    start: float
    value: float
    slope: float

    def at(self, fulfilment: float) -> float:
        """Value of the piece's line at a fulfilment."""
        return self.value + self.slope * (fulfilment - self.start)


def scale_earnings(steps: Iterable[tuple[float, float, bool]], piece_share: float) -> list[Piece]:
    """Pay by a scale of (from, rate, retroactive) with part of pay by time.

    A marginal step pays its rate on what lies beyond it; a retroactive one on everything once reached.
    """
    pieces: list[Piece] = []
    for start, rate, retroactive in sorted(steps):
        slope = piece_share * rate
        if retroactive or not pieces:
            value = 1.0 - piece_share + slope * start
        else:
            value = pieces[-1].at(start)
        pieces.append(Piece(start, value, slope))
    if not pieces or pieces[0].start > 0.0:
        pieces.insert(0, Piece(0.0, 1.0 - piece_share, 0.0))
    return pieces


def with_floor(pieces: list[Piece], floor: float) -> list[Piece]:
    """The same earnings, never below a guarantee: pieces under the floor are flat."""
    lifted: list[Piece] = []
    ends = [piece.start for piece in pieces[1:]] + [float("inf")]
    for piece, end in zip(pieces, ends, strict=True):
        if piece.value >= floor:
            lifted.append(piece)
            continue
        lifted.append(Piece(piece.start, floor, 0.0))
        if piece.slope > 0.0:
            crossing = piece.start + (floor - piece.value) / piece.slope
            if crossing < end:
                lifted.append(Piece(crossing, floor, piece.slope))
    return _without_seams(lifted)


def _without_seams(pieces: list[Piece]) -> list[Piece]:
    """Drop corners at which nothing changes."""
    kept = pieces[:1]
    for before, after in pairwise(pieces):
        if after.slope != before.slope or abs(after.value - kept[-1].at(after.start)) > 1e-12:
            kept.append(after)
    return kept


def jumps(pieces: list[Piece]) -> list[tuple[float, float]]:
    """(fulfilment, rise) at each corner, 0 where only the slope changes."""
    return [
        (after.start, after.value - before.at(after.start)) for before, after in pairwise(pieces)
    ]
