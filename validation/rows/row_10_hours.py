"""Row 10: the hours wall."""

from __future__ import annotations

import math

import numpy as np

from stakhanov import theory
from validation.tables import Check, Table, relative
from validation.trials import TIME_WAGE, last, trial

ABOUT = (
    "Munition workers of Pencavel (2015): output proportional to hours up to 49 a week, nothing gained "
    "beyond 63. The strain form is the steady state of the rule by which strain builds up from one shift "
    "to the next; it is followed here for two thousand shifts, and in the engine, with people on a time "
    "wage whose day is so much longer than 49/7 hours, until strain has settled."
)
EXPECTED = {49.0: 49.0, 56.0: 54.30, 63.0: 56.01, 70.0: 54.64}


def table(fast: bool) -> Table:
    """Output of the strain form against its numbers, the fitted curve and the rule itself."""
    del fast
    checks = []
    for hours, expected in EXPECTED.items():
        found = float(np.asarray(theory.hours_wall(hours)))
        fitted = float(np.asarray(theory.pencavel_output(hours)))
        name = f"output of {hours:g} hours"
        checks += [
            Check(name, expected, found, 0.006, source="printed value"),
            Check(name, steady_output(hours), found, 1e-9, source="strain, shift by shift"),
            Check("engine: " + name, found, engine_output(hours), 0.002, source="strain form"),
            relative(name, fitted, found, 0.02, source="curve fitted to the munition workers"),
        ]
    peak = float(np.asarray(theory.hours_peak()))
    checks.append(Check("hours with the most output", 63.0, peak, 0.1, source="fitted curve"))
    return Table(10, "The hours wall", ABOUT, tuple(checks))


def engine_output(hours: float) -> float:
    """Output of the engine's last of thirty periods, in hours of unstrained work."""
    run = trial(
        {**TIME_WAGE, "plan.hours": hours / 49.0},
        {"strain.growth": 1.53, "strain.sustainable": 1.0, "effort.noise": 0.001},
        workers=500,
        periods=30,
    )
    return 49.0 * last(run, "true_output")


def steady_output(hours: float) -> float:
    """Output after two thousand shifts of the strain rule at a constant length of the week."""
    effort, strain, fade = hours / 49.0, 0.0, math.exp(-1.0 / 60.0)
    for _ in range(2000):
        strain = strain * fade + 1.53 * (1.0 - fade) * max(effort - 1.0, 0.0) ** 2
    return hours / (1.0 + strain)
