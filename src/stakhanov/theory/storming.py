"""Why output piles up at the end of the period: deadlines, present bias and late inputs.

Under the best effort of `period` mean output is flat; these are the channels that make it uneven.
"""

from __future__ import annotations

import numpy as np

from stakhanov.theory.forms import Relation, declare
from stakhanov.theory.parameters import Array, Numbers, at_least, positive, share, whole

_BIAS = positive("present_bias", "Weight beta on later against now")
_ELASTICITY = positive("elasticity", "Elasticity of effort to its reward")
_FROM = share("start", "Share of the period gone at the beginning of the part")
_TO = share("end", "Share of the period gone at the end of the part")
_ORDER = Relation("end", "must be at least the start", ("start",), lambda end, start: end >= start)
_NAIVE = (
    "quasi-hyperbolic discounting of Laibson (1997), Quarterly Journal of Economics "
    "112:443-477; derived here"
)


@declare(
    _FROM,
    _TO,
    at_least(0, "discount_rate", "Discount rate", "per unit of time"),
    positive("length", "Length of the period", "units of time"),
    title="Share of output in part of a period with a deadline",
    formula="(e^(d T b) - e^(d T a)) / (e^(d T) - 1)   (rate Q d e^(d t)/(e^(d T) - 1))",
    gives="share of the period's output",
    source="least discounted quadratic cost of a fixed amount by a deadline; derived here",
    relations=(_ORDER,),
)
def deadline_share(
    start: Numbers, end: Numbers, discount_rate: Numbers, length: Numbers
) -> Numbers:
    """Share of the output delivered between two moments where a fixed amount is due.

    Later costs weigh less. Without noise. Units: share; `start` and `end` as shares of the period.
    Errors: `BadInput` unless 0 <= start <= end <= 1, discount_rate >= 0, length > 0.
    """
    rate = np.asarray(discount_rate * length, dtype=np.float64)
    tilt = np.maximum(rate, 1e-12)  # below this the flat share is exact to 1e-12
    part: Array = np.exp(tilt * (end - 1.0)) * np.expm1(-tilt * (end - start)) / np.expm1(-tilt)
    return part


@declare(
    _FROM,
    _TO,
    _BIAS,
    _ELASTICITY,
    title="Share of output in part of a period under present bias",
    formula="(1 - a)^B - (1 - b)^B,  B = beta^eps;  the last fraction f holds f^B",
    gives="share of the period's output",
    source=_NAIVE,
    relations=(_ORDER,),
)
def present_bias_share(
    start: Numbers, end: Numbers, present_bias: Numbers, elasticity: Numbers = 1.0
) -> Numbers:
    """Share of the output of one who naively believes that he will be wiser tomorrow.

    Reward at the end, cost at once; what remains falls as ``(1 - t/T)^beta``. Units: share. Errors:
    `BadInput` unless 0 <= start <= end <= 1, present_bias and elasticity > 0. Source: after Laibson
    (1997).
    """
    power = present_bias**elasticity
    return (1.0 - start) ** power - (1.0 - end) ** power


def present_bias_days(days: int, present_bias: float) -> Array:
    """Output of each day under naive present bias.

    ``e_t = beta R/(beta + n - 1)`` of the remaining R, n days left. Shares of the amount due,
    summing to 1. The limit of many days is `present_bias_share`.
    """
    left = np.arange(days, 0, -1, dtype=np.float64)
    done = present_bias / (present_bias + left - 1.0)
    before = np.concatenate([[1.0], np.cumprod(1.0 - done)[:-1]])
    return np.asarray(done * before)


@declare(
    positive("last_fraction", "Last fraction of the period"),
    share("share_in_it", "Share of output that falls into it"),
    title="Present bias that a storm would need",
    formula="beta = ln(share)/ln(fraction)",
    gives="present bias beta",
    source=_NAIVE,
    relations=(
        Relation(
            "share_in_it",
            "must be below 1 and above 0, as must the fraction",
            ("last_fraction",),
            lambda s, f: (s > 0) & (s < 1) & (f < 1),
        ),
    ),
)
def storming_bias(last_fraction: Numbers, share_in_it: Numbers) -> Numbers:
    """Present bias needed for a given share of output in the last part of the period.

    The elasticity of effort is 1. 80 % in the last third needs beta = .203, below anything
    measured: late inputs, not impatience, make storms.
    """
    bias: Array = np.log(share_in_it) / np.log(last_fraction)
    return bias


@declare(
    whole(1, "shift", "Shift of the period, from 1"),
    whole(1, "shifts", "Shifts in the period"),
    at_least(0, "first", "Share of effective time in the first third"),
    at_least(0, "second", "Share of effective time in the second third"),
    title="Effective time of a shift where inputs arrive late",
    formula="clock share of the shift, thirds (w1, w2, 1 - w1 - w2), flat within each",
    gives="share of the period's effective time, and of mean output",
    source="martingale property of the best effort in effective time; docs/explanation/theory.md",
    relations=(
        Relation("shift", "must be at most shifts", ("shifts",), lambda k, n: k <= n),
        Relation("first", "must leave a share to the rest", ("second",), lambda a, b: a + b <= 1.0),
    ),
)
def clock_share(
    shift: Numbers, shifts: Numbers, first: Numbers = 1.0 / 3.0, second: Numbers = 1.0 / 3.0
) -> Numbers:
    """Share of effective time, hence of mean output, that falls to one shift.

    The clock of the period may be uneven. Units: share. Errors: `BadInput` unless shift <= shifts
    and the thirds sum to at most 1.
    """

    def gone(part: Numbers) -> Numbers:
        thirds = 3.0 * np.asarray(part)
        return (
            first * np.clip(thirds, 0.0, 1.0)
            + second * np.clip(thirds - 1.0, 0.0, 1.0)
            + (1.0 - first - second) * np.clip(thirds - 2.0, 0.0, 1.0)
        )

    return gone(shift / np.asarray(shifts)) - gone((shift - 1.0) / np.asarray(shifts))
