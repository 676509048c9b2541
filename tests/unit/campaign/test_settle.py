"""Laws of settlement, and an oracle in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.campaign.awards import cut_offs
from stakhanov.campaign.campaign import Campaign, checked
from stakhanov.campaign.pools import queue_goods, share_pool
from stakhanov.campaign.settle import (
    PayTerms,
    bonuses,
    clawed_back,
    deducted,
    floor_of,
    guaranteed,
    money,
    pay_of,
    piece_pay,
    terms_of,
    thousandths,
    work_of,
)
from stakhanov.campaign.slip import steps

PLAIN: dict[str, Any] = {"format": 1, "campaign": {"name": "laws", "start": "1935-01-01"}}
HUNDREDTHS = st.integers(0, 300).map(lambda n: n / 100)


@st.composite
def scales(draw: st.DrawFn, *, retroactive: bool | None = None) -> list[dict[str, Any]]:
    starts = sorted(draw(st.sets(st.integers(1, 250), max_size=4)))
    kinds = st.booleans() if retroactive is None else st.just(retroactive)
    return [
        {"from": start / 100, "rate": draw(HUNDREDTHS), "retroactive": draw(kinds)}
        for start in [0, *starts]
    ]


@st.composite
def campaigns(draw: st.DrawFn, *, bonus: int = 2) -> Campaign:
    marks = st.tuples(st.integers(1, 200), st.booleans(), st.integers(0, 10**6))
    rules = {
        "reference": draw(st.integers(1, 10**6)),
        "piece_share": draw(st.integers(0, 1000)) / 1000,
        "guarantee": draw(st.integers(0, 100)) / 100,
        "scale": draw(scales()),
        "bonus": [
            {"at": at / 100, "inclusive": inclusive, "amount": amount}
            for at, inclusive, amount in draw(st.lists(marks, max_size=bonus))
        ],
    }
    audits = {"clawback": draw(st.booleans()), "deduction": draw(HUNDREDTHS)}
    return checked({**PLAIN, "pay": rules, "audits": audits})


REPORTS = st.integers(0, 100_000)
SHIFTS = st.integers(0, 31)
PRICES = st.integers(1, 10**9)


def one(*values: int) -> list[np.ndarray]:
    return [np.array([value], np.int64) for value in values]


def by_hand(campaign: Campaign, reported: int, shifts: int, price: int) -> int:
    """Piece pay by the words of the declaration, in fractions: from the lowest step up."""
    pay, done = campaign.pay, Fraction(reported, 1000)
    piece = Fraction(str(pay.piece_share))
    total = Fraction(0)
    for i, step in enumerate(pay.scale):
        start = Fraction(str(step.from_)) * shifts
        if done < start:
            break
        following = pay.scale[i + 1].from_ if i + 1 < len(pay.scale) else None
        end = done if following is None else min(done, Fraction(str(following)) * shifts)
        rate = Fraction(str(step.rate)) * piece
        total = rate * end if step.retroactive else total + rate * (end - start)
    exact = (total + (1 - piece) * shifts) * price / 1000
    return int(exact + Fraction(1, 2))


@given(campaigns(), REPORTS, SHIFTS, PRICES)
def test_piece_pay_is_the_declaration_in_fractions(
    campaign: Campaign, reported: int, shifts: int, price: int
) -> None:
    pay = piece_pay(terms_of(campaign), *one(reported, shifts, price))
    assert pay[0] == by_hand(campaign, reported, shifts, price)


@given(campaigns(), REPORTS, SHIFTS, st.integers(1, 10**6))
def test_twice_the_money_is_twice_the_pay(
    campaign: Campaign, reported: int, shifts: int, price: int
) -> None:
    doubled = campaign.with_(
        {
            "pay.reference": 2 * campaign.pay.reference,
            "pay.bonus": [
                {"at": b.at, "inclusive": b.inclusive, "amount": 2 * b.amount}
                for b in campaign.pay.bonus
            ],
        }
    )
    pay = pay_of(terms_of(campaign), work_of([reported], shifts, price))[0]
    twice = pay_of(terms_of(doubled), work_of([reported], shifts, 2 * price))[0]
    assert abs(twice - 2 * pay) <= 1  # each is within half a minor unit of the exact


@given(campaigns(), REPORTS, REPORTS, SHIFTS, PRICES, st.booleans())
def test_pay_before_fines_keeps_the_guarantee_and_after_fines_is_not_negative(
    campaign: Campaign, reported: int, less: int, shifts: int, price: int, caught: bool
) -> None:
    terms = terms_of(campaign)
    work = work_of([reported], shifts, price, true=[max(reported - less, 0)], caught=caught)
    floor, pay = floor_of(terms, work.shifts[0])[0], pay_of(terms, work)[0]
    fine = deducted(terms, work)[0]
    assert pay >= 0
    assert pay >= floor - fine
    assert fine == 0 or caught
    assert pay <= pay_of(terms, work._replace(caught=np.array([False])))[0] or not monotone(terms)


def monotone(terms: PayTerms) -> bool:
    """Whether more output never earns less: a retroactive step may lower pay that it replaces."""
    return all(leap >= 0 for leap in terms.leaps)


@given(scales(retroactive=False), st.integers(1, 31), PRICES)
def test_a_marginal_scale_has_no_jumps(
    scale: list[dict[str, Any]], shifts: int, price: int
) -> None:
    terms = terms_of(checked({**PLAIN, "pay": {"scale": scale}}))
    marks = np.array([round(1000 * step["from"]) * shifts for step in scale[1:]], np.int64)
    days, prices = np.full(marks.shape, shifts), np.full(marks.shape, price)
    below, at = (piece_pay(terms, m, days, prices) for m in (marks - 1, marks))
    steepest = max(step["rate"] for step in scale)
    assert np.all(
        at - below <= steepest * price / 10**6 + 1
    )  # a thousandth of a norm, and rounding
    assert np.all(at - below >= 0)


@given(
    st.lists(st.lists(st.integers(-1, 30), min_size=1, max_size=12), min_size=1, max_size=5),
    st.integers(0, 6),
    st.integers(0, 1000),
)
def test_a_contest_hands_out_exactly_its_prize_money(
    groups: list[list[int]], prizes: int, amount: int
) -> None:
    scores = np.array([score for group in groups for score in group], np.int64)
    offsets = np.cumsum([0, *(len(group) for group in groups)])
    numbers = np.full(len(groups), prizes)
    cut = cut_offs(scores, offsets, numbers)
    shared = share_pool(scores, cut, numbers, amount, offsets)
    goods = queue_goods(scores, cut, numbers, offsets)
    for group, first, last in zip(groups, offsets[:-1], offsets[1:], strict=True):
        taking = sum(score >= 0 for score in group)
        won = shared[first:last]
        assert won.sum() == min(prizes, taking) * amount
        assert goods[first:last].sum() == min(prizes, taking)
        assert np.all(won[np.array(group) < 0] == 0)
        assert all(
            won[i] >= won[j] or group[i] < group[j]
            for i in range(len(group))
            for j in range(i + 1, len(group))
        )  # a higher or equal score that stands first takes no less


@given(campaigns(), st.lists(st.tuples(REPORTS, SHIFTS, PRICES), min_size=1, max_size=3), REPORTS)
def test_the_lines_of_a_slip_sum_to_the_pay(
    campaign: Campaign, segments: list[tuple[int, int, int]], less: int
) -> None:
    terms = terms_of(campaign)
    reported, shifts, price = (np.array([part[i] for part in segments])[:, None] for i in range(3))
    for caught in (False, True):
        true = np.maximum(reported - less, 0)
        work = work_of(reported, shifts, price, true=true, caught=caught)
        lines = steps(terms, work, [("prizes.premium", 7)])
        assert sum(line.amount for line in lines) == pay_of(terms, work, 7)[0]


def test_everybody_in_one_call_is_everybody_alone() -> None:
    terms = terms_of(checked({**PLAIN, "pay": {"bonus": [{"at": 1.0, "amount": 500}]}}))
    reported, shifts = np.arange(0, 60_000, 997), 25
    together = pay_of(terms, work_of(reported, shifts, 1_000_000))
    alone = [int(pay_of(terms, work_of([r], shifts, 1_000_000))[0]) for r in reported]
    assert together.tolist() == alone


def test_half_a_minor_unit_goes_up_however_large_the_pay() -> None:
    # 10^12 thousandths x 2.5000005 norms = 2 500 000 500.0 minor units; one part in 10^12 less rounds alike
    # until half a unit is missing.
    price, exact = np.array([10**12]), 2_500_000_500
    weight = 2_500_000_500_000
    assert money(price, np.array([weight]))[0] == exact
    assert money(price, np.array([weight + 500]))[0] == exact + 1
    assert money(price, np.array([weight + 499]))[0] == exact
    big = 9 * 10**17 + 123_456_789_012
    assert money(price, np.array([big]))[0] == (big * 10**12 + 5 * 10**14) // 10**15


DECIMALS = st.integers(1, 2_000_000).map(lambda n: Fraction(n, 10_000))


@given(made=DECIMALS, norm=DECIMALS, shifts=st.integers(1, 31))
def test_reports_are_counted_as_their_decimals_are(
    made: Fraction, norm: Fraction, shifts: int
) -> None:
    """In fractions, halves up: what double precision makes of a decimal must not cost a thousandth."""
    exact = made / norm * 1000 * shifts
    counted = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    assert thousandths(float(made), float(norm), shifts) == counted


@pytest.mark.parametrize(
    ("made", "norm", "shifts", "counted"),
    [
        (33.55, 100.0, 1, 336),  # 335.5
        (3.0448, 3.2, 1, 952),  # 951.5
        (0.136256, 3.2, 25, 1065),  # 1064.5
        (33.549999, 100.0, 1, 335),
        (-1.0, 7.0, 1, 0),
        (1e300, 1.0, 1, 9 * 10**12),
    ],
)
def test_half_a_thousandth_goes_up(made: float, norm: float, shifts: int, counted: int) -> None:
    assert thousandths(made, norm, shifts) == counted


@pytest.mark.parametrize(
    ("reported", "price"), [(10**11, 10**6), (25_000, 10**13), (9 * 10**9, 9 * 10**12)]
)
def test_what_64_bits_cannot_hold_is_refused(reported: int, price: int) -> None:
    with pytest.raises(OverflowError, match="too large to be settled"):
        piece_pay(terms_of(checked(PLAIN)), *one(reported, 25, price))


def test_parts_may_be_called_alone() -> None:
    campaign = checked({**PLAIN, "pay": {"guarantee": 0.5, "bonus": [{"at": 1.0, "amount": 9}]}})
    terms = terms_of(campaign)
    reported, shifts = one(25_000, 25)
    assert bonuses(terms, reported, shifts)[0] == 9
    assert guaranteed(terms, np.array([1]), shifts)[0] == 12_500
    work = work_of([25_000, 25_000], 25, 1_000_000, true=[20_000, 20_000], caught=[True, False])
    assert clawed_back(terms, work).tolist() == [[20_000, 25_000]]


def test_a_norm_of_millions_can_be_deducted_from() -> None:
    campaign = checked({**PLAIN, "audits": {"deduction": 0.0001, "clawback": False}})
    work = work_of([25_000], 25, 10**6, true=[24_999], norm=10**10, caught=True)
    # A thousandth of a norm of ten million is 10 000 units: 10 000 x 0.0001 days x 1000 = 1000.
    assert deducted(terms_of(campaign), work).tolist() == [1000]
    assert deducted(terms_of(checked(PLAIN)), work).tolist() == [0]


def test_a_slip_says_which_rule_paid_what() -> None:
    pay = {
        "piece_share": 0.7,
        "scale": [{"from": 0.0, "rate": 1.0}, {"from": 1.0, "rate": 1.5}],
        "bonus": [{"at": 1.0, "amount": 2000}],
    }
    terms = terms_of(checked({**PLAIN, "pay": pay, "audits": {"deduction": 0.1}}))
    told = work_of([30_000], 25, 1_000_000, true=[24_000], caught=True)
    lines = steps(terms, told, [("prizes.best", 500)])
    assert [(line.address, line.amount) for line in lines] == [
        ("pay.piece_share", 7500),  # .3 x 25 x 1000
        ("pay.scale.0", 17500),  # .7 x 25 x 1000
        ("pay.scale.1", 5250),  # 1.5 x .7 x 5 x 1000
        ("pay.bonus.0", 2000),
        ("audits.clawback", -7950),  # 5250 + 2000 + .7 x 1000
        ("prizes.best", 500),
        ("audits.deduction", -600),  # 6 norm-units x 100
    ]
    assert lines[1].sentence == "25 norms at 70 %, at 1000 a shift"
    assert lines[2].sentence == "5 norms beyond 100 % at 105 %, at 1000 a shift"
    assert lines[4].sentence == "30 norms reported, 24 done: taken back"
