"""The experiments that ship: each says what it is for and what it does not support, and holds when run."""

from __future__ import annotations

import pytest

from stakhanov.experiments import library, load
from stakhanov.experiments.arms import base_of, equals
from stakhanov.experiments.verdict import conduct

#: Periods of all runs together up to which an experiment is quick.
QUICK = 500


def periods_of(name: str) -> int:
    asked = load(name)
    return len(asked.arms) * len(asked.seeds_of) * (asked.periods or 60)


@pytest.mark.parametrize("name", library())
def test_it_says_what_it_is_for_and_what_it_does_not_support(name: str) -> None:
    asked = load(name)
    assert asked.id == name
    assert asked.question.endswith("?")
    assert asked.predict.endswith(("?", "."))
    assert asked.assumptions
    assert len(asked.does_not_support) > 20
    assert asked.expectations
    for one in asked.expectations:
        assert one.says.startswith("In our model ")
        assert one.says.endswith(".")


@pytest.mark.parametrize("name", library())
def test_its_arms_differ(name: str) -> None:
    asked = load(name)
    tables = {arm: {**asked.set, **own} for arm, own in asked.differences.items()}
    assert not equals(base_of(asked).designs(tables))


@pytest.mark.parametrize("name", library())
def test_every_expectation_holds(name: str, request: pytest.FixtureRequest) -> None:
    if periods_of(name) > QUICK and not request.config.getoption("--all"):
        pytest.skip("takes a minute; pytest --all runs it, as does stakhanov experiment")
    verdict = conduct(load(name))
    failed = [f"{one.expectation.id}: {one.gap}" for one in verdict.findings if not one.holds]
    assert not failed


def test_the_three_questions_of_the_flagship_are_asked() -> None:
    asked = {"how-it-served-the-plan", "what-publicity-did", "what-remained"}
    assert asked <= set(library())
    assert {load(name).campaign for name in asked} == {"stakhanovite-1935"}
