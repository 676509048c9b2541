"""`stakhanov replicate`: what is known of real reports, and whether the tests still find it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stakhanov.cli import output
from stakhanov.cli.failures import ExitCode
from stakhanov.cli.options import Json
from stakhanov.cli.output import Table
from stakhanov.foundation.problem import BadInput, Problem


def replicate(
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="Where the data sets are that do not ship."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Look for what is known in real data sets; leave with 1 if anything is lost."""
    if data is not None and not data.is_dir():
        raise BadInput([Problem("--data", "must be a folder that is there", f'"{data}"')])
    from stakhanov.summary.replication import replicate as found_again

    line = output.Line()
    line.show("testing the data sets")
    found = found_again(data)
    line.clear()
    rows = [
        (row.data, row.what, row.expected, row.found, "yes" if row.holds else "LOST")
        for row in found.rows
    ]
    skipped = [f"skipped: {name}: {why}" for name, why in found.skipped.items()]
    table = Table(("data", "what", "expected", "found", "holds"), rows)
    output.answer(found.plain(), table, *(["", *skipped] if skipped else []), as_json=as_json)
    if not found.holds:
        raise typer.Exit(ExitCode.CHECK_FAILED)
