"""What can be asked of rules as a visitor set them: which rule adds what, and where a claim breaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from stakhanov import campaign as campaigns
from stakhanov.experiments.reading import reading
from stakhanov.experiments.rules import RULES
from stakhanov.foundation.measures import MEASURES
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web.asked import answered, asked
from stakhanov.web.claims import claim_of
from stakhanov.web.decomposing import Decomposing
from stakhanov.web.moves import movable
from stakhanov.web.pages.laboratory import known
from stakhanov.web.rendering import page
from stakhanov.web.seats import At, Seats, Visitor
from stakhanov.web.wanted import Wanted, wanted

router = APIRouter(include_in_schema=False)

#: Rules that are shared out unless told: each further one doubles the runs.
FIRST = ("publicity", "norm-revision", "padding", "strain")
#: Workers and replicates unless told: many runs, each of them small.
SMALL = {"workers": "1000", "replicates": "2"}
#: What the forms say at first.
START = {
    "measure": "true_output",
    "sign": "more",
    "against": "",
    "address": "norms.revision.up",
    "from": "0",
    "to": "1",
}
#: Fields of the two forms that are no addresses.
OWN = ("rule", *START)


@router.get("/laboratory/{campaign}/questions")
async def questions(campaign: str, request: Request, seats: At) -> Response:
    """Both forms, filled in as the link says, with what was found before."""
    known(campaign)
    pairs = [(name, text) for name, text in request.query_params.multi_items() if text.strip()]
    one, given = _wanted(campaign, dict(pairs), seats)
    rules = [text for name, text in pairs if name == "rule"]
    shares = broken = ""
    if rules:
        shares = await answered(_decomposing(one, given, rules, seats), seats)
    elif "address" in given:
        broken = await answered(claim_of(one, given).work(seats.threads, seats.outcomes), seats)
    return page(
        "questions.html",
        **_about(one),
        given={**START, **given},
        rules=rules or FIRST,
        shares=shares,
        broken=broken,
    )


@router.post("/laboratory/{campaign}/decompositions")
async def decompositions(campaign: str, request: Request, seats: At, visitor: Visitor) -> Response:
    """Ask which rule adds what."""
    known(campaign)
    pairs = await _pairs(request)
    one, given = _wanted(campaign, dict(pairs), seats)
    work = _decomposing(one, given, [text for name, text in pairs if name == "rule"], seats)
    work.effort.check(seats.settings)
    return await asked(work, seats, visitor, request)


@router.post("/laboratory/{campaign}/breaks")
async def breaks(campaign: str, request: Request, seats: At, visitor: Visitor) -> Response:
    """Ask where a claim about these rules stops holding."""
    known(campaign)
    one, given = _wanted(campaign, dict(await _pairs(request)), seats)
    work = claim_of(one, given).work(seats.threads, seats.outcomes)
    work.check()
    work.effort.check(seats.settings)
    return await asked(work, seats, visitor, request)


async def _pairs(request: Request) -> list[tuple[str, str]]:
    async with request.form(max_files=0, max_fields=400, max_part_size=10_000) as form:
        return [(name, text) for name, text in form.multi_items() if isinstance(text, str)]


def _wanted(
    campaign: str, fields: Mapping[str, str], seats: Seats
) -> tuple[Wanted, dict[str, str]]:
    """The rules as they are set, and what the forms say beside them. Raises BadInput."""
    given = {name: text for name, text in fields.items() if name in OWN}
    rest = {name: text for name, text in fields.items() if name not in OWN and name != "pinned"}
    return wanted(campaign, {**SMALL, **rest}, seats.settings), given


def _decomposing(
    one: Wanted, given: Mapping[str, str], rules: list[str], seats: Seats
) -> Decomposing:
    measure = str(reading(given.get("measure", "true_output")))
    work = Decomposing(one, measure, tuple(dict.fromkeys(rules)), seats.threads, seats.outcomes)
    work = Decomposing(
        one, measure, tuple(rule.name for rule in work.players), seats.threads, seats.outcomes
    )
    if not work.rules:
        raise BadInput([Problem("rules", "must be at least one", "none")])
    return work


def _about(one: Wanted) -> dict[str, Any]:
    rules, people = one.rules()
    return {
        "wanted": one,
        "campaign": campaigns.load(one.campaign),
        "form": one.link,
        "fields": {
            name: text
            for name, text in one.fields.items()
            if name not in ("workers", "replicates", "periods", "seed")
        },
        "periods": one.periods or rules.length,
        "measures": MEASURES,
        "all_rules": RULES,
        "movable": movable(rules, people),
    }
