"""The plan period: best output rate under rates, norms and bonuses that count at its end.

Output moves as ``dY = y dt + sigma dB``, a rate y costs ``c y^2/2``, and at the end of the period
the worker is paid ``S(Y)``: piecewise linear with slopes `rates`, corners at `breakpoints` and a
jump at each. With ``theta = 1/(c sigma^2) - rho`` the value is ``V = (1/theta) ln u``, ``u = E
exp(theta S(Y + sigma B))``, and the best rate is ``V_Y/c``: everything is a sum over the segments
of S of Gaussian weights. The weights are kept as logs, less their largest, so that the form holds
where the weights themselves would overflow.
"""

from __future__ import annotations

import numpy as np

from stakhanov.theory.forms import Relation, declare
from stakhanov.theory.mills import log_mills
from stakhanov.theory.parameters import (
    Array,
    Listed,
    Numbers,
    at_least,
    listing,
    number,
    positive,
    share,
)
from stakhanov.theory.period_weights import mean_pay, mean_rate, period_weights

SOURCE = (
    "exact by the log transform of Fleming (1978), Applied Mathematics and Optimization 4:329-346, "
    "and Kappen (2005), Physical Review Letters 95:200201; derived in docs/explanation/theory.md"
)
OUTPUT = number("output", "Output so far, Y", "norm-units")
TIME_LEFT = positive("time_left", "Effective time left, tau", "shifts or periods")
BREAKPOINTS = listing("breakpoints", "Outputs Q_1 < ... < Q_J where the rate changes", "norm-units")
RATES = listing("rates", "Rates p_0, ..., p_J between them", "utils per norm-unit")
JUMPS = listing("jumps", "Bonus K_j at each breakpoint", "utils")
NOISE = positive("noise", "Noise sigma", "norm-units per root of time")
COST = positive("cost", "Cost c of the rate squared", "utils time per norm-unit squared")
RISK_AVERSION = at_least(0, "risk_aversion", "Absolute risk aversion rho", "per util")

ORDERED = Relation(
    "breakpoints",
    "must rise from one to the next",
    (),
    lambda q: np.all(np.diff(q, axis=-1) > 0),
)
ONE_MORE_RATE = Relation(
    "rates",
    "must be one more than the breakpoints",
    ("breakpoints",),
    lambda p, q: p.shape[-1] == q.shape[-1] + 1,
)
AS_MANY_JUMPS = Relation(
    "jumps",
    "must be as many as the breakpoints",
    ("breakpoints",),
    lambda k, q: k.shape[-1] == q.shape[-1],
)
SCHEDULE = (ORDERED, ONE_MORE_RATE, AS_MANY_JUMPS)


@declare(
    OUTPUT,
    TIME_LEFT,
    BREAKPOINTS,
    RATES,
    JUMPS,
    NOISE,
    COST,
    RISK_AVERSION,
    share("present_bias", "Weight on pay at the end against effort now"),
    number("immediate", "Reward felt at once, part of every rate", "utils per norm-unit"),
    title="Best output rate within the plan period",
    formula="J = 1: y* = [p0 M0 + p1 G M1 + (G-1)/(theta s)] / (c [M0 + G M1]),  "
    "M0 = M(theta p0 s - x), M1 = M(x - theta p1 s), G = exp(theta K), s = sigma sqrt(tau), "
    "x = (Q - Y)/s, theta = 1/(c sigma^2) - rho",
    gives="output rate y* (norm-units per unit of time)",
    source=SOURCE,
    relations=SCHEDULE,
)
def period_effort(
    output: Numbers,
    time_left: Numbers,
    *,
    breakpoints: Listed,
    rates: Listed,
    jumps: Listed,
    noise: Numbers,
    cost: Numbers = 1.0,
    risk_aversion: Numbers = 0.0,
    present_bias: Numbers = 1.0,
    immediate: Numbers = 0.0,
) -> Numbers:
    """Best output rate of a worker who has produced `output` and has `time_left`.

    Exact, any number of breakpoints. The last axis of the three lists runs over breakpoints;
    everything else broadcasts against what remains. A present bias below 1 weighs the pay at the
    end but not the `immediate` part, naively: ``i + beta (c y* - i)``. Units: norm-units per unit
    of time. Errors: `BadInput` unless time_left, noise, cost > 0 and the lists fit. Relative error
    about 1e-10 against quadrature, also where the Mills form overflows; as the noise vanishes, the
    choice without noise to the last digits. Source: see module.
    """
    weights = period_weights(
        output,
        time_left,
        breakpoints=breakpoints,
        rates=rates,
        jumps=jumps,
        noise=noise,
        cost=cost,
        risk_aversion=risk_aversion,
    )
    pull = mean_rate(weights, rates)
    immediate = np.asarray(immediate)
    return (immediate + present_bias * (pull - immediate)) / cost


@declare(
    OUTPUT,
    TIME_LEFT,
    BREAKPOINTS,
    RATES,
    JUMPS,
    NOISE,
    COST,
    RISK_AVERSION,
    title="Value of the rest of the plan period",
    formula=(
        "V = (1/theta) ln E exp(theta S(Y + sigma sqrt(tau) Z));  J = 1: p0 Q + "
        "ln(phi(x)[M0 + G M1])/theta"
    ),
    gives="value (utils, certainty equivalent)",
    source=SOURCE,
    relations=SCHEDULE,
)
def period_value(
    output: Numbers,
    time_left: Numbers,
    *,
    breakpoints: Listed,
    rates: Listed,
    jumps: Listed,
    noise: Numbers,
    cost: Numbers = 1.0,
    risk_aversion: Numbers = 0.0,
) -> Numbers:
    """Pay to come less cost of effort, at the best rate from here on, as a certainty equivalent.

    Pay counts from output 0: ``S(y) = p0 y`` up to the first breakpoint. Units: utils. Errors and
    source as in `period_effort`; where |theta| < 1e-8 the value at theta = 0 is given (error below
    1e-8 of the variance of S).
    """
    weights = period_weights(
        output,
        time_left,
        breakpoints=breakpoints,
        rates=rates,
        jumps=jumps,
        noise=noise,
        cost=cost,
        risk_aversion=risk_aversion,
    )
    flat = np.abs(weights.theta) < 1e-8
    theta = np.where(flat, 1.0, weights.theta)
    return np.where(
        flat,
        mean_pay(
            output,
            time_left,
            breakpoints=breakpoints,
            rates=rates,
            jumps=jumps,
            noise=noise,
        ),
        weights.log_total / theta,
    )


def mills_effort(
    output: Numbers,
    time_left: Numbers,
    *,
    norm: Numbers,
    rates: tuple[Numbers, Numbers],
    bonus: Numbers,
    noise: Numbers,
    cost: Numbers = 1.0,
    risk_aversion: Numbers = 0.0,
) -> Numbers:
    """The one-breakpoint form as printed: two Mills ratios and one division.

    Overflows to NaN where ``theta K`` or a Mills argument is large; use `period_effort` there. It
    is kept as the form that a reader can check by hand, and as a second route to the same number.
    Units and source as in `period_effort`.
    """
    p0, p1 = (np.asarray(rate, dtype=np.float64) for rate in rates)
    theta = 1.0 / (np.asarray(cost) * np.asarray(noise) ** 2) - risk_aversion
    s = noise * np.sqrt(time_left)
    x = (np.asarray(norm) - output) / s
    m0 = np.exp(log_mills(theta * p0 * s - x))
    m1 = np.exp(log_mills(x - theta * p1 * s))
    g = np.exp(theta * bonus)
    pulled: Array = p0 * m0 + p1 * g * m1 + (g - 1.0) / (theta * s)
    return np.asarray(pulled / (cost * (m0 + g * m1)))
