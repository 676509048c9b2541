"""Row 13: what shared luck saves."""

from __future__ import annotations

from typing import Any

import numpy as np

from validation.tables import Check, Table
from validation.trials import own_norms, trial

ABOUT = (
    "The difference that a change of the rules or of the people makes over three periods, with the same "
    "seeds and with others: its variance over forty seeds must fall at least tenfold. 300 workers of the "
    "whole model. Equal campaigns differ by 0."
)
UNLIKE = (
    "what is left is no luck of the draw but the people: a norm of one's own costs the able and the slow "
    "different amounts, so that the effect itself differs from one workforce of 300 to the next"
)
BONUS: dict[str, Any] = {"pay.bonus": [{"at": 1.0, "amount": 2273}]}
LOUD: dict[str, Any] = {
    "publicity.intensity": 1.0,
    "publicity.spread": {"innovation": 5.0, "imitation": 0.0},
}
Side = tuple[dict[str, Any], dict[str, Any]]  # rules, people
CONTRASTS: dict[str, tuple[str, Side, Side]] = {
    "piece rate .24 for .22": ("true_output", ({}, {"money.value": 0.22}), ({}, {"money.value": 0.24})),
    "bonus for none": ("true_output", ({}, {}), (BONUS, {})),
    "publicity for none": ("true_output", ({}, {}), (LOUD, {})),
    "audits of .4 for .2": ("true_output", (BONUS, {}), ({**BONUS, "audits.probability": 0.4}, {})),
    "bonus or none": ("quit_rate", ({}, {}), (BONUS, {})),
    "publicity or none": ("quit_rate", ({}, {}), (LOUD, {})),
    "own norms that follow for fixed ones": (
        "true_output", (own_norms(0.0, 0.0), {}), (own_norms(0.3, 0.1), {})
    ),
}  # fmt: skip
FEW = ("piece rate .24 for .22", "publicity for none")


def table(fast: bool) -> Table:
    """Ratios of variances over seeds, for several contrasts and measures."""
    checks = []
    for name in FEW if fast else CONTRASTS:
        measure, low, high = CONTRASTS[name]
        found = saving(measure, low, high, 12 if fast else 40)
        known = UNLIKE if name.startswith("own") else ""
        what = f"{name}: variance of {measure}, other seeds over the same"
        checks.append(
            Check(what, 10.0, found, kind="at least", source="aim", known=known, known_within=4.0)
        )
    plain: Side = ({}, {})
    same = value("true_output", plain, 5) - value("true_output", plain, 5)
    checks.append(Check("equal campaigns", 0.0, same, source="same inputs"))
    return Table(13, "Shared luck", ABOUT, tuple(checks))


def value(measure: str, side: Side, seed: int) -> float:
    """A measure of one small run."""
    run = trial(*side, workers=300, periods=3, seed=seed, still=False)
    return float(run.measures[measure]["value"])


def saving(measure: str, low: Side, high: Side, seeds: int) -> float:
    """Variance of the difference with other seeds, over that with the same."""
    first = np.array([value(measure, low, seed) for seed in range(1, seeds + 1)])
    second = np.array([value(measure, high, seed) for seed in range(1, seeds + 1)])
    others = np.array([value(measure, high, seed) for seed in range(1001, 1001 + seeds)])
    return float(np.var(others - first, ddof=1) / np.var(second - first, ddof=1))
