"""A payroll in a folder: pay and ranks of a table of any size, written period by period."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from stakhanov.foundation.reports import Reports
from stakhanov.foundation.result_folder import Kind, held_for

if TYPE_CHECKING:
    from stakhanov.campaign.campaign import Campaign

BOOK = "pay.xlsx"
#: Rows of pay or ranks that are put into one part of a file: a part a day would be too many.
AT_A_TIME = 500_000
_PARTS = ".payroll.parts"
PAYROLL = Kind(
    "a payroll",
    {
        "pay.parquet": b"fulfilment",
        "pay.csv": b"fulfilment",
        "ranks.parquet": b"score",
        BOOK: b"xl/worksheets/sheet4.xml",  # pay, ranks, awards, rules
    },
    _PARTS,
)


def write_payroll(
    campaign: Campaign,
    reports: Reports,
    folder: Path,
    *,
    book: bool = False,
    on_period: Callable[[object], None] = lambda _: None,
) -> Summary:
    """Pay a report table and write pay.parquet, pay.csv and ranks.parquet; `book` adds pay.xlsx.

    No more than one period is in memory at a time, or some hundred thousand rows of short ones, but for the
    workbook. Raises BadInput, OSError.
    """
    with held_for(folder, PAYROLL), _parts(folder / _PARTS) as (pay, ranks):
        paid, awards, never = 0, [], NeverWon()
        for settled in periods_of(campaign, reports):
            ranked = rank_table(settled)
            pay.add(pay_table(settled))
            ranks.add(ranked)
            awards.append(award_table(settled, ranked))
            never.see(settled)
            paid += int(settled.pay.sum())
            on_period(settled.when)
        summary = summary_of(campaign, reports, paid, awards, never.notes())
        if book:
            _write_book(campaign, summary, (pay.whole(), ranks.whole()), folder / BOOK)
        else:
            (folder / BOOK).unlink(missing_ok=True)  # of an earlier payroll
        write_table(pay.whole(), folder / "pay.parquet")
        write_table(pay.whole(), folder / "pay.csv")
        write_table(ranks.whole(), folder / "ranks.parquet")
    return summary


class _Part:
    """Tables of periods one after the other, in files of many rows."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder, self.files, self.rows = folder, 0, 0
        self.waiting: list[pl.DataFrame] = []

    def add(self, table: pl.DataFrame) -> None:
        """Put a period's table behind the others."""
        self.waiting.append(table)
        self.rows += table.height
        if self.rows >= AT_A_TIME:
            self._write()

    def whole(self) -> pl.LazyFrame:
        """All of them as one."""
        if self.waiting:
            self._write()
        return pl.scan_parquet(self.folder / "*.parquet")

    def _write(self) -> None:
        pl.concat(self.waiting).write_parquet(self.folder / f"{self.files:06}.parquet")
        self.files, self.rows = self.files + 1, 0
        self.waiting.clear()


@contextmanager
def _parts(folder: Path) -> Iterator[tuple[_Part, _Part]]:
    """Room for pay and ranks that goes when they are written."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield _Part(folder / "pay"), _Part(folder / "ranks")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_book(
    campaign: Campaign, summary: Summary, tables: tuple[pl.LazyFrame, pl.LazyFrame], place: Path
) -> None:
    """A workbook: pay, ranks, awards, and the rules in sentences."""
    rules = pl.DataFrame({"rules": [line for line in campaign.explain().splitlines() if line]})
    pay, ranks = (table.collect(engine="streaming") for table in tables)
    write_book({"pay": pay, "ranks": ranks, "awards": summary.awards, "rules": rules}, place)
