"""Many tests at once: which of them stand out when all are counted."""

from __future__ import annotations

from collections.abc import Sequence

#: Of what is called unusual, so much may be chance.
RATE = 0.05


def standing_out(rates: Sequence[float], rate: float = RATE) -> list[bool]:
    """Which false-alarm rates stand out at a false discovery rate (Benjamini and Hochberg 1995)."""
    order = sorted(range(len(rates)), key=lambda i: rates[i])
    last = 0
    for place, i in enumerate(order, start=1):
        if rates[i] <= rate * place / len(rates):
            last = place
    found = [False] * len(rates)
    for i in order[:last]:
        found[i] = True
    return found
