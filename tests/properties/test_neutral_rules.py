"""A rule that is switched off is the rule at its neutral value, whatever else is in force.

A pair holds some addresses at a value and tells two ways to say the same; runs are the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings

from stakhanov.campaign import Campaign
from stakhanov.workforce import Workforce
from tests.properties.generators import asked, campaigns, workforces
from tests.properties.lives import lived, reports_of, same

FEW = settings(max_examples=max(1, settings.default.max_examples // 8))
#: Rows of the state that do not change who does and reports what.
OUTPUT = ("worker", "period", "norm", "true")


@dataclass(frozen=True)
class Pair:
    """Two ways to say the same."""

    name: str
    one: Mapping[str, Any]
    other: Mapping[str, Any]
    held: Mapping[str, Any] = field(default_factory=dict)
    same: Literal["everything", "reports", "true output"] = "everything"


NO_RATCHET = {"norms.revision.up": 0.0, "norms.revision.down": 0.0}
STEADY = {"size.workers": 1000}
FAR_CHANGE = [{"at": 99, "set": {"norms.revision.up": 0.9}}]
NO_PULL = {"quits.strain": 0.0, "quits.morale": 0.0, "quits.wage": 0.0}
STRONG_PULL = {"quits.strain": 2.0, "quits.morale": 3.0, "quits.wage": 1.0}

PAIRS = [
    Pair(
        "no revision due or not",
        {"norms.revision.every": 1},
        {"norms.revision.every": 3},
        NO_RATCHET,
    ),
    Pair(
        "nobody foresees",
        {"foresight.interest": 0.01},
        {"foresight.interest": 1.0},
        {"foresight.share": 0.0},
    ),
    Pair("nothing to foresee", {"foresight.share": 0.0}, {"foresight.share": 1.0}, NO_RATCHET),
    Pair(
        "rates that do not fall leave no ratchet",
        {"foresight.share": 0.0},
        {"foresight.share": 1.0},
        {"norms.revision.rate_cut": 0.0},
    ),
    Pair(
        "nobody sees mates",
        {"peers.conformity": 0.0},
        {"peers.conformity": 0.3},
        {"emulation.visibility": 0.0},
    ),
    Pair(
        "nobody minds mates",
        {"emulation.visibility": 0.0},
        {"emulation.visibility": 1.0},
        {"peers.conformity": 0.0},
    ),
    Pair(
        "silence",
        {"publicity.spread.innovation": 0.0, "publicity.esteem.value": 0.0},
        {"publicity.spread.innovation": 0.9, "publicity.esteem.value": 2.0},
        {"publicity.intensity": 0.0},
    ),
    Pair(
        "silence and belief",
        {"aspiration.published": 0.0, "trust.lie": 0.0},
        {"aspiration.published": 1.0, "trust.lie": 1.0},
        {"publicity.intensity": 0.0},
    ),
    Pair(
        "no audits",
        {
            "audits.fine": 0.0,
            "audits.deduction": 0.0,
            "audits.clawback": True,
            "morale.caught": 0.0,
        },
        {
            "audits.fine": 3.0,
            "audits.deduction": 2.0,
            "audits.clawback": False,
            "morale.caught": 1.0,
        },
        {"audits.probability": 0.0},
    ),
    Pair(
        "nobody lies",
        {"audits.probability": 0.0, "audits.aim": "random", "honesty.complicity": 0.0},
        {"audits.probability": 0.9, "audits.aim": "risk", "honesty.complicity": 1.0},
        {"honesty.lying_cost": float("inf")},
    ),
    Pair(
        "no longing",
        {"aspiration.loss_aversion": 1.0, "aspiration.width": 0.1},
        {"aspiration.loss_aversion": 3.0, "aspiration.width": 1.0},
        {"aspiration.weight": 0.0},
    ),
    Pair(
        "gains weigh as losses",
        {"aspiration.weight": 0.0},
        {"aspiration.weight": 1.0},
        {"aspiration.loss_aversion": 1.0},
    ),
    Pair(
        "money is worth nothing",
        {"pay.reference": 100, "pay.guarantee": 0.9},
        {"pay.reference": 3000, "pay.guarantee": 0.1},
        {"money.value": 0.0, "quits.wage": 0.0, "pay.piece_share": 0.0, "changes": []},
        "true output",
    ),
    Pair(
        "pay by time",
        {"pay.scale": [{"from": 0.0, "rate": 1.0}]},
        {"pay.scale": [{"from": 0.0, "rate": 2.0}]},
        {"pay.piece_share": 0.0},
    ),
    Pair(
        "tiredness without effect",
        {"fatigue.load": 0.0, "fatigue.recovery": 1.0},
        {"fatigue.load": 1.0, "fatigue.recovery": 9.0},
        {"fatigue.effect": 0.0, "accidents.fatigue": 0.0},
        "reports",
    ),
    Pair(
        "no strain",
        {"strain.recovery": 9.0, "strain.sustainable": 0.0},
        {"strain.recovery": 90.0, "strain.sustainable": 2.0},
        {"strain.growth": 0.0},
    ),
    Pair(
        "nobody leaves",
        {"recruits.learning": 10.0, **NO_PULL},
        {"recruits.learning": 90.0, **STRONG_PULL},
        {"quits.base": 0.0, "accidents.base": 0.0, **STEADY},
    ),
    Pair(
        "recruits know it all",
        {"recruits.learning": 10.0},
        {"recruits.learning": 90.0},
        {"recruits.skill": 1.0},
    ),
    Pair("leaving forbidden", NO_PULL, STRONG_PULL, {"discipline.leaving": 0.0}),
    Pair(
        "no accidents",
        {"accidents.fatigue": 0.0, "accidents.strain": 0.0},
        {"accidents.fatigue": 3.0, "accidents.strain": 3.0},
        {"accidents.base": 0.0},
    ),
    Pair(
        "trust that nothing moves",
        {"trust.recovery": 0.0},
        {"trust.recovery": 1.0},
        {"trust.learning": 0.0, "trust.norm_shock": 0.0, "trust.lie": 0.0},
    ),
    Pair(
        "morale that nothing moves",
        {"quits.morale": 0.0, "morale.recovery": 0.0},
        {"quits.morale": 5.0, "morale.recovery": 1.0},
        {
            "morale.gain": 0.0,
            "morale.loss": 0.0,
            "morale.norm_shock": 0.0,
            "morale.caught": 0.0,
            "trust.learning": 0.0,
            "trust.norm_shock": 0.0,
            "trust.lie": 0.0,
        },
    ),
    Pair(
        "records that move nobody",
        {"publicity.intensity": 0.1},
        {"publicity.intensity": 0.9},
        {
            "aspiration.published": 0.0,
            "trust.lie": 0.0,
            "publicity.esteem.value": 0.0,
            "changes": [],
        },
        "reports",
    ),
    Pair("an order of nothing", {"norms.orders": []}, {"norms.orders": [{"at": 1, "rise": 0.0}]}),
    Pair("a change behind the end", {"changes": []}, {"changes": FAR_CHANGE}),
    Pair(
        "a change to what is",
        {"changes": []},
        {"changes": [{"at": 1, "set": {"audits.fine": 1.0}}]},
        {"audits.fine": 1.0},
    ),
    Pair(
        "a contest without prizes",
        {"emulation.contests": []},
        {"emulation.contests": [{"name": "for-honour", "scope": "all", "every": 2}]},
    ),
    Pair(
        "a first step that pays everything, as it does anyhow",
        {"pay.scale": [{"from": 0.0, "rate": 1.5, "retroactive": False}]},
        {"pay.scale": [{"from": 0.0, "rate": 1.5, "retroactive": True}]},
    ),
    Pair(
        "a plan nobody is asked to keep", {"plan.growth": 0.0}, {"plan.growth": 1.0}, same="reports"
    ),
    Pair("a bonus of nothing", {"pay.bonus": []}, {"pay.bonus": [{"at": 1.2, "amount": 0}]}),
    Pair(
        "a step at the same rate",
        {"pay.scale": [{"from": 0.0, "rate": 1.1}]},
        {"pay.scale": [{"from": 0.0, "rate": 1.1}, {"from": 0.8, "rate": 1.1}]},
    ),
    Pair(
        "a prize worth nothing",
        {"prizes": []},
        {"prizes": [{"name": "smile", "by": "threshold", "at": 0.9}]},
        {"changes": [], "emulation.contests": []},
        "reports",
    ),
]


def both(
    campaign: Campaign, workforce: Workforce, values: Mapping[str, Any]
) -> tuple[Campaign, Workforce]:
    """The two files with values at their addresses."""
    rules = {a: v for a, v in values.items() if a.split(".")[0] in Campaign.model_fields}
    people = {a: v for a, v in values.items() if a not in rules}
    return campaign.held(rules), workforce.held(people)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_off_is_neutral(pair: Pair) -> None:
    @FEW
    @given(campaigns(), workforces(), asked(workers=50, periods=3))
    def law(campaign, workforce, size) -> None:
        one, other = (
            lived(*both(campaign, workforce, {**pair.held, **way}), size)
            for way in (pair.one, pair.other)
        )
        if pair.same == "everything":
            same(one, other)
        else:
            mine, theirs = (reports_of(course) for course in (one, other))
            if pair.same == "true output":
                mine, theirs = mine.select(OUTPUT), theirs.select(OUTPUT)
            assert mine.equals(theirs)

    law()


@FEW
@given(campaigns(), workforces(), asked(periods=1))
def test_a_flat_clock_in_parts_is_a_flat_clock(campaign, workforce, size) -> None:
    one, other = (
        reports_of(lived(campaign.held({"plan.clock": clock}), workforce, size))["true"]
        for clock in ([1.0], [0.25] * 4)
    )
    assert np.allclose(one, other, rtol=1e-4, atol=1e-5)


def test_every_pair_differs_in_what_it_says() -> None:
    """A pair whose ways are one way would prove nothing."""
    assert all(dict(pair.one) != dict(pair.other) for pair in PAIRS)
    assert len({pair.name for pair in PAIRS}) == len(PAIRS)
