"""`stakhanov guide new`, `fix` and `schema`: files of a class, begun, mended and described."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from stakhanov.cli import output
from stakhanov.cli.options import Json


def new(
    kind: Annotated[Literal["class", "term"], typer.Argument(metavar="class|term")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its id, for ever.")],
    *,
    place: Annotated[
        Path, typer.Option("--in", metavar="DIR", help="Where the class goes; or the term's class.")
    ] = Path(),
    title: Annotated[
        str, typer.Option("--title", help="Its title; made of the name unless told.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Start a class, or a term of a class."""
    from stakhanov.guide.scaffold import new_class, new_term

    if kind == "class":
        written = new_class(place / name, title)
        after = f"stakhanov guide new term NAME --in {place / name} starts a term."
    else:
        written = new_term(place, name, title)
        after = f"stakhanov guide check {place} says what is missing."
    shown = [str(one) for one in written]
    output.answer({"written": shown}, *shown, "", after, as_json=as_json)


def fix(
    place: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A class, or a folder of classes; here unless told."),
    ] = Path(),
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added.")] = False,
    as_json: Json = False,
) -> None:
    """Add the entries that a check found missing, where it can."""
    from stakhanov.guide import library
    from stakhanov.guide.repair import repaired

    done = repaired(library(place), write=not dry_run)
    data = {
        "dry_run": dry_run,
        "added": [{"file": one.file, "entry": one.what} for one in done],
    }
    lines = [f"{one.file}: {one.what}" for one in done]
    said = "would be added" if dry_run else "added"
    entries = "entry" if len(done) == 1 else "entries"
    output.answer(data, *lines, f"{len(done)} {entries} {said}", as_json=as_json)


def schema(
    kind: Annotated[
        Literal["class", "sources", "term", "experiment"],
        typer.Argument(metavar="class|sources|term|experiment"),
    ],
    as_json: Json = False,
) -> None:
    """Show the JSON Schema of a file of a class, for an editor."""
    from stakhanov.guide.schemas import schema as of

    found = of(kind)
    output.answer(found, json.dumps(found, indent=2), as_json=as_json)
