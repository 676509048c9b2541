"""A run's world: the state, who computes, and how blocks are shared out among threads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from stakhanov.campaign.settle import PayTerms
from stakhanov.engine.blocks import BLOCK, Block, blocks_of
from stakhanov.engine.draws import U32, Key, Luck
from stakhanov.engine.kernels.closing import Reported, ReportRules, SelfRules
from stakhanov.engine.marks import Marks
from stakhanov.engine.rules import Traits
from stakhanov.engine.state import People, State
from stakhanov.engine.tally import Counts, Sheet, Tally

T = TypeVar("T")
P = TypeVar("P")
F64 = NDArray[np.float64]
Floats = NDArray[np.floating]
Told = NDArray[np.int32]
Whole = NDArray[np.int64]


class ShiftWork(Protocol):
    """What the shifts of a period leave besides the changed state; one entry per worker."""

    @property
    def effort(self) -> Floats:
        """Mean effort over the effective period."""
        ...

    @property
    def last_third(self) -> Floats:
        """Output of the last third of the calendar, norm-units."""
        ...


class Backend(Protocol):
    """Who computes. The rules are the same text for everyone."""

    name: str

    def work(self, order: WorkOrder) -> ShiftWork:
        """Run all shifts of a period for one block; changes the people in place."""
        ...

    def report(
        self, output: Floats, quota: Floats, limit: Floats, draw: Floats, rules: ReportRules
    ) -> Reported:
        """Reports of one block."""
        ...

    def pay(
        self, terms: PayTerms, reported: Told, shifts: int, price: Whole, prizes: Whole
    ) -> Whole:
        """Pay of one block as reported, minor units; whoever an audit found out is settled elsewhere."""
        ...

    def live_on(self, closing: Closing, rules: SelfRules) -> Left:
        """What the period leaves in the people of one block; changes them in place."""
        ...

    def mix(self, identity: U32, period: int, shift: int, purpose: int, key: Key) -> Sequence[U32]:
        """Four words for each identity."""
        ...

    def total(self, values: Floats) -> int:
        """Exact sum in units of 2^-20, in any order of adding."""
        ...

    def widening(self, amounts: NDArray[Any]) -> Counts:
        """Counts of amounts in widening bins."""
        ...

    def tally(self, sheet: Sheet) -> Tally:
        """The sums of one block."""
        ...


@dataclass(frozen=True)
class WorkOrder:
    """One block's work for one period."""

    key: Key
    period: int
    people: People
    ends: NDArray[np.int64]
    clock: tuple[float, ...]
    shifts: int
    technology: float
    traits: Traits
    marks: Marks
    quota: F64
    below: F64
    above: F64
    pad: F64
    ramp: F64


@dataclass(frozen=True)
class Closing:
    """One block at the end of a period that has been paid."""

    key: Key
    period: int
    people: People
    ends: NDArray[np.int64]
    output: F64  # mean of each brigade, norm-units a shift
    norm_rise: (
        F64  # at this period's revision, share, at least 0: of each worker, or of each brigade
    )

    @property
    def norm_rise_by_worker(self) -> F64:
        """The rise of everybody's own norm."""
        if self.norm_rise.size == self.people.output.size:
            return self.norm_rise
        return np.repeat(self.norm_rise, np.diff(self.ends))


class Left(NamedTuple):
    """Who leaves after a period, by worker."""

    quits: NDArray[np.bool_]
    accident: NDArray[np.bool_]


@dataclass
class World:
    """State and means of one run."""

    state: State
    key: Key
    backend: Backend
    threads: int = 1
    block_size: int = BLOCK
    width: int = 0  # marks in every table
    _pool: ThreadPoolExecutor | None = field(default=None, repr=False)
    _parts: dict[tuple[int, int], People] = field(default_factory=dict, repr=False)
    _cut: tuple[bytes, list[Block]] = field(
        default=(b"", []), repr=False
    )  # blocks of whom, and these

    @property
    def luck(self) -> Luck:
        """The run's draws."""
        return Luck(self.key, self.backend.mix)

    def blocks(self) -> list[Block]:
        """Today's people at work, in blocks; cut anew when others are at work."""
        employed = self.state.employed
        if self._cut[0] != employed.tobytes():
            blocks = blocks_of(self.state.layout, employed, self.block_size)
            self._cut = (employed.tobytes(), blocks)
            self._parts.clear()
        return self._cut[1]

    def part(self, block: Block) -> People:
        """The people of a block, as a view that is made once."""
        where = (block.people.start, block.people.stop)
        if where not in self._parts:
            self._parts[where] = self.state.people.part(block.people)
        return self._parts[where]

    def each(self, work: Callable[[P], T], pieces: Iterable[P]) -> list[T]:
        """Do something for every piece, in as many threads as allowed; results in order of pieces."""
        if self.threads == 1:
            return [work(piece) for piece in pieces]
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.threads)
        return list(self._pool.map(work, pieces))

    def in_turn(self, work: Callable[[Block], T], blocks: Iterable[Block]) -> list[T]:
        """Do something for every block, one after the other, whatever the number of threads.

        Many small steps in NumPy take longer in two threads than in one: each waits for the interpreter.
        """
        return [work(block) for block in blocks]

    def close(self) -> None:
        """Let the threads go."""
        if self._pool is not None:
            self._pool.shutdown()
