"""Run the rows: ``python -m validation [--row N]... [--fast] [--write]``.

Exits 1 on a miss that its row does not explain.

A row is added by a file ``validation/rows/row_NN_subject.py`` with ``table(fast: bool) -> Table``;
nothing else needs to know of it. ``--fast`` runs a subset for continuous integration, ``--write``
puts the full tables into docs/validation.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import time
from pathlib import Path

import validation.rows
from validation.tables import Table, index

PAGES = Path(__file__).resolve().parent.parent / "docs" / "validation"


def rows() -> dict[int, str]:
    """Name of each row's module by its number."""
    names = (module.name for module in pkgutil.iter_modules(validation.rows.__path__))
    return {int(name.split("_")[1]): name for name in sorted(names) if name.startswith("row_")}


def run(name: str, *, fast: bool) -> Table:
    """The table of one row."""
    table = importlib.import_module(f"validation.rows.{name}").table(fast)
    if not isinstance(table, Table):
        raise TypeError(f"{name}: table(fast) must give a Table; found {type(table).__name__}")
    return table


def write(tables: dict[str, Table], *, whole: bool) -> None:
    """Write a page per row, and the list of rows where all were run."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        (PAGES / f"{name}.md").write_text(table.markdown(), encoding="utf-8")
    if whole:
        (PAGES / "README.md").write_text(index(tables.values(), tables), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Run what was asked for; 0 where nothing is missed without a word, 1 otherwise, 2 on bad arguments."""
    known = rows()
    parser = argparse.ArgumentParser(prog="python -m validation", description=__doc__)
    parser.add_argument("--row", type=int, action="append", choices=sorted(known), metavar="N")
    parser.add_argument("--fast", action="store_true", help="a subset that runs in seconds")
    parser.add_argument("--write", action="store_true", help="write docs/validation")
    given = parser.parse_args(arguments)
    if given.fast and given.write:
        parser.error("--write needs the full tables; leave --fast out")
    chosen = {known[number] for number in given.row} if given.row else set(known.values())
    tables: dict[str, Table] = {}
    for name in known.values():
        if name not in chosen:
            continue
        began = time.perf_counter()
        table = tables[name] = run(name, fast=given.fast)
        seconds = time.perf_counter() - began
        sys.stdout.write(f"row {table.row}: {table.title}: {table.verdict} ({seconds:.1f} s)\n")
        for check in table.misses:
            sys.stdout.write(
                f"  {check.what}: expected {check.kind} {check.expected:.9g} "
                f"(+- {check.tolerance:.2g}), found {check.found:.9g}"
                f"{f' ({check.known})' if check.known else ''}\n"
            )
    if given.write:
        write(tables, whole=len(tables) == len(known))
    return 1 if any(table.unexplained for table in tables.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
