"""Pay in whole minor units: never below the guarantee, in proportion to the money declared, blind to order."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stakhanov.campaign import Campaign
from stakhanov.campaign import checked as checked_campaign
from stakhanov.campaign.settle import Work, earned, floor_of, pay_of, terms_of
from stakhanov.campaign.slip import steps
from tests.properties.generators import RUNS, asked, campaigns, reports, terms, workforces
from tests.properties.lives import lived, reports_of


@given(terms(), reports())
def test_pay_before_fines_is_never_below_the_guarantee(rules, work) -> None:
    shifts = work.shifts.sum(axis=0)
    assert np.all(earned(rules, work.reported, work) >= floor_of(rules, shifts))
    exact = rules.guarantee * rules.reference * shifts / 1e6
    assert np.all(np.abs(floor_of(rules, shifts) - exact) <= 0.5)


@RUNS
@given(campaigns(audits__deduction=0.0), workforces(), asked())
def test_nobody_in_a_run_is_paid_less_than_the_guarantee(campaign, workforce, size) -> None:
    for period, shifts, pay in (
        reports_of(lived(campaign, workforce, size)).select("period", "shifts", "pay").iter_rows()
    ):
        rules = campaign.in_force(period).pay
        assert pay >= rules.guarantee * rules.reference * shifts - 0.5


def doubled(campaign: Campaign) -> Campaign:
    """The campaign with twice the money everywhere."""
    plain = campaign.plain()
    plain["pay"]["reference"] *= 2
    for entry in (*plain["pay"]["bonus"], *plain["prizes"]):
        entry["amount"] *= 2
    for change in plain["changes"]:
        change["set"] = {
            address: 2 * value if address == "pay.reference" else value
            for address, value in change["set"].items()
        }
    return checked_campaign(plain)


@given(campaigns(), reports())
def test_doubling_all_money_doubles_pay(campaign, work) -> None:
    """To within the rounding steps: half a unit for each segment, for the guarantee and for fines."""
    once = pay_of(terms_of(campaign, 0), work)
    twice = pay_of(terms_of(doubled(campaign), 0), work._replace(price=2 * work.price))
    assert np.all(np.abs(twice - 2 * once) <= 1.5 * (len(work.price) + 1))


@RUNS
@given(campaigns(), workforces(quits__wage=0.0), asked())
def test_doubling_all_money_changes_nothing_but_pay(campaign, workforce, size) -> None:
    once, twice = (
        reports_of(lived(rules, workforce, size)) for rules in (campaign, doubled(campaign))
    )
    assert once.drop("price", "pay").equals(twice.drop("price", "pay"))
    prizes = 1 + len(campaign.prizes)
    assert np.all(np.abs((twice["pay"] - 2 * once["pay"]).to_numpy()) <= 1.5 * (1 + prizes) + 0.5)


@given(terms(), reports(), st.randoms(use_true_random=False))
def test_pay_does_not_depend_on_who_is_settled_first(rules, work, luck) -> None:
    order = list(range(work.caught.size))
    luck.shuffle(order)
    moved = Work(*(rows[..., order] for rows in work))
    assert np.array_equal(pay_of(rules, work)[order], pay_of(rules, moved))


@given(terms(), reports(honest=True), st.integers(0, 900))
def test_more_output_never_earns_less_where_no_step_takes_back(rules, work, more) -> None:
    """A retroactive step at a lower rate may take back what was earned; no other rule may."""
    told = work.reported + more * work.shifts
    better = work._replace(reported=told, true=told)
    if min(rules.leaps) >= 0:
        assert np.all(pay_of(rules, better) >= pay_of(rules, work))


@given(terms(audits__clawback=True), reports())
def test_being_caught_never_pays(rules, work) -> None:
    if min(rules.leaps) >= 0:
        free = work._replace(caught=np.zeros_like(work.caught))
        assert np.all(pay_of(rules, work) <= pay_of(rules, free))


@given(terms(), reports(workers=3), st.integers(0, 4000))
def test_a_slip_adds_up_to_the_pay(rules, work, prize) -> None:
    paid = pay_of(rules, work, np.full(work.caught.size, prize))
    given_prizes: list[Any] = [("prizes.contest", prize)] if prize else []
    for who in range(work.caught.size):
        alone = Work(*(rows[..., [who]] for rows in work))
        lines = steps(rules, alone, given_prizes)
        assert sum(line.amount for line in lines) == paid[who]
