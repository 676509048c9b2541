"""`stakhanov new`, `check`, `explain`, `diff`: campaign files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stakhanov.cli import output
from stakhanov.cli.options import Gathered, Json, Set
from stakhanov.cli.output import Table
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign

#: Characters of a value that a table shows; --json has all of them.
WIDEST = 60

Named = Annotated[str, typer.Argument(metavar="CAMPAIGN", help="A campaign's name or file.")]


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the new campaign.")],
    *,
    base: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="The campaign that it is laid over.")
    ] = "plain-piece-rate",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File to write; NAME.toml unless told.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Start a campaign file that says only where it differs from another."""
    from stakhanov.campaign.scaffold import scaffold
    from stakhanov.foundation.files import write_atomically

    place = out or Path(f"{Path(name).stem}.toml")
    with Gathered() as gathered:
        text = scaffold(Path(name).stem, base)
    if place.exists():
        gathered.problems.append(Problem(str(place), "must be a new file", "one that is there"))
    if not place.parent.is_dir():
        gathered.problems.append(Problem(str(place.parent), "must be a folder", "none"))
    gathered.tell()
    write_atomically(place, text.encode())
    after = f"{place}: edit it, then stakhanov check {place} and stakhanov run {place}"
    output.answer({"file": str(place)}, after, as_json=as_json)


def check(campaign: Named, *, settings: Set = None, as_json: Json = False) -> None:
    """Check a campaign file and tell every problem."""
    from stakhanov.campaign.warnings import warnings_of

    try:
        cautions = warnings_of(loaded(campaign, settings))
    except BadInput as found:
        if as_json:
            output.answer(_told(found.problems), as_json=True)
        raise
    said = [f"{one.address}: {one.sentence}" for one in cautions]
    data = {"problems": [], "cautions": [_plain(one) for one in cautions]}
    output.answer(data, *said, f"{campaign}: no problems", as_json=as_json)


def explain(campaign: Named, *, settings: Set = None, as_json: Json = False) -> None:
    """Say a campaign in sentences."""
    text = loaded(campaign, settings).explain()
    paragraphs = [part.split("\n") for part in text.split("\n\n")]
    output.answer({"name": campaign, "paragraphs": paragraphs}, text, as_json=as_json)


def diff(
    one: Annotated[str, typer.Argument(metavar="A", help="A campaign's name or file.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another's.")],
    *,
    as_json: Json = False,
) -> None:
    """Show the addresses at which two campaigns differ."""
    from stakhanov.campaign import load

    campaigns = []
    gathered = Gathered()
    for name in (one, other):
        with gathered:
            campaigns.append(load(name))
    gathered.tell()
    found = campaigns[0].difference(campaigns[1])
    data = {"differences": {address: {"a": a, "b": b} for address, (a, b) in found.items()}}
    rows = [(address, _shown(a), _shown(b)) for address, (a, b) in found.items()]
    table = Table(("address", one, other), rows) if rows else "no difference"
    output.answer(data, table, as_json=as_json)


def loaded(name: str, settings: list[str] | None) -> Campaign:
    """A campaign with other values at some addresses. Raises BadInput with every problem."""
    from stakhanov.campaign import load

    gathered = Gathered()
    values = gathered.settings("--set", settings)
    with gathered:
        campaign = load(name)
    with gathered:
        if values and not gathered.problems:
            campaign = campaign.with_(values)
    gathered.tell()
    return campaign


def _told(problems: list[Problem]) -> dict[str, Any]:
    return {
        "problems": [
            {"address": one.address, "must": one.must, "found": one.found, "hint": one.hint}
            for one in problems
        ],
        "cautions": [],
    }


def _plain(caution: Any) -> dict[str, str]:
    return {"address": caution.address, "sentence": caution.sentence}


def _shown(value: object) -> str:
    text = "-" if value is None else str(value)
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 3]}..."
