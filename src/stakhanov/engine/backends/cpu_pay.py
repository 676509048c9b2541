"""Pay, compiled: the rules are those of `campaign/settle`; here is only their order.

Whoever an audit found out is settled elsewhere: fines are reckoned in numbers of any length.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.campaign.settle import (
    LARGEST,
    MILLION,
    PayTerms,
    floor_of,
    is_reached,
    minor_units,
    refuse_too_much,
    refuse_too_much_done,
    step_weight,
)
from stakhanov.engine.compile import program

Whole = NDArray[np.int64]


class Scale(NamedTuple):
    """Rules of pay for periods of so many shifts, in arrays: one program serves any number of steps."""

    time: np.int64  # what the time part counts for, 10^-12 of the price
    begins: Whole  # of the steps, 10^-6 of a norm over the period
    ends: Whole
    rates: Whole
    leaps: Whole
    floor: np.int64  # minor units
    needed: Whole  # of bonuses and thresholds, as begins
    inclusive: NDArray[np.bool_]
    amounts: Whole


@lru_cache(maxsize=64)
def scale_of(terms: PayTerms, shifts: int) -> Scale:
    """The rules of pay as the compiled loop reads them."""
    begins = np.array(terms.starts, np.int64) * shifts
    marks = terms.bonuses + terms.thresholds
    return Scale(
        time=np.int64(terms.time_share * MILLION * shifts),
        begins=begins,
        ends=np.append(begins[1:], LARGEST),
        rates=np.array(terms.rates, np.int64),
        leaps=np.array(terms.leaps, np.int64) * shifts,
        floor=np.int64(floor_of(terms, np.int64(shifts))),
        needed=np.array([mark.at for mark in marks], np.int64) * shifts,
        inclusive=np.array([mark.inclusive for mark in marks], np.bool_),
        amounts=np.array([mark.amount for mark in marks], np.int64),
    )


def _pay(reported: Any, price: Any, prizes: Any, scale: Any, pay: Any) -> Any:
    """Fill `pay` row by row; the heaviest weight is given back to be looked at."""
    heaviest = np.int64(0)
    for i in range(reported.size):
        done = 1000 * np.int64(reported[i])
        weight = scale.time
        for j in range(scale.begins.size):
            weight += step_weight(scale.begins[j], scale.ends[j], scale.rates[j], done)
            weight += scale.leaps[j] * (done >= scale.begins[j])
        heaviest = max(heaviest, weight)
        earned = max(minor_units(price[i], weight), scale.floor)
        for k in range(scale.needed.size):
            earned += scale.amounts[k] * is_reached(done, scale.needed[k], scale.inclusive[k])
        pay[i] = max(earned + prizes[i], 0)
    return heaviest


fill = program(_pay)


def paid(
    terms: PayTerms, reported: NDArray[np.int32], shifts: int, price: Whole, prizes: Whole
) -> Whole:
    """Pay of a period as `pay_of` has it of people whom no audit found out; at least one shift."""
    pay = np.empty(reported.size, np.int64)
    if pay.size == 0:
        return pay
    refuse_too_much_done(terms, int(reported.max()))
    heaviest = fill(reported, price, prizes, scale_of(terms, shifts), pay)
    refuse_too_much(int(price.max()), int(heaviest))
    return pay
