"""A campaign in sentences: every rule that is there is told, with numbers that a works council can check."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from stakhanov.campaign import Campaign, checked, library, load
from stakhanov.foundation.catalogue import parameters

FULL: dict[str, Any] = {
    "campaign": {"name": "full", "start": "1935-01-01"},
    "plan": {"growth": 0.1, "clock": [0.2, 0.3, 0.5], "hours": 1.1},
    "technology": {"growth": 0.01},
    "norms": {"start": 2.0, "orders": [{"at": "1935-06-01", "rise": 0.2, "branch": "coal"}]},
    "pay": {
        "reference": 1000,
        "reference_date": "1935-01-01",
        "piece_share": 0.7,
        "scale": [{"from": 0.0, "rate": 1.1}, {"from": 1.2, "rate": 1.5, "retroactive": True}],
        "bonus": [{"at": 1.0, "amount": 2000}],
    },
    "prizes": [
        {"name": "cup", "by": "rank", "per_thousand": 10, "amount": 500, "esteem": 0.5},
        {"name": "flag", "by": "threshold", "at": 1.5, "amount": 700},
        {"name": "flat", "by": "queue", "per_thousand": 0.2, "esteem": 2.0},
    ],
    "emulation": {
        "visibility": 0.5,
        "contests": [{"name": "spring", "prizes": ["cup"]}],
    },
    "publicity": {"intensity": 0.5, "staged": [{"at": "1935-08-31", "branch": "coal"}]},
    "audits": {"aim": "risk", "fixed_fine": 0.5, "deduction": 1.5},
    "discipline": {"leaving": 0.5},
    "limits": {"strain": 0.5, "hours": 1.2},
    "changes": [{"at": "1936-01-01", "set": {"norms.revision.up": 0.5}, "note": "A new rule."}],
}

#: Another value for every rule; what is no rule, or takes part only where something else is, is not here.
OTHER: dict[str, Any] = {
    "campaign.title": "Another",
    "campaign.summary": "Another summary",
    "campaign.start": "1936-01-01",
    "campaign.currency.name": "taka",
    "campaign.currency.minor": "poisha",
    "campaign.currency.parts": 10,
    "plan.shifts_per_period": 24,
    "plan.periods_per_year": 13,
    "plan.years": 4,
    "plan.growth": 0.2,
    "plan.clock": [0.3, 0.3, 0.4],
    "plan.hours": 1.15,
    "technology.growth": 0.02,
    "norms.start": 3.0,
    "norms.scope": "branch",
    "norms.revision.every": 6,
    "norms.revision.up": 0.4,
    "norms.revision.down": 0.2,
    "norms.revision.basis": "best-tenth",
    "norms.revision.rate_cut": 0.62,
    "norms.orders.0.at": "1935-07-01",
    "norms.orders.0.rise": 0.25,
    "norms.orders.0.branch": "steel",
    "pay.reference": 1100,
    "pay.reference_date": "1934-01-01",
    "pay.piece_share": 0.6,
    "pay.scale.1.from": 1.3,
    "pay.scale.0.rate": 1.2,
    "pay.scale.1.retroactive": False,
    "pay.guarantee": 0.5,
    "pay.bonus.0.at": 1.1,
    "pay.bonus.0.inclusive": False,
    "pay.bonus.0.amount": 2100,
    "prizes.cup.name": "mug",
    "prizes.cup.by": "queue",
    "prizes.flat.scope": "enterprise",
    "prizes.flat.per_thousand": 0.3,
    "prizes.flag.at": 1.6,
    "prizes.cup.amount": 600,
    "prizes.flat.esteem": 3.0,
    "prizes.flat.every": 2,
    "emulation.visibility": 0.4,
    "emulation.contests.spring.name": "autumn",
    "emulation.contests.spring.scope": "all",
    "emulation.contests.spring.measure": "output",
    "emulation.contests.spring.every": 3,
    "emulation.contests.spring.prizes": [],
    "publicity.intensity": 0.6,
    "publicity.spread.innovation": 0.04,
    "publicity.spread.imitation": 2.0,
    "publicity.staged.0.at": "1935-09-30",
    "publicity.staged.0.branch": "steel",
    "publicity.staged.0.crew": 4,
    "publicity.staged.0.per_head": 5.0,
    "publicity.esteem.threshold": 1.3,
    "publicity.esteem.value": 0.4,
    "audits.probability": 0.3,
    "audits.aim": "random",
    "audits.fine": 2.0,
    "audits.fixed_fine": 1.0,
    "audits.deduction": 2.0,
    "audits.clawback": False,
    "discipline.leaving": 0.4,
    "limits.strain": 0.6,
    "limits.hours": 1.3,
    "changes.0.at": "1936-02-01",
    "changes.0.set": {"norms.revision.up": 0.6},
    "changes.0.note": "Another rule.",
}  # fmt: skip

#: Not told: the form of the file, its name where it has a title, where values come from.
UNTOLD = {
    "format",
    "campaign.name",
    "campaign.base",
    "campaign.sources",
    "campaign.evidence",
    "changes.*.source",
}


LISTS = {
    "norms.orders",
    "pay.scale",
    "pay.bonus",
    "prizes",
    "emulation.contests",
    "publicity.staged",
    "changes",
}


def general(address: str) -> str:
    for where in LISTS:
        if address.startswith(f"{where}."):
            return f"{where}.*.{address.removeprefix(f'{where}.').partition('.')[2]}"
    return address


@pytest.mark.parametrize("address", OTHER)
def test_another_value_of_a_rule_is_another_sentence(address: str) -> None:
    full = checked(FULL)
    told = {"prizes.cup.name": {"emulation.contests.spring.prizes": ["mug"]}}.get(address, {})
    assert full.with_({address: OTHER[address], **told}).explain() != full.explain()


def test_no_rule_is_left_out_of_the_test_above() -> None:
    declared = {one.address for one in parameters(Campaign)}
    missing = declared - {general(address) for address in OTHER} - UNTOLD - LISTS
    assert missing == set()


def lines(name: str) -> list[str]:
    return load(name).explain().split("\n")


def test_pay_at_eighty_a_hundred_and_a_hundred_and_thirty_per_cent() -> None:
    # Flagship: 460 kopecks, 30 % by time, 67 % guaranteed, 920 at 100 %; 25 shifts.
    # 80 %: 25 x (.3 + .7 x .8) x 460 = 9890. 100 %: 25 x 460 + 920 = 12420.
    # 130 %: 25 x 460 x (.3 + .7 x (1 + .1 x 1.25 + .15 x 1.5 + .05 x 2)) + 920 = 15122.5 + 920, half up.
    said = lines("stakhanovite-1935")
    start = said.index(
        "So a full period of 25 shifts pays, before prizes and while no norm has moved:"
    )
    assert said[start + 1 : start + 4] == [
        "  at 80 %: 98 roubles 90 kopecks (3 roubles 96 kopecks a shift)",
        "  at 100 %: 124 roubles 20 kopecks (4 roubles 97 kopecks a shift)",
        "  at 130 %: 160 roubles 43 kopecks (6 roubles 42 kopecks a shift)",
    ]
    # Under the last rules 26 shifts at 1039 with a bonus of 2078: 80 % is 26 x .86 x 1039 = 23232.04.
    assert "  at 80 %: 232 roubles 32 kopecks (8 roubles 94 kopecks a shift)" in said


def test_what_happens_is_told_in_order_with_what_was_before() -> None:
    said = lines("stakhanovite-1935")
    happens = said[said.index("What happens when:") + 1 :]
    days = [line.split(":")[0] for line in happens[: happens.index("")]]
    assert len(days) == 21  # 17 changes, 2 orders, 2 staged records
    keys = [datetime.strptime(day, "%d %B %Y").date() for day in days]
    assert keys == sorted(keys)
    assert (
        "1 January 1934: Nominal pay goes up. Pay of a shift at 100 % of the first norm: 5 roubles 17 kopecks "
        "a shift (was 4 roubles 60 kopecks). Bonus at 100 %, amount: 10 roubles 34 kopecks a period "
        "(was 9 roubles 20 kopecks). Prize premium, money: 25 roubles 85 kopecks (was 23 roubles)."
    ) in happens
    # 1.317^-.62 = .843: rates fell by 15.7 % where norms rose by 31.7 %.
    assert (
        "1 April 1939: By order, norms rise by 31.7 % in heavy-machine-building; rates fall by 15.69 %."
    ) in happens


def test_a_period_without_a_date_is_told_by_both() -> None:
    one = checked({**FULL, "changes": [{"at": 14, "set": {"pay.piece_share": 0.5}}]})
    assert "March 1936, period 14: Share of pay by the piece: 50 % (was 70 %)." in one.explain()


@pytest.mark.parametrize("name", library())
def test_a_library_campaign_reads_as_sentences(name: str) -> None:
    for line in lines(name)[1:]:
        assert not line or line.endswith((".", ":", ")")), line
        assert line[:1] == line[:1].upper()
        assert "1 periods" not in line
        assert "%%" not in line


def test_small_numbers_of_winners_are_whole_people() -> None:
    said = load("stakhanovite-1935").explain()
    assert "the best 2 in 100,000 of all" in said
    assert "2 in 10,000 of each branch" in said
