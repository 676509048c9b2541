"""The reports of one period as settlement reads them: one column a worker, one row a segment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.campaign.settle import (
    PayTerms,
    Work,
    clawed_back,
    rounded,
    thousandths,
    work_of,
)

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Crew:
    """Who reported in one period, in the order of the table, and what they did."""

    who: pl.DataFrame  # one row a worker: the columns that tell them apart, and their places
    work: Work

    @property
    def shifts(self) -> Whole:
        """Shifts of the period."""
        return np.asarray(self.work.shifts.sum(axis=0), np.int64)

    @property
    def reported(self) -> Whole:
        """Thousandths of a norm over the period, as reported."""
        return np.asarray(self.work.reported.sum(axis=0), np.int64)

    def scores(self, terms: PayTerms, *, by_output: bool) -> Whole:
        """What counts in contests: the report, or the truth where padding was found and is taken back."""
        counted = clawed_back(terms, self.work)
        if by_output:
            counted = counted * self.work.norm
        total: Whole = np.asarray(counted.sum(axis=0), np.int64)
        return total


def crew_of(frame: pl.DataFrame, person: list[str], places: list[str], price: int) -> Crew:
    """The crew of one period's rows. `price` is that of a shift at 100 % where the table tells none."""
    kept = list(dict.fromkeys([*person, *places]))
    if frame["segment"].max() == frame["segment"].min():
        who, column, row = frame.select(kept), np.arange(frame.height), np.zeros(frame.height, int)
    else:
        numbered = frame.with_row_index("at").with_columns(
            pl.col("at").min().over(person).rank("dense").sub(1).alias("column"),
            pl.col("segment").rank("ordinal").over(person).sub(1).alias("row"),
        )
        column, row = (numbered[name].to_numpy().astype(int) for name in ("column", "row"))
        who = numbered.sort("column", maintain_order=True).unique("column", maintain_order=True)
        who = who.select(kept)
    return Crew(who, _work(frame, column, row, price))


def _work(frame: pl.DataFrame, column: Whole, row: Whole, price: int) -> Work:
    """Rows of settlement: reports in thousandths of a norm, rounded half up; less than nothing is nothing."""
    shape = (int(row.max()) + 1, int(column.max()) + 1)
    shifts, norm = frame["shifts"].to_numpy(), frame["norm"].to_numpy()

    def spread(values: NDArray[np.generic]) -> Whole:
        table = np.zeros(shape, np.int64)
        table[row, column] = values
        return table

    reported = thousandths(frame["reported"].to_numpy(), norm, shifts)
    true = _true(frame, reported)
    caught = np.zeros(shape[1], np.bool_)
    if "caught" in frame.columns:
        np.logical_or.at(caught, column, frame["caught"].fill_null(False).to_numpy())
    told = frame["price"].fill_null(price) if "price" in frame.columns else None
    return work_of(
        spread(reported),
        spread(shifts),
        spread(np.full(frame.height, price) if told is None else told.to_numpy()),
        true=spread(true),
        norm=spread(rounded(1000.0 * norm)),
        caught=caught,
    )


def _true(frame: pl.DataFrame, reported: Whole) -> Whole:
    """What was truly done, as far as the table tells; elsewhere what was reported."""
    if "true" not in frame.columns:
        return reported
    told = frame["true"].is_not_null().to_numpy()
    done = frame["true"].fill_null(0.0).to_numpy()
    counted = thousandths(done, frame["norm"].to_numpy(), frame["shifts"].to_numpy())
    return np.where(told, counted, reported)
