"""Where a period may end: marks as one worker sees them, and the mass of every segment between them.

Reward for the period's output is piecewise linear with jumps at marks. The end of an optimally worked
period has the density of a normal around the forecast times exp(theta x reward) (a log transform of the
Bellman equation; Fleming 1978, Kappen 2005, Physical Review Letters 95, 200201): in each segment a normal
of its own, tilted by the segment's slope.

Rewards are told in units of 1 / theta, slopes above the lowest segment's, outputs as deviations from the
forecast under that slope, and masses relative to the highest density: no exponential overflows however far a
mark lies.
"""

from __future__ import annotations

from typing import NamedTuple

from stakhanov.engine.kernels.arithmetic import absolute, exp, maximum, minimum, select
from stakhanov.engine.kernels.tails import mills
from stakhanov.engine.kernels.typing import Number

#: A density this far below the highest, in logs, is nothing: single precision could not add it.
NEGLIGIBLE = -30.0
#: A mass below this share of the density's peak is nothing: beyond it single precision loses its digits.
NOTHING = 1e-30
FAR = 3e38
#: The largest single-precision number below 1: a chance of 1 would pick a segment nobody can reach.
BELOW_ONE = 0.99999994
ROOT_TWO_PI = 2.5066283


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


class Mark(NamedTuple):
    """A mark as one worker sees it all period long."""

    place: Number  # output of the period
    gain: Number  # reward just short of the mark, above what the lowest slope gives
    rise: Number  # jump of reward
    fall: Number  # exp(-|rise|)
    slope: Number  # of the segment beyond, above the lowest segment's


class Segment(NamedTuple):
    """What lies between two marks, told in the segment's own tilted deviations."""

    low: Number
    high: Number
    low_tail: Number  # mass of the segment's normal beyond an end, on the side away from its centre
    high_tail: Number
    lift: Number  # log of its density at the centre, relative to the highest density of all
    tilt: Number  # the centre's deviation from the forecast
    mass: Number  # relative to the highest density


def lowest_pay(ahead: Ahead, terms: Terms) -> Number:
    """Utils a norm-unit in the lowest segment."""
    return ahead.rate[0] * select(ahead.below[0] > 0.0, terms.below, terms.above)


def extra_slope(ahead: Ahead, terms: Terms, j: int) -> Number:
    """Slope of a segment above the lowest's."""
    pay = ahead.rate[j] * select(ahead.below[j] > 0.0, terms.below, terms.above)
    return pay - lowest_pay(ahead, terms) + ahead.ramped[j] * terms.ramp


def start(terms: Terms) -> Mark:
    """What stands in for a mark before the first: no output, no reward."""
    none = 0.0 * terms.quota
    return Mark(none, none, none, none, none)


def seen(before: Mark, ahead: Ahead, terms: Terms, theta: Number, j: int) -> Mark:
    """The next mark of a worker, the one before it given.

    What padding already promises on the way to the norm does not jump there.
    """
    place = ahead.multiple[j] * terms.quota - ahead.is_pad[j] * terms.pad
    gain = before.gain + before.rise + before.slope * (place - before.place)
    rise = theta * (ahead.jump[j] - ahead.is_norm[j] * terms.ramp * terms.pad)
    slope = theta * extra_slope(ahead, terms, j + 1)
    return Mark(place, gain, rise, exp(-absolute(rise)), slope)


def height(mark: Mark, x: Number) -> Number:
    """Log density on the higher side of a mark at deviation x."""
    return mark.gain + maximum(mark.rise, 0.0) - 0.5 * x * x


def centre(mark: Mark, x: Number, tilt: Number) -> Number:
    """Log density at the centre of the normal that rules beyond a mark."""
    return mark.gain + mark.rise + tilt * (0.5 * tilt - x)


def holds_centre(low: Number, high: Number) -> Number:
    """Whether a segment contains the centre of its own normal."""
    return (low < 0.0) & (high > 0.0)


def density(height: Number, top: Number) -> Number:
    """Density on the higher side of a mark, relative to the highest of all; nothing where negligible."""
    below_top = height - top
    return select(below_top > NEGLIGIBLE, exp(below_top), 0.0)


def short_of(mark: Mark, dense: Number) -> Number:
    """Density just short of a mark."""
    return dense * select(mark.rise > 0.0, mark.fall, 1.0)


def past(mark: Mark, dense: Number) -> Number:
    """Density just past a mark."""
    return dense * select(mark.rise > 0.0, 1.0, mark.fall)


def beyond(dense: Number, z: Number) -> Number:
    """Mass of a normal beyond a point at z deviations from its centre, given its density there."""
    return dense * mills(absolute(z))


def target_mass(chance: Number, mass: Number) -> Number:
    """How much of the whole mass lies before the end that a chance names."""
    return minimum(chance, BELOW_ONE) * mass


def mass_within(
    low: Number, high: Number, low_tail: Number, high_tail: Number, lift: Number
) -> Number:
    """Mass of a segment; one that lies on one side of its centre is a difference of two tails."""
    whole = ROOT_TWO_PI * exp(minimum(lift, 0.0)) - low_tail - high_tail
    part = absolute(low_tail - high_tail)
    mass = select(holds_centre(low, high), whole, part)
    return select(mass > NOTHING, mass, 0.0)
