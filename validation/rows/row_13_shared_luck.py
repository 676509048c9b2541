"""Row 13: what shared luck saves."""

from __future__ import annotations

import numpy as np

from validation.tables import Check, Table
from validation.trials import trial

ABOUT = (
    "The difference that a piece rate of .24 instead of .22 makes to true output over three periods, with "
    "the same seeds and with others: the variance must fall at least tenfold. Equal campaigns differ by 0."
)


def table(fast: bool) -> Table:
    """Ratio of variances over seeds."""
    seeds = 12 if fast else 40

    def output(value: float, seed: int) -> float:
        run = trial(people={"money.value": value}, workers=300, periods=3, seed=seed, still=False)
        return float(run.measures["true_output"]["value"])

    low = np.array([output(0.22, seed) for seed in range(1, seeds + 1)])
    high = np.array([output(0.24, seed) for seed in range(1, seeds + 1)])
    others = np.array([output(0.24, seed) for seed in range(1001, 1001 + seeds)])
    ratio = float(np.var(others - low, ddof=1) / np.var(high - low, ddof=1))
    return Table(
        13,
        "Shared luck",
        ABOUT,
        (
            Check(
                "variance, other seeds over the same", 10.0, ratio, kind="at least", source="aim"
            ),
            Check("equal campaigns", 0.0, output(0.22, 5) - float(low[4]), source="same inputs"),
        ),
    )
