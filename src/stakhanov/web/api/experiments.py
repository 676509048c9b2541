"""Questions of many runs over the JSON interface: experiments that ship, their breaks, and decompositions."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from stakhanov.experiments.arms import base_of
from stakhanov.experiments.breaking import expectation_of
from stakhanov.experiments.declaration import Experiment
from stakhanov.experiments.reading import reading
from stakhanov.experiments.rules import RULES
from stakhanov.foundation.plain import plain
from stakhanov.web import shelf
from stakhanov.web.api.library import Name
from stakhanov.web.api.standing import Standing, refused, standing
from stakhanov.web.api.wishes import RunWish
from stakhanov.web.asking import Asking
from stakhanov.web.breaking import Breaking, Move
from stakhanov.web.decomposing import Decomposing
from stakhanov.web.seats import At, Visitor
from stakhanov.web.wanted import MOST_LETTERS, REPLICATES

router = APIRouter(prefix="/api/v1", tags=["experiments"])

NO_EXPERIMENT = "experiment: must be one that ships; found none of that name"
QUEUED = refused(400, 403, 404, 413, 422, 429, 503)
Word = Annotated[str, Field(max_length=MOST_LETTERS)]
Number = Annotated[float, Field(gt=-1e12, lt=1e12)]


class ExperimentLine(BaseModel):
    """An experiment that ships."""

    id: str
    title: str
    question: str
    campaign: str
    runs: int
    page: str


class BreakWish(BaseModel):
    """Which address moves, between which values, and which expectation is watched meanwhile."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    address: Annotated[str, Field(min_length=1, max_length=MOST_LETTERS)]
    low: Annotated[Number, Field(alias="from")]
    high: Annotated[Number, Field(alias="to")]
    expectation: Annotated[Word, Field(description="The first unless told.")] = ""


class DecompositionWish(RunWish):
    """A measure to share out among rules of a campaign."""

    replicates: Annotated[int, Field(ge=1, description="Seeds under which all are run.")] = (
        REPLICATES
    )
    measure: Word = "true_output"
    rules: Annotated[
        tuple[Word, ...],
        Field(min_length=1, max_length=len(RULES), description="Each doubles the runs."),
    ]


@router.get("/experiments")
def all_experiments() -> list[ExperimentLine]:
    """Every experiment that ships."""
    return [
        ExperimentLine(
            id=one.id,
            title=one.title,
            question=one.question,
            campaign=one.campaign,
            runs=len(one.arms) * len(one.seeds_of),
            page=f"/experiments/{one.id}",
        )
        for one in shelf.experiments()
    ]


@router.get("/experiments/{name}", responses=refused(404, 422))
def one_experiment(name: Name) -> dict[str, Any]:
    """An experiment in full: what its file says, with defaults filled in."""
    found: dict[str, Any] = plain(_known(name).plain())
    return found


@router.post("/experiments/{name}/runs", status_code=202, responses=QUEUED)
def ask_experiment(name: Name, seats: At, visitor: Visitor) -> Standing:
    """Ask for the runs of an experiment; the result is what `stakhanov experiment` gives."""
    work = Asking(_known(name).id, {}, seats.threads, seats.outcomes)
    return standing(seats.ask(work, visitor), seats)


@router.post("/experiments/{name}/breaks", status_code=202, responses=QUEUED)
def ask_break(name: Name, wish: BreakWish, seats: At, visitor: Visitor) -> Standing:
    """Ask where an expectation stops holding; the result is what `stakhanov break` gives."""
    experiment = _known(name)
    watched = expectation_of(experiment, wish.expectation or None).id
    move = Move(watched, wish.address, wish.low, wish.high)
    link = f"/experiments/{experiment.id}?{urlencode(move.plain)}"
    base = base_of(experiment)
    work = Breaking(experiment, base, move, link, seats.threads, seats.outcomes)
    work.check()
    work.effort.check(seats.settings)
    return standing(seats.ask(work, visitor), seats)


@router.post("/decompositions", status_code=202, responses=QUEUED)
def ask_decomposition(wish: DecompositionWish, seats: At, visitor: Visitor) -> Standing:
    """Ask which rule adds what; the result is what `stakhanov decompose` gives."""
    one = wish.wanted(seats.settings, wish.replicates)
    measure, rules = str(reading(wish.measure)), tuple(dict.fromkeys(wish.rules))
    work = Decomposing(one, measure, rules, seats.threads, seats.outcomes)
    work = Decomposing(
        one, measure, tuple(rule.name for rule in work.players), seats.threads, seats.outcomes
    )
    work.effort.check(seats.settings)
    return standing(seats.ask(work, visitor), seats)


def _known(name: str) -> Experiment:
    """An experiment that ships. Raises HTTPException where there is none of that name."""
    for one in shelf.experiments():
        if one.id == name:
            return one
    raise HTTPException(404, NO_EXPERIMENT)
