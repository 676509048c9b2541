"""Row 1: the linear piece rate in the engine."""

from __future__ import annotations

from validation.tables import Check, Table
from validation.trials import last, trial

ABOUT = (
    "With one rate, equal people and nothing else, effort is e = (d + b) / c: drive plus the worth of a "
    "unit over the cost of effort. The engine computes in single precision."
)


def table(fast: bool) -> Table:
    """Effort at several rates and costs."""
    del fast
    checks = []
    for value, cost in ((0.22, 1.0), (0.5, 1.0), (0.22, 2.0), (0.0, 1.0)):
        run = trial(people={"money.value": value, "effort.cost": cost}, workers=1000)
        found = last(run, "effort_mean")
        what = f"effort at b = {value:g}, c = {cost:g}"
        checks.append(Check(what, (1.0 + value) / cost, found, 2e-5, source="e = (d + b)/c"))
    return Table(1, "Linear piece rate", ABOUT, tuple(checks))
