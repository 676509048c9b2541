"""Contests on a report table: who competes with whom, who ranks where, who takes what."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.campaign.awards import cut_offs, winners
from stakhanov.campaign.crew import Crew
from stakhanov.campaign.pools import Shares, queue, shares
from stakhanov.campaign.rounds import Round
from stakhanov.campaign.settle import PayTerms
from stakhanov.campaign.wording import of_so_many
from stakhanov.foundation.written import counted

Whole = NDArray[np.int64]


class Standing(NamedTuple):
    """One round of a contest: places in the crew, best first within each group."""

    round: Round
    group: list[str]  # one entry a worker, in the order of `who`
    who: Whole
    rank: Whole  # those tied share the better rank
    score: Whole  # thousandths of a norm, or of a norm times thousandths of a norm-unit
    money: Whole  # minor units, in the order of the crew
    won: NDArray[np.bool_]  # likewise
    members: Whole  # how many compete in the group of each, in the order of `who`
    prizes: Whole  # how many prizes there are for them, likewise

    @property
    def largest_without(self) -> int:
        """How many compete in the largest group that is too small for a single prize; 0 where none is."""
        return int(self.members[self.prizes == 0].max(initial=0))

    def nobody_beside(self, worker: int) -> tuple[str, str] | None:
        """Address and sentence of a prize that nobody can win where a worker of the crew competes."""
        place = int(np.flatnonzero(self.who == worker)[0])
        if self.prizes[place]:
            return None
        return self.round.address, self.too_few(int(self.members[place]))

    def too_few(self, members: int) -> str:
        """Why a prize cannot be won among so many."""
        share = of_so_many(self.round.prize.per_thousand or 0.0)
        return f"{share} is nobody among {counted(members, 'competitor')}: it cannot be won"


def places_of(rounds: list[Round]) -> list[str]:
    """The columns that tell who competes with whom."""
    return sorted({one.scope for one in rounds if one.prize.by != "threshold"} - {"all"})


def stand(one: Round, crew: Crew, terms: PayTerms, served: set[str]) -> Standing:
    """Hold one round by rank or by queue; whoever a queue has `served` before does not wait again."""
    names = ["all"] * crew.who.height if one.scope == "all" else crew.who[one.scope].to_list()
    code = pl.Series(names).rank("dense").to_numpy().astype(np.int64) - 1
    by_group = np.argsort(code, kind="stable")
    offsets = np.concatenate(([0], np.cumsum(np.bincount(code)))).astype(np.int64)
    score = crew.scores(terms, by_output=one.by_output)
    number = winners(one.prize.per_thousand or 0.0, np.diff(offsets))
    ranked = score[by_group]
    if one.prize.by == "queue":
        taken = _served(one, crew, (ranked, by_group), (offsets, number), served)
    else:
        lowest = cut_offs(ranked, offsets, number)
        taken = shares(ranked, lowest, number, one.prize.amount, offsets)
    money, won = np.zeros(score.size, np.int64), np.zeros(score.size, np.bool_)
    money[by_group[taken.who]], won[by_group[taken.who]] = taken.money, True
    order = np.lexsort((-score, code))
    return Standing(
        one,
        [names[i] for i in order],
        order,
        _ranks(code[order], score[order]),
        score[order],
        money,
        won,
        np.diff(offsets)[code[order]],
        number[code[order]],
    )


def _served(
    one: Round,
    crew: Crew,
    ranked: tuple[Whole, Whole],
    groups: tuple[Whole, Whole],
    served: set[str],
) -> Shares:
    score, by_group = ranked
    offsets, number = groups
    names = people(crew)
    waits = np.array([names[i] not in served for i in by_group])
    waiting = np.where(waits, score, -1)
    taken = queue(waiting, cut_offs(waiting, offsets, number), number, offsets)
    served.update(names[i] for i in by_group[taken])
    return Shares(taken, np.full(taken.size, one.prize.amount, np.int64))


def people(crew: Crew) -> list[str]:
    """One name a worker that nobody else in the table has."""
    return (
        crew.who.select(pl.concat_str(pl.all().cast(pl.String), separator="\0"))
        .to_series()
        .to_list()
    )


def _ranks(code: Whole, score: Whole) -> Whole:
    """Ranks within groups that stand together, best first: ties share the better one."""
    if code.size == 0:
        return code
    fresh = np.concatenate(([True], code[1:] != code[:-1]))
    first = np.maximum.accumulate(np.where(fresh, np.arange(code.size), 0))
    apart = fresh | np.concatenate(([True], score[1:] != score[:-1]))
    last = np.maximum.accumulate(np.where(apart, np.arange(code.size), 0))
    return np.asarray(last - first + 1, np.int64)
