"""Row 9: padding in the engine."""

from __future__ import annotations

import numpy as np

from stakhanov import theory
from stakhanov.engine.kernels.padding import gain_from_bonus, net_risk, padding_limit
from validation.tables import Check, Table
from validation.trials import trial

ABOUT = (
    "A shortfall is padded up to s*; nothing is reported between the norm less s* and the norm. The rule "
    "alone against the closed form, then a workforce of equals whose padding is not foreseen."
)


def table(fast: bool) -> Table:
    """The limit, and an empty interval below the norm."""
    gain = gain_from_bonus(np.float64(10.0), 0.2, 5.0, 0.0)
    found = float(padding_limit(gain, net_risk(0.2, 2.0, 0.0), np.float64(0.1), 1e9))
    closed = float(theory.padding(bonus=10.0, audit=0.2, fine=2.0, lying_cost=0.1, fixed_fine=5.0))
    run = trial(
        {"pay.bonus": [{"at": 1.0, "amount": 20_000}], "norms.start": 1.2},
        {"honesty.lying_cost": 0.05, "honesty.foresight": False},
        workers=20_000 if fast else 100_000,
    )
    value, days = 0.22, 2.0
    risk = 0.2 * 1.5 - 0.8 * value / 1.2
    limit = float(
        padding_limit(np.float64(0.8 * days * value), np.float64(risk), np.float64(0.05), 1e9)
    )
    short = 25.0 * (1.2 - run.reports["reported"].to_numpy())
    true_short = 25.0 * (1.2 - run.reports["true"].to_numpy())
    inside = float(np.count_nonzero((short > 0.02) & (short < limit - 0.02)))
    could = float(np.count_nonzero((true_short > 0.0) & (true_short <= limit)))
    lifted = float(np.count_nonzero((true_short > 0.0) & (np.abs(short) < 1e-6)))
    return Table(
        9,
        "Padding",
        ABOUT,
        (
            Check("limit of the rule", 8.489996, found, 1e-6, source="printed value"),
            Check("limit of the rule", closed, found, 1e-9, source="closed form"),
            Check("reports between norm - s* and the norm", 0.0, inside, 0.0, source="theory"),
            Check(
                "reports lifted to the norm",
                could,
                lifted,
                0.02 * could + 1.0,
                source="true outputs",
            ),
        ),
    )
