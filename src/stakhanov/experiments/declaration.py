"""An experiment: a question, arms that differ by address, and expectations that can fail.

It names campaigns and workforces; it holds no code and no path, so that one from a stranger is safe to run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from stakhanov.experiments.reading import reading
from stakhanov.foundation.about import About
from stakhanov.foundation.address import by_address
from stakhanov.foundation.declaration import Declaration, Whole, declared
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.salvage import Salvaged, salvaged

Op = Literal[">", ">=", "<", "<=", "="]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
#: What an arm may say beside its differences.
TITLE = "title"
REPLICATES = 8
_SEEDS = ("seeds", "seed", "replicates")
#: Stands in for what a file lacks while the rest of it is looked at.
_MADE_UP: dict[str, Any] = {
    "id": "nameless",
    "title": "Nameless",
    "question": "Which?",
    "campaign": "nameless",
    "arms": {"nameless": {}},
}


class Expectation(Declaration):
    """What is expected of one measure in one arm, against another arm or a number."""

    id: Annotated[Name, About("Name; claims are bound to it")]
    measure: Annotated[str, About("Measure, and when it is read")]
    arm: Annotated[str, About("Arm")]
    versus: Annotated[str | float, About("Arm that it is held against, or a number")]
    than: Annotated[
        tuple[str, str] | None,
        About("Two other arms whose difference is taken off: what two rules do together"),
    ] = None
    op: Annotated[Op, About("How the arm is to stand to the other")]
    min_gap: Annotated[
        float,
        Field(ge=0),
        About(
            "The lower bound of the paired difference, in the direction of `op`, is at least this"
        ),
    ] = 0.0
    max_gap: Annotated[
        float | None, Field(gt=0), About("With `=`: both bounds lie within this of nought")
    ] = None
    says: Annotated[str, About("The expectation as a sentence")] = ""

    @field_validator("versus", mode="before")
    @classmethod
    def _arm_or_number(cls, versus: object) -> object:
        if isinstance(versus, bool) or not isinstance(versus, (str, int, float)):
            raise ValueError("must be the name of an arm, or a number")
        return versus

    @model_validator(mode="after")
    def _has_its_gap(self) -> Self:
        if (self.op == "=") != (self.max_gap is not None):
            raise ValueError("must say `max_gap` where op is `=`, and only there")
        if self.op == "=" and self.min_gap:
            raise ValueError("must not say `min_gap` where op is `=`")
        return self


class Experiment(Whole):
    """A question asked of several runs."""

    format: Annotated[int, About("Format of the file")] = 1
    id: Annotated[Name, About("Name, for ever")]
    title: Annotated[str, Field(min_length=1), About("Title")]
    question: Annotated[str, Field(min_length=1), About("The question")]
    predict: Annotated[str, About("What to predict before it is run")] = ""
    assumptions: Annotated[tuple[str, ...], About("What the answer rests on")] = ()
    does_not_support: Annotated[str, About("What the answer does not support")] = ""
    sources: Annotated[dict[str, str], About("Works cited, by key")] = {}
    campaign: Annotated[Name, About("Campaign")]
    workforce: Annotated[Name, About("Workforce")] = "soviet-industry"
    workers: Annotated[int, Field(ge=1), About("Workers in each run")] = 20_000
    periods: Annotated[int | None, Field(ge=1), About("Periods; the plan's unless told")] = None
    set: Annotated[dict[str, Any], About("Values in every arm, by address")] = {}
    arms: Annotated[
        dict[Name, dict[str, Any]], Field(min_length=1), About("Arms: values by address")
    ]
    measures: Annotated[
        tuple[str, ...], Field(min_length=1), About("Measures to tell of every arm")
    ] = ("true_output",)
    seeds: Annotated[
        tuple[Annotated[int, Field(ge=0)], ...] | None,
        Field(min_length=1),
        About("Seeds, one for each replicate"),
    ] = None
    seed: Annotated[int, Field(ge=0), About("First seed, where there is no list")] = 1
    replicates: Annotated[int, Field(ge=1), About("Replicates, where there is no list")] = (
        REPLICATES
    )
    expectations: tuple[Expectation, ...] = ()

    @field_validator("set", mode="after")
    @classmethod
    def _by_address(cls, table: dict[str, Any]) -> dict[str, Any]:
        return by_address(table)

    @field_validator("arms", mode="after")
    @classmethod
    def _arms_by_address(cls, arms: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        return {name: by_address(table) for name, table in arms.items()}

    @model_validator(mode="after")
    def _one_way_to_say_seeds(self) -> Self:
        if self.seeds is not None and (self.seed, self.replicates) != (1, REPLICATES):
            raise ValueError("must say `seeds`, or `seed` and `replicates`")
        if self.seeds is not None and len(set(self.seeds)) < len(self.seeds):
            raise ValueError("must have seeds of their own")
        return self

    @property
    def differences(self) -> dict[str, dict[str, Any]]:
        """What differs in each arm, by address; what every arm has is in `set`."""
        return {
            name: {address: value for address, value in table.items() if address != TITLE}
            for name, table in self.arms.items()
        }

    @property
    def titles(self) -> dict[str, str]:
        """What each arm is called."""
        return {name: str(table.get(TITLE, name)) for name, table in self.arms.items()}

    def under(self, seeds: Sequence[int]) -> Experiment:
        """The same under other seeds."""
        plain = {key: value for key, value in self.plain().items() if key not in _SEEDS}
        return checked({**plain, "seeds": list(seeds)})

    @property
    def seeds_of(self) -> tuple[int, ...]:
        """The seeds of all replicates."""
        return self.seeds or tuple(range(self.seed, self.seed + self.replicates))


def checked(plain: Mapping[str, Any]) -> Experiment:
    """An experiment from plain data, its names and measures tried. Raises BadInput with every problem."""
    try:
        experiment = declared(Experiment, plain)
    except BadInput as found:
        rest = rest_of(plain)
        together = [] if rest is None else _problems_together(rest)
        raise BadInput(dict.fromkeys([*found.problems, *together])) from None
    if problems := _problems_together(Salvaged(experiment)):
        raise BadInput(problems)
    return experiment


def rest_of(plain: Mapping[str, Any]) -> Salvaged[Experiment] | None:
    """What can be read of an experiment that is not in order."""
    return salvaged(Experiment, plain, _MADE_UP)


def _problems_together(rest: Salvaged[Experiment]) -> list[Problem]:
    experiment = rest.whole
    arms = None if "arms" in rest.made_up else experiment.arms
    problems: list[Problem] = []
    places = rest.places("measures", len(experiment.measures))
    for place, text in zip(places, experiment.measures, strict=True):
        problems += _problems_of_reading(text, f"measures.{place}")
    names: list[str] = [one.id for one in experiment.expectations]
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.append(Problem("expectations", "must have ids of their own", f"{name} twice"))
    places = rest.places("expectations", len(names))
    for place, one in zip(places, experiment.expectations, strict=True):
        problems += _problems_of_expectation(one, f"expectations.{place}", arms)
    return problems


def _problems_of_expectation(
    one: Expectation, where: str, arms: Iterable[str] | None
) -> list[Problem]:
    problems = _problems_of_reading(one.measure, f"{where}.measure")
    if arms is not None:
        problems += _problems_of_arm(one.arm, f"{where}.arm", arms)
        if isinstance(one.versus, str):
            problems += _problems_of_arm(one.versus, f"{where}.versus", arms)
        for number, name in enumerate(one.than or ()):
            problems += _problems_of_arm(name, f"{where}.than.{number}", arms)
    if one.arm == one.versus:
        must = "must be held against another arm"
        problems.append(Problem(f"{where}.versus", must, f"{one.arm} again"))
    return problems


def _problems_of_reading(text: str, address: str) -> list[Problem]:
    try:
        reading(text, address)
    except BadInput as error:
        return error.problems
    return []


def _problems_of_arm(name: str, address: str, arms: Iterable[str]) -> list[Problem]:
    known = list(arms)
    if name in known:
        return []
    return [Problem(address, "must name an arm", name, hint_of(name, known))]
