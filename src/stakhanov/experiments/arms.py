"""An experiment's arms made ready to run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from stakhanov.experiments.addresses import held, parted, under
from stakhanov.experiments.declaration import Experiment
from stakhanov.experiments.trial import Design
from stakhanov.foundation.caution import Caution
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.record import digest_of

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.engine.inputs import Branch
    from stakhanov.workforce import Workforce


@dataclass(frozen=True)
class Base:
    """What arms differ from."""

    campaign: Campaign
    workforce: Workforce
    workers: int | Literal["all"] | None = None
    periods: int | None = None
    branch: Branch | None = None
    sample: int | Literal["all"] = 0
    rules: dict[str, Campaign] = field(default_factory=dict, repr=False, compare=False)
    people: dict[str, Workforce] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        campaign: Campaign | str | Path,
        workforce: Workforce | str | Path,
        *,
        workers: int | Literal["all"] | None = None,
        periods: int | None = None,
    ) -> Base:
        """From what it is or what it is called. Raises BadInput."""
        from stakhanov.campaign import Campaign, load
        from stakhanov.workforce import Workforce
        from stakhanov.workforce import load as load_workforce

        rules = campaign if isinstance(campaign, Campaign) else load(campaign)
        people = workforce if isinstance(workforce, Workforce) else load_workforce(workforce)
        return cls(rules, people, workers, periods)

    def design(self, differences: Mapping[str, Any] | None = None) -> Design:
        """The base with values held at some addresses. Raises BadInput with every problem."""
        from stakhanov.engine.inputs import read_inputs

        campaign, workforce = self._held(differences or {})
        inputs = read_inputs(
            campaign,
            workforce,
            workers=self.workers,
            periods=self.periods,
            branch=self.branch,
            sample=self.sample,
        )
        return Design(campaign, workforce, inputs.workers, inputs.periods, self.branch, self.sample)

    def _held(self, differences: Mapping[str, Any]) -> tuple[Campaign, Workforce]:
        """Rules and people with these values, each made once: many arms share one or the other."""
        of_rules, of_people, problems = parted(differences)
        if problems:
            return held(self.campaign, self.workforce, differences)  # raises with every problem
        key, other = digest_of(of_rules), digest_of(of_people)
        if key not in self.rules or other not in self.people:
            campaign, workforce = held(self.campaign, self.workforce, differences)
            self.rules.setdefault(key, campaign)
            self.people.setdefault(other, workforce)
        return self.rules[key], self.people[other]

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
