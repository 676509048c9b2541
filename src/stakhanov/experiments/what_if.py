"""What if a rule were another one: what calibrated people would do, as sure as the reports make it.

The same traits are not known to be those of the people: others within their errors would have made such reports
as well. So traits are drawn from their errors, each draw with luck of its own, and lives under both rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.special import stdtrit

from stakhanov.experiments.addresses import chapters
from stakhanov.experiments.calibrate import Calibration
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.reading import Reading, readings
from stakhanov.experiments.trial import Trial
from stakhanov.experiments.unknowns import placed
from stakhanov.foundation.problem import BadInput, Problem

DRAWS = 16
MEASURES = (
    "true_output",
    "reported_output",
    "padded_share",
    "below_norm_share",
    "pay_mean",
    "strain_mean",
    "quit_rate",
)
LEVEL = 0.95


@dataclass(frozen=True)
class Effect:
    """A measure under the rules as they are, and what changes: mean over draws, and where 95 % of draws lie."""

    reading: Reading
    present: float
    change: float
    low: float
    high: float


def what_if(
    found: Calibration,
    changes: Mapping[str, Any],
    room: Laboratory,
    *,
    measures: Sequence[str] = MEASURES,
    draws: int = DRAWS,
    seed: int = 1,
) -> list[Effect]:
    """What other rules would change, by measure. `changes`: rules by address. Raises BadInput."""
    rules, _ = chapters()
    problems = [
        Problem(address, "must be a rule of the campaign", "none", "people are what was calibrated")
        for address in changes
        if address.partition(".")[0] not in rules
    ]
    if draws < 2:
        problems.append(Problem("draws", "must be at least 2", str(draws)))
    if problems:
        raise BadInput(problems)
    what = readings(measures)
    base = replace(found.base, sample=0)
    points = _drawn(found, draws, seed)
    pairs = [
        (base.design(at), base.design({**at, **changes}))
        for at in (placed([one.unknown for one in found.estimates], point) for point in points)
    ]
    trials = [
        Trial(design, seed + 1 + number) for number, pair in enumerate(pairs) for design in pair
    ]
    outcomes = room.run(trials)
    effects = []
    for one in what:
        read = [one.of(o, t.design.campaign) for t, o in zip(trials, outcomes, strict=True)]
        effects.append(_effect(one, np.array(read).reshape(-1, 2)))
    return effects


def _effect(reading: Reading, read: np.ndarray[Any, np.dtype[np.float64]]) -> Effect:
    change = read[:, 1] - read[:, 0]
    mean = float(change.mean())
    half = float(stdtrit(len(change) - 1, 0.5 + LEVEL / 2.0)) * float(change.std(ddof=1))
    return Effect(reading, float(read[:, 0].mean()), mean, mean - half, mean + half)


def _drawn(found: Calibration, draws: int, seed: int) -> list[list[float]]:
    """Points drawn from the errors of the estimates; those at an end of their range stay there."""
    luck = np.random.Generator(np.random.Philox(seed))
    values, vectors = np.linalg.eigh(found.covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    score = luck.standard_normal((draws, len(found.point))) @ root.T
    points: list[list[float]] = np.clip(found.point + score, 0.0, 1.0).tolist()
    return points
