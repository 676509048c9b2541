"""The columns of the report table: what each is called, what it means, and what its cells must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from stakhanov.foundation.nearest import hint_of, listed, nearest
from stakhanov.foundation.problem import BadInput, Problem


@dataclass(frozen=True)
class Column:
    """A column of the report table: its type in memory, what it means, what a cell must be."""

    kind: type[pl.DataType]
    title: str
    must: str
    needed: bool = False
    above: float | None = None  # exclusive
    default: int | float | None = None


TEXT = "must be a name"
#: In the order in which tables have them. A period is a date or a whole number.
COLUMNS: dict[str, Column] = {
    "worker": Column(pl.String, "Who", TEXT, needed=True),
    "period": Column(pl.Int64, "When", "must be a date or a whole number", needed=True),
    "segment": Column(
        pl.Int32,
        "Part of the period with one norm and rate",
        "must be a whole number, 0 or more",
        above=-1,
        default=0,
    ),
    "shifts": Column(
        pl.Float64, "Shifts worked", "must be a number above 0", above=0.0, default=1.0
    ),
    "norm": Column(
        pl.Float64, "Norm of a shift", "must be a number above 0", needed=True, above=0.0
    ),
    "reported": Column(pl.Float64, "Reported output of a shift", "must be a number", needed=True),
    "true": Column(pl.Float64, "True output of a shift", "must be a number"),
    "caught": Column(pl.Boolean, "Whether an audit found padding", "must be true or false"),
    "group": Column(pl.String, "Group by which tests are made", TEXT),
    "contest": Column(pl.String, "Contest", TEXT),
    "branch": Column(pl.String, "Branch", TEXT),
    "enterprise": Column(pl.String, "Enterprise", TEXT),
    "brigade": Column(pl.String, "Brigade", TEXT),
    "price": Column(
        pl.Int64,
        "Pay of a shift at 100 %, thousandths of a minor unit",
        "must be a whole number",
    ),
    "pay": Column(pl.Int64, "Pay, minor units", "must be a whole number of minor units"),
    "currency": Column(pl.String, "Currency of pay", TEXT),
}
KEY = ("worker", "period", "segment")
#: Where a worker stands: the same name in two of them is two people.
PLACES = ("group", "branch", "enterprise", "brigade")


def mapped(asked: Mapping[str, str], there: Sequence[str], name: str) -> dict[str, str]:
    """The source's name of every column that is there, by its own name.

    Raises BadInput where a column is asked for that does not exist, or one that is needed is missing.
    """
    problems = [*_unknown(asked, there, name)]
    found = {column: column for column in COLUMNS if column in there} | {
        column: source for column, source in asked.items() if column in COLUMNS and source in there
    }
    for column, about in COLUMNS.items():
        if about.needed and column not in found and column not in asked:
            near = nearest(column, there)
            hint = f"name it with --map {column}={near or '...'}; there are {listed(there)}"
            must = f"must have a column {column} ({about.title.lower()})"
            problems.append(Problem(name, must, "none of that name", hint))
    for source in dict.fromkeys(found.values()):
        if f"{source}_duplicated_0" in there:
            must = "must have one column of each name that is read"
            problems.append(Problem(name, must, f'more than one "{source}"'))
    if problems:
        raise BadInput(problems)
    return found


def _unknown(asked: Mapping[str, str], there: Sequence[str], name: str) -> list[Problem]:
    problems = []
    for column, source in asked.items():
        if column not in COLUMNS:
            hint = hint_of(column, COLUMNS)
            must = "must be a column of the report table"
            problems.append(Problem(f"--map {column}", must, f'"{column}"', hint))
        if source not in there:
            hint = hint_of(source, there)
            must = f"must be a column of {name}"
            problems.append(Problem(f"--map {column}", must, f'"{source}"', hint))
    return problems
