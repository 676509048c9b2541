"""`stakhanov guide verify`: the runs behind claims are made, and the claims held against them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stakhanov.cli import output
from stakhanov.cli.failures import ExitCode
from stakhanov.cli.guide_check import Place
from stakhanov.cli.many_runs import STORE, ManyRuns, laboratory
from stakhanov.cli.options import Json
from stakhanov.cli.output import Table

if TYPE_CHECKING:
    from stakhanov.guide.guides import Guide
    from stakhanov.guide.verify import Verified


def verify(
    place: Place = None,
    *,
    every: Annotated[
        bool, typer.Option("--all", help="Run every experiment; only the quick ones unless told.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--check", help="Run and judge, but leave results.lock.json as it is.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=f"Where runs are kept and found; {STORE} unless told."),
    ] = None,
    threads: Annotated[str | None, typer.Option(metavar="T", help="All cores unless told.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Make every run anew.")] = False,
    as_json: Json = False,
) -> None:
    """Run the experiments behind claims, lock what they found, and tell the claims that fail."""
    from stakhanov.guide import library

    runs = ManyRuns(out=out, threads=threads, force=force)
    claims = [
        one
        for guide in library(place).each()
        for one in _of_class(guide, runs, every=every, write=not keep)
    ]
    failed = [one for one in claims if one.verdict == "fails"]
    data: dict[str, Any] = {
        "claims": [one.plain() for one in claims],
        "failed": len(failed),
        "not_run": sum(one.verdict == "not run" for one in claims),
    }
    output.answer(data, *_screen(claims), as_json=as_json)
    if failed:
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _of_class(guide: Guide, runs: ManyRuns, *, every: bool, write: bool) -> list[Verified]:
    """The claims of a class; the lock is written after each experiment, so that a stop loses one."""
    from stakhanov.guide.verify import chosen, judged, locked

    experiments = chosen(guide, every=every)
    lock = guide.lock
    if experiments:
        with laboratory(runs) as room:
            for lock in locked(guide, experiments, room):
                if write:
                    lock.write(guide.folder)
    return judged(guide, lock, [one.id for one in experiments])


def _screen(claims: list[Verified]) -> list[str | Table]:
    if not claims:
        return ["no claim rests on a run"]
    rows = [
        (
            one.verdict if one.verdict != "fails" else "FAILS",
            f"{one.class_}/{one.id}",
            f"{one.experiment}: {one.expected}",
            "" if one.value is None else output.number(one.value),
            "" if one.low is None or one.high is None else output.between(one.low, one.high),
        )
        for one in claims
    ]
    table = Table(("", "claim", "what is expected", "found", "95 %"), rows, numbers=("found",))
    failed = [
        f"{one.class_}/{one.id}: the run must hold {one.expected};"
        f" found {output.number(one.value or 0.0)}"
        for one in claims
        if one.verdict == "fails"
    ]
    moved = [
        f"{one.class_}/{one.id}: the expectation was changed after its first run"
        for one in claims
        if one.moved
    ]
    waiting = sum(one.verdict == "not run" for one in claims)
    after = [f"{waiting} not run; --all runs every experiment"] if waiting else []
    return [table, *(["", *failed, *moved, *after] if failed or moved or after else [])]
