"""`stakhanov new`, `check`, `explain`, `diff`: campaign files, and the people in workforce files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from stakhanov.cli import output
from stakhanov.cli.failures import ExitCode
from stakhanov.cli.options import Gathered, Json, Set
from stakhanov.cli.output import Table
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.written import written

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.foundation.declaration import Whole
    from stakhanov.workforce import Workforce

W = TypeVar("W", "Campaign", "Workforce")

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

    stem = name.removesuffix(".toml")
    place = out or Path(f"{Path(stem).name}.toml")
    with Gathered() as gathered:
        text = scaffold(Path(stem).name, base, place.parent)
    if not _is_plain(stem):
        hint = f"--out {stem}.toml says where it goes"
        gathered.problems.append(Problem("NAME", "must be a name, not a path", name, hint))
        gathered.tell()
    if place.exists():
        gathered.problems.append(Problem(str(place), "must be a new file", "one that is there"))
    if not place.parent.is_dir():
        gathered.problems.append(Problem(str(place.parent), "must be a folder", "none"))
    gathered.tell()
    write_atomically(place, text.encode())
    after = f"{place}: edit it, then stakhanov check {place} and stakhanov run {place}"
    output.answer({"file": str(place)}, after, as_json=as_json)


def _is_plain(name: str) -> bool:
    """Whether a name is one step of a path and no more."""
    return name not in ("", ".", "..") and not {"/", "\\"} & set(name)


def check(
    campaign: Named,
    *,
    workforce: Annotated[
        str | None,
        typer.Option(metavar="NAME|FILE", help="Check against these people, too."),
    ] = None,
    settings: Set = None,
    as_json: Json = False,
) -> None:
    """Check a campaign or workforce file and tell every problem.

    Leaves with 2 where the file is not in order, with 1 where the campaign goes beyond its own limits.
    """
    if _is_workforce(campaign):
        answer = _checked_people(campaign, settings)
    else:
        answer = _checked_rules(campaign, workforce, settings)
    beyond = answer["limits"]
    end = f"{campaign}: no problems" if not beyond else f"{campaign}: goes beyond its own limits"
    said = [f"{one['address']}: {one['sentence']}" for one in [*answer["cautions"], *beyond]]
    output.answer(answer, *said, end, as_json=as_json)
    if beyond:
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _checked_rules(
    campaign: str, workforce: str | None, settings: list[str] | None
) -> dict[str, Any]:
    from stakhanov.campaign.breaches import hours_beyond
    from stakhanov.campaign.warnings import warnings_of

    rules = loaded(campaign, settings)
    cautions = warnings_of(rules, sizes=_sizes(rules, workforce))
    return {
        "problems": [],
        "cautions": [asdict(one) for one in cautions],
        "limits": [breach._asdict() for breach in hours_beyond(rules)],
    }


def _checked_people(workforce: str, settings: list[str] | None) -> dict[str, Any]:
    from stakhanov.workforce import load

    _with_settings(load, workforce, settings)
    return {"problems": [], "cautions": [], "limits": []}


def _is_workforce(name: str) -> bool:
    """Whether a name or a file means a workforce rather than a campaign."""
    from stakhanov import campaign, workforce
    from stakhanov.foundation.toml import read_toml

    if name in campaign.library() or name in workforce.library():
        return name not in campaign.library()
    if not Path(name).is_file():
        return False
    try:
        return "workforce" in (keys := read_toml(Path(name)).keys()) and "campaign" not in keys
    except BadInput:
        return False


def _sizes(rules: Campaign, workforce: str | None) -> dict[str, int] | None:
    """People in a brigade and in an enterprise. Raises BadInput where rules and people do not agree."""
    if workforce is None:
        return None
    from stakhanov.engine.inputs import problems_between
    from stakhanov.workforce import load

    people = load(workforce)
    if problems := problems_between(rules, people):
        raise BadInput(problems)
    brigade = people.size.brigade
    return {"brigade": brigade, "enterprise": brigade * people.size.enterprise}


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
    """Show the addresses at which two campaigns, or two workforces, differ."""
    from stakhanov.campaign import load
    from stakhanov.workforce import load as load_people

    load_one = load_people if _is_workforce(one) and _is_workforce(other) else load
    files: list[Whole] = []
    gathered = Gathered()
    for name in (one, other):
        with gathered:
            files.append(load_one(name))
    gathered.tell()
    found = files[0].difference(files[1])
    data = {"differences": {address: {"a": a, "b": b} for address, (a, b) in found.items()}}
    told = {address: both for address, both in found.items() if not _beside_the_rules(address)}
    rows = [(address, _shown(a), _shown(b)) for address, (a, b) in told.items()]
    parts: list[str | Table] = [Table(("address", one, other), rows)] if rows else []
    if len(told) < len(found):
        parts.append("Sources and evidence differ too; --json has them.")
    output.answer(data, *(parts or ["no difference"]), as_json=as_json)


def _beside_the_rules(address: str) -> bool:
    """Whether an address says where values come from rather than what they are."""
    return address.split(".")[1:2] in (["sources"], ["evidence"])


def loaded(name: str, settings: list[str] | None) -> Campaign:
    """A campaign with other values at some addresses. Raises BadInput with every problem."""
    from stakhanov.campaign import load

    return _with_settings(load, name, settings)


def _with_settings(load: Callable[[str], W], name: str, settings: list[str] | None) -> W:
    gathered = Gathered()
    values = gathered.settings("--set", settings)
    with gathered:
        whole = load(name)
    with gathered:
        if values and not gathered.problems:
            whole = whole.held(values)
    gathered.tell()
    return whole


def _shown(value: object) -> str:
    text = "-" if value is None else written(value)
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 3]}..."
