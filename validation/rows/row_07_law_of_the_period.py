"""Row 7: the law of the period's output in the engine."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import norm

from validation.tables import Check, Table
from validation.trials import trial

ABOUT = (
    "Output of a period has density N(mu, s^2) exp(theta S(y)): at the norm its log jumps by "
    "K/(c sigma^2) and its slope changes by (p1 - p0)/(c sigma^2). Masses on both sides of the norm, from "
    "a simulated workforce of equals; the tolerance is four standard errors."
)
SHIFTS, NOISE, VALUE = 25, 0.4, 0.22


def table(fast: bool) -> Table:
    """Log ratios of masses above and below the norm, with a bonus and with a progressive scale."""
    workers = 100_000 if fast else 400_000
    checks = []
    for days, beyond, width in (
        (1.0, 1.0, 0.01),
        (2.0, 1.0, 0.02),
        (0.0, 1.5, 0.05),
        (1.0, 1.5, 0.02),
    ):
        rules = {
            "norms.start": 1.2,
            "pay.scale": [{"from": 0.0, "rate": 1.0}, {"from": 1.0, "rate": beyond}],
            "pay.bonus": [{"at": 1.0, "amount": round(days * 10_000)}],
        }
        run = trial(rules, workers=workers)
        fulfilment = run.reports["true"].to_numpy() / 1.2
        above = np.count_nonzero((fulfilment >= 1.0) & (fulfilment < 1.0 + width))
        below = np.count_nonzero((fulfilment < 1.0) & (fulfilment >= 1.0 - width))
        error = math.sqrt(1.0 / above + 1.0 / below)
        what = f"log ratio within {width:.0%}, bonus of {days:g} days, {beyond:g} times the rate beyond"
        checks.append(
            Check(
                what,
                expected(days, beyond, width),
                math.log(above / below),
                4 * error,
                source="law",
            )
        )
    return Table(7, "Law of the period", ABOUT, tuple(checks))


def expected(days: float, beyond: float, width: float) -> float:
    """Log ratio of masses by the law; everything in shifts of output."""
    theta, spread, mark = 1.0 / NOISE**2, NOISE * math.sqrt(SHIFTS), 1.2 * SHIFTS
    # pay a unit of output: the reference day buys one norm of 1.2
    low, high = VALUE / 1.2, VALUE * beyond / 1.2
    under = norm(SHIFTS * (1.0 + low), spread)
    over = norm(SHIFTS * (1.0 + high), spread)
    # the tilted normals of both sides, joined at the mark
    joint = under.logpdf(mark) - over.logpdf(mark) + theta * days * VALUE
    up = over.cdf(mark * (1.0 + width)) - over.cdf(mark)
    down = under.cdf(mark) - under.cdf(mark * (1.0 - width))
    return float(math.log(up) + joint - math.log(down))
