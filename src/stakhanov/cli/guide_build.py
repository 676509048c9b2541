"""`stakhanov guide build`: a class, or a folder of classes, as a site that opens offline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from stakhanov.cli import output
from stakhanov.cli.failures import ExitCode
from stakhanov.cli.guide_check import Place, screen
from stakhanov.cli.options import Json


def build(
    place: Place = None,
    *,
    out: Annotated[
        Path, typer.Option("--out", metavar="SITE", help="The folder of the site.")
    ] = Path("site"),
    release: Annotated[
        bool, typer.Option("--release", help="Build nothing unless a check for release is clean.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write a class, or a folder of classes, as a site that opens offline."""
    from stakhanov.guide import library
    from stakhanov.guide.lint.check import checked
    from stakhanov.guide.render.site import build as write
    from stakhanov.guide.verify import engine

    found = library(place)
    errors = [
        one
        for one in checked(found, release=release, engine=engine() if release else "")
        if one.level == "error"
    ]
    data: dict[str, Any] = {
        "site": str(out),
        "pages": 0,
        "problems": [one.plain() for one in errors],
    }
    if errors and release:
        output.answer(data, *screen(errors), "nothing was built", as_json=as_json)
        raise typer.Exit(ExitCode.CHECK_FAILED)
    line = output.Line()
    written = write(found, out, lambda name: line.show(f"writing {name}"))
    line.clear()
    data["pages"] = sum(file.suffix == ".html" for file in written)
    start = out / "index.html"
    told = f"{data['pages']} pages; open {start}"
    warned = [f"{len(errors)} errors: stakhanov guide check says which"] if errors else []
    output.answer({**data, "start": str(start)}, told, *warned, as_json=as_json)
