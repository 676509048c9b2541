"""`stakhanov guide check`: everything that is wrong with a class, with file, line and rule."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stakhanov.cli import output
from stakhanov.cli.failures import ExitCode
from stakhanov.cli.options import Json
from stakhanov.foundation.written import counted

if TYPE_CHECKING:
    from stakhanov.guide.finding import Finding
    from stakhanov.guide.guides import Library

Place = Annotated[
    Path | None,
    typer.Argument(
        metavar="DIR", help="A class, or a folder of classes; without one, those that ship."
    ),
]


def check(
    place: Place = None,
    *,
    release: Annotated[
        bool, typer.Option("--release", help="Excuse nothing as a draft; every run must be new.")
    ] = False,
    rules: Annotated[
        bool, typer.Option("--rules", help="Say what the rules are, and stop.")
    ] = False,
    links: Annotated[
        bool,
        typer.Option(
            "--links", help="Try the web addresses of works, and keep which answered; asks the web."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Check the guides of a class, or of a folder of classes."""
    if rules:
        _rules(as_json=as_json)
        return
    from stakhanov.guide import library
    from stakhanov.guide.lint.check import checked
    from stakhanov.guide.verify import engine

    with _no_sweeping():
        found = library(place)
        if links:
            _try_links(found)
        findings = checked(found, release=release, engine=engine())
    errors = sum(one.level == "error" for one in findings)
    terms = sum(len(guide.pages) for guide in found.each())
    data: dict[str, Any] = {
        "classes": list(found.asked),
        "terms": terms,
        "errors": errors,
        "warnings": len(findings) - errors,
        "problems": [one.plain() for one in findings],
    }
    output.answer(data, *screen(findings), _sum(data), as_json=as_json)
    if errors:
        raise typer.Exit(ExitCode.CHECK_FAILED)


@contextmanager
def _no_sweeping() -> Iterator[None]:
    """No search for what may be thrown away: whatever is read is kept until the command ends."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _try_links(found: Library) -> None:
    from datetime import date

    from stakhanov.guide.web_addresses import read_addresses, tried

    for guide in found.each():
        wanted = [work.url for work in guide.sources.values() if work.url]
        tried(read_addresses(guide.folder), wanted, date.today()).write(guide.folder)


def screen(findings: list[Finding]) -> list[str]:
    """Findings as people read them, one line each."""
    return [str(one) for one in findings]


def _sum(data: dict[str, Any]) -> str:
    return (
        f"{counted(data['terms'], 'term')} of {', '.join(data['classes']) or 'no class'}:"
        f" {counted(data['errors'], 'error')}, {counted(data['warnings'], 'warning')}"
    )


def _rules(*, as_json: bool) -> None:
    from stakhanov.guide.lint.check import rules

    found = rules()
    rows = [(rule.name, rule.level.value, rule.fires) for rule in found]
    data = {
        "rules": [
            {"rule": rule.name, "level": rule.level.value, "fires": rule.fires} for rule in found
        ]
    }
    output.answer(data, output.Table(("rule", "level", "fires when"), rows), as_json=as_json)
