"""The laboratory: every campaign that ships, its rules as sliders, a run, a comparison, files to take away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from stakhanov import campaign as campaigns
from stakhanov import workforce as workforces
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web import shelf
from stakhanov.web.asked import answered, asked, sent
from stakhanov.web.comparing import Comparing
from stakhanov.web.foundations import foundations
from stakhanov.web.model_version import FIELD, of_another, older
from stakhanov.web.presets import presets, sizes
from stakhanov.web.rendering import page
from stakhanov.web.running import Running
from stakhanov.web.seats import At, Seats, Visitor
from stakhanov.web.sliders import sliders
from stakhanov.web.wanted import Wanted, pinned, unpinned, wanted
from stakhanov.web.wish_file import opened, written

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
    a, made = given.pop("pinned", ""), given.pop(FIELD, "")
    try:
        one = wanted(campaign, given, seats.settings)
        against = unpinned(a, seats.settings) if a else None
    except BadInput as error:
        raise of_another(error, made) from None
    work = _work(one, against, seats)
    result = await answered(work, seats)
    form = await seats.drawn(lambda: _form(one, against, given))
    old = older(made, work.model, work.link)
    return page("laboratory.html", **form, result=result, older=old)


@router.post("/laboratory/settings")
async def open_file(request: Request, seats: At) -> Response:
    """Open settings that were kept as a file."""
    async with request.form(max_files=1, max_fields=1) as form:
        file = form.get("file")
        content = await file.read() if isinstance(file, UploadFile) else b""
    return RedirectResponse(opened(content, seats.settings), 303)


@router.get("/laboratory/{campaign}/settings.json")
def settings_file(campaign: str, request: Request, seats: At) -> Response:
    """What is set, as a file that the laboratory opens again."""
    known(campaign)
    given = dict(request.query_params)
    a = given.pop("pinned", "")
    one = wanted(campaign, given, seats.settings)
    text = written(one, unpinned(a, seats.settings) if a else None)
    taken = {"content-disposition": f'attachment; filename="{campaign}.json"'}
    return Response(text, media_type="application/json", headers=taken)


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
        "usual": Wanted(one.campaign),
        "campaign": rules,
        "workforces": workforces.library(),
        "chapters": sliders(rules, people, given),
        "presets": presets(one),
        "sizes": sizes(one),
        "rests": foundations(one),
        "pinned": against,
        "pinned_text": "" if against is None else pinned(against),
    }
