"""How a function of numbers between 0 and 1 moves with each of them: Morris's effects, Sobol's shares.

Points and estimates are SALib's. Points are the same every time, and the first of many are the points of few.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stakhanov.experiments.intervals import LEVEL, Interval

Values = NDArray[np.float64]
#: Values of several measures (across) at points (down), each point a number in [0, 1] for every input.
Function = Callable[[Values], Values]

#: Places on the way from 0 to 1 that Morris's trajectories stop at.
LEVELS = 4
#: Luck of the points and of the resampling: always the same, so that runs are found again.
LUCK = 1
#: Resamples from which intervals are made.
RESAMPLES = 200
EXTRA, PACKAGE = "sensitivity", "SALib"


@dataclass(frozen=True)
class Effect:
    """What crossing the whole range of one input does, by elementary effects (Morris 1991)."""

    mean: float  # effects that go up and down cancel
    size: Interval  # mean of their sizes (Campolongo et al. 2007)
    spread: float  # standard deviation: large where the effect depends on where the others stand


@dataclass(frozen=True)
class Parts:
    """The share of the variance that one input makes: alone, and with all its interplay (Saltelli 2010)."""

    first: Interval
    total: Interval


def effects(function: Function, inputs: int, trajectories: int) -> list[list[Effect]]:
    """Elementary effects: for every measure, one an input. `trajectories` x (inputs + 1) points.

    The interval of the mean size is bootstrapped over trajectories.
    """
    from SALib.analyze import morris as analysis
    from SALib.sample import morris as sampling

    problem = _problem(inputs)
    points = sampling.sample(problem, trajectories, num_levels=LEVELS, seed=LUCK)
    values = function(points)
    found = []
    for column in np.asarray(values, np.float64).T:
        one = analysis.analyze(
            problem,
            points,
            column,
            num_levels=LEVELS,
            num_resamples=RESAMPLES,
            conf_level=LEVEL,
            seed=LUCK,
        )
        sizes = _intervals(one["mu_star"], one["mu_star_conf"])
        found.append(
            [
                Effect(float(mean), size, float(spread))
                for mean, size, spread in zip(one["mu"], sizes, one["sigma"], strict=True)
            ]
        )
    return found


def shares(function: Function, inputs: int, samples: int) -> list[list[Parts]]:
    """Shares of the variance: for every measure, one an input. `samples` x (inputs + 2) points.

    `samples` is a power of two. Intervals are bootstrapped over samples. A measure that does not move has no
    variance to share out: its parts are no numbers.
    """
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    problem = _problem(inputs)
    points = sampling.sample(problem, samples, calc_second_order=False, seed=LUCK)
    values = function(points)
    found = []
    for column in np.asarray(values, np.float64).T:
        if np.ptp(column) == 0.0:
            nothing = Interval(math.nan, math.nan, math.nan)
            found.append([Parts(nothing, nothing)] * inputs)
            continue
        one = analysis.analyze(
            problem,
            column,
            calc_second_order=False,
            num_resamples=RESAMPLES,
            conf_level=LEVEL,
            seed=LUCK,
        )
        first = _intervals(one["S1"], one["S1_conf"])
        total = _intervals(one["ST"], one["ST_conf"])
        found.append([Parts(*both) for both in zip(first, total, strict=True)])
    return found


def _problem(inputs: int) -> dict[str, Any]:
    names = [f"x{place}" for place in range(inputs)]
    return {"num_vars": inputs, "names": names, "bounds": [[0.0, 1.0]] * inputs}


def _intervals(means: Any, halves: Any) -> list[Interval]:
    return [
        Interval(float(mean), float(mean - half), float(mean + half))
        for mean, half in zip(means, halves, strict=True)
    ]
