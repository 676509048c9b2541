"""Settlement: from reports to pay, in whole minor units and whole-number arithmetic.

Rows have the shape (segments, workers): a worker whose norm is revised in mid-period has one segment
before and one after. Reports are whole thousandths of a norm over the segment; a price is thousandths of
a minor unit for a shift at 100 %. Rates, marks and shares are carried in millionths.

Rounding: half up, once a segment for the piece rate and its time part, once for the guarantee and once
for the deduction. Marks of bonuses and thresholds are held against the sum of all segments, so each
segment weighs by its shifts. A part period has its marks in proportion to its shifts and its bonuses whole.

Bounds: a price up to 9 x 10^12 thousandths of a minor unit; a report times its rate up to 9 million
norms; pay of a segment up to 9 x 10^15 minor units. Beyond them OverflowError is raised.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from operator import mul
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stakhanov.campaign.rounds import rounds_of

if TYPE_CHECKING:
    from stakhanov.campaign.campaign import Campaign

Whole = NDArray[np.int64]
#: One whole number in a compiled loop, an array of them elsewhere: the same text serves both.
Wholes: TypeAlias = Any
MILLION = 1_000_000
BILLION = 10**9
LARGEST = 9 * 10**18  # what a sum may reach; a little below 2^63
LARGEST_PRICE = 9 * 10**12
#: The largest report that is counted, thousandths of a norm; more is an error of the file.
MOST = 9 * 10**12
#: Four roundings to double precision lose at most twice 2^-52.
HAIR = 2.0**-50


class Mark(NamedTuple):
    """An amount for reaching a mark, exactly at it too if inclusive."""

    address: str
    at: int  # millionths of the norm
    inclusive: bool
    amount: int  # minor units


class PayTerms(NamedTuple):
    """A period's rules of pay in whole numbers."""

    reference: int  # minor units a shift
    time_share: int  # millionths of the price
    starts: tuple[int, ...]  # of the scale's steps, millionths of the norm
    rates: tuple[int, ...]  # of the steps, millionths of the price, piece share included
    leaps: tuple[int, ...]  # gained a shift on reaching a retroactive step, 10^-12 of the price
    guarantee: int  # millionths of the reference
    bonuses: tuple[Mark, ...]
    thresholds: tuple[Mark, ...]
    clawback: bool
    deduction: int  # thousandths of a minor unit per norm-unit padded


class Work(NamedTuple):
    """What is settled. Rows are (segments, workers); caught has one entry a worker."""

    reported: Whole  # thousandths of a norm over the segment
    true: Whole  # likewise
    shifts: Whole
    price: Whole  # thousandths of a minor unit for a shift at 100 %
    norm: Whole  # thousandths of a norm-unit a shift
    caught: NDArray[np.bool_]


def thousandths(output: ArrayLike, norm: ArrayLike, shifts: ArrayLike) -> Whole:
    """Output of a shift as settlement counts it: thousandths of the norm over the shifts, rounded half up.

    Output below nothing counts as nothing, more than `MOST` as that.
    """
    share = np.maximum(np.asarray(output, np.float64) / np.asarray(norm, np.float64), 0.0)
    return rounded(np.minimum(share * (1000.0 * np.asarray(shifts, np.float64)), MOST))


def rounded(numbers: ArrayLike) -> Whole:
    """Numbers above nothing, worked out from decimals, rounded half up as those decimals are.

    33.55 of 100 is 335.5 thousandths, which double precision may have a hair lower. A hair is added that is
    more than two such numbers, a division and a product can lose, and less than decimals of a table differ by.
    """
    return np.floor(np.asarray(numbers, np.float64) * (1.0 + HAIR) + 0.5).astype(np.int64)


def work_of(
    reported: ArrayLike,
    shifts: ArrayLike,
    price: ArrayLike,
    *,
    true: ArrayLike | None = None,
    norm: ArrayLike = 1000,
    caught: ArrayLike = False,
) -> Work:
    """Rows from numbers or arrays; one axis is one segment. Without `true` reports are honest."""
    told = np.atleast_2d(np.asarray(reported, np.int64))
    did, days, rate, per_shift = (
        np.broadcast_to(np.asarray(values, np.int64), told.shape)
        for values in (told if true is None else true, shifts, price, norm)
    )
    found = np.broadcast_to(np.asarray(caught, np.bool_), told.shape[1:])
    return Work(told, did, days, rate, per_shift, found)


def terms_of(campaign: Campaign, period: int = 0) -> PayTerms:
    """The rules of pay in force in a period, in whole numbers. `campaign` is the whole, with its changes."""
    now = campaign.in_force(period)
    pay, audits = now.pay, now.audits
    piece = _millionths(pay.piece_share)
    starts = tuple(_millionths(step.from_) for step in pay.scale)
    rates = tuple(_half_up(Fraction(_millionths(step.rate) * piece, MILLION)) for step in pay.scale)
    return PayTerms(
        reference=pay.reference,
        time_share=MILLION - piece,
        starts=starts,
        rates=rates,
        leaps=_leaps(starts, rates, tuple(step.retroactive for step in pay.scale)),
        guarantee=_millionths(pay.guarantee),
        bonuses=tuple(
            Mark(f"pay.bonus.{i}", _millionths(bonus.at), bonus.inclusive, bonus.amount)
            for i, bonus in enumerate(pay.bonus)
        ),
        thresholds=_thresholds(now, period),
        clawback=audits.clawback,
        deduction=_half_up(1000 * pay.reference * Fraction(str(audits.deduction))),
    )


def _thresholds(campaign: Campaign, period: int) -> tuple[Mark, ...]:
    """Prizes by threshold that are due."""
    return tuple(
        Mark(one.address, _millionths(one.prize.at or 0.0), True, one.prize.amount)
        for one in rounds_of(campaign)
        if one.prize.by == "threshold" and one.due(period)
    )


def _leaps(
    starts: tuple[int, ...], rates: tuple[int, ...], retroactive: tuple[bool, ...]
) -> tuple[int, ...]:
    """A retroactive step pays its rate on everything: what that adds to what was earned before."""
    leaps, value = [rates[0] * starts[0]], rates[0] * starts[0]
    for (before, start), rate, whole, last in zip(
        pairwise(starts), rates[1:], retroactive[1:], rates, strict=False
    ):
        value += last * (start - before)
        leaps.append(rate * start - value if whole else 0)
        value += leaps[-1]
    return tuple(leaps)


def _millionths(number: float) -> int:
    """A declared decimal as it is written, to the millionth."""
    return _half_up(MILLION * Fraction(str(number)))


def _half_up(number: Fraction) -> int:
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def step_weight(begins: Wholes, ends: Wholes, rate: Wholes, done: Wholes) -> Wholes:
    """What the work between a step's ends counts for at its rate, 10^-12 of the price."""
    return rate * np.maximum(np.minimum(done, ends) - begins, 0)


def minor_units(price: Wholes, weight: Wholes) -> Wholes:
    """Price (thousandths) x weight (10^-12) in minor units, rounded half up; nothing is lost between."""
    # Floor division by a constant is quick where a division with remainder is not.
    upper = weight // MILLION
    high = upper // MILLION
    middle, low = upper - high * MILLION, weight - upper * MILLION
    carried = price * middle + price * low // MILLION
    return (price * high + carried // MILLION + 500) // 1000


def refuse_too_much(dearest: int, heaviest: int) -> None:
    """Raise OverflowError where the largest price of the heaviest weight does not fit into 64 bits."""
    if dearest > LARGEST_PRICE or dearest * (heaviest // MILLION**2 + 1) > LARGEST:
        raise OverflowError("a price or a report is too large to be settled in 64 bits")


def refuse_too_much_done(terms: PayTerms, most: int) -> None:
    """Raise OverflowError where the largest report at the highest rate does not fit into 64 bits."""
    if most * max(terms.rates) > LARGEST // 1000:
        raise OverflowError("a report is too large to be settled in 64 bits")


def money(price: Whole, weight: Whole) -> Whole:
    """Price (thousandths) x weight (10^-12) in minor units. Raises OverflowError beyond 64 bits."""
    if weight.size:
        refuse_too_much(int(price.max()), int(weight.max()))
    return np.asarray(minor_units(price, weight), np.int64)


def weights(terms: PayTerms, reported: Whole, shifts: Whole) -> Iterator[Whole]:
    """What the time part and each step of the scale count for, one after the other, 10^-12 of the price."""
    if reported.size:
        refuse_too_much_done(terms, int(reported.max()))
    done = 1000 * reported
    yield np.asarray(terms.time_share * MILLION * shifts, np.int64)
    ends = [*(start * shifts for start in terms.starts[1:]), LARGEST]
    for start, end, rate, leap in zip(terms.starts, ends, terms.rates, terms.leaps, strict=True):
        begins = start * shifts
        part = step_weight(begins, end, rate, done)
        if leap:
            part += leap * shifts * (done >= begins)
        yield part


def piece_pay(terms: PayTerms, reported: Whole, shifts: Whole, price: Whole) -> Whole:
    """Pay by time and by the scale, row by row: output is paid at the price of its own norm."""
    weight = np.zeros(np.shape(reported), np.int64)
    for part in weights(terms, reported, shifts):
        weight += part
    return money(np.asarray(price, np.int64), weight)


def floor_of(terms: PayTerms, shifts: Whole | np.int64) -> Whole:
    """The guarantee for so many shifts: its share of the reference, rounded half up."""
    exact = terms.guarantee * terms.reference
    return np.asarray((exact * shifts + MILLION // 2) // MILLION, np.int64)


def guaranteed(terms: PayTerms, pay: Whole, shifts: Whole) -> Whole:
    """Pay of a period, never below the guarantee for its shifts."""
    return np.maximum(pay, floor_of(terms, shifts))


def reached(mark: Mark, reported: Whole, shifts: Whole | np.int64) -> NDArray[np.bool_]:
    """Who reached a mark over the whole period. Whoever had no shift reached none."""
    return np.asarray(is_reached(1000 * reported, mark.at * shifts, mark.inclusive) & (shifts > 0))


def is_reached(done: Wholes, needed: Wholes, inclusive: bool) -> Wholes:
    """Whether what was done reaches what a mark needs, exactly at it too if inclusive."""
    return (done > needed) | ((done == needed) & inclusive)


def bonuses(terms: PayTerms, reported: Whole, shifts: Whole) -> Whole:
    """Bonuses of a period; several stack."""
    return _marked(terms.bonuses, reported, shifts)


def threshold_prizes(terms: PayTerms, reported: Whole, shifts: Whole) -> Whole:
    """Money of the prizes by threshold that are due."""
    return _marked(terms.thresholds, reported, shifts)


def _marked(marks: tuple[Mark, ...], reported: Whole, shifts: Whole) -> Whole:
    total = np.zeros(np.shape(reported), np.int64)
    for mark in marks:
        total += mark.amount * reached(mark, reported, shifts)
    return total


def clawed_back(terms: PayTerms, work: Work) -> Whole:
    """What counts: the report, or what was truly done where padding was found and is taken back.

    Whoever is caught so loses the pay for what was padded and every bonus that hung on it.
    """
    if not (terms.clawback and work.caught.any()):
        return work.reported
    return np.where(work.caught, np.minimum(work.true, work.reported), work.reported)


def deducted(terms: PayTerms, work: Work) -> Whole:
    """Reference days' pay taken from the caught for each norm-unit padded, rounded half up."""
    fines = np.zeros(work.caught.shape, np.int64)
    if terms.deduction == 0 or not work.caught.any():
        return fines
    padded = np.maximum(work.reported - work.true, 0)[:, work.caught]
    fines[work.caught] = _fines(terms.deduction, padded, work.norm[:, work.caught])
    return fines


def _fines(deduction: int, padded: Whole, norm: Whole) -> Whole:
    """What so many thousandths of a norm cost; in whole numbers of any length where norms are large."""
    largest = int(padded.max()) * int(norm.max()) * len(padded) * deduction
    if largest + BILLION <= LARGEST:
        units = (padded * norm).sum(axis=0)  # millionths of a norm-unit
        return np.asarray((deduction * units + BILLION // 2) // BILLION, np.int64)
    rows = zip(padded.T.tolist(), norm.T.tolist(), strict=True)
    exact = (sum(map(mul, thousandths, norms)) for thousandths, norms in rows)
    return np.array(
        [min(_half_up(Fraction(deduction * units, BILLION)), LARGEST) for units in exact], np.int64
    )


def earned(terms: PayTerms, counted: Whole, work: Work) -> Whole:
    """Pay of the period before prizes by rank and fines: never below the guarantee."""
    shifts, total = work.shifts.sum(axis=0), counted.sum(axis=0)
    pay = piece_pay(terms, counted, work.shifts, work.price).sum(axis=0)
    extra = bonuses(terms, total, shifts) + threshold_prizes(terms, total, shifts)
    return guaranteed(terms, pay, shifts) + extra


def pay_of(terms: PayTerms, work: Work, prizes: ArrayLike = 0) -> Whole:
    """Pay of everybody in a period with what contests gave them; fines leave it no less than 0."""
    before = earned(terms, clawed_back(terms, work), work) + np.asarray(prizes, np.int64)
    return np.asarray(np.maximum(before - deducted(terms, work), 0), np.int64)
