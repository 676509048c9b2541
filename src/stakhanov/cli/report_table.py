"""How a command is told a report table: where it is, what its columns are called, what to do with bad rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from stakhanov.cli.options import Gathered
from stakhanov.foundation.problem import Problem

if TYPE_CHECKING:
    from stakhanov.foundation.reports import Reports

Source = Annotated[
    str, typer.Argument(metavar="REPORTS", help="A file, a folder, or a database's URL#table.")
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="COLUMN=SOURCE,...",
        help="What columns of the report table are called in the source; may be given many times.",
    ),
]
Dates = Annotated[
    str | None,
    typer.Option(metavar="dmy|mdy", help="Day or month first, where the dates do not tell."),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--pseudonyms",
        metavar="KEYFILE",
        help="Replace names by pseudonyms made with this key; a new key if the file is not there.",
    ),
]
LeaveOut = Annotated[
    bool, typer.Option("--leave-out", help="Leave out rows with problems instead of refusing all.")
]


@dataclass(frozen=True)
class Reading:
    """A report table as the options of a command tell it."""

    source: str
    columns: list[str] | None
    dates: str | None
    key_file: Path | None
    leave_out: bool

    def table(self, gathered: Gathered) -> Reports | None:
        """The table, checked; every problem is gathered."""
        from stakhanov.foundation.pseudonyms import key_in
        from stakhanov.foundation.reports import read

        names, order = _columns(self.columns, gathered), _order(self.dates, gathered)
        with gathered, key_in(self.key_file) as key:
            return read(
                self.source,
                names,
                dates=order,
                key=key,
                bad_rows="leave out" if self.leave_out else "refuse",
            )
        return None

    def whose(self, name: str) -> str:
        """A name as the table has it: its pseudonym where names were replaced. A pseudonym stays one."""
        from stakhanov.foundation.pseudonyms import is_pseudonym, key_from, pseudonym

        if self.key_file is None or is_pseudonym(name):
            return name
        return pseudonym(name, key_from(self.key_file))


def left_out(reports: Reports) -> str:
    """How many rows were not looked at, where any were not."""
    from stakhanov.foundation.written import counted

    return f"; {counted(reports.left_out, 'row')} left out" if reports.left_out else ""


def _columns(given: list[str] | None, gathered: Gathered) -> dict[str, str]:
    """`COLUMN=SOURCE,COLUMN=SOURCE` options as the source's names by column."""
    parts = [part for one in given or () for part in one.split(",")]
    return gathered.texts("--map", parts)


def _order(text: str | None, gathered: Gathered) -> Literal["dmy", "mdy"] | None:
    """Whether day or month stands first."""
    if text in (None, "dmy", "mdy"):
        return cast("Literal['dmy', 'mdy'] | None", text)
    gathered.problems.append(Problem("--dates", "must be dmy or mdy", str(text)))
    return None
