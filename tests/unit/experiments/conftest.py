"""Small experiments, and runs that are made up: a result that is known by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from stakhanov.experiments.declaration import Experiment, checked
from stakhanov.experiments.executors.protocol import Check, proceed
from stakhanov.experiments.trial import Outcome, Trial
from stakhanov.foundation.measures import MEASURES

Rule = Callable[[Trial], float]


class Invented:
    """An executor whose runs are a rule of the test's own: every measure has the value that it gives."""

    name = "invented"

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.made: list[Trial] = []

    def run(
        self, trials: Sequence[Trial], check: Check = proceed
    ) -> Iterator[tuple[Trial, Outcome]]:
        for trial in trials:
            check()
            self.made.append(trial)
            value = self.rule(trial)
            series = np.full(trial.design.periods, value)
            yield trial, Outcome(dict.fromkeys(MEASURES, value), {"true_output": series})

    def close(self) -> None:
        pass


PLAIN: dict[str, Any] = {
    "id": "example",
    "title": "Example",
    "question": "Does it?",
    "campaign": "time-wage",
    "workforce": "metro-brigades",
    "workers": 40,
    "periods": 2,
    "replicates": 3,
    "arms": {"base": {}, "other": {"pay.guarantee": 0.5}},
    "expectations": [
        {
            "id": "more",
            "measure": "true_output",
            "arm": "other",
            "versus": "base",
            "op": ">",
            "min_gap": 0.1,
        }
    ],
}


@pytest.fixture
def plain() -> dict[str, Any]:
    """An experiment as plain data."""
    return {**PLAIN}


@pytest.fixture
def example() -> Experiment:
    """The same, checked."""
    return checked(PLAIN)


@pytest.fixture
def invented() -> type[Invented]:
    return Invented
