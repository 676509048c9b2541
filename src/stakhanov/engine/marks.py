"""The marks a worker sees ahead in a period: where the slope of reward changes or reward jumps.

Pay, bonuses, prizes and the title come together here as one function of the period's output: segments
of one slope each between marks, with a jump at some marks. Marks are multiples of the norm.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from stakhanov.engine.earnings import Piece, jumps, with_floor
from stakhanov.engine.rules import PayRules, PrizeRules, Rules, Traits

NORM = 1.0
FAR = 60.0  # times the last mark: where nobody sees a mark that keeps tables of one width


class Marks(NamedTuple):
    """One branch's marks, ascending. `rate` and `below` have one entry more than the others."""

    multiple: tuple[float, ...]
    jump: tuple[float, ...]  # utils
    rate: tuple[float, ...]  # multiples of the full piece rate, by segment
    below: tuple[bool, ...]  # whether the segment lies below the norm
    norm: int  # index of the norm's mark
    pad: int  # index of the mark at which padding begins to pay, -1 if there is none


class Beliefs(NamedTuple):
    """What people of a branch expect, from the period before."""

    winning: tuple[float, ...]  # mark that won each prize, multiples of the norm; 0: nobody knows
    holders: tuple[float, ...]  # share who won each prize
    title_share: float
    attention: float  # intensity x exposure of publicity
    price: float  # pay at 100 % of today's norm, reference days


def marks_of(rules: Rules, traits: Traits, beliefs: Beliefs) -> Marks:
    """All marks of a branch for one period."""
    pieces = effective_pieces(rules.pay, beliefs.price)
    rises: dict[float, float] = defaultdict(float)
    worth = traits.money_value * beliefs.price * rules.shifts
    for mark, rise in jumps(list(pieces)):
        rises[mark] += rise * worth
    offered = [
        *((bonus.mark, bonus.days * traits.money_value) for bonus in rules.pay.bonuses),
        *_honours(rules, beliefs),
        *_prizes(rules, traits, beliefs),
    ]
    for mark, value in offered:
        if value > 0.0:  # what is worth nothing is no mark
            rises[mark] += value
    padding = at_the_norm(rules, traits, beliefs) > 0.0 and traits.padding_foreseen
    return _table(sorted(set(rises) | {NORM}), rises, pieces, padding=padding)


def effective_pieces(pay: PayRules, price: float) -> tuple[Piece, ...]:
    """Earnings at today's price of a norm, never below the guarantee."""
    return tuple(with_floor(list(pay.pieces), pay.guarantee / price))


def prize_value(prize: PrizeRules, traits: Traits, holders: float) -> float:
    """A prize in utils: its money, and an esteem that thins out as holders multiply."""
    return prize.days_pay * traits.money_value + prize.esteem * (1.0 - holders)


def at_the_norm(rules: Rules, traits: Traits, beliefs: Beliefs) -> float:
    """Utils that hang on reporting the norm as just fulfilled: bonuses, a retroactive step, prizes, the title.

    A bonus for more than the norm is not among them, nor a rank: no report of just the norm is sure of one.
    """
    worth = traits.money_value * beliefs.price * rules.shifts
    offered = [
        *(
            (mark, rise * worth)
            for mark, rise in jumps(list(effective_pieces(rules.pay, beliefs.price)))
        ),
        *(
            (bonus.mark, bonus.days * traits.money_value)
            for bonus in rules.pay.bonuses
            if bonus.inclusive
        ),
        *_honours(rules, beliefs),
        *_prizes(rules, traits, beliefs, by="threshold"),
    ]
    return sum(value for mark, value in offered if mark == NORM)


def rate_below_norm(rules: Rules, price: float) -> float:
    """Multiple of the piece rate that a unit earns just short of the norm."""
    return [p.slope for p in effective_pieces(rules.pay, price) if p.start < NORM][-1]


def _honours(rules: Rules, beliefs: Beliefs) -> list[tuple[float, float]]:
    value = rules.publicity.title_value * beliefs.attention * (1.0 - beliefs.title_share)
    return [(rules.publicity.title_mark, value)] if value > 0.0 else []


def _prizes(
    rules: Rules, traits: Traits, beliefs: Beliefs, by: str | None = None
) -> list[tuple[float, float]]:
    """Marks and worth of the prizes of this period, all or of one kind, as far as anybody knows their marks."""
    rows = zip(rules.prizes, beliefs.winning, beliefs.holders, strict=True)
    known = [
        (prize.mark if prize.by == "threshold" else winning, prize_value(prize, traits, holders))
        for prize, winning, holders in rows
        if prize.due and by in (None, prize.by)
    ]
    return [(mark, value) for mark, value in known if mark > 0.0]


def _table(
    where: list[float], rises: dict[float, float], pieces: tuple[Piece, ...], *, padding: bool
) -> Marks:
    """Marks in order with the slope of every segment; padding's own mark goes just below the norm's."""
    ascending = [mark for mark in where if mark > 0.0]
    multiples, rates, below = [], [_slope(pieces, 0.0)], [True]
    for mark in ascending:
        if mark == NORM and padding:
            multiples.append(NORM)
            rates.append(rates[-1])
            below.append(True)
        multiples.append(mark)
        rates.append(_slope(pieces, mark))
        below.append(mark < NORM)
    norm = max(i for i, mark in enumerate(multiples) if mark == NORM)
    pad = norm - 1 if padding else -1
    heights = [0.0 if i == pad else rises[mark] for i, mark in enumerate(multiples)]
    return Marks(tuple(multiples), tuple(heights), tuple(rates), tuple(below), norm, pad)


def _slope(pieces: tuple[Piece, ...], fulfilment: float) -> float:
    return [piece.slope for piece in pieces if piece.start <= fulfilment][-1]


def widened(marks: Marks, width: int) -> Marks:
    """The same marks with unseen ones behind them, up to a width."""
    extra = width - len(marks.multiple)
    beyond = FAR * max(marks.multiple[-1], 1.0)
    return marks._replace(
        multiple=marks.multiple + tuple(beyond + i for i in range(extra)),
        jump=marks.jump + (0.0,) * extra,
        rate=marks.rate + marks.rate[-1:] * extra,
        below=marks.below + (False,) * extra,
    )
