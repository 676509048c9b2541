"""Row 8: effort over the period, and what makes storming."""

from __future__ import annotations

from validation.tables import Check, Table
from validation.trials import last, trial

ABOUT = (
    "Optimal effort is a martingale: with an even clock the last third of the period yields a third of "
    "the output, and with an uneven one its share of the clock. Index: share of the last third, times 3."
)
BONUS = {"pay.bonus": [{"at": 1.0, "amount": 10_000}]}


def table(fast: bool) -> Table:
    """Storming indices under several clocks, with and without a bonus."""
    workers = 20_000 if fast else 100_000
    checks = []
    for clock in ([1.0], [0.15, 0.25, 0.60], [0.5, 0.3, 0.2]):
        for name, rules in (("no bonus", {}), ("a bonus at the norm", BONUS)):
            run = trial(
                {**rules, "plan.clock": clock, "plan.shifts_per_period": 24}, workers=workers
            )
            share = clock[-1] if len(clock) == 3 else 1.0 / 3.0
            what = f"index, clock {' '.join(f'{part:g}' for part in clock)}, {name}"
            # a third of the period has a noise of about .4/sqrt(8) of itself
            error = 4 * 3.0 * 0.4 / 24**0.5 / workers**0.5
            checks.append(
                Check(
                    what,
                    3.0 * share,
                    last(run, "storming_index"),
                    error,
                    source="share of the clock",
                )
            )
    return Table(8, "Martingale", ABOUT, tuple(checks))
