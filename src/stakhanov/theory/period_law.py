"""The law of a period's output under the best effort, for a worker who is neutral to risk.

The density is the normal one times ``exp(theta S(y))``, so its log jumps by ``K/(c sigma^2)`` at a
bonus and its slope changes by ``(p1 - p0)/(c sigma^2)`` at a corner, whatever the mixture of
workers, as long as they share ``c sigma^2``. Effort is a martingale.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stakhanov.theory.forms import declare
from stakhanov.theory.parameters import Array, Listed, Numbers, number
from stakhanov.theory.period import (
    BREAKPOINTS,
    COST,
    JUMPS,
    NOISE,
    OUTPUT,
    RATES,
    SCHEDULE,
    SOURCE,
    TIME_LEFT,
    period_effort,
)
from stakhanov.theory.period_weights import period_weights

_STATE = (OUTPUT, TIME_LEFT, BREAKPOINTS, RATES, JUMPS, NOISE, COST)


@declare(
    *_STATE,
    title="Expected output of the period",
    formula="E Y_T = Y + y* tau",
    gives="output at the end (norm-units)",
    source=SOURCE,
    relations=SCHEDULE,
)
def period_mean(
    output: Numbers,
    time_left: Numbers,
    *,
    breakpoints: Listed,
    rates: Listed,
    jumps: Listed,
    noise: Numbers,
    cost: Numbers = 1.0,
) -> Numbers:
    """Expected output at the end of the period.

    The best rate now holds on average until then (martingale). Units: norm-units. Errors and source
    as in `period_effort`; risk-neutral.
    """
    rate = period_effort(
        output,
        time_left,
        breakpoints=breakpoints,
        rates=rates,
        jumps=jumps,
        noise=noise,
        cost=cost,
    )
    return output + rate * time_left


@declare(
    number("end", "Output at the end of the period", "norm-units"),
    *_STATE,
    title="Density of the period's output",
    formula="f(y) = N(y; Y, sigma^2 tau) exp(theta S(y)) / u",
    gives="density (per norm-unit)",
    source=SOURCE,
    relations=SCHEDULE,
)
def period_density(
    end: Numbers,
    output: Numbers,
    time_left: Numbers,
    *,
    breakpoints: Listed,
    rates: Listed,
    jumps: Listed,
    noise: Numbers,
    cost: Numbers = 1.0,
) -> Numbers:
    """Density of output at the end of the period under the best effort.

    At a breakpoint, the side above. `end` broadcasts with the other arguments. Units: per
    norm-unit. Errors and source as in `period_effort`.
    """
    weights = period_weights(
        output,
        time_left,
        breakpoints=breakpoints,
        rates=rates,
        jumps=jumps,
        noise=noise,
        cost=cost,
    )
    end = np.asarray(end, dtype=np.float64)[..., None]
    ends = weights.ends
    segment = np.sum(end >= np.asarray(breakpoints), axis=-1)
    within = np.exp(-ends.log_size() - ends.fall(end)) / ends.spread
    return _pick(weights.shares * within, segment)


@declare(
    number("mark", "Output to be reached", "norm-units"),
    *_STATE,
    title="Probability of reaching a mark by the end of the period",
    formula="P(Y_T >= y) = Int_y^inf f",
    gives="probability",
    source=SOURCE,
    relations=SCHEDULE,
)
def period_reach(
    mark: Numbers,
    output: Numbers,
    time_left: Numbers,
    *,
    breakpoints: Listed,
    rates: Listed,
    jumps: Listed,
    noise: Numbers,
    cost: Numbers = 1.0,
) -> Numbers:
    """Probability that the period ends at or above a mark, such as the norm, under the best effort.

    Units: probability. Errors and source as in `period_effort`.
    """
    weights = period_weights(
        output,
        time_left,
        breakpoints=breakpoints,
        rates=rates,
        jumps=jumps,
        noise=noise,
        cost=cost,
    )
    ends = weights.ends
    bottom = np.maximum(ends.bottom, np.asarray(mark, dtype=np.float64)[..., None])
    beyond = ends._replace(bottom=np.minimum(bottom, ends.top))
    log_share = beyond.log_size() - ends.log_size() - ends.fall(beyond.nearest)
    return np.asarray(np.sum(weights.shares * np.exp(np.minimum(log_share, 0.0)), axis=-1))


def density_jump(bonus: Numbers, noise: Numbers, cost: Numbers = 1.0) -> Numbers:
    """Jump of the log density of period output at a bonus: ``K/(c sigma^2)``.

    With ``p1 - p0`` for K, the change of its slope at a corner.
    """
    return bonus / (cost * noise**2)


def _pick(values: Array, segment: NDArray[np.int_]) -> Array:
    shape = np.broadcast_shapes(values.shape[:-1], segment.shape)
    every = np.broadcast_to(values, (*shape, values.shape[-1]))
    return np.take_along_axis(every, np.broadcast_to(segment, shape)[..., None], axis=-1)[..., 0]
