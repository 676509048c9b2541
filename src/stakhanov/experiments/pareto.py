"""The front: what nothing else beats in every goal at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def front_of(worth: Values) -> list[int]:
    """Places of the rows that no other row beats: as good in every column and better in one.

    More is better in every column. Of rows that are equal the first stands for all.
    """
    kept = []
    for place, row in enumerate(worth):
        as_good = np.all(worth >= row, axis=1)
        better = np.any(worth > row, axis=1)
        same = np.all(worth[:place] == row, axis=1)
        if not np.any(as_good & better) and not np.any(same):
            kept.append(place)
    return kept


def spread_out(worth: Values, places: Sequence[int], number: int) -> list[int]:
    """At most so many of these rows, far from each other: the best in every column first, in their order.

    Columns count alike, each over its own range.
    """
    if len(places) <= number:
        return list(places)
    rows = worth[list(places)]
    reach = np.ptp(rows, axis=0)
    scaled = (rows - rows.min(axis=0)) / np.where(reach > 0.0, reach, 1.0)
    best = [int(place) for place in np.argmax(scaled, axis=0)]
    chosen = list(dict.fromkeys(best))[:number]
    while len(chosen) < number:
        apart = np.min(np.abs(scaled[:, None, :] - scaled[None, chosen, :]).sum(axis=2), axis=1)
        apart[chosen] = -1.0
        chosen.append(int(np.argmax(apart)))
    return [places[place] for place in sorted(chosen)]
