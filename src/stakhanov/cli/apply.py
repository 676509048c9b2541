"""`stakhanov apply` and `stakhanov payslip`: a campaign's rules on real reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stakhanov.cli import output
from stakhanov.cli.new_folder import nothing_left
from stakhanov.cli.options import Gathered, Json, Set
from stakhanov.cli.output import Table
from stakhanov.cli.report_table import Dates, KeyFile, LeaveOut, Map, Reading, Source, left_out
from stakhanov.cli.waiting import Waiting

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.campaign.application import Summary
    from stakhanov.foundation.reports import Reports

Rules = Annotated[str, typer.Argument(metavar="CAMPAIGN", help="A library campaign or a file.")]


def apply(
    campaign: Rules,
    reports: Source,
    *,
    columns: Map = None,
    settings: Set = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write pay.parquet, pay.csv and ranks.parquet there."),
    ] = None,
    excel: Annotated[
        bool, typer.Option("--excel", help="Write pay.xlsx too, with a sheet of the rules.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the folder's payroll.")] = False,
    dates: Dates = None,
    key_file: KeyFile = None,
    leave_out: LeaveOut = False,
    as_json: Json = False,
) -> None:
    """Pay and rank everybody in a report table, to the minor unit."""
    from stakhanov.campaign.application import apply as applied
    from stakhanov.campaign.payroll import PAYROLL, write_payroll
    from stakhanov.foundation.result_folder import usable

    gathered = Gathered()
    if out is not None:
        with gathered:
            usable(out, PAYROLL, force=force)
    reading = Reading(reports, columns, dates, key_file, leave_out)
    with Waiting("reading the reports"):
        rules, table = _read(campaign, settings, reading, gathered)
    line = output.Line()
    if out is None:
        line.show("paying")
        summary = applied(rules, table).summary
    else:
        with nothing_left(out, resume=False):
            summary = write_payroll(
                rules, table, out, book=excel, on_period=lambda when: line.show(f"paid {when}")
            )
    line.clear()
    output.problems([*summary.problems, *summary.notes])
    written = [f"written to {out}"] if out is not None else []
    output.answer(summary.plain(), *_screen(rules, table, summary), *written, as_json=as_json)


def payslip(
    campaign: Rules,
    reports: Source,
    *,
    worker: Annotated[str, typer.Option(metavar="W", help="Whose slip: a name, or its pseudonym.")],
    period: Annotated[
        str, typer.Option(metavar="P", help="Of which period, as the table tells it.")
    ],
    columns: Map = None,
    settings: Set = None,
    dates: Dates = None,
    key_file: KeyFile = None,
    leave_out: LeaveOut = False,
    as_json: Json = False,
) -> None:
    """Show every step of one worker's pay in one period."""
    reading = Reading(reports, columns, dates, key_file, leave_out)
    rules, table = _read(campaign, settings, reading, Gathered())
    from stakhanov.campaign.payslip import payslip as slip_of

    slip = slip_of(rules, table, reading.whose(worker), period)
    rows = [(one.address, one.sentence, f"{one.amount:,}") for one in slip.steps]
    rows.append(("", "pay", f"{slip.pay:,}"))
    head = f"worker {slip.worker}, period {slip.period}, in {slip.unit}s"
    lines = Table(("rule", "what it does", "amount"), rows, numbers=("amount",))
    output.answer(slip.plain(), head, "", lines, as_json=as_json)


def _read(
    campaign: str, settings: list[str] | None, reading: Reading, gathered: Gathered
) -> tuple[Campaign, Reports]:
    """The campaign and the table, every problem of both told at once."""
    from stakhanov.cli.campaign import loaded

    with gathered:
        rules = loaded(campaign, settings)
    table = reading.table(gathered)
    gathered.tell()
    assert table is not None
    return rules, table


def _screen(campaign: Campaign, table: Reports, summary: Summary) -> list[str | Table]:
    import polars as pl

    from stakhanov.foundation.written import counted

    head = (
        f"{campaign.name} on {table.name}: {counted(summary.rows, 'report')},"
        f" {counted(summary.paid, summary.unit)} paid{left_out(table)}"
    )

    parts: list[str | Table] = [head]
    if summary.awards.height:
        by_prize = summary.awards.group_by("prize", maintain_order=True).agg(
            pl.col("winners", "amount").sum()
        )
        rows = [
            (prize, f"{winners:,}", f"{amount:,}")
            for prize, winners, amount in by_prize.select("prize", "winners", "amount").iter_rows()
        ]
        heads = ("prize", "winners", f"{summary.unit}s")
        parts += ["", Table(heads, rows, numbers=heads[1:])]
    return parts
