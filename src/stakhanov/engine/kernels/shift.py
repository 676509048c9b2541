"""One shift of one worker: the optimal effort ahead of all marks, and the exact step of output.

Reward for the period's output is piecewise linear with jumps at marks. With quadratic cost and Gaussian
noise the optimal output rate is exact (a log transform of the Bellman equation; Fleming 1978, Kappen 2005,
Physical Review Letters 95, 200201), and so is the law of what follows: draw the segment in which the period
will end, then the end in it, then one step of the Brownian bridge toward that end.

Slopes are told relative to the lowest segment's, outputs relative to the forecast under that slope, and
weights relative to the largest: no exponential overflows however far a mark lies.
"""

from __future__ import annotations

from typing import NamedTuple

from stakhanov.engine.kernels.arithmetic import exp, log, maximum, minimum, select
from stakhanov.engine.kernels.tails import mills, normal_share, quantile_beyond
from stakhanov.engine.kernels.typing import Number

#: A mass below this share of the density's peak is nothing: beyond it single precision loses its digits.
NOTHING = 1e-30
FAR = 3e38
#: The largest single-precision number below 1: a chance of 1 would pick a segment nobody can reach.
BELOW_ONE = 0.99999994
ROOT_TWO_PI = 2.5066283


class Nature(NamedTuple):
    """What does not change within a period, for one branch."""

    theta: Number  # 1 / (c sigma^2), the same for everybody
    give: Number  # 1 / (c0 (1 + psi)): effort a util of slope buys
    conformity: Number  # psi c0
    rest: Number
    fatigue_effect: Number
    noise: Number  # sigma0
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
    root_left: Number
    step: Number  # w / tau
    bridge: Number  # sigma0 sqrt(w (tau - w) / tau)


class Ahead(NamedTuple):
    """Marks ahead, ascending; `rate`, `below` and `ramped` have one entry a segment. Flags are 0 or 1."""

    multiple: tuple[Number, ...]
    jump: tuple[Number, ...]
    is_pad: tuple[Number, ...]
    is_norm: tuple[Number, ...]
    rate: tuple[Number, ...]
    below: tuple[Number, ...]
    ramped: tuple[Number, ...]


class Terms(NamedTuple):
    """What one worker faces this period."""

    skill: Number  # ability x skill x technology, norm-units per effort
    morale: Number
    aspiration: Number
    quota: Number  # norm over the period
    below: Number  # utils a norm-unit per unit of scale rate, below the norm
    above: Number
    pad: Number  # largest shortfall that padding will cover
    ramp: Number  # slope that padding adds, utils a norm-unit


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


class Prospect(NamedTuple):
    """Where the period may end: the segment drawn, and what the optimal rate needs."""

    mass: Number  # all segments
    extra: Number  # sum of mass x slope above the lowest
    edges: Number  # sum of jumps of the density at marks
    low: Number  # the drawn segment's ends, in its own tilted deviations
    high: Number
    low_tail: Number  # tails beyond them
    high_tail: Number
    centre: Number  # log of the segment's whole tilted normal, relative to the peak
    tilt: Number


def outlook(
    moving: Moving, terms: Terms, neighbours: Number, nature: Nature, ahead: Ahead, now: Moment
) -> Outlook:
    """Productivity, slope of the lowest segment and forecast.

    h = exp(-chi (F - F0)) / (1 + B); g = skill h; slope = [d m + eta (Lam - 1)(Phi(ln(A/Yhat)/w) - 1/2)] / g
    + psi c0 ybar / g^2 + pay of the lowest segment.
    """
    h = exp(-nature.fatigue_effect * (moving.fatigue - nature.rest)) / (1.0 + moving.strain)
    g = terms.skill * h
    expected = maximum((moving.output + moving.plan * now.left) / nature.shifts, 1e-6)
    distance = log(terms.aspiration / expected) * nature.aspiration_width
    longing = nature.aspiration_weight * (normal_share(distance) - 0.5)
    inverse = 1.0 / g
    slope = (nature.drive * terms.morale + longing) * inverse
    slope = slope + nature.conformity * neighbours * inverse * inverse
    slope = slope + lowest_pay(ahead, terms)
    cheapness = g * g * nature.give
    forecast = moving.output + slope * now.left * cheapness
    return Outlook(g, cheapness, slope, forecast, nature.noise * g * now.root_left)


def lowest_pay(ahead: Ahead, terms: Terms) -> Number:
    """Utils a norm-unit in the lowest segment."""
    return ahead.rate[0] * select(ahead.below[0] > 0.0, terms.below, terms.above)


def extra_slope(ahead: Ahead, terms: Terms, j: int) -> Number:
    """Slope of a segment above the lowest's."""
    pay = ahead.rate[j] * select(ahead.below[j] > 0.0, terms.below, terms.above)
    return pay - lowest_pay(ahead, terms) + ahead.ramped[j] * terms.ramp


def mark(ahead: Ahead, terms: Terms, j: int) -> Number:
    """Output of the period at a mark."""
    return ahead.multiple[j] * terms.quota - ahead.is_pad[j] * terms.pad


def rise(ahead: Ahead, terms: Terms, j: int) -> Number:
    """Jump of reward at a mark; what padding already promises on the way does not jump at the norm."""
    return ahead.jump[j] - ahead.is_norm[j] * terms.ramp * terms.pad


def peak(view: Outlook, terms: Terms, nature: Nature, ahead: Ahead) -> Number:
    """Log of the highest density of the period's end, relative to the lowest segment's centre."""
    inverse = 1.0 / view.spread
    here = mark(ahead, terms, 0)
    top = select(here > view.forecast, 0.0, -FAR)
    gain = 0.0 * view.spread
    extra = 0.0 * view.spread
    before = here
    for j in range(len(ahead.multiple)):
        here = mark(ahead, terms, j)
        x = (here - view.forecast) * inverse
        gain = gain + nature.theta * extra * (here - before)
        after = gain + nature.theta * rise(ahead, terms, j)
        extra = extra_slope(ahead, terms, j + 1)
        tilt = nature.theta * extra * view.spread
        top = maximum(top, maximum(gain, after) - 0.5 * x * x)
        centre = after - tilt * x + 0.5 * tilt * tilt
        inside = x < tilt
        if j + 1 < len(ahead.multiple):
            inside = inside & (tilt < (mark(ahead, terms, j + 1) - view.forecast) * inverse)
        top = select(inside, maximum(top, centre), top)
        gain = after
        before = here
    return top


def prospect(
    view: Outlook, terms: Terms, nature: Nature, ahead: Ahead, top: Number, chance: Number
) -> Prospect:
    """Masses of all segments, and one of them drawn in proportion.

    A segment of tilt t from x_j to x_{j+1} has mass exp(centre) [Phi(x_{j+1} - t) - Phi(x_j - t)]; tails at
    both ends come from Mills ratios at densities that neighbours share. The draw is a reservoir: each segment
    replaces the one held with its share of the mass so far, and what is left of the uniform serves again.
    """
    inverse = 1.0 / view.spread
    none = 0.0 * view.spread
    mass, extra_mass, edges = none, none, none
    gain, extra, tilt, centre = none, none, none, none
    low, low_tail = none - FAR, none
    held = Prospect(none, none, none, low, low, none, none, none, none)
    before = mark(ahead, terms, 0)
    for j in range(len(ahead.multiple) + 1):
        last = j == len(ahead.multiple)
        x = none
        if last:
            high, high_tail, density = none + FAR, none, none
        else:
            here = mark(ahead, terms, j)
            x = (here - view.forecast) * inverse
            gain = gain + nature.theta * extra * (here - before)
            before = here
            high = x - tilt
            density = exp(gain - 0.5 * x * x - top)
            high_tail = density * mills(maximum(high, -high))
        whole = ROOT_TWO_PI * exp(centre - top)
        within = select(
            low >= 0.0,
            low_tail - high_tail,
            select(high <= 0.0, high_tail - low_tail, whole - low_tail - high_tail),
        )
        within = select(within > NOTHING, within, 0.0)
        reached = mass + within
        point = chance * reached
        taken = point >= mass
        rest = select(taken, point - mass, point) / maximum(select(taken, within, mass), NOTHING)
        chance = select(reached > 0.0, minimum(rest, BELOW_ONE), chance)
        held = Prospect(
            reached,
            none,
            none,
            select(taken, low, held.low),
            select(taken, high, held.high),
            select(taken, low_tail, held.low_tail),
            select(taken, high_tail, held.high_tail),
            select(taken, centre, held.centre),
            select(taken, tilt, held.tilt),
        )
        mass = reached
        extra_mass = extra_mass + extra * within
        edges = edges - density
        if not last:
            gain = gain + nature.theta * rise(ahead, terms, j)
            extra = extra_slope(ahead, terms, j + 1)
            tilt = nature.theta * extra * view.spread
            density = exp(gain - 0.5 * x * x - top)
            edges = edges + density
            low = x - tilt
            low_tail = density * mills(maximum(low, -low))
            centre = gain - tilt * x + 0.5 * tilt * tilt
    return Prospect(
        mass,
        extra_mass,
        edges,
        held.low,
        held.high,
        held.low_tail,
        held.high_tail,
        held.centre,
        held.tilt,
    )


def optimal_rate(view: Outlook, nature: Nature, seen: Prospect) -> Number:
    """Output rate y* = (p_0 + [sum of mass x extra slope + edges / (theta s)] / mass) / c, at least 0."""
    pull = (seen.extra + seen.edges / (nature.theta * view.spread)) / seen.mass
    return maximum((view.slope + pull) * view.cheapness, 0.0)


def drawn_end(view: Outlook, seen: Prospect, top: Number, chance: Number) -> Number:
    """The period's end in the drawn segment: a truncated normal by inversion of its smaller tail."""
    right = seen.low >= 0.0
    left = seen.high <= 0.0
    whole = ROOT_TWO_PI * exp(seen.centre - top)
    near = select(right, seen.low_tail, seen.high_tail)
    far = select(right, seen.high_tail, seen.low_tail)
    between = maximum(whole - seen.low_tail - seen.high_tail, 0.0)
    from_low = seen.low_tail + chance * between
    from_high = seen.high_tail + (1.0 - chance) * between
    tail = select(right | left, near - chance * (near - far), minimum(from_low, from_high))
    z = quantile_beyond(maximum(seen.centre - top + 0.91893853 - log(tail), 0.69314718))
    negative = left | ((seen.low < 0.0) & (from_low < from_high))
    z = minimum(maximum(select(negative, -z, z), seen.low), seen.high)
    return view.forecast + view.spread * (z + seen.tilt)


def tired(fatigue: Number, load: Number, nature: Nature) -> Number:
    """Fatigue after a shift: F' = F e^(-1/tau_F) + k_F (w e)^2."""
    return fatigue * nature.fatigue_kept + nature.fatigue_load * load * load


def strained(strain: Number, load: Number, nature: Nature) -> Number:
    """Strain after a shift: B' = B e^(-1/tau_B) + g_B (1 - e^(-1/tau_B)) (w e - e_sus)+^2."""
    excess = maximum(load - nature.sustainable, 0.0)
    return strain * nature.strain_kept + nature.strain_growth * excess * excess


def one_shift(
    moving: Moving,
    terms: Terms,
    neighbours: Number,
    luck: tuple[Number, Number, Number],
    nature: Nature,
    ahead: Ahead,
    now: Moment,
) -> tuple[Moving, Number]:
    """One worker through one shift: the state after it, and the effort.

    `luck` is two uniforms (which segment, where in it) and a standard normal (the way there).
    """
    view = outlook(moving, terms, neighbours, nature, ahead, now)
    top = peak(view, terms, nature, ahead)
    seen = prospect(view, terms, nature, ahead, top, luck[0])
    rate = optimal_rate(view, nature, seen)
    end = drawn_end(view, seen, top, luck[1])
    output = moving.output + now.step * (end - moving.output) + now.bridge * view.yield_ * luck[2]
    effort = rate / view.yield_
    load = now.time * effort
    after = Moving(
        tired(moving.fatigue, load, nature), strained(moving.strain, load, nature), output, rate
    )
    return after, effort


__all__ = ["Ahead", "Moment", "Moving", "Nature", "Terms", "one_shift"]
