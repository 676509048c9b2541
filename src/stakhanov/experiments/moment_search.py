"""The search for the point at which simulated moments come closest to those of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares
from scipy.stats import qmc

from stakhanov.evidence.moments import NAMES, Moments
from stakhanov.experiments.simulated_moments import Numbers, SimulatedMoments
from stakhanov.experiments.unknowns import Unknown
from stakhanov.foundation.problem import BadInput, Problem

#: Points looked at before the descent, for every unknown; and how many of the best are descended from.
POINTS, STARTS = 8, 2
#: Half the step over which slopes are taken, as a share of a range.
STEP = 0.02
#: The search rests when a step, or what it gains, is smaller than this.
REST = 1e-3
#: Steps of a descent at most.
STEPS = 25
#: An end of a range is met if the point is as close to it as this.
AT_THE_END = 0.01


@dataclass(frozen=True)
class Found:
    """The closest point, as shares of the ranges; which ends it met; whether the search came to rest."""

    point: Numbers
    met: tuple[str, ...]
    settled: bool


def choose_moments(simulated: SimulatedMoments, data: Moments) -> list[int]:
    """The places of the moments that both the table and a run can tell.

    Raises BadInput where an unknown moves none of them from one end of its range to the other, or where there
    are fewer moments than unknowns.
    """
    unknowns = simulated.unknowns
    chosen = _told_by_both(simulated, data)
    problems = [
        Problem(
            one.address,
            "must move a moment of the reports",
            f"none moved from {one.low:g} to {one.high:g}",
            "under these rules nothing in the table can tell it",
        )
        for one in idle(simulated, data)
    ]
    if len(chosen) < len(unknowns):
        told = ", ".join(NAMES[place] for place in chosen) or "none"
        must = f"must be no more than the {len(chosen)} moments that the table tells ({told})"
        problems.append(Problem("free", must, f"{len(unknowns)} traits"))
    if problems:
        raise BadInput(problems)
    return chosen


def idle(simulated: SimulatedMoments, data: Moments) -> list[Unknown]:
    """The unknowns that move no moment from one end of their range to the other. Raises BadInput."""
    values = simulated.values(_ends(simulated), _told_by_both(simulated, data))
    return [
        one
        for place, one in enumerate(simulated.unknowns)
        if np.ptp(values[[0, 1 + 2 * place, 2 + 2 * place]], axis=0).max() < 1e-9
    ]


def _told_by_both(simulated: SimulatedMoments, data: Moments) -> list[int]:
    looked_at = [one for one in simulated.at(_ends(simulated)) if one is not None]
    if not looked_at:
        _refuse(simulated)
    known = np.isfinite(data.values) & (np.diag(np.nan_to_num(data.covariance)) > 1e-18)
    known &= np.isfinite(looked_at[0].values)
    chosen: list[int] = np.flatnonzero(known).tolist()
    return chosen


def search(simulated: SimulatedMoments, data: Moments, chosen: list[int], root: Numbers) -> Found:
    """Look at points all over the ranges, and descend from the best of them by Gauss and Newton."""

    def misfits(points: Sequence[Numbers]) -> Numbers:
        found: Numbers = (simulated.values(points, chosen) - data.values[chosen]) * root
        return found

    def misfit(point: Numbers) -> Numbers:
        found: Numbers = misfits([point])[0]
        return found

    def slopes(point: Numbers) -> Numbers:
        return root[:, None] * slopes_at(simulated, point, chosen, np.full(size, STEP))

    size = len(simulated.unknowns)
    over = qmc.LatinHypercube(size, rng=np.random.default_rng(simulated.seed))
    points = [*_ends(simulated), *over.random(POINTS * size)]
    order = np.argsort(np.sum(misfits(points) ** 2, axis=1))
    if simulated.at([points[order[0]]])[0] is None:
        _refuse(simulated)
    best = min(
        (
            least_squares(
                misfit,
                np.clip(points[place], 0.02, 0.98),
                slopes,
                bounds=(0.0, 1.0),
                xtol=REST,
                ftol=REST,
                max_nfev=STEPS,
            )
            for place in order[:STARTS]
        ),
        key=lambda one: float(one.cost),
    )
    met = tuple(
        "low" if share < AT_THE_END else "high" if share > 1.0 - AT_THE_END else ""
        for share in best.x.tolist()
    )
    ends = {"low": 0.0, "high": 1.0}
    point = np.array([ends.get(end, share) for end, share in zip(met, best.x, strict=True)])
    return Found(point, met, settled=best.status > 0)


def _refuse(simulated: SimulatedMoments) -> None:
    """No point could be looked at. Raises BadInput."""
    must = "must hold a point whose runs tell something"
    told = [] if simulated.refusal is None else simulated.refusal.problems
    raise BadInput([Problem("free", must, f"none among {simulated.runs}"), *told])


def slopes_at(
    simulated: SimulatedMoments, point: Numbers, chosen: list[int], steps: Numbers
) -> Numbers:
    """Slopes of chosen moments (down) over a whole range of each unknown (across).

    Within the ranges, and to one side where the engine refuses to run the other.
    """
    sides = [_moved(point, place, by) for place, step in enumerate(steps) for by in (-step, step)]
    here = simulated.at([point])[0]
    sides = [
        point if here is not None and one is None else side
        for side, one in zip(sides, simulated.at(sides), strict=True)
    ]
    values = simulated.values(sides, chosen)
    width = np.array([sides[2 * k + 1][k] - sides[2 * k][k] for k in range(point.size)])
    found: Numbers = ((values[1::2] - values[::2]) / np.where(width > 0.0, width, 1.0)[:, None]).T
    return found


def _moved(point: Numbers, place: int, by: float) -> Numbers:
    moved = point.copy()
    moved[place] = min(max(point[place] + by, 0.0), 1.0)
    return moved


def _ends(simulated: SimulatedMoments) -> list[Numbers]:
    """Where the workforce stands, and both ends of every range with the others as they are."""
    present = np.array([one.share(one.present) for one in simulated.unknowns])
    points = [present]
    for place in range(present.size):
        for end in (0.0, 1.0):
            moved = present.copy()
            moved[place] = end
            points.append(moved)
    return points
