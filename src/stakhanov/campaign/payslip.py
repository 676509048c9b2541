"""A payslip: how one worker's pay in one period comes about, step by step, from real reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from stakhanov.campaign.application import Settled, periods_of
from stakhanov.campaign.settle import Work
from stakhanov.campaign.slip import Step, steps
from stakhanov.campaign.wording import together
from stakhanov.foundation.nearest import hint_of
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.reports import Reports

if TYPE_CHECKING:
    from stakhanov.campaign.campaign import Campaign

#: So many periods are told one by one.
TOLD = 8


@dataclass(frozen=True)
class Payslip:
    """One worker's pay in one period, minor units."""

    worker: str
    period: str
    unit: str
    steps: list[Step]
    pay: int

    def plain(self) -> dict[str, Any]:
        """The same as plain data."""
        lines = [
            {"address": one.address, "sentence": one.sentence, "amount": one.amount}
            for one in self.steps
        ]
        pay = {"amount": self.pay, "unit": self.unit}
        return {"worker": self.worker, "period": self.period, "steps": lines, "pay": pay}


def payslip(campaign: Campaign, reports: Reports, worker: str, period: str) -> Payslip:
    """The slip of a worker for a period as the table tells it (a date or a number). Raises BadInput."""
    for settled in periods_of(campaign, reports):
        if str(settled.when) == period:
            return _slip(campaign, reports, settled, worker)
    times = reports.table.select(pl.col("period").unique().sort()).collect(engine="streaming")
    known = [str(time) for time in times["period"]]
    must = "must be a period of the reports"
    raise BadInput([Problem("period", must, period, _periods_told(known))])


def _periods_told(known: list[str]) -> str:
    if len(known) == 1:
        return f"there is {known[0]}"
    if len(known) <= TOLD:
        return f"there are {together(known)}"
    return f"there are {len(known):,}, from {known[0]} to {known[-1]}"


def _slip(campaign: Campaign, reports: Reports, settled: Settled, worker: str) -> Payslip:
    places = settled.crew.who.with_row_index().filter(pl.col("worker") == worker)
    if places.height != 1:
        names = settled.crew.who["worker"].to_list()
        if places.height:
            where = ", ".join(name for name in reports.person if name != "worker")
            must, found = f"must be one person ({where} differ)", f"{places.height} named {worker}"
            raise BadInput([Problem("worker", must, found)])
        must = f"must have reported in period {settled.when}"
        raise BadInput([Problem("worker", must, worker, hint_of(worker, names, otherwise=""))])
    who = int(places["index"].item())
    mine = slice(who, who + 1)
    work = settled.crew.work
    won = [(one.round.address, int(one.money[who])) for one in settled.standings if one.won[who]]
    nothing = [Step(*told, 0) for one in settled.standings if (told := one.nobody_beside(who))]
    own = Work(
        work.reported[:, mine],
        work.true[:, mine],
        work.shifts[:, mine],
        work.price[:, mine],
        work.norm[:, mine],
        work.caught[mine],
    )
    lines = steps(settled.terms, own, won) + nothing
    unit = campaign.campaign.currency.minor
    return Payslip(worker, str(settled.when), unit, lines, int(settled.pay[who]))
