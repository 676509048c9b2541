"""Row 9: padding in the engine."""

from __future__ import annotations

import numpy as np

from stakhanov import theory
from stakhanov.engine.kernels.padding import gain_from_bonus, net_risk, padding_limit
from validation.tables import Check, Table
from validation.trials import TIME_WAGE, last, outputs, trial

ABOUT = (
    "A shortfall is padded up to s*; nothing is reported between the norm less s* and the norm. The rule "
    "alone against the closed form. Then the printed example in the engine: true output is normal with "
    "mean 95 and deviation 20 of a norm of 100 (cost so high that no bonus moves it), a bonus of 10 "
    "utils, audits of a fifth, fines of 2 a unit and 5 for being caught, lying cost .1. Last, a workforce "
    "of equals under a piece rate whose padding is not foreseen, where the rate counts for the padded "
    "units too."
)


def table(fast: bool) -> Table:
    """The limit, and an empty interval below the norm."""
    checks = (*rule(), *printed_example(fast), *under_a_piece_rate(fast))
    return Table(9, "Padding", ABOUT, checks)


def rule() -> list[Check]:
    """The rule of the kernel at the printed example."""
    gain = gain_from_bonus(np.float64(10.0), 0.8, 0.2, 5.0, 0.0)
    found = float(padding_limit(gain, net_risk(0.2, 0.8, 2.0, 0.0), np.float64(0.1), 1e9))
    closed = float(theory.padding(bonus=10.0, audit=0.2, fine=2.0, lying_cost=0.1, fixed_fine=5.0))
    return [
        Check("limit of the rule", 8.489996, found, 1e-6, source="printed value"),
        Check("limit of the rule", closed, found, 1e-9, source="closed form"),
    ]


def printed_example(fast: bool) -> list[Check]:
    """Its units are hundredths of the period's norm: 25 shifts make one unit a quarter of a norm-unit."""
    workers, unit = 50_000 if fast else 400_000, 0.25
    rules = {
        **TIME_WAGE,
        "pay.bonus": [{"at": 1.0, "amount": round(10.0 / 0.22 * 10_000)}],
        "audits.probability": 0.2,
        "audits.fine": 2.0 / unit,
        "audits.fixed_fine": 5.0,
    }
    people = {"effort.cost": 1e4, "effort.drive": 0.95e4, "effort.noise": 1.0}
    people |= {"honesty.lying_cost": 0.1 / unit**2, "honesty.foresight": False}
    run = trial(rules, people, workers=workers)
    true, reported = 100.0 * outputs(run), 100.0 * outputs(run, "reported")
    moved = (true < 100.0 - 2e-3) & (reported >= 100.0)  # reports go in steps of .004
    error = 4.0 * (0.16797 * 0.83203 / workers) ** 0.5
    caught = 4.0 * (0.2 * 0.8 / (0.168 * workers)) ** 0.5
    largest = float((100.0 - true[moved]).max())
    inside = float(np.sum((reported > 100.0 - 8.489) & (reported < 100.0 - 2e-3)))
    return [
        Check("engine: share moved to the norm", 0.167970, float(moved.mean()), error, source="printed value"),
        Check("engine: largest shortfall padded", 8.489996, largest, 0.01, source="printed value"),
        Check("engine: reports in (100 - s*, 100)", 0.0, inside, source="theory"),
        Check("engine: share of the padded caught", 0.2, last(run, "audited_caught_share"), caught,
              source="audits"),
    ]  # fmt: skip


def under_a_piece_rate(fast: bool) -> list[Check]:
    """Equals with a norm of 1.2, a bonus of two days and a piece rate on what is padded."""
    run = trial(
        {"pay.bonus": [{"at": 1.0, "amount": 20_000}], "norms.start": 1.2},
        {"honesty.lying_cost": 0.05, "honesty.foresight": False},
        workers=20_000 if fast else 100_000,
    )
    value, days = 0.22, 2.0
    limit = float(
        theory.padding(days * value, 0.2, 1.5, lying_cost=0.05, rate=value / 1.2, cap=15.0)
    )
    short = 25.0 * (1.2 - outputs(run, "reported"))
    true_short = 25.0 * (1.2 - outputs(run))
    inside = float(np.count_nonzero((short > 0.02) & (short < limit - 0.02)))
    could = float(np.count_nonzero((true_short > 0.0) & (true_short <= limit)))
    lifted = float(np.count_nonzero((true_short > 0.0) & (np.abs(short) < 1e-6)))
    return [
        Check("reports between norm - s* and the norm", 0.0, inside, source="theory"),
        Check("reports lifted to the norm", could, lifted, 0.02 * could + 1.0, source="true outputs"),
    ]  # fmt: skip
