"""What a report table says in a few numbers that a model can be held against, with their covariance.

Everything is a function of sums over workers: reports below lines of fulfilment, and how alike two reports of
one worker are. So the same numbers come from an archive and from a simulation, and leaving out some workers at
a time gives their covariance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.evidence.sample import EXACT, Numbers, Whole
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.report_columns import PLACES
from stakhanov.foundation.reports import Reports

Summed = Callable[[NDArray[np.floating[Any]]], Numbers]

#: Lines of fulfilment below which reports are counted: close together at the norm, where rules bite.
LINES = (0.7, 0.8, 0.9, 0.98, 1.0, 1.005, 1.02, 1.1, 1.25, 1.5)
#: No share is taken to be better known than one of so few reports would be: where nearly nobody stands, what
#: the next table shows is not what this one does.
RARE = 10
#: Fulfilment beyond this counts as this: one wild report must not move a mean.
LARGEST = 2.0
#: Workers are left out in at most so many lots.
LOTS = 500
#: Brigades, whose mates hold each other to their output, are left out whole where there are so many of them.
ENOUGH_BRIGADES = 10
FEWEST_WORKERS, FEWEST_REPORTS = 8, 100

MEAN, SPREAD, ALIKE, NEXT, TREND, CAUGHT = (
    "mean fulfilment",
    "spread of fulfilment",
    "likeness of a worker's reports",
    "likeness of a report and the next",
    "last third less first third",
    "share caught",
)


SHARES = tuple(f"share below {100 * line:g} %" for line in LINES)
NAMES = (MEAN, SPREAD, ALIKE, NEXT, TREND, *SHARES, CAUGHT)
#: Sums over the reports of some workers, in the order of the columns of `Moments.sums`.
_SUMS = (
    *("reports", "made", "square", "pairs", "pair_made", "pair_product"),
    *("steps", "step_from", "step_to", "step_product"),
    *("late", "late_made", "early", "early_made", *SHARES, "looked_at", "caught"),
)
_AT = {name: place for place, name in enumerate(_SUMS)}


@dataclass(frozen=True)
class Moments:
    """The numbers of one table, in the order of `NAMES`; not a number where the table cannot tell one."""

    sums: Numbers  # lots of workers by `_SUMS`
    values: Numbers
    covariance: Numbers  # how far they would differ among tables of other workers
    reports: int
    workers: int
    periods: int

    @property
    def lots(self) -> int:
        """How many lots of workers the covariance stands on."""
        return len(self.sums)


def moments_of(reports: Reports, group: str | None = None, *, skip: int = 0) -> Moments:
    """The moments of a table, or of one group of it; the first `skip` periods do not count.

    Raises BadInput where there is no such group, or too little to say how sure a moment is.
    """
    frame = _fulfilments(reports, group, skip)
    workers = int(frame["worker"].n_unique())
    problems = [
        Problem(reports.name, f"must have at least {least} {what}", f"{count:,}")
        for least, what, count in (
            (FEWEST_REPORTS, "reports", frame.height),
            (FEWEST_WORKERS, "workers", workers),
        )
        if count < least
    ]
    if not problems and frame["made"].n_unique() == 1:
        found = f"{100 * frame['made'][0]:g} % in all {frame.height:,}"
        must = "must have reports that differ: from one fulfilment nothing can be told"
        problems.append(Problem(reports.name, must, found))
    if problems:
        raise BadInput(problems)
    sums = _sums(frame)
    return Moments(
        sums=sums,
        values=_moments(sums.sum(axis=0)),
        covariance=_covariance(sums),
        reports=frame.height,
        workers=workers,
        periods=int(frame["period"].n_unique()),
    )


def _fulfilments(reports: Reports, group: str | None, skip: int) -> pl.DataFrame:
    """A row a worker and period: worker, period and lot as numbers from 0, made, caught if it is known."""
    names = reports.columns
    told = ["period", "segment", "shifts", "norm", "reported", *(["caught"] * ("caught" in names))]
    frame = reports.collect(*dict.fromkeys([*reports.person, *told]))
    if group is not None:
        frame = _of_group(frame, group, reports.name)
    if skip:
        frame = frame.filter(pl.col("period").rank("dense") > skip)
    who = pl.struct(reports.person).rank("dense") - 1
    caught = {"caught": pl.col("caught").any()} if "caught" in names else {}
    frame = (
        frame.with_columns(worker=who, lot=_lot(frame, reports.person))
        .group_by("worker", "period", maintain_order=True)
        .agg(
            made=(pl.col("reported") * pl.col("shifts")).sum()
            / (pl.col("norm") * pl.col("shifts")).sum(),
            lot=pl.col("lot").first(),
            **caught,
        )
    )
    made = pl.col("made").clip(0.0, LARGEST).round(EXACT)
    return frame.with_columns(made, pl.col("period").rank("dense") - 1).sort("worker", "period")


def _of_group(frame: pl.DataFrame, group: str, name: str) -> pl.DataFrame:
    if "group" not in frame.columns:
        raise BadInput([Problem(f"{name}, group", "must be a column of the table", "none")])
    chosen = frame.filter(pl.col("group").str.strip_chars() == group)
    if chosen.is_empty():
        known = frame["group"].drop_nulls().unique().sort().to_list()
        must = "must be a group of the table"
        raise BadInput([Problem(f"{name}, group", must, group, hint_of(group, known))])
    return chosen


def _lot(frame: pl.DataFrame, person: list[str]) -> pl.Expr:
    """The lot with which a worker is left out: the brigade's, where there are enough of them."""
    places = [name for name in person if name in PLACES]
    if "brigade" in places and frame.select(places).n_unique() >= ENOUGH_BRIGADES:
        return (pl.struct(places).rank("dense") - 1) % LOTS
    return (pl.struct(person).rank("dense") - 1) % LOTS


def _sums(frame: pl.DataFrame) -> Numbers:
    """Sums of every lot."""
    made: Numbers = frame["made"].to_numpy()
    lot: Whole = frame["lot"].to_numpy().astype(np.int64)
    worker = frame["worker"].to_numpy().astype(np.int64)
    period = frame["period"].to_numpy().astype(np.int64)
    lots = int(lot.max()) + 1
    by_lot = _by(lot, lots)
    third = (int(period.max()) + 1) // 3
    late, early = period > period.max() - third, period < third
    ones: Numbers = np.ones(made.size)
    columns = [by_lot(ones), by_lot(made), by_lot(made**2)]
    columns += _pairs(worker, made, lot, lots)
    columns += _steps(worker, period, made, by_lot)
    columns += [by_lot(1.0 * late), by_lot(made * late), by_lot(1.0 * early), by_lot(made * early)]
    columns += [by_lot(1.0 * (made < line)) for line in LINES]
    known = frame["caught"].is_not_null().to_numpy() if "caught" in frame.columns else 0.0 * made
    caught = frame["caught"].fill_null(value=False) if "caught" in frame.columns else 0.0 * made
    columns += [by_lot(1.0 * known), by_lot(1.0 * np.asarray(caught))]
    found = np.column_stack(columns)
    return found[found[:, 0] > 0]


def _by(lot: Whole, lots: int) -> Summed:
    def summed(values: NDArray[np.floating[Any]]) -> Numbers:
        return np.bincount(lot, values, minlength=lots).astype(np.float64)

    return summed


def _pairs(worker: Whole, made: Numbers, lot: Whole, lots: int) -> list[Numbers]:
    """Over ordered pairs of two reports of a worker: how many, the sum of the first, and of the products."""
    count = np.bincount(worker).astype(np.float64)
    total = np.bincount(worker, made).astype(np.float64)
    square = np.bincount(worker, made**2)
    of_worker = np.zeros(count.size, np.int64)
    of_worker[worker] = lot
    by_lot = _by(of_worker, lots)
    return [
        by_lot(count * (count - 1.0)),
        by_lot((count - 1.0) * total),
        by_lot(total**2 - square),
    ]


def _steps(worker: Whole, period: Whole, made: Numbers, by_lot: Summed) -> list[Numbers]:
    """Over reports of a worker in two periods that follow each other: how many, the sums, the products."""
    follows = np.zeros(made.size, np.bool_)
    follows[1:] = (worker[1:] == worker[:-1]) & (period[1:] == period[:-1] + 1)
    before = np.concatenate([[0.0], made[:-1]])
    return [
        by_lot(1.0 * follows),
        by_lot(before * follows),
        by_lot(made * follows),
        by_lot(before * made * follows),
    ]


def _moments(sums: Numbers) -> Numbers:
    """Moments from sums; any number of tables in front."""

    def per(part: str, whole: str) -> Numbers:
        of = sums[..., _AT[whole]]
        share: Numbers = np.where(
            of > 0.0, sums[..., _AT[part]] / np.where(of > 0.0, of, 1.0), np.nan
        )
        return share

    mean = per("made", "reports")
    spread = np.sqrt(np.maximum(per("square", "reports") - mean**2, 1e-18))
    alike = per("pair_product", "pairs") - per("pair_made", "pairs") ** 2
    next_one = per("step_product", "steps") - per("step_from", "steps") * per("step_to", "steps")
    trend = per("late_made", "late") - per("early_made", "early")
    shares = [per(name, "reports") for name in SHARES]
    likeness = [alike / spread**2, next_one / spread**2]
    found: Numbers = np.stack(
        [mean, spread, *likeness, trend, *shares, per("caught", "looked_at")], axis=-1
    )
    return found


def _covariance(sums: Numbers) -> Numbers:
    """By leaving out one lot at a time (the grouped jackknife), with a floor under shares."""
    lots = len(sums)
    without = _moments(sums.sum(axis=0) - sums)
    apart = without - without.mean(axis=0)
    found: Numbers = (lots - 1.0) / lots * apart.T @ apart
    floor = RARE / float(sums[:, _AT["reports"]].sum()) ** 2
    for number, name in enumerate(NAMES):
        if name in SHARES:
            found[number, number] = max(found[number, number], floor)
    return found
