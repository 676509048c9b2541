"""Optimising campaigns whose runs are made up: limits hold, and what is told is what was not searched on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest

pytest.importorskip("optuna", reason="the extra `optimise` is not installed")

import stakhanov
from stakhanov.campaign import Campaign
from stakhanov.experiments.executors.protocol import Check, proceed
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.optimise import Optimum, optimise
from stakhanov.experiments.store import FolderStore
from stakhanov.experiments.trial import Outcome, Trial
from stakhanov.foundation.measures import MEASURES
from stakhanov.foundation.problem import BadInput

SMALL: dict[str, Any] = {"workforce": "heavy-machine-building", "workers": 40, "periods": 3}
UP = "norms.revision.up"


class Made:
    """An executor whose runs have the output, pay and strain that a rule gives."""

    name = "made"

    def __init__(self, rule: Callable[[Trial], tuple[float, float, float]]) -> None:
        self.rule = rule
        self.made: list[Trial] = []

    def run(
        self, trials: Sequence[Trial], check: Check = proceed
    ) -> Iterator[tuple[Trial, Outcome]]:
        for trial in trials:
            check()
            self.made.append(trial)
            output, pay, strain = self.rule(trial)
            measures = {**dict.fromkeys(MEASURES, 0.0), "true_output": output, "pay_mean": pay}
            series = np.array([0.0, strain, 0.5 * strain])
            workers = np.full(3, 40.0)
            yield trial, Outcome(measures, {"strain_mean": series, "workers": workers})

    def close(self) -> None:
        pass


def rising(trial: Trial) -> tuple[float, float, float]:
    """The norm's rise buys output with pay and strain, whatever the luck."""
    up = trial.design.campaign.norms.revision.up
    output = 20.0 + up + 10.0 * math.sin(trial.seed)
    return output, (1.0 + up * up) * output * 25.0, up


def campaign(**held: float) -> Campaign:
    found = stakhanov.load("plain-piece-rate")
    return found.held({name.replace("_", "."): value for name, value in held.items()})


def found(executor: Made, rules: Campaign, **more: Any) -> Optimum:
    asked: dict[str, Any] = {"goals": ["output", "cost"], "trials": 60, "fresh": 3, **SMALL}
    vary = more.pop("vary", {UP: (0.0, 1.0)})
    return optimise(rules, vary, laboratory=Laboratory(executor=executor), **asked, **more)


def test_a_stated_limit_holds_whatever_goals_would_pay() -> None:
    best = found(Made(rising), campaign(limits_strain=0.5))
    assert best.beyond > 0
    assert best.front
    assert all(one.strain <= 0.5 and one.within for one in best.front)
    highest = max(one.at[UP] for one in best.front)
    assert 0.4 < highest <= 0.5
    assert best.strain.stated
    assert best.strain.largest == 0.5


def test_where_no_limit_is_stated_people_bear_no_more_than_they_do() -> None:
    best = found(Made(rising), campaign())
    assert best.present.strain == pytest.approx(0.3)
    assert not best.strain.stated
    assert best.strain.largest == pytest.approx(0.3)
    assert max(one.at[UP] for one in best.front) <= 0.3
    free = found(Made(lambda trial: (*rising(trial)[:2], 0.0)), campaign())
    assert max(one.at[UP] for one in free.front) > 0.9


def test_what_goes_beyond_a_limit_on_fresh_seeds_is_no_policy() -> None:
    def kind(trial: Trial) -> tuple[float, float, float]:
        output, pay, strain = rising(trial)
        return output, pay, strain if trial.seed > 2 else strain - 0.3

    best = found(Made(kind), campaign(limits_strain=0.5), front=30)
    fallen = [one for one in best.policies if not one.within]
    assert fallen
    assert all(not one.kept and one.strain > 0.5 for one in fallen)
    assert all(one.strain <= 0.5 for one in best.front)


def test_only_seeds_that_the_search_never_saw_are_told() -> None:
    def lucky(trial: Trial) -> tuple[float, float, float]:
        output, pay, strain = rising(trial)
        return (output, pay, strain) if trial.seed <= 2 else (7.0, 25.0 * 7.0, strain)

    best = found(Made(lucky), campaign(limits_strain=1.0))
    assert best.seeds == (1, 2)
    assert best.fresh == (3, 4, 5)
    assert {one.values[0].mean for one in best.policies} == {7.0}
    assert best.front == []
    assert best.present.kept


def test_gains_are_paired_and_luck_drops_out() -> None:
    best = found(Made(rising), campaign(limits_strain=1.0))
    for one in best.policies:
        assert one.gains[0].mean == pytest.approx(one.at[UP] - 0.3)
        assert one.gains[0].width == pytest.approx(0.0, abs=1e-9)
        assert one.values[0].width > 1.0


def test_the_price_of_the_ratchet_is_the_output_that_comes_back_without_it() -> None:
    def held_back(trial: Trial) -> tuple[float, float, float]:
        norms = trial.design.campaign.norms
        output = 2.0 - 0.4 * norms.revision.up - 0.1 * norms.revision.down
        return output + math.sin(trial.seed), 50.0 * norms.start, 0.1

    vary: dict[str, Any] = {UP: [0.0, 0.3, 1.0], "norms.start": (0.5, 2.0)}
    best = found(Made(held_back), campaign(norms_revision_down=0.0), vary=vary)
    assert best.present.ratchet.mean == pytest.approx(0.12)
    for one in best.policies:
        assert one.ratchet.mean == pytest.approx(0.4 * one.at[UP])
        if one.at[UP] == 0.0:
            assert (one.ratchet.low, one.ratchet.high) == (0.0, 0.0)
    assert best.front


def test_rules_under_which_nothing_is_produced_are_refused() -> None:
    def idle(trial: Trial) -> tuple[float, float, float]:
        output, pay, strain = rising(trial)
        return (0.0 if trial.design.campaign.norms.revision.up > 0.5 else output), pay, strain

    best = found(Made(idle), campaign(limits_strain=1.0))
    assert best.refused > 0
    assert 0.3 < max(one.at[UP] for one in best.front) <= 0.5


def test_asked_again_nothing_is_made_twice(tmp_path: Any) -> None:
    answers = []
    for _ in range(2):
        executor = Made(rising)
        room = Laboratory(FolderStore(tmp_path), executor)
        answers.append(
            optimise(
                campaign(), {UP: (0.0, 1.0)}, trials=25, fresh=2, laboratory=room, **SMALL
            ).table
        )
        made = len(executor.made)
    assert made == 0
    assert answers[0].equals(answers[1])


def test_the_longest_day_is_no_choice() -> None:
    with pytest.raises(BadInput) as stated:
        found(Made(rising), campaign(limits_hours=1.1), vary={"plan.hours": (1.0, 1.2)})
    assert (
        str(stated.value)
        == "plan.hours: must not make the day longer than limits.hours (1.1); found 1.2"
    )
    with pytest.raises(BadInput) as own:
        found(Made(rising), campaign(), vary={"plan.hours": [0.9, 1.2]})
    assert str(own.value) == (
        "plan.hours: must not make the day longer than the longest day of the campaign (1); found 1.2"
    )
    shorter = found(Made(rising), campaign(), vary={"plan.hours": (0.8, 1.0)})
    assert max(one.hours for one in shorter.policies) <= 1.0


def test_a_limit_that_comes_by_date_holds_from_then_on() -> None:
    later = campaign().with_({"changes": [{"at": 1, "set": {"limits.strain": 0.2}}]})
    best = found(Made(rising), later)
    assert 0.0 < max(one.strain for one in best.front) <= 0.2


@pytest.mark.parametrize(
    ("vary", "told"),
    [
        ({}, "vary: must be given at least once"),
        ({"limits.strain": (0.1, 9.0)}, "no goal can buy strain or hours; found it varied"),
        ({"strain.growth": (0.0, 1.0)}, "people are not chosen; found a trait of the workforce"),
        ({"technology.growth": (0.0, 0.01)}, "technology is given, no rule brings it about"),
        ({"changes": [[]]}, "a value that is varied holds for the whole run"),
        ({UP: []}, "must be given at least one value; found an empty grid"),
        ({"norms.scope": ["own", "branche"]}, "norms.scope: must be one of own, brigade"),
        ({UP: (0.0, 1.0), "norms.revision": [{}]}, "must be another address than the others"),
    ],
)
def test_what_may_not_be_chosen(vary: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInput) as refused:
        found(Made(rising), campaign(), vary=vary)
    assert told in str(refused.value)


def test_goals_and_budgets_that_say_nothing_are_refused() -> None:
    for goals, told in (
        (["outptu", "cost"], r"goal: must be a goal; found outptu \(did you mean output\?\)"),
        (["output"], "goal: must be two or more: one alone has no front; found output"),
    ):
        with pytest.raises(BadInput, match=told):
            optimise(campaign(), {UP: (0.0, 1.0)}, goals=goals, **SMALL)
    with pytest.raises(BadInput) as found_wrong:
        optimise(campaign(), {UP: (0.0, 1.0)}, trials=0, fresh=1, front=0, **SMALL)
    assert [one.address for one in found_wrong.value.problems] == ["trials", "fresh", "front"]
