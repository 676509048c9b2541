"""Row 1: the linear piece rate in the engine."""

from __future__ import annotations

import math

from stakhanov import theory
from validation.tables import Check, Table
from validation.trials import last, outputs, trial

ABOUT = (
    "With one rate and nothing else, effort is e = (d + a b)/c: drive, and the worth of what a unit of "
    "effort makes, over the cost of effort. First equal people (a = 1), then people whose ability is "
    "spread: mean effort is (d + b E a)/c and mean output (d E a + b E a^2)/c. The engine computes in "
    "single precision; the last two allow four standard errors."
)
SPREAD = 0.25


def table(fast: bool) -> Table:
    """Effort at several rates and costs, and over people of different ability."""
    checks = []
    for value, cost in ((0.22, 1.0), (0.5, 1.0), (0.22, 2.0), (0.0, 1.0)):
        run = trial(people={"money.value": value, "effort.cost": cost}, workers=1000)
        expected = 1.0 / cost + float(theory.piece_rate(value, cost=cost))
        what = f"effort at b = {value:g}, c = {cost:g}"
        checks.append(Check(what, expected, last(run, "effort_mean"), 2e-5, source="e = (d + b)/c"))
    return Table(1, "Linear piece rate", ABOUT, (*checks, *unlike_people(fast)))


def unlike_people(fast: bool) -> list[Check]:
    """Mean effort and output where ability is lognormal with mean 1."""
    workers, value = (20_000, 0.5) if fast else (200_000, 0.5)
    run = trial(people={"money.value": value, "ability.log_sd": SPREAD}, workers=workers)
    square = math.exp(SPREAD**2)  # E a^2 where E a = 1
    made = outputs(run)
    spread = value * math.sqrt(square - 1.0)  # of effort, through ability
    return [
        Check(
            "mean effort, abilities spread by .25",
            1.0 + value,
            last(run, "effort_mean"),
            4.0 * spread / math.sqrt(workers),
            source="(d + b E a)/c",
        ),
        Check(
            "mean output, abilities spread by .25",
            1.0 + float(theory.piece_rate_output(value)) * square,
            float(made.mean()),
            4.0 * float(made.std()) / math.sqrt(workers),
            source="(d E a + b E a^2)/c",
        ),
    ]
