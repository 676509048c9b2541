"""A period's books: what is written down while it runs, before it is added up."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.layout import Layout
from stakhanov.engine.tally import Tally


@dataclass
class Record:
    """One record of the chronology; a staged one has a crew of more than one."""

    branch: str
    contest: str
    worker: str
    output: float  # credited, norm-units a shift
    norm: float
    multiple: float
    staged: bool
    crew: int


@dataclass
class Award:
    """A prize as given in one branch: winners, money, and what they reported and made, in norms."""

    branch: str
    prize: str
    winners: int
    amount: int  # minor units
    reported: float  # mean fulfilment of the winners
    true: float  # likewise
    padded: int  # winners whose report was padded


@dataclass
class Books:
    """Sums by brigade (whole numbers) and by branch, prizes given and records set."""

    reported: NDArray[np.int64]  # thousandths of a norm, by brigade
    true: NDArray[np.int64]  # 2^-20 norm-units over the period, by brigade
    padded: NDArray[np.int64]  # reports, by brigade
    tallies: list[Tally]
    norm_rise: NDArray[np.float64]  # by norm group, share, at least 0
    norm: NDArray[np.float64]  # in force, by norm group
    price: NDArray[np.int64]  # of a shift at 100 %, thousandths of a minor unit, by norm group
    records: list[Record] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)

    @classmethod
    def opened(cls, layout: Layout, groups: int) -> Books:
        """Empty books."""
        brigades = layout.workers_of_brigade.size - 1
        return cls(
            reported=np.zeros(brigades, dtype=np.int64),
            true=np.zeros(brigades, dtype=np.int64),
            padded=np.zeros(brigades, dtype=np.int64),
            tallies=[Tally() for _ in range(layout.branches)],
            norm_rise=np.zeros(groups),
            norm=np.zeros(groups),
            price=np.zeros(groups, dtype=np.int64),
        )
