"""A payslip: how one worker's pay in one period comes about, step by step, from real reports."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from stakhanov.campaign.application import Settled, periods_of
from stakhanov.campaign.settle import Work
from stakhanov.campaign.slip import Step, steps
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.reports import Reports

if TYPE_CHECKING:
    from stakhanov.campaign.campaign import Campaign


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
    known = reports.table.select(pl.col("period").cast(pl.String).unique().sort()).collect()
    near = difflib.get_close_matches(period, known["period"].to_list(), n=1, cutoff=0.0)
    hint = f"did you mean {near[0]}?" if near else ""
    raise BadInput([Problem("period", "must be a period of the reports", period, hint)])


def _slip(campaign: Campaign, reports: Reports, settled: Settled, worker: str) -> Payslip:
    places = settled.crew.who.with_row_index().filter(pl.col("worker") == worker)
    if places.height != 1:
        names = settled.crew.who["worker"].to_list()
        near = difflib.get_close_matches(worker, names, n=1, cutoff=0.0)
        if places.height:
            where = ", ".join(name for name in reports.person if name != "worker")
            must, found = f"must be one person ({where} differ)", f"{places.height} named {worker}"
            raise BadInput([Problem("worker", must, found)])
        must = f"must have reported in period {settled.when}"
        raise BadInput(
            [Problem("worker", must, worker, f"did you mean {near[0]}?" if near else "")]
        )
    who = int(places["index"].item())
    mine = slice(who, who + 1)
    work = settled.crew.work
    won = [(one.round.address, int(one.money[who])) for one in settled.standings if one.won[who]]
    own = Work(
        work.reported[:, mine],
        work.true[:, mine],
        work.shifts[:, mine],
        work.price[:, mine],
        work.norm[:, mine],
        work.caught[mine],
    )
    lines = steps(settled.terms, own, won)
    unit = campaign.campaign.currency.minor
    return Payslip(worker, str(settled.when), unit, lines, int(settled.pay[who]))
