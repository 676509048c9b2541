"""All shifts of a period for one block of brigades, compiled.

Brigades are worked in tiles of a few tables, small enough to stay in the processor's nearest memory through
all shifts of the period, and every tile holds whole brigades, for mates look at each other between shifts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stakhanov.engine.backends import tables
from stakhanov.engine.backends.tables import (
    ASPIRATION,
    EFFORT,
    FATIGUE,
    LANES,
    LATE,
    MORALE,
    OUTPUT,
    SKILL,
    STRAIN,
    lay_marks,
    open_ends,
    work_shift,
)
from stakhanov.engine.compile import program
from stakhanov.engine.kernels.shift import Moment

#: Most people in a tile, and how full its tables must be to stop before; a larger brigade makes a larger tile.
TILE = 4 * LANES
FULL = 0.9


def work_block(
    people: Any, terms: Any, ends: Any, sums: Any, nature: Any, ahead: Any, clock: Any, luck: Any
) -> None:
    """Move a block's people through all shifts; `sums` gathers effort and the last third's output."""
    marks = ahead.multiple.size
    room = _tables_of(_largest_tile(ends))
    who = np.zeros((room, LANES), np.uint32)
    plan = np.zeros((room, LANES), np.float32)
    near = np.zeros((room, LANES), np.float32)
    tile = np.zeros((room, tables.TABLE_ROWS, LANES), np.float32)
    seen = np.zeros((room, marks + 1, tables.MARK_ROWS, LANES), np.float32)
    desk = np.zeros((tables.DESK_ROWS, LANES), np.float32)
    segments = np.zeros((marks + 1, tables.SEGMENT_ROWS, LANES), np.float32)
    open_ends(segments[0], segments[marks])
    felt, present = np.zeros(marks + 2, np.bool_), np.zeros(marks + 1, np.bool_)
    first = 0
    while first < ends.size - 1:
        last = _end_of_tile(ends, first)
        here = ends[first : last + 1] - ends[first]
        used = _tables_of(here[-1])
        for c in range(used):
            start = ends[first] + c * LANES
            number = min(LANES, ends[last] - start)
            _sit_down(people, terms, start, number, who[c], plan[c], tile[c], desk)
            lay_marks(desk, tile[c], seen[c], ahead, nature.theta)
        for shift in range(clock[0].size):
            now, late = _moment(clock, shift)
            _look_round(plan.reshape(-1), near.reshape(-1), here)
            for c in range(used):
                work_shift(
                    (tile[c], plan[c], near[c]),
                    (desk, seen[c], segments),
                    (felt, present),
                    (who[c], luck[1], np.uint32(shift), luck[0]),
                    nature,
                    now,
                    late,
                )
        for c in range(used):
            start = ends[first] + c * LANES
            _go_home(people, sums, start, min(LANES, ends[last] - start), plan[c], tile[c])
        first = last


def _tables_of(people: int) -> int:
    return (people + LANES - 1) // LANES


def _largest_tile(ends: Any) -> int:
    largest = TILE
    for b in range(ends.size - 1):
        largest = max(largest, ends[b + 1] - ends[b])
    return largest


def _end_of_tile(ends: Any, first: int) -> int:
    """The brigade after the last in the tile: as few as fill its tables, for small tiles stay near."""
    last = first + 1
    while last < ends.size - 1 and ends[last + 1] - ends[first] <= TILE:
        people = ends[last] - ends[first]
        if people >= FULL * LANES * _tables_of(people):
            break
        last += 1
    return last


def _moment(clock: Any, shift: int) -> tuple[Moment, Any]:
    time, left, step, bridge, spread, narrowness, late = clock
    now = Moment(
        time[shift], left[shift], step[shift], bridge[shift], spread[shift], narrowness[shift]
    )
    return now, late[shift]


def _sit_down(
    people: Any, terms: Any, start: int, number: int, who: Any, plan: Any, table: Any, desk: Any
) -> None:
    """Bring people to a table; the last of them fills the seats that would stay empty."""
    identity, fatigue, strain, _, planned = people
    skill, morale, aspiration, quota, below, above, pad, ramp = terms
    for i in range(number):
        j = start + i
        who[i] = identity[j]
        plan[i] = planned[j]
        table[FATIGUE, i] = fatigue[j]
        table[STRAIN, i] = strain[j]
        table[SKILL, i] = skill[j]
        table[MORALE, i] = morale[j]
        table[ASPIRATION, i] = aspiration[j]
    for i in range(number):
        j = start + i
        desk[tables.QUOTA, i] = quota[j]
        desk[tables.BELOW, i] = below[j]
        desk[tables.ABOVE, i] = above[j]
        desk[tables.PAD, i] = pad[j]
        desk[tables.RAMP, i] = ramp[j]
    for i in range(LANES):
        table[OUTPUT, i] = np.float32(0.0)
        table[EFFORT, i] = np.float32(0.0)
        table[LATE, i] = np.float32(0.0)
    for i in range(number, LANES):
        who[i] = who[0]
        plan[i] = plan[0]
        for row in range(tables.TABLE_ROWS):
            table[row, i] = table[row, 0]
        for row in range(5):
            desk[row, i] = desk[row, 0]


def _look_round(plan: Any, near: Any, ends: Any) -> None:
    """Everybody sees what the brigade planned in the shift before, on average."""
    for b in range(ends.size - 1):
        total = np.float32(0.0)
        for i in range(ends[b], ends[b + 1]):
            total += plan[i]
        mean = total / np.float32(ends[b + 1] - ends[b])
        for i in range(ends[b], ends[b + 1]):
            near[i] = mean


def _go_home(people: Any, sums: Any, start: int, number: int, plan: Any, table: Any) -> None:
    """Take a table's people back to where they are kept."""
    _, fatigue, strain, output, planned = people
    effort, last_third = sums
    for i in range(number):
        fatigue[start + i] = table[FATIGUE, i]
        strain[start + i] = table[STRAIN, i]
        output[start + i] = table[OUTPUT, i]
        planned[start + i] = plan[i]
        effort[start + i] = table[EFFORT, i]
        last_third[start + i] = table[LATE, i]


work_period = program(work_block)
