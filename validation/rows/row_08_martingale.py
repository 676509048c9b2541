"""Row 8: effort over the period, and what makes storming."""

from __future__ import annotations

from typing import Any

import numpy as np

from stakhanov import theory
from validation.tables import Check, Table
from validation.trials import last, outputs, trial

ABOUT = (
    "Optimal effort is a martingale: with an even clock the last third of the period yields a third of "
    "the output, and with an uneven one its share of the clock. Index: share of the last third, times 3. "
    "Then the printed example (c = 1, sigma = .5, rate .4, bonus .5 at 1, one unit of time) in 24 shifts: "
    "output and utils are 24 times as large, noise is sqrt(24) times. Mean output, mean effort and the "
    "chance of the norm are those of the closed form, and the density falls to e^-2 just below the norm, "
    "whatever the number of shifts. Tolerances are four standard errors."
)
BONUS = {"pay.bonus": [{"at": 1.0, "amount": 10_000}]}
CLOCKS = ([1.0], [0.15, 0.25, 0.60], [0.5, 0.3, 0.2])


def table(fast: bool) -> Table:
    """Storming indices under several clocks, and the printed example."""
    workers = 20_000 if fast else 100_000
    checks = []
    for clock in CLOCKS:
        for name, rules in (("no bonus", {}), ("a bonus at the norm", BONUS)):
            run = trial(
                {**rules, "plan.clock": clock, "plan.shifts_per_period": 24}, workers=workers
            )
            share = clock[-1] if len(clock) == 3 else 1.0 / 3.0
            what = f"index, clock {' '.join(f'{part:g}' for part in clock)}, {name}"
            # a third of the period has a noise of about .4/sqrt(8) of itself
            error = 4 * 3.0 * 0.4 / 24**0.5 / workers**0.5
            found = last(run, "storming_index")
            checks.append(Check(what, 3.0 * share, found, error, source="share of the clock"))
    return Table(8, "Martingale", ABOUT, (*checks, *example(fast)))


def example(fast: bool) -> list[Check]:
    """The printed example of the plan period, in few shifts and in many."""
    workers = 100_000 if fast else 400_000
    given: dict[str, Any] = {
        "breakpoints": [1.0],
        "rates": [0.4, 0.4],
        "jumps": [0.5],
        "noise": 0.5,
    }
    fives = np.asarray(theory.period_reach(np.array([0.95, 1.0, 1.05]), 0.0, 1.0, **given))
    ratio = float((fives[1] - fives[2]) / (fives[0] - fives[1]))
    checks = []
    for shifts in (4, 24):
        rules = {
            "plan.shifts_per_period": shifts,
            "pay.bonus": [{"at": 1.0, "amount": round(0.5 * shifts / 0.4 * 10_000)}],
        }
        people = {"effort.drive": 1e-9, "money.value": 0.4, "effort.noise": 0.5 * shifts**0.5}
        run = trial(rules, people, workers=workers)
        made = outputs(run)
        above, below = np.sum((made >= 1) & (made < 1.05)), np.sum((made < 1) & (made >= 0.95))
        checks += [
            near("mean output", shifts, 0.7575020734, made.mean(), made.std() / workers**0.5),
            near("mean effort", shifts, 0.7575020734, last(run, "effort_mean"), 0.16 / workers**0.5),
            near("chance of the norm", shifts, 0.4900085, np.mean(made >= 1.0), 0.5 / workers**0.5),
            near("mass above over mass below, 5 %", shifts, ratio, above / below,
                 above / below * (1 / above + 1 / below) ** 0.5),
        ]  # fmt: skip
    return checks


def near(what: str, shifts: int, expected: float, found: float, error: float) -> Check:
    """A check within four standard errors."""
    what = f"{what}, {shifts} shifts"
    return Check(what, expected, float(found), 4.0 * float(error), source="closed form")
