"""A campaign applied to real reports: fulfilment, pay to the minor unit, ranks, prizes and goods.

Periods are settled one after the other, each under the rules in force in it, so that a table may be larger than
memory and an old period gives the old answer. Rounding is that of `settle`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from stakhanov.campaign.crew import Crew, crew_of
from stakhanov.campaign.rounds import Round, rounds_of
from stakhanov.campaign.settle import PayTerms, Whole, pay_of, terms_of
from stakhanov.campaign.standings import Standing, places_of, stand
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.reports import Reports, read

if TYPE_CHECKING:
    from stakhanov.campaign.campaign import Campaign


@dataclass(frozen=True)
class Settled:
    """One period: who worked, under which rules, what contests gave, what everybody is paid."""

    when: Any  # as the table tells it
    period: int
    crew: Crew
    terms: PayTerms
    standings: list[Standing]
    pay: Whole  # minor units
    stamp: pl.Expr  # `when`, of the kind that the table's periods have

    @property
    def prizes(self) -> Whole:
        """Money of contests and queues, minor units."""
        none = np.zeros(self.pay.size, np.int64)
        return np.asarray(sum((one.money for one in self.standings), none), np.int64)


@dataclass(frozen=True)
class Summary:
    """What a report table comes to."""

    rows: int
    paid: int  # minor units
    unit: str
    awards: (
        pl.DataFrame
    )  # period, prize, group, winners, amount: one row a round and group that gave something
    problems: tuple[Problem, ...]  # of rows that were left out
    left_out: int = 0  # rows
    notes: tuple[str, ...] = ()  # prizes that could never be won

    def plain(self) -> dict[str, Any]:
        """The same as plain data, as scripts rely on it."""
        return {
            "rows": self.rows,
            "paid": {"amount": self.paid, "unit": self.unit},
            "awards": self.awards.with_columns(pl.col("period").cast(pl.String)).to_dicts(),
            "problems": [str(problem) for problem in self.problems],
            "left_out": self.left_out,
            "notes": list(self.notes),
        }


@dataclass(frozen=True)
class Applied:
    """What a campaign makes of a report table, in memory."""

    pay: pl.DataFrame  # one row a worker and period
    ranks: pl.DataFrame  # one row a contestant and round
    summary: Summary

    @property
    def awards(self) -> pl.DataFrame:
        """Who gave what to how many."""
        return self.summary.awards


def apply(
    campaign: Campaign, source: Any, columns: Mapping[str, str] | None = None, **reading: Any
) -> Applied:
    """Pay and rank everybody in a report table under a campaign.

    `source`, `columns` and `reading` are those of `foundation.reports.read`; a table read before will do. A
    worker's price of a shift at 100 % is the reference in force unless the table has a column `price`. Raises
    BadInput with every problem of the table.
    """
    reports = source if isinstance(source, Reports) else read(source, columns, **reading)
    settled = list(periods_of(campaign, reports))
    never = NeverWon()
    for one in settled:
        never.see(one)
    pay = pl.concat([pay_table(one) for one in settled])
    ranks = [rank_table(one) for one in settled]
    awards = [award_table(one, ranked) for one, ranked in zip(settled, ranks, strict=True)]
    summary = summary_of(campaign, reports, int(pay["pay"].sum()), awards, never.notes())
    return Applied(pay, pl.concat(ranks), summary)


def summary_of(
    campaign: Campaign,
    reports: Reports,
    paid: int,
    awards: list[pl.DataFrame],
    notes: Sequence[str] = (),
) -> Summary:
    """The whole of all periods."""
    unit = campaign.campaign.currency.minor
    return Summary(
        reports.rows,
        paid,
        unit,
        pl.concat(awards),
        reports.problems,
        reports.left_out,
        tuple(notes),
    )


class NeverWon:
    """Prizes that nobody could win in any group of any period, because all groups are too small."""

    def __init__(self) -> None:
        self.largest: dict[str, tuple[int, Standing]] = {}
        self.winnable: set[str] = set()

    def see(self, settled: Settled) -> None:
        """Take account of a period."""
        for one in settled.standings:
            address = one.round.address
            if one.prizes.any():
                self.winnable.add(address)
            size = one.largest_without
            if size > self.largest.get(address, (0, one))[0]:
                self.largest[address] = size, one

    def notes(self) -> list[str]:
        """A sentence for each of them."""
        return [
            f"{address}: {one.too_few(size)}"
            for address, (size, one) in self.largest.items()
            if address not in self.winnable
        ]


def periods_of(campaign: Campaign, reports: Reports) -> Iterator[Settled]:
    """The periods of a table in their order, settled one at a time. Raises BadInput."""
    times = reports.table.select(pl.col("period").unique().sort()).collect(engine="streaming")
    when = times["period"].to_list()
    numbers = [campaign.period_of(time) for time in when]
    places = _checked(campaign, reports, dict(zip(when, numbers, strict=True)))
    served: dict[str, set[str]] = {}
    for time, period in zip(when, numbers, strict=True):
        now = campaign.in_force(period)
        frame = reports.table.filter(pl.col("period") == time).collect(engine="streaming")
        crew = crew_of(frame, reports.person, places, 1000 * now.pay.reference)
        terms = terms_of(now, period)
        standings = [
            stand(one, crew, terms, served.setdefault(one.address, set()))
            for one in rounds_of(now)
            if one.due(period) and one.prize.by != "threshold"
        ]
        stamp = pl.lit(time, frame.schema["period"]).alias("period")
        pay = _pay(time, crew, terms, standings)
        yield Settled(time, period, crew, terms, standings, pay, stamp)


def _pay(time: Any, crew: Crew, terms: PayTerms, standings: list[Standing]) -> Whole:
    none = np.zeros(crew.who.height, np.int64)
    try:
        return pay_of(terms, crew.work, sum((one.money for one in standings), none))
    except OverflowError as error:
        must = "must be reports and prices that 64 bits can settle"
        raise BadInput([Problem(f"period {time}", must, str(error))]) from None


def _checked(campaign: Campaign, reports: Reports, periods: Mapping[Any, int]) -> list[str]:
    """The columns that contests need. Raises BadInput where they or whole shifts are not there."""
    problems = []
    early = [when for when, period in periods.items() if period < 0]
    if early:
        must = f"must not lie before the campaign begins ({campaign.campaign.start})"
        problems.append(Problem(f"{reports.name}, period", must, str(early[0])))
    rounds = [
        one
        for period in set(periods.values())
        for one in rounds_of(campaign.in_force(max(period, 0)))
    ]
    places = places_of(rounds)
    for place in places:
        if place not in reports.columns:
            problems.append(_lacking(reports, place, rounds))
    broken = reports.table.select((pl.col("shifts") % 1.0 != 0.0).sum()).collect(engine="streaming")
    if broken.item():
        must = "must be whole numbers of shifts to be paid"
        problems.append(Problem(f"{reports.name}, shifts", must, f"{broken.item():,} that are not"))
    if problems:
        raise BadInput(problems)
    return places


def _lacking(reports: Reports, place: str, rounds: list[Round]) -> Problem:
    prizes = sorted(
        {one.address for one in rounds if one.scope == place and one.prize.by != "threshold"}
    )
    must = f"must have a column {place}, for {', '.join(prizes)} are given by {place}"
    hint = f"name it with --map {place}=..., or let the prize be for all"
    return Problem(reports.name, must, f"no column {place}", hint)


def pay_table(settled: Settled) -> pl.DataFrame:
    """A period's pay, one row a worker in the order of the reports."""
    shifts, reported = settled.crew.shifts, settled.crew.reported
    full = np.maximum(1000.0 * shifts, 1e-300)
    return settled.crew.who.with_columns(
        settled.stamp,
        pl.Series("shifts", shifts),
        pl.Series("fulfilment", np.where(shifts > 0, reported / full, np.nan)),
        pl.Series("prizes", settled.prizes),
        pl.Series("pay", settled.pay),
    )


def rank_table(settled: Settled) -> pl.DataFrame:
    """A period's contests, one row a contestant and round, best first within each group.

    A score is in norms, or in norm-units where a contest ranks by output.
    """
    tables = [_ranked(settled, one) for one in settled.standings]
    return pl.concat([_nobody(settled, RANKS), *tables])


def award_table(settled: Settled, ranks: pl.DataFrame) -> pl.DataFrame:
    """What a period's contests gave, by its ranks: one row a round and group that gave something."""
    if ranks.is_empty():
        return _nobody(settled, AWARDS)
    given = ranks.filter(pl.col("won"))
    totals = given.group_by("period", "prize", "group", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("winners"), pl.col("amount").sum()
    )
    return pl.concat([_nobody(settled, AWARDS), totals])


RANKS: dict[str, type[pl.DataType]] = {
    "prize": pl.String,
    "group": pl.String,
    "rank": pl.Int64,
    "worker": pl.String,
    "score": pl.Float64,
    "won": pl.Boolean,
    "amount": pl.Int64,
}
AWARDS: dict[str, type[pl.DataType]] = {
    "prize": pl.String,
    "group": pl.String,
    "winners": pl.Int64,
    "amount": pl.Int64,
}


def _nobody(settled: Settled, columns: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    """An empty table whose periods are what the reports have."""
    empty = pl.DataFrame(schema=columns)
    return empty.select(settled.stamp, pl.all())


def _ranked(settled: Settled, one: Standing) -> pl.DataFrame:
    unit = 1e6 if one.round.by_output else 1e3
    table = pl.DataFrame(
        {
            "prize": one.round.prize.name,
            "group": one.group,
            "rank": one.rank,
            "worker": settled.crew.who["worker"].gather(one.who),
            "score": one.score / unit,
            "won": one.won[one.who],
            "amount": one.money[one.who],
        },
        schema=RANKS,
        strict=False,
    )
    return table.select(settled.stamp, pl.all())
