"""A payroll in a folder: pay and ranks of a table of any size, written period by period."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from stakhanov.campaign.application import (
    NeverWon,
    Summary,
    award_table,
    pay_table,
    periods_of,
    rank_table,
    summary_of,
)
from stakhanov.foundation.exports import write_book, write_table
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.reports import Reports

if TYPE_CHECKING:
    from stakhanov.campaign.campaign import Campaign

FILES = ("pay.parquet", "pay.csv", "ranks.parquet")
BOOK = "pay.xlsx"
_PARTS = ".parts"


def write_payroll(
    campaign: Campaign,
    reports: Reports,
    folder: Path,
    *,
    book: bool = False,
    on_period: Callable[[object], None] = lambda _: None,
) -> Summary:
    """Pay a report table and write pay.parquet, pay.csv and ranks.parquet; `book` adds pay.xlsx.

    No more than one period is in memory at a time, but for the workbook. Raises BadInput, OSError.
    """
    parts = folder / _PARTS
    shutil.rmtree(parts, ignore_errors=True)
    for name in ("pay", "ranks"):
        (parts / name).mkdir(parents=True)
    paid, awards, never = 0, [], NeverWon()
    try:
        for number, settled in enumerate(periods_of(campaign, reports)):
            pay_table(settled).write_parquet(parts / "pay" / f"{number:06}.parquet")
            rank_table(settled).write_parquet(parts / "ranks" / f"{number:06}.parquet")
            awards.append(award_table(settled))
            never.see(settled)
            paid += int(settled.pay.sum())
            on_period(settled.when)
        summary = summary_of(campaign, reports, paid, awards, never.notes())
        pay, ranks = (pl.scan_parquet(parts / name / "*.parquet") for name in ("pay", "ranks"))
        if book:
            _write_book(campaign, summary, (pay, ranks), folder / BOOK)
        write_table(pay, folder / "pay.parquet")
        write_table(pay, folder / "pay.csv")
        write_table(ranks, folder / "ranks.parquet")
    finally:
        shutil.rmtree(parts, ignore_errors=True)
    return summary


def claimed(folder: Path, *, force: bool) -> None:
    """Make sure that a folder may be written to. Raises BadInput where a payroll is there already."""
    there = [name for name in (*FILES, BOOK) if (folder / name).exists()]
    if there and not force:
        hint = "--force overwrites it"
        raise BadInput([Problem(str(folder), "must hold no payroll yet", there[0], hint)])
    if folder.exists() and not folder.is_dir():
        raise BadInput([Problem(str(folder), "must be a folder", "a file")])


def _write_book(
    campaign: Campaign, summary: Summary, tables: tuple[pl.LazyFrame, pl.LazyFrame], place: Path
) -> None:
    """A workbook: pay, ranks, awards, and the rules in sentences."""
    rules = pl.DataFrame({"rules": [line for line in campaign.explain().splitlines() if line]})
    pay, ranks = (table.collect(engine="streaming") for table in tables)
    write_book({"pay": pay, "ranks": ranks, "awards": summary.awards, "rules": rules}, place)
