"""Row 15: what is put into simulated reports is found again, inside the intervals."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.integrate import quad
from scipy.stats import norm

from stakhanov.evidence import inspect
from stakhanov.evidence.simulated import Truth, simulated
from validation.tables import Check, Table

ABOUT = (
    "Reports are drawn from a workforce with a known jump and bend of the density at the norm, known "
    "padding and a known ratchet; the tests know nothing of it. The share of 95 % intervals that hold "
    "the truth must be 95 %, within four standard errors of a share of so many tables. Tables have few "
    "workers with many reports or many with few."
)


@dataclass(frozen=True)
class World:
    """A workforce and what must be found in it: the test and the truth."""

    said: str
    truth: Truth
    workers: int
    periods: int
    expected: dict[str, float]


#: A norm that moves by itself, too, so that the ratchet has something to be told from.
WORLDS = (
    World(
        "30 workers, 60 periods",
        Truth(jump=0.8, bend=-2.0, up=0.3, down=0.1, norm_noise=0.02),
        30,
        60,
        {"density-jump": 0.8, "density-slope": -2.0, "ratchet-up": 0.3, "ratchet-down": 0.1},
    ),
    World(
        "300 workers, 8 periods",
        Truth(jump=0.4, bend=3.0, up=0.2, down=0.3, norm_noise=0.03),
        300,
        8,
        {"density-jump": 0.4, "density-slope": 3.0, "ratchet-up": 0.2, "ratchet-down": 0.3},
    ),
)
PADDED = 0.02


def table(fast: bool) -> Table:
    """Shares of intervals that hold the truth."""
    tables = 25 if fast else 400
    checks = []
    for world in WORLDS:
        for test, inside in held(world, tables).items():
            what = f"{test} of {world.expected[test]:g}: intervals that hold it, {world.said}"
            checks.append(coverage(what, inside))
    checks.append(
        coverage("share padded: intervals of bunching that hold it, 400 workers", padded(tables))
    )
    return Table(15, "Recovery from reports", ABOUT, tuple(checks))


def held(world: World, tables: int) -> dict[str, list[bool]]:
    """For every test, whether each table's interval holds the truth."""
    found = defaultdict(list)
    for seed in range(tables):
        reports = simulated(world.truth, workers=world.workers, periods=world.periods, seed=seed)
        for one in inspect(reports, seed=seed, tables=9).findings:
            if one.test in world.expected:
                found[one.test].append(one.low <= world.expected[one.test] <= one.high)
    return found


def share_padded(truth: Truth) -> float:
    """The share of reports short by no more than is padded, over the whole population."""

    def of(score: float) -> float:
        centre = truth.centre * math.exp(truth.spread * score)
        edges = ((1.0 - truth.padded - centre) / truth.noise, (1.0 - centre) / truth.noise)
        return float(norm.pdf(score) * (norm.cdf(edges[1]) - norm.cdf(edges[0])))

    return float(quad(of, -8.0, 8.0)[0])


def padded(tables: int) -> list[bool]:
    """Whether the interval of the excess at the norm holds the share that is padded."""
    found = []
    truth = share_padded(Truth(padded=PADDED))
    for seed in range(tables):
        reports = simulated(Truth(padded=PADDED), workers=400, periods=4, seed=seed)
        one = next(
            one for one in inspect(reports, seed=seed, tables=9).findings if one.test == "bunching"
        )
        found.append(one.low <= truth <= one.high)
    return found


def coverage(what: str, inside: list[bool]) -> Check:
    """A share that must be 95 %, within four standard errors."""
    error = math.sqrt(0.95 * 0.05 / len(inside))
    return Check(what, 0.95, float(np.mean(inside)), 4 * error, source=f"{len(inside)} tables")
