"""Experiments in the browser: a question, what a visitor expects, the runs, and where an expectation breaks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from stakhanov.experiments.addresses import held
from stakhanov.experiments.arms import base_of
from stakhanov.experiments.declaration import Experiment
from stakhanov.experiments.load import LIBRARY, library, load
from stakhanov.web.asked import answered, asked, sent
from stakhanov.web.asking import Asking
from stakhanov.web.breaking import Breaking, Move
from stakhanov.web.foreseen import Guess, guesses, questions
from stakhanov.web.moves import first_move, movable, move_of
from stakhanov.web.rendering import page
from stakhanov.web.seats import At, Seats, Visitor
from stakhanov.web.wanted import of_arm

router = APIRouter(include_in_schema=False)


@router.get("/experiments/{name}")
async def experiment_page(name: str, request: Request, seats: At) -> Response:
    """An experiment, filled in as the link says, with what was found before."""
    experiment = known(name)
    given = dict(request.query_params)
    answers = {one.id: _guess(given.get(one.id, "")) for one in experiment.expectations}
    result = broken = ""
    if "address" in given:
        work = _breaking(experiment, move_of(given, experiment), seats)
        broken = await answered(work, seats)
        move = work.move
    else:
        work_of_all = Asking(name, _given(answers), seats.threads, seats.outcomes)
        result = await answered(work_of_all, seats)
        move = first_move(experiment)
    return page(
        "experiment.html",
        **_about(experiment),
        given=answers,
        result=result,
        broken=broken,
        asked_break=move,
    )


@router.get("/experiments/{name}/experiment.toml")
def file(name: str) -> Response:
    """The experiment as a file for the command line."""
    experiment = known(name)
    text = (LIBRARY / f"{experiment.id}.toml").read_text(encoding="utf-8")
    taken = {"content-disposition": f'attachment; filename="{experiment.id}.toml"'}
    return PlainTextResponse(text, media_type="application/toml", headers=taken)


@router.post("/experiments/{name}/runs")
async def run(name: str, request: Request, seats: At, visitor: Visitor) -> Response:
    """Ask for the runs, with what the visitor expects."""
    experiment = known(name)
    given = guesses(experiment, await sent(request))
    return await asked(Asking(name, given, seats.threads, seats.outcomes), seats, visitor, request)


@router.post("/experiments/{name}/breaks")
async def breaks(name: str, request: Request, seats: At, visitor: Visitor) -> Response:
    """Ask where an expectation stops holding."""
    experiment = known(name)
    work = _breaking(experiment, move_of(await sent(request), experiment), seats)
    work.check()
    work.effort.check(seats.settings)
    return await asked(work, seats, visitor, request)


def known(name: str) -> Experiment:
    """An experiment of the library; a name that is none never becomes a path. Raises HTTPException."""
    if name not in library():
        names = ", ".join(library())
        raise HTTPException(404, f"experiment: must be one that ships; found none ({names})")
    return load(name)


def _breaking(experiment: Experiment, move: Move, seats: Seats) -> Breaking:
    from urllib.parse import urlencode

    link = f"/experiments/{experiment.id}?{urlencode(move.plain)}"
    base = base_of(experiment)
    return Breaking(experiment, base, move, link, seats.threads, seats.outcomes)


def _guess(text: str) -> Guess | None:
    return Guess(text) if text in list(Guess) else None


def _given(answers: Mapping[str, Guess | None]) -> dict[str, Guess]:
    return {name: guess for name, guess in answers.items() if guess is not None}


def _about(experiment: Experiment) -> dict[str, Any]:
    base = base_of(experiment)
    campaign = base.campaign
    arms = [
        {
            "name": name,
            "title": experiment.titles[name],
            "link": of_arm(experiment, name).link,
            "differences": [(address, _written(value)) for address, value in table.items()],
        }
        for name, table in experiment.differences.items()
    ]
    rules, people = held(base.campaign, base.workforce, experiment.set)
    return {
        "experiment": experiment,
        "campaign": campaign,
        "arms": arms,
        "shared": [(address, _written(value)) for address, value in experiment.set.items()],
        "questions": questions(experiment, campaign),
        "guesses": list(Guess),
        "runs": len(experiment.arms) * len(experiment.seeds_of),
        "movable": movable(rules, people),
    }


def _written(value: object) -> str:
    return f"= {value:g}" if isinstance(value, float) else f"= {json.dumps(value, default=str)}"
