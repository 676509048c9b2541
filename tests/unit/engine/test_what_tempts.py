"""What hangs on a report of just the norm is what people lift reports for, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

import stakhanov as sk
from stakhanov.campaign.warnings import warnings_of

Rules = dict[str, Any]

UNCHECKED = {"audits.probability": 0.0}
TITLE = {
    "publicity.intensity": 1.0,
    "publicity.spread.innovation": 1.0,
    "publicity.esteem.threshold": 1.0,
    "publicity.esteem.value": 2.0,
}
TEMPTING: list[Rules] = [
    {"pay.bonus": [{"at": 1.0, "amount": 2000}]},
    {"prizes": [{"name": "prize", "by": "threshold", "at": 1.0, "amount": 2000}]},
    {"prizes": [{"name": "prize", "by": "threshold", "at": 1.0, "esteem": 2.0}]},
    TITLE,
    {"pay.scale": [{"from": 0, "rate": 1}, {"from": 1, "rate": 1.3, "retroactive": True}]},
]
NOT_TEMPTING: list[Rules] = [
    {"pay.bonus": [{"at": 1.0, "amount": 2000, "inclusive": False}]},
    {"pay.bonus": [{"at": 1.2, "amount": 2000}]},
    {"prizes": [{"name": "prize", "by": "rank", "per_thousand": 100, "amount": 2000}]},
    {**TITLE, "publicity.esteem.threshold": 1.2},
    {"pay.scale": [{"from": 0, "rate": 1}, {"from": 1.2, "rate": 1.3, "retroactive": True}]},
]


def padded(rules: Rules, **people: float) -> float:
    campaign = sk.load("plain-piece-rate").held(rules)
    workforce = sk.load_workforce("heavy-machine-building").held(people)
    run = sk.simulate(campaign, workforce, workers=1000, periods=3, seed=1)
    return float(run.measures["padded_share"]["value"])


def told(rules: Rules) -> list[str]:
    said = map(str, warnings_of(sk.load("plain-piece-rate").held(rules)))
    return [one for one in said if one.startswith("audits.")]


@pytest.mark.parametrize("rules", TEMPTING)
def test_people_pad_for_it_and_are_said_to(rules: Rules) -> None:
    assert padded(UNCHECKED | rules) > 0.005
    assert told(UNCHECKED | rules)


@pytest.mark.parametrize("rules", NOT_TEMPTING)
def test_nobody_pads_for_it_and_nobody_says_so(rules: Rules) -> None:
    assert padded(UNCHECKED | rules) == 0.0
    assert not told(UNCHECKED | rules)


def test_where_nothing_is_taken_back_even_a_certain_audit_is_no_reason_not_to() -> None:
    rules = {**TEMPTING[0], "audits.probability": 1.0, "audits.fine": 0.0}
    assert padded({**rules, "audits.clawback": True}) == 0.0
    assert padded({**rules, "audits.clawback": False}) > 0.005
    assert told({**rules, "audits.clawback": False})
