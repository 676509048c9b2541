"""The sums of one block, compiled: few passes over its people fill every total, count and histogram."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.compile import program
from stakhanov.engine.tally import (
    BIN_SHIFT,
    FIRST_BIN,
    FULFILMENT_BINS,
    WIDENING_BINS,
    Counts,
    Sheet,
    Tally,
)

QUANTITIES = ("true", "reported", "padding", "fulfilment", "norm", "effort", "last_third")
COUNTS = ("below_norm", "at_norm", "titles", "padded", "caught")


def units(value: Any) -> Any:
    """A quantity in whole multiples of 2^-20, rounded half up."""
    return np.int64(np.floor(np.float64(value) * 1048576.0 + 0.5))


def place_of(value: Any) -> Any:
    """The bin of a value given in bins; the last holds all beyond, the first all below."""
    if value > 0.0:
        return FULFILMENT_BINS - 1 if value >= FULFILMENT_BINS else int(value)
    return 0


def widening_place(value: Any) -> Any:
    """The widening bin of an amount in single precision."""
    place = (np.float32(value).view(np.int32) >> np.int32(BIN_SHIFT)) - np.int32(FIRST_BIN)
    return min(max(place, 0), WIDENING_BINS - 1)


def _total(output: Any, told: Any, true: Any, reported: Any, norm: Any, full: Any) -> Any:
    """Output, reports, padding, fulfilment and norms, in whole units."""
    done = claimed = invented = fulfilled = asked = np.int64(0)
    for i in range(output.size):
        done += units(output[i])
        claimed += units(np.float64(reported[i]) / np.float64(1000.0) * norm[i])
        invented += units(np.float64((told[i] - true[i]) / np.float32(1000.0)) * norm[i])
        fulfilled += units(np.float64(reported[i]) / np.float64(full))
        asked += units(norm[i])
    return done, claimed, invented, fulfilled, asked


def _spent(effort: Any, last_third: Any) -> Any:
    """Effort, and output of the last third, in whole units."""
    tried = late = np.int64(0)
    for i in range(effort.size):
        tried += units(effort[i])
        late += units(last_third[i])
    return tried, late


def _stood(reported: Any, padded: Any, caught: Any, marks: Any) -> Any:
    """How many stand below the norm, just at it, at the title; how many padded and were caught."""
    full, past, title = marks
    below = at_norm = titled = lied = found = np.int64(0)
    for i in range(reported.size):
        below += np.int64(reported[i] < full)
        at_norm += np.int64((reported[i] >= full) & (reported[i] < past))
        titled += np.int64(reported[i] >= title)
        lied += np.int64(padded[i])
        found += np.int64(caught[i])
    return below, at_norm, titled, lied, found


def _binned(output: Any, true: Any, reported: Any, shifts: Any, bins: Any) -> None:
    """Fulfilment as done and as reported, in per cent, and output a shift."""
    per_cent = np.float32(10.0) * np.float32(shifts)
    for i in range(output.size):
        bins[0][place_of(true[i] / per_cent)] += 1
        bins[1][place_of(np.float64(reported[i]) / np.float64(per_cent))] += 1
        bins[2][widening_place(output[i] / np.float32(shifts))] += 1


def _widen(amounts: Any, bins: Any) -> None:
    for i in range(amounts.size):
        bins[widening_place(amounts[i])] += 1


total, spent, stood = program(_total), program(_spent), program(_stood)
binned, widen = program(_binned), program(_widen)


def widened(amounts: NDArray[Any]) -> Counts:
    """Counts of amounts in widening bins, equal to those of `tally.widening`."""
    bins = np.zeros(WIDENING_BINS, np.int64)
    widen(amounts, bins)
    return bins


def counted(sheet: Sheet) -> Tally:
    """The sums of one block, equal to those of `tally_of` to the bit."""
    done = total(sheet.output, sheet.told, sheet.true, sheet.reported, sheet.norm, sheet.full)
    marks = (sheet.full, sheet.past_norm, sheet.title)
    many = stood(sheet.reported, sheet.padded, sheet.caught, marks)
    bins = tuple(np.zeros(n, np.int64) for n in (FULFILMENT_BINS, FULFILMENT_BINS, WIDENING_BINS))
    binned(sheet.output, sheet.true, sheet.reported, sheet.shifts, bins)
    true, reported, output = bins
    workers = sheet.reported.size
    return Tally(
        quantities=dict(
            zip(QUANTITIES, (*done, *spent(sheet.effort, sheet.last_third)), strict=True)
        ),
        counts={
            "workers": workers,
            "worker_shifts": workers * sheet.shifts,
            **dict(zip(COUNTS, many, strict=True)),
        },
        true=true,
        reported=reported,
        output=output,
    )
