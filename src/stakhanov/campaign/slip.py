"""The arithmetic of one worker's pay in one period, line by line; the lines sum to the pay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from stakhanov.campaign.settle import (
    MILLION,
    Mark,
    PayTerms,
    Whole,
    Work,
    clawed_back,
    deducted,
    earned,
    floor_of,
    money,
    reached,
    weights,
)
from stakhanov.foundation.written import counted


class Step(NamedTuple):
    """One line of a pay slip: the rule's address, what it does, and minor units."""

    address: str
    sentence: str
    amount: int


def steps(terms: PayTerms, work: Work, prizes: Iterable[tuple[str, int]] = ()) -> list[Step]:
    """The pay of one worker (rows of shape (segments, 1)) as lines; prizes are (address, amount).

    A line's amount is what the running total, rounded half up, grows by, so that the lines of the piece
    rate sum to the piece pay.
    """
    lines = [line for segment in range(len(work.reported)) for line in _piece(terms, work, segment)]
    shifts, reported = work.shifts.sum(axis=0), work.reported.sum(axis=0)
    lacking = int(floor_of(terms, shifts)[0]) - sum(line.amount for line in lines)
    if lacking > 0:
        share = _per_cent(terms.guarantee)
        what = f"the guarantee of {share} of the reference for {counted(int(shifts[0]), 'shift')}"
        lines.append(Step("pay.guarantee", f"made up to {what}", lacking))
    lines += [
        _reached(mark)
        for mark in (*terms.bonuses, *terms.thresholds)
        if reached(mark, reported, shifts)[0]
    ]
    lines += _taken_back(terms, work)
    lines += [Step(address, "given in a contest", amount) for address, amount in prizes]
    return lines + _fines(terms, work, sum(line.amount for line in lines))


def _piece(terms: PayTerms, work: Work, segment: int) -> list[Step]:
    """Time part and scale of one segment."""
    reported, shifts, price = (
        values[segment] for values in (work.reported, work.shifts, work.price)
    )
    lines, total, paid = [], np.zeros(1, np.int64), 0
    at = f"at {int(price[0]) / 1000:g} a shift"
    for i, part in enumerate(weights(terms, reported, shifts)):
        total = total + part
        amount = int(money(price, total)[0]) - paid
        paid += amount
        if part[0]:
            lines.append(Step(*_rule(terms, i, (reported, shifts), at), amount))
    return lines


def _rule(terms: PayTerms, i: int, told: tuple[Whole, Whole], at: str) -> tuple[str, str]:
    """Address and sentence of the time part (0) or of a step of the scale (from 1)."""
    reported, shifts = int(told[0][0]), int(told[1][0])
    if i == 0:
        return (
            "pay.piece_share",
            f"{_per_cent(terms.time_share)} by time, {counted(shifts, 'shift')} {at}",
        )
    start, rate = terms.starts[i - 1], terms.rates[i - 1]
    ends = terms.starts[i] * shifts if i < len(terms.starts) else 1000 * reported
    beyond = (min(1000 * reported, ends) - start * shifts) / MILLION
    whole = ", and on all before it" if terms.leaps[i - 1] else ""
    from_ = f" beyond {_per_cent(start)}" if start else ""
    sentence = f"{beyond:g} norms{from_} at {_per_cent(rate)}{whole}, {at}"
    return f"pay.scale.{i - 1}", sentence


def _reached(mark: Mark) -> Step:
    how = "reached" if mark.inclusive else "exceeded"
    return Step(mark.address, f"{_per_cent(mark.at)} {how}", mark.amount)


def _taken_back(terms: PayTerms, work: Work) -> list[Step]:
    counted = clawed_back(terms, work)
    loss = int((earned(terms, counted, work) - earned(terms, work.reported, work))[0])
    if not loss:
        return []
    told, did = int(work.reported.sum()) / 1000, int(counted.sum()) / 1000
    return [Step("audits.clawback", f"{told:g} norms reported, {did:g} done: taken back", loss)]


def _fines(terms: PayTerms, work: Work, before: int) -> list[Step]:
    fine = min(int(deducted(terms, work)[0]), before)
    return [Step("audits.deduction", "for what was padded", -fine)] if fine else []


def _per_cent(millionths: int) -> str:
    return f"{millionths / 10_000:g} %"
