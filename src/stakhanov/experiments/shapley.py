"""Shapley values and pairwise interactions of a game, exactly, from the worth of every coalition.

Shapley 1953, in Contributions to the Theory of Games II; the interaction index: Grabisch and Roubens 1999,
International Journal of Game Theory 28, 547. A coalition is a number whose bit i says that player i is in.
"""

from __future__ import annotations

from math import factorial

import numpy as np
from numpy.typing import NDArray

Worth = NDArray[np.float64]


def shapley(worth: Worth) -> Worth:
    """Each player's share of what all together are worth over nobody.

    `worth`: (..., 2^k), one value a coalition; the result: (..., k). Shares sum to the whole's worth less
    nobody's, but for rounding.
    """
    players = players_of(worth)
    weights = [factorial(s) * factorial(players - s - 1) for s in range(players)]
    shares = []
    for player in range(players):
        without = _coalitions(players, (player,))
        weight = np.array([weights[int(s).bit_count()] for s in without]) / factorial(players)
        shares.append((worth[..., without | 1 << player] - worth[..., without]) @ weight)
    return np.stack(shares, axis=-1)


def interactions(worth: Worth) -> Worth:
    """What two players add together beyond what each adds alone, averaged over coalitions.

    Above nought they help each other, below they stand in for each other. The result: (..., k, k), symmetric,
    with zeros on the diagonal.
    """
    players = players_of(worth)
    found = np.zeros((*worth.shape[:-1], players, players))
    weights = [
        factorial(s) * factorial(players - s - 2) / factorial(players - 1)
        for s in range(players - 1)
    ]
    for one in range(players):
        for other in range(one):
            neither = _coalitions(players, (one, other))
            weight = np.array([weights[int(s).bit_count()] for s in neither])
            first, second = neither | 1 << one, neither | 1 << other
            both = first | second
            together = worth[..., both] - worth[..., first] - worth[..., second]
            found[..., one, other] = (together + worth[..., neither]) @ weight
            found[..., other, one] = found[..., one, other]
    return found


def players_of(worth: Worth) -> int:
    """How many players a game has."""
    number = int(worth.shape[-1])
    players = number.bit_length() - 1
    if number != 1 << players:
        raise ValueError(f"worth must have one value for each of 2^k coalitions; found {number}")
    return players


def _coalitions(players: int, left_out: tuple[int, ...]) -> NDArray[np.int64]:
    """All coalitions without some players."""
    mask = sum(1 << player for player in left_out)
    return np.array([s for s in range(1 << players) if not s & mask], dtype=np.int64)
