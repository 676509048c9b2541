"""Shares of sums over clusters, with their errors."""

from __future__ import annotations

import math

from stakhanov.evidence.sample import Numbers


def share(parts: Numbers, wholes: Numbers) -> tuple[float, float]:
    """What parts (one a cluster) are of wholes together, and its standard error by cluster.

    The ratio estimator: clusters are drawn, each with its part and its whole.
    """
    total = float(wholes.sum())
    found = float(parts.sum()) / total
    rest = parts - found * wholes
    factor = rest.size / max(rest.size - 1, 1)
    return found, math.sqrt(factor * float(rest @ rest)) / total
