"""One shift of one worker: the optimal effort ahead of all marks, and the exact step of output.

With quadratic cost and Gaussian noise the optimal output rate is exact, and so is the law of what follows:
draw the segment in which the period will end, then the end in it, then one step of the Brownian bridge toward
that end. What the segments weigh is told in `prospect.py`.
"""

from __future__ import annotations

from typing import NamedTuple

from stakhanov.engine.kernels.arithmetic import (
    exp,
    log,
    maximum,
    minimum,
    reciprocal,
    select,
)
from stakhanov.engine.kernels.prospect import (
    FAR,
    Ahead,
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
    start,
    target_mass,
)
from stakhanov.engine.kernels.tails import normal_share, quantile_beyond
from stakhanov.engine.kernels.typing import Number


class Nature(NamedTuple):
    """What does not change within a period, for one branch."""

    theta: Number  # 1 / (c sigma^2), the same for everybody
    give: Number  # 1 / (c0 (1 + psi)): effort a util of slope buys
    conformity: Number  # psi c0
    rest: Number
    fatigue_effect: Number
    drive: Number
    aspiration_weight: Number  # eta (Lam - 1)
    aspiration_width: Number  # 1 / w_A
    fatigue_kept: Number  # a shift: e^(-1/tau_F)
    fatigue_load: Number
    strain_kept: Number
    strain_growth: Number  # g_B (1 - e^(-1/tau_B))
    sustainable: Number
    shifts: Number


class Moment(NamedTuple):
    """Where a shift stands in the period's clock."""

    time: Number  # effective shifts in this shift, w
    left: Number  # effective shifts left, this one included, tau
    step: Number  # w / tau
    bridge: Number  # sigma0 sqrt(w (tau - w) / tau)
    spread: Number  # sigma0 sqrt(tau)
    narrowness: Number  # 1 / spread


class Moving(NamedTuple):
    """What changes from shift to shift."""

    fatigue: Number
    strain: Number
    output: Number  # of the period so far
    plan: Number  # output rate planned last


class Outlook(NamedTuple):
    """One worker's position before a shift."""

    yield_: Number  # output per effort, g
    cheapness: Number  # 1 / c, c the cost of a unit of output squared
    slope: Number  # of the lowest segment, p_0
    forecast: Number  # of the period's output under that slope
    spread: Number  # standard deviation of what is left, s
    narrowness: Number  # 1 / s


class Prospect(NamedTuple):
    """What the optimal rate needs of all segments, and the segment drawn."""

    mass: Number
    extra: Number  # sum of mass x slope above the lowest, in units of 1 / theta
    edges: Number  # sum of jumps of the density at marks
    drawn: Segment


def outlook(
    moving: Moving, terms: Terms, neighbours: Number, nature: Nature, pay: Number, now: Moment
) -> Outlook:
    """Productivity, slope of the lowest segment, whose pay is given, and forecast.

    h = exp(-chi (F - F0)) / (1 + B); g = skill h; slope = [d m + eta (Lam - 1)(Phi(ln(A/Yhat)/w) - 1/2)] / g
    + psi c0 ybar / g^2 + pay.
    """
    vigour = exp(-nature.fatigue_effect * (moving.fatigue - nature.rest))
    g = terms.skill * vigour * reciprocal(1.0 + moving.strain)
    expected = maximum(moving.output + moving.plan * now.left, 1e-6)
    hope = terms.aspiration * nature.shifts * reciprocal(expected)
    longing = normal_share(log(hope) * nature.aspiration_width) - 0.5
    inverse = reciprocal(g)
    slope = (nature.drive * terms.morale + nature.aspiration_weight * longing) * inverse
    slope = slope + nature.conformity * neighbours * inverse * inverse + pay
    cheapness = g * g * nature.give
    forecast = moving.output + slope * now.left * cheapness
    return Outlook(g, cheapness, slope, forecast, g * now.spread, inverse * now.narrowness)


def optimal_rate(
    view: Outlook, nature: Nature, mass: Number, extra: Number, edges: Number
) -> Number:
    """Output rate y* = (p_0 + [sum of mass x extra slope + edges / (theta s)] / mass) / c, at least 0."""
    pull = (extra + edges * view.narrowness) * reciprocal(nature.theta * mass)
    return maximum((view.slope + pull) * view.cheapness, 0.0)


def drawn_end(view: Outlook, drawn: Segment, chance: Number) -> Number:
    """The period's end in the drawn segment: a truncated normal by inversion of its smaller tail."""
    right = drawn.low >= 0.0
    from_low = drawn.low_tail + chance * drawn.mass
    from_high = drawn.high_tail + (1.0 - chance) * drawn.mass
    one_side = select(right, drawn.low_tail, drawn.high_tail) - chance * drawn.mass
    between = holds_centre(drawn.low, drawn.high)
    tail = select(between, minimum(from_low, from_high), one_side)
    z = quantile_beyond(maximum(drawn.lift + 0.91893853 - log(tail), 0.69314718))
    negative = select(between, from_low < from_high, drawn.high <= 0.0)
    z = minimum(maximum(select(negative, -z, z), drawn.low), drawn.high)
    return view.forecast + view.spread * (z + drawn.tilt)


def tired(fatigue: Number, load: Number, nature: Nature) -> Number:
    """Fatigue after a shift: F' = F e^(-1/tau_F) + k_F (w e)^2."""
    return fatigue * nature.fatigue_kept + nature.fatigue_load * load * load


def strained(strain: Number, load: Number, nature: Nature) -> Number:
    """Strain after a shift: B' = B e^(-1/tau_B) + g_B (1 - e^(-1/tau_B)) (w e - e_sus)+^2."""
    excess = maximum(load - nature.sustainable, 0.0)
    return strain * nature.strain_kept + nature.strain_growth * excess * excess


def moved(
    moving: Moving,
    view: Outlook,
    rate: Number,
    end: Number,
    nature: Nature,
    now: Moment,
    way: Number,
) -> tuple[Moving, Number]:
    """The state after a shift and the effort: one step of the bridge toward the end, and its load."""
    output = moving.output + now.step * (end - moving.output) + now.bridge * view.yield_ * way
    effort = rate * view.narrowness * now.spread
    load = now.time * effort
    after = Moving(
        tired(moving.fatigue, load, nature), strained(moving.strain, load, nature), output, rate
    )
    return after, effort


def all_marks(terms: Terms, ahead: Ahead, nature: Nature) -> list[Mark]:
    """Every mark ahead as one worker sees it."""
    marks = [start(terms)]
    for j in range(len(ahead.multiple)):
        marks.append(seen(marks[-1], ahead, terms, nature.theta, j))
    return marks[1:]


def prospect(view: Outlook, marks: list[Mark], chance: Number) -> Prospect:
    """Masses of all segments, and one of them drawn in proportion.

    A segment of tilt t from x_j to x_{j+1} has mass exp(centre) [Phi(x_{j+1} - t) - Phi(x_j - t)]; tails at
    both ends come from Mills ratios at densities that neighbours share.
    """
    none = 0.0 * view.spread
    places = [(mark.place - view.forecast) * view.narrowness for mark in marks]
    tilts = [none, *(mark.slope * view.spread for mark in marks)]
    lows = [none - FAR, *(x - tilt for x, tilt in zip(places, tilts[1:], strict=True))]
    highs = [*(x - tilt for x, tilt in zip(places, tilts[:-1], strict=True)), none + FAR]
    lifts = [none, *map(centre, marks, places, tilts[1:])]
    heights = list(map(height, marks, places))
    top = none - FAR
    for low, high, lift in zip(lows, highs, lifts, strict=True):
        top = select(holds_centre(low, high), maximum(top, lift), top)
    for one in heights:
        top = maximum(top, one)
    dense = [density(one, top) for one in heights]
    low_tails = [
        none,
        *(beyond(past(m, d), z) for m, d, z in zip(marks, dense, lows[1:], strict=True)),
    ]
    high_tails = [
        *(beyond(short_of(m, d), z) for m, d, z in zip(marks, dense, highs[:-1], strict=True)),
        none,
    ]
    lifts = [lift - top for lift in lifts]
    masses = list(map(mass_within, lows, highs, low_tails, high_tails, lifts))
    parts = (lows, highs, low_tails, high_tails, lifts, tilts, masses)
    segments = [Segment(*values) for values in zip(*parts, strict=True)]
    slopes = [none, *(mark.slope for mark in marks)]
    extra = sum((m * p for m, p in zip(masses, slopes, strict=True)), none)
    edges = sum((past(m, d) - short_of(m, d) for m, d in zip(marks, dense, strict=True)), none)
    return Prospect(sum(masses, none), extra, edges, drawn_among(segments, chance))


def drawn_among(segments: list[Segment], chance: Number) -> Segment:
    """The segment in which a share `chance` of the whole mass is reached."""
    none = 0.0 * segments[0].mass
    target = target_mass(chance, sum((segment.mass for segment in segments), none))
    drawn, reached = segments[0], none
    for segment in segments:
        taken = (segment.mass > 0.0) & (target >= reached)
        drawn = Segment(*(select(taken, new, old) for new, old in zip(segment, drawn, strict=True)))
        reached = reached + segment.mass
    return drawn


def one_shift(
    moving: Moving,
    terms: Terms,
    neighbours: Number,
    luck: tuple[Number, Number, Number],
    nature: Nature,
    ahead: Ahead,
    now: Moment,
) -> tuple[Moving, Number]:
    """Workers through one shift: the state after it, and the effort.

    `luck` is two uniforms (which segment, where in it) and a standard normal (the way there).
    """
    view = outlook(moving, terms, neighbours, nature, lowest_pay(ahead, terms), now)
    seen = prospect(view, all_marks(terms, ahead, nature), luck[0])
    rate = optimal_rate(view, nature, seen.mass, seen.extra, seen.edges)
    end = drawn_end(view, seen.drawn, luck[1])
    return moved(moving, view, rate, end, nature, now, luck[2])


__all__ = ["Ahead", "Moment", "Moving", "Nature", "Terms", "one_shift"]
