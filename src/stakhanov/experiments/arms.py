"""An experiment's arms made ready to run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from stakhanov.experiments.addresses import held, under
from stakhanov.experiments.declaration import Experiment
from stakhanov.experiments.trial import Design
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.engine.inputs import Branch
    from stakhanov.workforce import Workforce


@dataclass(frozen=True)
class Caution:
    """Something allowed that may not be meant."""

    address: str
    sentence: str

    def __str__(self) -> str:
        """The sentence under its address."""
        return f"{self.address}: {self.sentence}"


@dataclass(frozen=True)
class Base:
    """What arms differ from."""

    campaign: Campaign
    workforce: Workforce
    workers: int | Literal["all"] | None = None
    periods: int | None = None
    branch: Branch | None = None
    sample: int | Literal["all"] = 0

    def design(self, differences: Mapping[str, Any] | None = None) -> Design:
        """The base with values held at some addresses. Raises BadInput with every problem."""
        from stakhanov.engine.inputs import read_inputs

        campaign, workforce = held(self.campaign, self.workforce, differences or {})
        inputs = read_inputs(
            campaign,
            workforce,
            workers=self.workers,
            periods=self.periods,
            branch=self.branch,
            sample=self.sample,
        )
        return Design(campaign, workforce, inputs.workers, inputs.periods, self.branch, self.sample)

    def designs(
        self, differences: Mapping[str, Mapping[str, Any]], where: str = "arms"
    ) -> dict[str, Design]:
        """A design for every arm. Raises BadInput with every problem, each under its arm."""
        found = {}
        problems: list[Problem] = []
        for name, table in differences.items():
            try:
                found[name] = self.design(table)
            except BadInput as error:
                problems += under(f"{where}.{name}", error.problems)
        if problems:
            raise BadInput(problems)
        return found


def base_of(experiment: Experiment, beside: Path | None = None) -> Base:
    """What an experiment's arms differ from. Raises BadInput.

    Campaign and workforce are found by name in the library, else in the folder `beside`.
    """
    from stakhanov import campaign, workforce

    problems: list[Problem] = []
    rules = people = None
    try:
        rules = campaign.load(_named(experiment.campaign, campaign.library(), beside))
    except BadInput as error:
        problems += error.problems
    try:
        people = workforce.load(_named(experiment.workforce, workforce.library(), beside))
    except BadInput as error:
        problems += error.problems
    if problems:
        raise BadInput(problems)
    assert rules is not None
    assert people is not None
    return Base(rules, people, experiment.workers, experiment.periods)


def _named(name: str, library: list[str], beside: Path | None) -> str | Path:
    own = None if beside is None else beside / f"{name}.toml"
    return own if name not in library and own is not None and own.is_file() else name


def equals(designs: Mapping[str, Design]) -> list[Caution]:
    """Arms that do not differ: the same run under two names."""
    return [
        Caution(f"arms.{other}", f"does not differ from {one}; every difference will be exactly 0")
        for one, other in combinations(designs, 2)
        if designs[one].digest == designs[other].digest
    ]
