"""Row 7: the law of the period's output in the engine."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stakhanov import theory
from validation.tables import Check, Table
from validation.trials import outputs, trial

ABOUT = (
    "Output of a period has density N(mu, s^2) exp(theta S(y)): at the norm its log jumps by K/(c "
    "sigma^2) and its slope changes by (p1 - p0)/(c sigma^2). Masses on both sides of the norm, from a "
    "simulated workforce of equals; the tolerance is four standard errors. 'Distance' is the largest one "
    "between the share above a mark and the law's, over 81 marks; one in a thousand samples lies further "
    "off than 1.95/sqrt(N). Last, people whose ability is spread by .25: they share c sigma^2, so the "
    "pooled density must jump by the same. Its jump is read off masses within 1 and 2 % of the norm, the "
    "slope taken out by 2 L(1 %) - L(2 %)."
)
SHIFTS, NOISE, VALUE, NORM = 25, 0.4, 0.22, 1.2
Rules = dict[str, Any]
Array = NDArray[np.float64]


def table(fast: bool) -> Table:
    """Log ratios of masses above and below the norm, whole laws, and the jump of unlike people."""
    workers = 100_000 if fast else 400_000
    checks = []
    for days, beyond, width in ((1, 1.0, 0.01), (2, 1.0, 0.02), (0, 1.5, 0.05), (1, 1.5, 0.02)):
        done = outputs(trial(rules(days, beyond), workers=workers)) / NORM
        above, below = sides(done, width)
        law = np.diff(reach(days, beyond, [1 - width, 1.0, 1 + width]))
        what = f"log ratio within {width:.0%}, bonus of {days:g} days, {beyond:g} times the rate beyond"
        error = 4 * math.sqrt(1.0 / above + 1.0 / below)
        expected = math.log(law[1] / law[0])
        checks.append(Check(what, expected, math.log(above / below), error, source="law"))
    return Table(
        7, "Law of the period", ABOUT, (*checks, *distances(workers), *unlike_people(workers))
    )


def rules(days: float, beyond: float) -> Rules:
    """A bonus of so many days' pay at the norm, and a rate beyond it."""
    return {
        "norms.start": NORM,
        "pay.scale": [{"from": 0.0, "rate": 1.0}, {"from": 1.0, "rate": beyond}],
        "pay.bonus": [{"at": 1.0, "amount": round(days * 10_000)}],
    }


def schedule(days: float, beyond: float, prize: float = 0.0) -> dict[str, Any]:
    """What equal people face, by theory: breakpoints in norm-units of the period, rates with their drive."""
    low, high = 1.0 + VALUE / NORM, 1.0 + VALUE * beyond / NORM  # a day's pay buys one norm
    marks = [NORM * SHIFTS, 1.1 * NORM * SHIFTS]
    jumps = [days * VALUE, prize * VALUE]
    return {"breakpoints": marks, "rates": [low, high, high], "jumps": jumps, "noise": NOISE}


def reach(days: float, beyond: float, marks: list[float] | Array, prize: float = 0.0) -> Array:
    """Probability of a fulfilment of at least each mark."""
    ends = np.asarray(marks) * NORM * SHIFTS
    found = theory.period_reach(ends, 0.0, float(SHIFTS), **schedule(days, beyond, prize))
    return np.asarray(found)


def distances(workers: int) -> list[Check]:
    """Largest distance between a workforce and the law, with one and with two marks."""
    marks, checks = np.linspace(0.8, 1.3, 81), []
    prize = [{"name": "p", "by": "threshold", "at": 1.1, "amount": 20_000, "scope": "all"}]
    for days, beyond, third in ((1, 1.5, 0.0), (0.5, 1.5, 2.0)):
        given = {**rules(days, beyond), **({"prizes": prize} if third else {})}
        done = np.sort(outputs(trial(given, workers=workers))) / NORM
        seen = 1.0 - np.searchsorted(done, marks) / workers
        far = float(np.max(np.abs(seen - reach(days, beyond, marks, third))))
        what = f"distance, bonus of {days:g} days, 1.5 times the rate beyond"
        what += ", a prize of 2 days at 110 %" if third else ""
        checks.append(Check(what, 0.0, far, 1.95 / math.sqrt(workers), source="law"))
    return checks


def unlike_people(workers: int) -> list[Check]:
    """Jump of the pooled log density where abilities differ."""
    done = outputs(trial(rules(1, 1.0), {"ability.log_sd": 0.25}, workers=workers)) / NORM
    (above, below), (above_two, below_two) = sides(done, 0.01), sides(done, 0.02)
    jump = 2.0 * math.log(above / below) - math.log(above_two / below_two)
    # the wider masses hold the narrower ones: variances of 2 L(1) - L(2) by the delta method
    spread = math.sqrt(4 / above + 4 / below - 3 / above_two - 3 / below_two)
    expected = float(np.asarray(theory.density_jump(VALUE, NOISE)))
    what = "jump of the log density, unlike people"
    return [Check(what, expected, jump, 4 * spread, source="K/(c sigma^2)")]


def sides(done: Array, width: float) -> tuple[int, int]:
    """How many lie just above the norm and how many just below."""
    above = int(np.count_nonzero((done >= 1.0) & (done < 1.0 + width)))
    return above, int(np.count_nonzero((done < 1.0) & (done >= 1.0 - width)))
