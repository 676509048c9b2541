"""One shift for one table: LANES workers side by side, a loop over the lanes for each step.

A table is a few rows of LANES numbers each. No step branches on a worker, so that the compiler turns each loop
into vector code; a mark that nobody at the table can feel is passed over, which changes no bit of the result,
for such a mark's density counts as nothing anyhow. The rules are those of `kernels`; here is only their order.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stakhanov.engine.kernels.arithmetic import maximum, select
from stakhanov.engine.kernels.prospect import (
    FAR,
    NEGLIGIBLE,
    Mark,
    Segment,
    Terms,
    beyond,
    centre,
    density,
    height,
    holds_centre,
    lowest_pay,
    mass_within,
    past,
    seen,
    short_of,
    target_mass,
)
from stakhanov.engine.kernels.shift import (
    Moving,
    Outlook,
    drawn_end,
    moved,
    optimal_rate,
    outlook,
)
from stakhanov.engine.kernels.tails import standard_normal
from stakhanov.engine.kernels.threefry import threefry, unit

LANES = 80

# Rows of a table: what its workers carry from shift to shift, and what they face all period.
FATIGUE, STRAIN, OUTPUT, EFFORT, LATE, SKILL, MORALE, ASPIRATION, PAY = range(9)
TABLE_ROWS = 9

# Rows of a mark.
PLACE, GAIN, RISE, FALL, SLOPE = range(5)
MARK_ROWS = 5

# Rows of a segment; the height is that of the mark at its upper end.
LOW, HIGH, LOW_TAIL, HIGH_TAIL, LIFT, TILT, MASS, HEIGHT = range(8)
SEGMENT_ROWS = 8

# Rows of the desk: what a shift needs and forgets.
CHANCE, PLACE_IN, WAY, YIELD, CHEAPNESS, LOWEST, FORECAST, SPREAD, NARROWNESS = range(9)
TOP, WHOLE, EXTRA, EDGES, TARGET, REACHED, DRAWN = range(9, 16)  # a drawn segment takes seven rows
DESK_ROWS = 23

# The same rows while the marks of the period are laid out.
QUOTA, BELOW, ABOVE, PAD, RAMP = range(5)


def open_ends(first: Any, last: Any) -> None:
    """The first segment has no lower end, the last no upper."""
    for i in range(LANES):
        first[LOW, i] = -FAR
        last[HIGH, i] = FAR


def lay_marks(desk: Any, table: Any, marks: Any, ahead: Any, theta: Any) -> None:
    """Every mark of the period as each worker sees it; row 0 stands before the first."""
    for j in range(ahead.multiple.size):
        before, mark = marks[j], marks[j + 1]
        for i in range(LANES):
            none = np.float32(0.0)
            terms = Terms(
                none,
                none,
                none,
                desk[QUOTA, i],
                desk[BELOW, i],
                desk[ABOVE, i],
                desk[PAD, i],
                desk[RAMP, i],
            )
            last = Mark(before[PLACE, i], before[GAIN, i], before[RISE, i], none, before[SLOPE, i])
            here = seen(last, ahead, terms, theta, j)
            mark[PLACE, i] = here.place
            mark[GAIN, i] = here.gain
            mark[RISE, i] = here.rise
            mark[FALL, i] = here.fall
            mark[SLOPE, i] = here.slope
            table[PAY, i] = lowest_pay(ahead, terms)


def work_shift(
    people: Any, board: Any, heeded: Any, luck: Any, nature: Any, now: Any, late: Any
) -> None:
    """One shift of one table. `board` is the desk, the marks and the segments between them."""
    table, plan, near = people
    desk, marks, segments = board
    felt, present = heeded
    number = marks.shape[0] - 1
    draw(desk, luck)
    look(table, desk, plan, near, nature, now)
    for j in range(number):
        approach(desk, marks[j + 1], segments[j], segments[j + 1])
    finish_approach(desk, segments[number])
    for j in range(number):
        felt[j + 1] = felt_by_any(desk, segments[j])
        if felt[j + 1]:
            weigh_mark(desk, marks[j + 1], segments[j], segments[j + 1])
        else:
            pass_by(segments[j], segments[j + 1])
    for k in range(number + 1):
        present[k] = felt[k] or felt[k + 1] or centred_by_any(desk, segments[k])
        if present[k]:
            weigh_segment(desk, segments[k], marks[k])
    aim(desk)
    for k in range(number + 1):
        if present[k]:
            pick(desk, segments[k])
    move(table, desk, plan, nature, now, late)


def look(table: Any, desk: Any, plan: Any, near: Any, nature: Any, now: Any) -> None:
    """Everybody's position before the shift."""
    for i in range(LANES):
        none = np.float32(0.0)
        moving = Moving(table[FATIGUE, i], table[STRAIN, i], table[OUTPUT, i], plan[i])
        terms = Terms(
            table[SKILL, i], table[MORALE, i], table[ASPIRATION, i], none, none, none, none, none
        )
        view = outlook(moving, terms, near[i], nature, table[PAY, i], now)
        desk[YIELD, i] = view.yield_
        desk[CHEAPNESS, i] = view.cheapness
        desk[LOWEST, i] = view.slope
        desk[FORECAST, i] = view.forecast
        desk[SPREAD, i] = view.spread
        desk[NARROWNESS, i] = view.narrowness
        desk[TOP, i] = -FAR
        desk[WHOLE, i] = none
        desk[EXTRA, i] = none
        desk[EDGES, i] = none
        desk[REACHED, i] = none


def draw(desk: Any, luck: Any) -> None:
    """Everybody's luck in the shift."""
    who, period, shift, key = luck
    for i in range(LANES):
        a, b, c, d = threefry(who[i], period, shift, np.uint32(0), key)
        desk[CHANCE, i] = unit(a)
        desk[PLACE_IN, i] = unit(b)
        desk[WAY, i] = standard_normal(unit(c), unit(d))


def approach(desk: Any, mark: Any, short: Any, beyond_it: Any) -> None:
    """One mark against everybody's forecast: the segments on both sides of it, and the highest density."""
    for i in range(LANES):
        here = Mark(mark[PLACE, i], mark[GAIN, i], mark[RISE, i], mark[FALL, i], mark[SLOPE, i])
        x = (here.place - desk[FORECAST, i]) * desk[NARROWNESS, i]
        tilt = here.slope * desk[SPREAD, i]
        high = x - short[TILT, i]
        tall = height(here, x)
        short[HIGH, i] = high
        short[HEIGHT, i] = tall
        beyond_it[LOW, i] = x - tilt
        beyond_it[TILT, i] = tilt
        beyond_it[LIFT, i] = centre(here, x, tilt)
        top = maximum(desk[TOP, i], tall)
        lift = short[LIFT, i]
        desk[TOP, i] = select(holds_centre(short[LOW, i], high), maximum(top, lift), top)


def finish_approach(desk: Any, last: Any) -> None:
    """The last segment has no upper end."""
    for i in range(LANES):
        top = desk[TOP, i]
        lift = last[LIFT, i]
        desk[TOP, i] = select(last[LOW, i] < np.float32(0.0), maximum(top, lift), top)


def felt_by_any(desk: Any, short: Any) -> bool:
    """Whether the density at a mark counts for anybody at the table."""
    found = False
    for i in range(LANES):
        found |= short[HEIGHT, i] - desk[TOP, i] > NEGLIGIBLE
    return found


def weigh_mark(desk: Any, mark: Any, short: Any, beyond_it: Any) -> None:
    """Tails on both sides of one mark, and the jump of the density there."""
    for i in range(LANES):
        none = np.float32(0.0)
        here = Mark(none, none, mark[RISE, i], mark[FALL, i], none)
        dense = density(short[HEIGHT, i], desk[TOP, i])
        before, after = short_of(here, dense), past(here, dense)
        short[HIGH_TAIL, i] = beyond(before, short[HIGH, i])
        beyond_it[LOW_TAIL, i] = beyond(after, beyond_it[LOW, i])
        desk[EDGES, i] += after - before


def pass_by(short: Any, beyond_it: Any) -> None:
    """A mark that nobody can feel has no tails."""
    for i in range(LANES):
        short[HIGH_TAIL, i] = np.float32(0.0)
        beyond_it[LOW_TAIL, i] = np.float32(0.0)


def centred_by_any(desk: Any, segment: Any) -> bool:
    """Whether a segment holds the centre of its normal, high enough to count, for anybody at the table."""
    found = False
    for i in range(LANES):
        high_enough = segment[LIFT, i] - desk[TOP, i] > NEGLIGIBLE
        found |= holds_centre(segment[LOW, i], segment[HIGH, i]) & high_enough
    return found


def weigh_segment(desk: Any, segment: Any, mark: Any) -> None:
    """Mass of the segment beyond a mark."""
    for i in range(LANES):
        lift = segment[LIFT, i] - desk[TOP, i]
        mass = mass_within(
            segment[LOW, i], segment[HIGH, i], segment[LOW_TAIL, i], segment[HIGH_TAIL, i], lift
        )
        segment[MASS, i] = mass
        desk[WHOLE, i] += mass
        desk[EXTRA, i] += mass * mark[SLOPE, i]


def aim(desk: Any) -> None:
    """The share of the whole mass that everybody's chance names."""
    for i in range(LANES):
        desk[TARGET, i] = target_mass(desk[CHANCE, i], desk[WHOLE, i])


def pick(desk: Any, segment: Any) -> None:
    """Take a segment for everybody whose target lies no lower than what has been reached before it."""
    for i in range(LANES):
        mass, reached = segment[MASS, i], desk[REACHED, i]
        taken = (mass > np.float32(0.0)) & (desk[TARGET, i] >= reached)
        desk[DRAWN, i] = select(taken, segment[LOW, i], desk[DRAWN, i])
        desk[DRAWN + 1, i] = select(taken, segment[HIGH, i], desk[DRAWN + 1, i])
        desk[DRAWN + 2, i] = select(taken, segment[LOW_TAIL, i], desk[DRAWN + 2, i])
        desk[DRAWN + 3, i] = select(taken, segment[HIGH_TAIL, i], desk[DRAWN + 3, i])
        desk[DRAWN + 4, i] = select(taken, segment[LIFT, i], desk[DRAWN + 4, i])
        desk[DRAWN + 5, i] = select(taken, segment[TILT, i], desk[DRAWN + 5, i])
        desk[DRAWN + 6, i] = select(taken, mass, desk[DRAWN + 6, i])
        desk[REACHED, i] = reached + mass


def move(table: Any, desk: Any, plan: Any, nature: Any, now: Any, late: Any) -> None:
    """Everybody works the shift."""
    for i in range(LANES):
        view = Outlook(
            desk[YIELD, i],
            desk[CHEAPNESS, i],
            desk[LOWEST, i],
            desk[FORECAST, i],
            desk[SPREAD, i],
            desk[NARROWNESS, i],
        )
        drawn = Segment(
            desk[DRAWN, i],
            desk[DRAWN + 1, i],
            desk[DRAWN + 2, i],
            desk[DRAWN + 3, i],
            desk[DRAWN + 4, i] - desk[TOP, i],
            desk[DRAWN + 5, i],
            desk[DRAWN + 6, i],
        )
        rate = optimal_rate(view, nature, desk[WHOLE, i], desk[EXTRA, i], desk[EDGES, i])
        end = drawn_end(view, drawn, desk[PLACE_IN, i])
        moving = Moving(table[FATIGUE, i], table[STRAIN, i], table[OUTPUT, i], plan[i])
        after, effort = moved(moving, view, rate, end, nature, now, desk[WAY, i])
        table[LATE, i] += late * (after.output - moving.output)
        table[EFFORT, i] += now.time * effort
        table[FATIGUE, i] = after.fatigue
        table[STRAIN, i] = after.strain
        table[OUTPUT, i] = after.output
        plan[i] = after.plan
