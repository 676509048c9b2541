"""Decompositions of made-up campaigns, whose games are known, and of one that is run."""

from __future__ import annotations

from typing import Any

import pytest

import stakhanov
from stakhanov.campaign import Campaign, checked, load
from stakhanov.experiments.arms import Base
from stakhanov.experiments.decomposition import coalitions, decompose, decomposed, rules_named
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.presence import is_there
from stakhanov.experiments.reading import Reading
from stakhanov.experiments.rules import RULES
from stakhanov.experiments.trial import Trial, perform
from stakhanov.foundation.address import assigned
from stakhanov.foundation.problem import BadInput
from stakhanov.workforce import load as load_workforce

OUTPUT = Reading("true_output")
FLAGSHIP = load("stakhanovite-1935")


def base(name: str = "stakhanovite-1935", periods: int = 2) -> Base:
    return Base(load(name), load_workforce("soviet-industry"), workers=160, periods=periods)


def rules_of(trial: Trial) -> set[str]:
    """Which rules a design has, read off its values one by one."""
    now, people = trial.design.campaign, trial.design.workforce
    there = {
        "pay-progression": len(now.pay.scale) > 1 and bool(now.pay.bonus),
        "prizes": any(prize.amount or prize.esteem for prize in now.prizes),
        "emulation": now.emulation.visibility > 0.0 and bool(now.emulation.contests),
        "publicity": now.publicity.esteem.value > 0.0 and bool(now.publicity.staged),
        "norm-revision": now.norms.revision.up > 0.0 and bool(now.norms.orders),
        "padding": people.honesty.lying_cost < 1e9,
        "strain": people.strain.growth > 0.0 and people.fatigue.effect > 0.0,
        "technology": now.technology.growth > 0.0,
    }
    return {name for name, is_there in there.items() if is_there}


def test_a_known_game_is_shared_out_as_by_hand(invented: Any) -> None:
    """v = 3 [prizes] + 5 [publicity] + 2 [both] + luck: phi = 4 and 6, interaction 2, the rest 0."""

    def rule(trial: Trial) -> float:
        there = rules_of(trial)
        worth = 3.0 * ("prizes" in there) + 5.0 * ("publicity" in there)
        return worth + 2.0 * ({"prizes", "publicity"} <= there) + 100.0 * trial.seed

    found = decomposed(base(periods=96), OUTPUT, Laboratory(executor=invented(rule)), [1, 2, 3])
    shares = {one.rule.name: one.share for one in found.shares}
    assert shares["prizes"].mean == pytest.approx(4.0, abs=1e-9)
    assert shares["publicity"].mean == pytest.approx(6.0, abs=1e-9)
    assert shares["prizes"].width == pytest.approx(0.0, abs=1e-9)  # luck drops out
    assert found.total == sum(one.share.mean for one in found.shares)
    assert found.total == pytest.approx(10.0)
    assert found.everything.mean - found.nothing.mean == pytest.approx(found.total)
    both = {frozenset(rule.name for rule in one.rules): one.value.mean for one in found.together}
    assert both[frozenset({"prizes", "publicity"})] == pytest.approx(2.0)
    assert sum(abs(value) for value in both.values()) == pytest.approx(2.0)


def test_every_set_of_rules_is_run_once(invented: Any) -> None:
    executor = invented(lambda _: 1.0)
    found = decomposed(base(periods=96), OUTPUT, Laboratory(executor=executor), [1])
    assert len(found.shares) == len(RULES) == 8
    assert len(executor.made) == 256
    seen = {frozenset(rules_of(trial)) for trial in executor.made}
    assert len(seen) == 256


def test_rules_are_out_for_the_whole_run() -> None:
    """No dated change brings back what was taken out, and nothing else changes."""
    [nothing, *_, everything] = coalitions(base(), RULES)
    assert everything == base().design()
    for period in (0, 36, 76, 95):
        now = nothing.campaign.in_force(period)
        was = FLAGSHIP.in_force(period)
        assert [step.rate for step in now.pay.scale] == [1.0]
        assert now.pay.bonus == ()
        assert {prize.amount for prize in now.prizes} == {0}
        assert now.publicity.intensity == now.publicity.esteem.value == 0.0
        assert (now.norms.revision.up, now.norms.orders) == (0.0, ())
        assert now.technology.growth == 0.0
        assert now.pay.reference == was.pay.reference
        assert now.plan == was.plan
        assert now.discipline == was.discipline


def test_a_campaign_plays_with_the_rules_that_it_has(invented: Any) -> None:
    found = decomposed(base("time-wage"), OUTPUT, Laboratory(executor=invented(lambda _: 1.0)), [1])
    absent = {"pay-progression", "prizes", "publicity", "padding", "technology"}
    assert {rule.name for rule in found.absent} == absent


#: What makes a rule of the plain piece rate idle, and what wakes it.
IDLE_OR_NOT: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("publicity", {}, {"publicity.intensity": 0.5}),
    ("publicity", {}, {"publicity.staged": [{"at": 1, "crew": 3, "per_head": 4.9}]}),
    (
        "publicity",
        {"publicity.staged": [{"at": 2, "crew": 3, "per_head": 4.9}]},
        {"changes": [{"at": 1, "set": {"publicity.intensity": 0.5}}]},
    ),
    ("padding", {}, {"pay.bonus": [{"at": 1.0, "amount": 100}]}),
    ("padding", {"pay.bonus": [{"at": 1.1, "amount": 100}]}, {"pay.bonus": [{"at": 1, "amount": 1}]}),
    (
        "padding",
        {"pay.bonus": [{"at": 1.0, "amount": 100}], "audits.probability": 1.0},
        {"audits.probability": 0.99},
    ),
    (
        "padding",
        {"pay.scale": [{"from": 0.0, "rate": 1.0}, {"from": 1.0, "rate": 1.5}]},
        {"pay.scale": [{"from": 0.0, "rate": 1.0}, {"from": 1.0, "rate": 1.5, "retroactive": True}]},
    ),
    (
        "padding",
        {"pay.bonus": [{"at": 1.0, "amount": 100, "inclusive": False}], "audits.probability": 1.0},
        {"pay.bonus": [{"at": 1.0, "amount": 100}], "audits.clawback": False},
    ),
    (
        "prizes",
        {"prizes": [{"name": "late", "by": "rank", "per_thousand": 10, "amount": 9, "every": 3}]},
        {"prizes.late.every": 2},
    ),
    (
        "technology",
        {"changes": [{"at": 2, "set": {"technology.growth": 0.01}}]},
        {"changes": [{"at": 1, "set": {"technology.growth": 0.01}}]},
    ),
    ("emulation", {"peers.conformity": 0.0}, {"peers.conformity": 0.1}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "idle", "awake"), IDLE_OR_NOT)
def test_a_rule_is_there_where_it_can_have_an_effect(
    name: str, idle: dict[str, Any], awake: dict[str, Any]
) -> None:
    """The base has two periods: 0 and 1."""
    [rule] = rules_named([name])
    plain = {**base("plain-piece-rate").campaign.plain(), "changes": []}
    for differences, there in ((idle, False), ({**idle, **awake}, True)):
        of_people = {key: value for key, value in differences.items() if key.startswith("peers.")}
        of_rules = {key: value for key, value in differences.items() if key not in of_people}
        people = load_workforce("heavy-machine-building").with_(of_people)
        rules = checked(assigned(plain, of_rules))
        one = Base(rules, people, workers=160, periods=2)
        without = one.design(rule.out(rules.plain()))
        assert is_there(rule, one.design(), without) is there


@pytest.mark.parametrize("name", ["publicity", "padding"])
def test_what_is_idle_moves_no_number(name: str) -> None:
    """The plain piece rate publishes nothing, and nothing hangs on a report of its norm."""
    [rule] = rules_named([name])
    one = Base(load("plain-piece-rate"), load_workforce("heavy-machine-building"), 200, 3)
    outcomes = [
        perform(Trial(design, 1), threads=1)
        for design in (one.design(), one.design(rule.out(one.campaign.plain())))
    ]
    assert outcomes[0].same_as(outcomes[1])


def test_rules_are_chosen_by_name() -> None:
    assert [rule.name for rule in rules_named(["strain", "prizes"])] == ["prizes", "strain"]
    with pytest.raises(
        BadInput, match=r"rules: must name rules.*found prize.*did you mean prizes\?"
    ):
        rules_named(["prize"])
    with pytest.raises(BadInput, match="must be rules that the campaign has"):
        decompose("time-wage", rules=["prizes"])


def flat(campaign: Campaign) -> Campaign:
    """Pay by time: nothing that hangs on the norm can move anybody."""
    return campaign.held({"pay.piece_share": 0.0, "pay.guarantee": 1.0})


def test_a_real_one_sums_up_and_gives_idle_rules_nothing() -> None:
    found = stakhanov.decompose(
        flat(load("plain-piece-rate")),
        workforce="heavy-machine-building",
        rules=["norm-revision", "emulation", "strain"],
        workers=200,
        periods=3,
        replicates=2,
    )
    shares = {one.rule.name: one.share.mean for one in found.shares}
    assert shares["norm-revision"] == 0.0
    assert shares["strain"] != 0.0
    assert found.total == pytest.approx(found.everything.mean - found.nothing.mean, abs=1e-12)
    assert found.table["share"].sum() == pytest.approx(found.total, abs=1e-12)
