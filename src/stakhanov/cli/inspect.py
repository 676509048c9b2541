"""`stakhanov inspect`: what a report table says, with how often honest reports would say the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from stakhanov.cli import output
from stakhanov.cli.options import Gathered, Json
from stakhanov.cli.output import Table
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.evidence import Finding, Inspection
    from stakhanov.foundation.reports import Reports

REPORT = "report.html"

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


def inspect(
    reports: Annotated[
        str, typer.Argument(metavar="REPORTS", help="A file, a folder, or a database's URL#table.")
    ],
    *,
    columns: Map = None,
    by: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Test the groups of this column apart.")
    ] = None,
    dates: Dates = None,
    key_file: KeyFile = None,
    leave_out: LeaveOut = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write report.html and findings.csv there.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what the folder has.")] = False,
    seed: Annotated[
        str | None, typer.Option(metavar="S", help="Whose luck draws the honest reports.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what a report table says, and how often honest reports would say the same."""
    gathered = Gathered()
    names = columns_of(columns, gathered)
    order = order_of(dates, gathered)
    number = gathered.whole("seed", seed, 0)
    if out is not None:
        with gathered:
            _claim(out, force=force)
    gathered.tell()
    from stakhanov.evidence import inspection
    from stakhanov.foundation.pseudonyms import key_from

    line = output.Line()
    line.show("reading the reports")
    found = inspection.inspect(
        reports,
        names,
        by=by,
        dates=order,
        key=key_from(key_file) if key_file is not None else None,
        bad_rows="leave out" if leave_out else "refuse",
        seed=inspection.SEED if number is None else number,
        on_test=lambda group, k, of: line.show(f"testing {group}, {k} of {of}"),
    )
    data = found.plain()
    parts = _screen(found)
    if out is not None:
        line.show("drawing the report")
        page = _written(found, out)
        data["report"] = str(page)
        parts += ["", f"report: {page}"]
    line.clear()
    output.problems(found.reports.problems)
    output.answer(data, *parts, as_json=as_json)


def _claim(folder: Path, *, force: bool) -> None:
    """Make sure that a folder may be written to. Raises BadInput where something is in it already."""
    if folder.exists() and not folder.is_dir():
        raise BadInput([Problem(str(folder), "must be a folder", "a file")])
    if folder.exists() and not force and any(folder.iterdir()):
        hint = "--force overwrites what is in it"
        raise BadInput([Problem(str(folder), "must be empty or new", "a folder in use", hint)])


def _written(found: Inspection, folder: Path) -> Path:
    """Put the page and the table of findings into a folder; gives the page."""
    from stakhanov.foundation.exports import write_table
    from stakhanov.summary import inspection_report

    folder.mkdir(parents=True, exist_ok=True)
    inspection_report.write(found, folder / REPORT)
    write_table(found.table, folder / "findings.csv")
    return folder / REPORT


def columns_of(given: list[str] | None, gathered: Gathered) -> dict[str, str]:
    """`COLUMN=SOURCE,COLUMN=SOURCE` options as the source's names by column."""
    parts = [part for one in given or () for part in one.split(",")]
    return gathered.texts("--map", parts)


def order_of(text: str | None, gathered: Gathered) -> Literal["dmy", "mdy"] | None:
    """Whether day or month stands first."""
    if text in (None, "dmy", "mdy"):
        return cast("Literal['dmy', 'mdy'] | None", text)
    gathered.problems.append(Problem("--dates", "must be dmy or mdy", str(text)))
    return None


def _screen(found: Inspection) -> list[str | Table]:
    from stakhanov.foundation.written import counted

    head = (
        f"{found.reports.name}: {counted(found.reports.rows, 'report')},"
        f" {counted(found.workers, 'worker')}, {counted(found.periods, 'period')}"
        f"{left_out(found.reports)}"
    )
    rows = [
        (
            one.test,
            one.group,
            output.number(one.estimate),
            output.between(one.low, one.high),
            one.unit,
            rate(one.false_alarm),
            "unusual" if one.unusual else "",
        )
        for one in found.findings
    ]
    columns = ("test", "group", "estimate", "95 % interval", "in", "false alarm", "")
    parts: list[str | Table] = [head]
    if rows:
        parts += [
            "",
            Table(columns, rows, numbers=("estimate", "95 % interval", "false alarm")),
            "",
        ]
        parts.append(
            "false alarm: how often honest reports of this number would show as much;"
            " unusual: stands out among all tests and groups (false discovery rate 5 %)"
        )
    parts += [line for one in found.unusual for line in _explained(one)]
    if found.hidden:
        parts += ["", f"hidden: {found.hidden} groups of fewer than five workers"]
    if found.refused:
        parts += ["", "not tested:", *(f"  {r.test}, {r.group}: {r.reason}" for r in found.refused)]
    return parts


def left_out(reports: Reports) -> str:
    """How many rows were not looked at, where any were not."""
    from stakhanov.foundation.written import counted

    return f"; {counted(reports.left_out, 'row')} left out" if reports.left_out else ""


def _explained(finding: Finding) -> list[str]:
    """What an unusual finding is, and what else brings it about."""
    head = f"{finding.test}, {finding.group}: {finding.says}. Unusual; it can come about without any fault:"
    return ["", head, *(f"  - {sentence}" for sentence in finding.explanations)]


def rate(share: float) -> str:
    """A false-alarm rate as people read it."""
    return "< 0.001" if share < 0.001 else f"{share:.3f}"
