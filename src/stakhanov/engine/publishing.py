"""Records: the best report of each branch, those that are staged, and what is held up to everybody."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.books import Books, Record
from stakhanov.engine.kernels.publicity import credibility_after, exposure_after
from stakhanov.engine.places import Places
from stakhanov.engine.rules import Rules
from stakhanov.engine.state import State
from stakhanov.engine.tally import Tally, quantile
from stakhanov.engine.world import World


def set_records(
    world: World, rules: Rules, places: Places, books: Books, mean_norm: NDArray[np.float64]
) -> None:
    """The report of each branch that is credited most, if it beats the standing record, and staged records.

    A staged record is told in norms of its branch, `mean_norm`.
    """
    state = world.state
    for branch, name in enumerate(state.layout.branch_names):
        if state.employed[branch] == 0:
            continue
        _set(state, books, branch, _best_report(state, rules, places, books, branch))
        norm = float(mean_norm[branch])
        for staged in rules.publicity.staged:
            if staged.branch in ("", name):
                multiple = staged.crew * staged.per_head
                label = f"staged: {name}"
                record = Record(
                    name, "staged", label, multiple * norm, norm, multiple, True, staged.crew
                )
                _set(state, books, branch, record)


def _best_report(state: State, rules: Rules, places: Places, books: Books, branch: int) -> Record:
    """The report with the largest output credited: each is told in norms of its own group."""
    layout = state.layout
    start, stop = (int(edge) for edge in layout.workers_of_branch[branch : branch + 2])
    reported = state.people.reported[start : start + int(state.employed[branch])]
    # A branch without places may begin where this one does: its groups are empty and come before.
    first = int(np.searchsorted(places.group_offsets, start, side="right")) - 1
    last = int(np.searchsorted(places.group_offsets, stop))
    begins = places.group_offsets[first:last] - start
    begins = begins[begins < reported.size]
    norms = books.norm[first : first + begins.size]
    full = 1000.0 * rules.shifts
    best = np.maximum.reduceat(reported, begins) / full
    state.record_multiple[branch] = max(float(best.max()), state.record_multiple[branch])
    group = int(np.argmax(best * norms))
    ends = [*begins[1:], reported.size]
    member = int(begins[group] + np.argmax(reported[begins[group] : ends[group]]))
    multiple, norm = float(best[group]), float(norms[group])
    worker = str(int(state.people.identity[start + member]))
    name = layout.branch_names[branch]
    return Record(name, "branch", worker, multiple * norm, norm, multiple, False, 1)


def _set(state: State, books: Books, branch: int, record: Record) -> None:
    if record.output > state.record_output[branch]:
        state.record_output[branch] = record.output
        state.record_multiple[branch] = max(record.multiple, state.record_multiple[branch])
        books.records.append(record)


def publish(world: World, rules: Rules, books: Books) -> float:
    """Hold up the highest standing record; returns the level that people can believe in."""
    nation, publicity = world.state.nation, rules.publicity
    reach = quantile(Tally.of(books.tallies).output, 0.99)
    if publicity.intensity > 0.0:
        nation.published = float(np.max(world.state.record_output))
        nation.exposure = float(
            exposure_after(np.float64(nation.exposure), publicity.innovation, publicity.imitation)
        )
        nation.credibility = float(
            credibility_after(
                np.float64(nation.credibility), nation.published, reach, belief(world, rules)
            )
        )
    return min(nation.published, reach)


def belief(world: World, rules: Rules) -> float:
    """How fast the nation's belief moves: the mean over people at work."""
    employed = world.state.employed
    speeds = np.array([traits.belief for traits in rules.traits])
    return float(speeds[0] + np.dot(speeds - speeds[0], employed) / max(int(employed.sum()), 1))
