"""What a program sends: names out of the library, sizes, and values by address."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt

from stakhanov import campaign as campaigns
from stakhanov import workforce as workforces
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web.settings import Settings
from stakhanov.web.wanted import (
    MOST_ADDRESSES,
    MOST_LETTERS,
    REPLICATES,
    WORKERS,
    WORKFORCE,
    Wanted,
)
from stakhanov.web.wanted import named as named_problems

Name = Annotated[str, Field(min_length=1, max_length=MOST_LETTERS)]


def _of(known: list[str], said: str) -> Any:
    """A name that ships; OpenAPI lists them, and the site says which is near to what was found."""
    return Field(description=said, json_schema_extra={"enum": list(known)})


Campaign = Annotated[Name, _of(campaigns.library(), "A campaign that ships.")]
Workforce = Annotated[Name, _of(workforces.library(), "A workforce that ships.")]
Word = Annotated[str, Field(max_length=MOST_LETTERS)]
#: A number, a truth or a word; lists and tables go by the addresses of their entries.
Value = StrictBool | StrictInt | StrictFloat | Word
Set = Annotated[
    dict[Name, Value],
    Field(max_length=MOST_ADDRESSES, description="Values held for the whole run, by address."),
]


class Wish(BaseModel):
    """What every wish says."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    workforce: Workforce = WORKFORCE
    workers: Annotated[int, Field(ge=1, description="Workers in each run.")] = WORKERS
    periods: Annotated[int | None, Field(ge=1, description="Periods; the plan's unless told.")] = (
        None
    )
    seed: Annotated[int, Field(ge=0, description="The luck; the first of it in a comparison.")] = 1


class RunWish(Wish):
    """A run: `stakhanov run` with the same options gives the same tables."""

    campaign: Campaign
    set: Set = {}

    def wanted(self, settings: Settings, replicates: int = REPLICATES) -> Wanted:
        """Ready to run. Raises BadInput with every problem."""
        return _checked(
            Wanted(
                self.campaign,
                self.workforce,
                self.workers,
                self.periods,
                self.seed,
                replicates,
                self.set,
            ),
            settings,
        )


class Rules(BaseModel):
    """A campaign with what is held in it."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    campaign: Campaign
    set: Set = {}


class ComparisonWish(Wish):
    """A comparison: the same people and the same luck under A and under B."""

    a: Rules
    b: Rules
    replicates: Annotated[int, Field(ge=1, description="Seeds under which both are run.")] = (
        REPLICATES
    )

    def wanted(self, settings: Settings) -> tuple[Wanted, Wanted]:
        """A and B, ready to run. Raises BadInput with every problem."""
        found, problems = [], []
        for name, rules in (("a", self.a), ("b", self.b)):
            one = Wanted(
                rules.campaign,
                self.workforce,
                self.workers,
                self.periods,
                self.seed,
                self.replicates,
                rules.set,
            )
            try:
                found.append(_checked(one, settings))
            except BadInput as error:
                problems += [
                    Problem(f"{name}.{each.address}", each.must, each.found, each.hint)
                    for each in error.problems
                ]
        if problems:
            raise BadInput(problems)
        return found[0], found[1]


def _checked(one: Wanted, settings: Settings) -> Wanted:
    problems = named_problems(one.campaign, one.workforce) or one.problems(settings)
    if problems:
        raise BadInput(problems)
    return one
