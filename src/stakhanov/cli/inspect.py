"""`stakhanov inspect`: what a report table says, with how often honest reports would say the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stakhanov.cli import output
from stakhanov.cli.options import Gathered, Json
from stakhanov.cli.output import Table
from stakhanov.cli.report_table import Dates, KeyFile, LeaveOut, Map, Reading, Source, left_out
from stakhanov.cli.waiting import Waiting

if TYPE_CHECKING:
    from stakhanov.evidence import Finding, Inspection
    from stakhanov.foundation.reports import Reports


def inspect(
    reports: Source,
    *,
    columns: Map = None,
    by: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Test the groups of this column apart.")
    ] = None,
    dates: Dates = None,
    key_file: KeyFile = None,
    leave_out: LeaveOut = False,
    tests: Annotated[
        list[str] | None,
        typer.Option(
            "--test",
            metavar="NAME",
            help="A test to make, all unless told; may be given many times.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write report.html and findings.csv there.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the folder's inspection.")
    ] = False,
    seed: Annotated[
        str | None, typer.Option(metavar="S", help="Whose luck draws the honest reports.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what a report table says, and how often honest reports would say the same."""
    gathered = Gathered()
    number = gathered.whole("seed", seed, 0)
    if out is not None:
        from stakhanov.foundation.result_folder import usable
        from stakhanov.summary.inspection_report import INSPECTION

        with gathered:
            usable(out, INSPECTION, force=force)
    with Waiting("reading the reports") as wait:
        table = Reading(reports, columns, dates, key_file, leave_out).table(gathered)
        gathered.tell()
        assert table is not None
        found = _found(table, by, number, tests or (), wait)
        data = found.plain()
        parts = _screen(found)
        if out is not None:
            from stakhanov.summary.inspection_report import written

            wait.text = "drawing the report"
            page = written(found, out)
            data["report"] = str(page)
            parts += ["", f"report: {page}"]
    output.problems(found.reports.problems)
    output.answer(data, *parts, as_json=as_json)


def _found(
    table: Reports, by: str | None, seed: int | None, tests: Sequence[str], wait: Waiting
) -> Inspection:
    """The inspection, telling which group is being tested."""
    from stakhanov.evidence import inspection

    def tell(group: str, number: int, of: int) -> None:
        wait.text = f"testing {group}, {number} of {of}"

    chosen = inspection.SEED if seed is None else seed
    return inspection.inspect(table, by=by, seed=chosen, tests=tests, on_test=tell)


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
    if found.chosen < 1.0:
        parts.append(
            f"The table is large: the tests look at whole workers, {100.0 * found.chosen:.3g} % of them,"
            " chosen by a hash of their names."
        )
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


def _explained(finding: Finding) -> list[str]:
    """What an unusual finding is, and what else brings it about."""
    head = f"{finding.test}, {finding.group}: {finding.says}. Unusual; it can come about without any fault:"
    return ["", head, *(f"  - {sentence}" for sentence in finding.explanations)]


def rate(share: float) -> str:
    """A false-alarm rate as people read it."""
    return "< 0.001" if share < 0.001 else f"{share:.3f}"
