"""The state of a run: one array per thing that is true of a worker, and the groups' norms.

57 bytes a worker. Floats are single precision; money and reported output are whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.layout import Layout, Offsets

F32 = NDArray[np.float32]

#: Flags. HOUSED is the first of five bits, one for each queue for scarce goods.
PADDED, CAUGHT, HOUSED = 1, 2, 4


@dataclass
class People:
    """One entry per worker's place."""

    identity: NDArray[np.uint32]  # keys the draws of whoever sits here
    ability: F32  # output at effort 1, norm-units a shift
    skill: F32  # share of the ability already learnt
    lying_cost: F32  # utils per norm-unit squared
    fatigue: F32
    strain: F32
    morale: F32
    trust: F32
    aspiration: F32  # norm-units a shift
    plan: F32  # output rate planned last, norm-units a shift
    output: F32  # true output of the period, norm-units
    reported: NDArray[np.int32]  # thousandths of a norm over the period
    pay: NDArray[np.int64]  # of the period, minor units
    flags: NDArray[np.uint8]  # PADDED, CAUGHT of the period; HOUSED for good

    @classmethod
    def empty(cls, workers: int) -> People:
        """Room for so many."""
        whole = {"identity": np.uint32, "reported": np.int32, "pay": np.int64, "flags": np.uint8}
        return cls(
            **{f.name: np.zeros(workers, whole.get(f.name, np.float32)) for f in fields(cls)}
        )

    def part(self, where: slice) -> People:
        """A view of some of the places."""
        return People(**{name: array[where] for name, array in self.arrays().items()})

    def arrays(self) -> dict[str, Any]:
        """Every array by name, in the order of declaration."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


BYTES_PER_WORKER = sum(array.itemsize for array in People.empty(0).arrays().values())


@dataclass
class Groups:
    """Norms and rates of the groups that share a norm, both relative to nothing but themselves."""

    norm: NDArray[np.float64]  # norm-units a shift
    rate: NDArray[np.float64]  # piece rate per norm-unit of output, the first = 1 / first norm
    above: NDArray[np.bool_]  # whether the group stood above its norm last period


@dataclass
class Nation:
    """What everybody shares: small numbers, carried from period to period."""

    exposure: float = 0.0
    credibility: float = 1.0
    published: float = 0.0  # level held up, norm-units a shift
    technology: float = 1.0
    alternative_pay: float = 0.0  # reference days' pay a shift
    at_norm_share: float = 0.1  # of reports, last period
    title_share: float = 0.0
    first_reported: float = 0.0  # reported output per worker-shift of the first period


@dataclass
class State:
    """All that a checkpoint holds besides the clock and the tables already written."""

    layout: Layout
    people: People
    groups: Groups
    nation: Nation
    employed: NDArray[np.int64]  # people at work, by branch: the first so many places
    padded_share: F32  # of the brigade, last period
    marks: NDArray[np.float64]  # winning mark of each prize by branch; norms, or first norms
    holders: NDArray[np.float64]  # share of workers who won each prize, by branch
    record_output: NDArray[np.float64]  # standing record by branch, norm-units a shift
    record_multiple: NDArray[np.float64]  # best multiple of the norm so far, by branch
    prizes: tuple[str, ...] = ()  # addresses of the prizes that marks and holders speak of
    queues: tuple[str, ...] = ()  # addresses of the queues so far, in the order of their marks

    def know(self, prizes: Sequence[str], queues: Sequence[str]) -> None:
        """Take in today's prizes and queues by address: what is known of those that stay is kept.

        A queue has its mark on people for good, so queues are remembered in the order of their coming.
        """
        self.queues += tuple(queue for queue in queues if queue not in self.queues)
        if tuple(prizes) == self.prizes:
            return
        for name in ("marks", "holders"):
            known = dict(zip(self.prizes, getattr(self, name), strict=True))
            nothing = np.zeros(self.layout.branches)
            rows = [known.get(prize, nothing) for prize in prizes]
            setattr(self, name, np.array(rows).reshape(len(rows), self.layout.branches))
        self.prizes = tuple(prizes)


def founded(layout: Layout, groups: int, first_norm: float) -> State:
    """The state before the first period: everybody's place, nobody in it yet."""
    people = People.empty(layout.workers)
    people.identity[:] = np.arange(layout.workers, dtype=np.uint32)
    people.reported[:] = -1
    branches = layout.branches
    return State(
        layout=layout,
        people=people,
        groups=Groups(
            np.full(groups, first_norm),
            np.full(groups, 1.0 / first_norm),
            np.ones(groups, np.bool_),
        ),
        nation=Nation(),
        employed=np.zeros(branches, np.int64),
        padded_share=np.zeros(layout.workers_of_brigade.size - 1, np.float32),
        marks=np.zeros((0, branches)),
        holders=np.zeros((0, branches)),
        record_output=np.zeros(branches),
        record_multiple=np.zeros(branches),
    )


def employed_in(state: State, offsets: Offsets) -> NDArray[np.int64]:
    """People at work in each group of places, whatever branches it spans."""
    start = state.layout.workers_of_branch[:-1]
    branch = state.layout.branch_of(offsets)
    before = np.cumsum(state.employed) - state.employed
    here = np.minimum(offsets - start[branch], state.employed[branch])
    return np.asarray(np.diff(before[branch] + here), np.int64)
