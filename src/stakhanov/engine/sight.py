"""What is to be seen of a few whole brigades at the end of a period: nothing is changed by looking."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.books import Books
from stakhanov.engine.layout import Layout
from stakhanov.engine.places import Places
from stakhanov.engine.rules import Rules
from stakhanov.engine.state import CAUGHT, PADDED, State

Whole = NDArray[np.int64]


class Worker(NamedTuple):
    """One worker of a brigade that is watched, over one period."""

    norm: float  # norm-units a shift
    reported: float  # norm-units a shift
    true: float  # norm-units a shift
    padded: bool
    caught: bool
    titled: bool  # reached the mark of the title
    record: bool  # holds the standing record of the branch
    strain: float
    morale: float
    left: bool  # after the period; strain and morale are the successor's then


_FLOATS = ("norm", "reported", "true", "strain", "morale")
#: Kept as numbers side by side: a site holds the sights of many runs.
KEPT = np.dtype([(name, "f4" if name in _FLOATS else "?") for name in Worker._fields])


@dataclass(frozen=True, eq=False)
class Brigade:
    """A brigade over one period: everybody at work, in the order of their places."""

    branch: str
    number: int  # within the branch, from 1
    rows: NDArray[np.void]

    @property
    def workers(self) -> tuple[Worker, ...]:
        """Everybody."""
        return tuple(Worker(*row) for row in self.rows.tolist())


Sight = tuple[Brigade, ...]


@dataclass
class Watch:
    """Looks at some brigades after every period, and notices who has left."""

    brigades: Whole
    layout: Layout
    holders: dict[str, str] = field(default_factory=dict)  # of standing records, by branch
    known: dict[int, NDArray[np.float32]] = field(default_factory=dict)

    @classmethod
    def of(cls, layout: Layout, number: int) -> Watch:
        """The first brigade of every branch, then the second, until there are so many."""
        spans = [layout.brigades(branch) for branch in range(layout.branches)]
        places = [range(span.start, span.stop) for span in spans]
        turns = [one for turn in zip_longest(*places) for one in turn if one is not None]
        return cls(np.array(turns[:number], np.int64), layout)

    def take(self, rules: Rules, state: State, places: Places, books: Books) -> Sight:
        """What is to be seen now. Brigades in which nobody works are passed over."""
        for one in books.records:
            self.holders[one.branch] = one.worker
        seen = (self._seen(int(one), rules, state, places, books) for one in self.brigades)
        return tuple(one for one in seen if one is not None)

    def _seen(
        self, brigade: int, rules: Rules, state: State, places: Places, books: Books
    ) -> Brigade | None:
        start, stop = map(int, self.layout.workers_of_brigade[brigade : brigade + 2])
        branch = int(np.searchsorted(self.layout.workers_of_branch, start, side="right")) - 1
        first = int(self.layout.workers_of_branch[branch])
        who = np.arange(start, min(stop, first + int(state.employed[branch])), dtype=np.int64)
        if who.size == 0:
            return None
        group = who if places.own else np.full(who.size, places.group_of_brigade[brigade])
        norm, people = books.norm[group], state.people
        reported = people.reported[who] / (1000.0 * rules.shifts)
        flags, name = people.flags[who], self.layout.branch_names[branch]
        rows = np.zeros(who.size, KEPT)
        rows["norm"], rows["reported"] = norm, reported * norm
        rows["true"] = np.maximum(people.output[who] / rules.shifts, 0.0)
        rows["padded"], rows["caught"] = (flags & PADDED) > 0, (flags & CAUGHT) > 0
        rows["titled"] = reported >= rules.publicity.title_mark
        rows["record"] = people.identity[who].astype(str) == self.holders.get(name)
        rows["strain"], rows["morale"] = people.strain[who], people.morale[who]
        rows["left"] = self._left(brigade, state, who)
        number = brigade - self.layout.brigades(branch).start + 1
        return Brigade(name, number, rows)

    def _left(self, brigade: int, state: State, who: Whole) -> NDArray[np.bool_]:
        """Whose place somebody else has now, by traits that nobody changes. Not told of the first period."""
        people = state.people
        traits = np.stack([people.ability[who], people.lying_cost[who]])
        before, self.known[brigade] = self.known.get(brigade), traits
        left = np.zeros(who.size, np.bool_)
        if before is not None:
            both = min(before.shape[1], who.size)
            left[:both] = (traits[:, :both] != before[:, :both]).any(axis=0)
        return left
