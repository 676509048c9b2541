"""The laboratory: every campaign that ships, its rules as sliders, a run, a comparison, files to take away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from stakhanov import campaign as campaigns
from stakhanov import workforce as workforces
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web import shelf
from stakhanov.web.asked import answered, asked, sent
from stakhanov.web.comparing import Comparing
from stakhanov.web.rendering import page
from stakhanov.web.running import Running
from stakhanov.web.seats import At, Seats, Visitor
from stakhanov.web.sliders import sliders
from stakhanov.web.wanted import Wanted, pinned, unpinned, wanted

router = APIRouter(include_in_schema=False)


@router.get("/laboratory")
def campaigns_page() -> Response:
    """Every campaign and every experiment that ships."""
    return page("campaigns.html", campaigns=shelf.campaigns(), experiments=shelf.experiments())


@router.get("/laboratory/{campaign}")
async def laboratory(campaign: str, request: Request, seats: At) -> Response:
    """The form of one campaign, filled in as the link says, and what was run of it before."""
    known(campaign)
    given = dict(request.query_params)
    a = given.pop("pinned", "")
    one = wanted(campaign, given, seats.settings)
    against = unpinned(a, seats.settings) if a else None
    result = await answered(_work(one, against, seats), seats)
    return page("laboratory.html", **_form(one, against, given), result=result)


@router.post("/laboratory/{campaign}/runs")
async def run(campaign: str, request: Request, seats: At, visitor: Visitor) -> Response:
    """Ask for a run with the values of the form."""
    one, _ = await _sent(campaign, request, seats)
    return await asked(Running(one, seats.threads), seats, visitor, request)


@router.post("/laboratory/{campaign}/comparisons")
async def compare(campaign: str, request: Request, seats: At, visitor: Visitor) -> Response:
    """Ask for a comparison of the pinned campaign with the values of the form."""
    one, a = await _sent(campaign, request, seats)
    if not a:
        raise BadInput([Problem("pinned", "must be a campaign that was pinned", "nothing")])
    work = Comparing(unpinned(a, seats.settings), one, seats.threads, seats.outcomes)
    work.designs()
    return await asked(work, seats, visitor, request)


@router.get("/laboratory/{campaign}/{kind}.toml")
def file(campaign: str, kind: str, request: Request, seats: At) -> Response:
    """The campaign or the workforce as it is set, as a file for the command line."""
    known(campaign)
    if kind not in ("campaign", "workforce"):
        raise HTTPException(404)
    given = {name: text for name, text in request.query_params.items() if name != "pinned"}
    text = wanted(campaign, given, seats.settings).file(kind)
    taken = {"content-disposition": f'attachment; filename="{kind}.toml"'}
    return PlainTextResponse(text, media_type="application/toml", headers=taken)


def known(campaign: str) -> None:
    """Raises HTTPException where no such campaign ships."""
    if campaign not in campaigns.library():
        names = ", ".join(campaigns.library())
        raise HTTPException(404, f"campaign: must be one that ships; found none ({names})")


async def _sent(campaign: str, request: Request, seats: Seats) -> tuple[Wanted, str]:
    """What the form says, and what is pinned beside it. Raises BadInput."""
    known(campaign)
    given = await sent(request)
    a = given.pop("pinned", "")
    return wanted(campaign, given, seats.settings), a


def _work(one: Wanted, against: Wanted | None, seats: Seats) -> Running | Comparing:
    if against is not None:
        return Comparing(against, one, seats.threads, seats.outcomes)
    return Running(one, seats.threads)


def _form(one: Wanted, against: Wanted | None, given: Mapping[str, str]) -> dict[str, Any]:
    rules, people = one.shipped.rules()
    return {
        "wanted": one,
        "shipped": one.shipped.link,
        "campaign": rules,
        "workforces": workforces.library(),
        "chapters": sliders(rules, people, given),
        "pinned": against,
        "pinned_text": "" if against is None else pinned(against),
    }
