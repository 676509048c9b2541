"""Row 17: calibration finds the traits that simulated reports were made with, inside its intervals."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import stakhanov as sk
from stakhanov.experiments.calibrate import Calibration, Estimate, calibrate
from stakhanov.experiments.executors.inline import Inline
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.store.nowhere import Nowhere
from validation.tables import Check, Table

ABOUT = (
    "Reports are made by the engine with known traits, each table with luck of its own; the calibration "
    "knows the rules and nothing of the traits, and simulates with other luck. The share of 95 % intervals "
    "that hold the truth must be 95 %, within four standard errors of a share of so many tables. The mean "
    "of the estimates must be the truth, within four of the errors that were told and 5 % of the truth, for "
    "the model bends. Where a trait cannot be told, that must be said: two that stand for each other are named "
    "together."
)


@dataclass(frozen=True)
class World:
    """Rules, true traits, the ranges in which they are sought, and the size of the tables."""

    said: str
    rules: dict[str, Any]
    truth: dict[str, float]
    free: dict[str, tuple[float, float]]
    workers: int
    periods: int
    people: dict[str, Any] = field(default_factory=dict)


BONUS: dict[str, Any] = {
    "plan.shifts_per_period": 5,
    "pay.bonus": [{"at": 1.0, "amount": 1500}],
    "norms.start": 1.2,
}
WORLDS = (
    World(
        "a time wage, 200 workers, 3 periods",
        {"plan.shifts_per_period": 5, "pay.piece_share": 0.0},
        {"effort.drive": 0.9, "effort.noise": 0.4},
        {"effort.drive": (0.4, 2.0), "effort.noise": (0.05, 1.5)},
        200,
        3,
    ),
    World(
        "honest reports, 600 workers, 4 periods",
        BONUS,
        {"effort.drive": 0.9, "ability.log_sd": 0.2, "effort.noise": 0.3, "money.value": 0.25},
        {
            "effort.drive": (0.3, 3.0),
            "ability.log_sd": (0.0, 0.8),
            "effort.noise": (0.05, 1.0),
            "money.value": (0.0, 1.0),
        },
        600,
        4,
        {"honesty.lying_cost": "inf"},
    ),
    World(
        "padded reports, 1,000 workers, 3 periods",
        BONUS | {"audits.probability": 0.1},
        {"effort.drive": 1.1, "effort.noise": 0.4, "honesty.lying_cost": 2.0},
        {
            "effort.drive": (0.3, 3.0),
            "effort.noise": (0.05, 1.0),
            "honesty.lying_cost": (0.05, 50.0),
        },
        1000,
        3,
    ),
)
#: Drive and cost of effort: only their quotient moves output under a time wage.
TWINS = {"effort.drive": (0.5, 2.0), "effort.cost": (0.5, 2.0)}
PEOPLE = "heavy-machine-building"


def table(fast: bool) -> Table:
    """Shares of intervals that hold the truth, means of estimates, and traits that cannot be told apart."""
    tables = 2 if fast else 24
    checks = []
    for world in WORLDS[:1] if fast else WORLDS:
        found = estimates(world, tables)
        for address, truth in world.truth.items():
            inside = [one.low <= truth <= one.high for one in found[address]]
            checks.append(coverage(f"{address}: intervals that hold it, {world.said}", inside))
            checks.append(centre(f"{address}: mean estimate, {world.said}", truth, found[address]))
    checks.append(named_together())
    return Table(17, "Calibration", ABOUT, tuple(checks))


def reports_of(world: World, seed: int) -> Any:
    """A table that was made with the world's truth."""
    campaign = sk.load("plain-piece-rate").with_(world.rules)
    people = sk.load_workforce(PEOPLE).with_(world.people | world.truth)
    run = sk.simulate(
        campaign, people, workers=world.workers, periods=world.periods, seed=seed, sample="all"
    )
    return run.reports.drop("true", "pay", "price")


def found_in(world: World, seed: int) -> Calibration:
    """The calibration of one table, with luck of its own."""
    return calibrate(
        sk.load("plain-piece-rate").with_(world.rules),
        reports_of(world, 1_000 + seed),
        world.free,
        sk.load_workforce(PEOPLE).with_(world.people),
        seed=seed,
        workers=4 * world.workers,
        laboratory=Laboratory(Nowhere(), Inline()),
    )


def estimates(world: World, tables: int) -> dict[str, list[Estimate]]:
    """Every trait's estimates, one a table."""
    found = defaultdict(list)
    for seed in range(1, tables + 1):
        for one in found_in(world, seed).estimates:
            found[one.unknown.address].append(one)
    return found


def named_together() -> Check:
    """Whether two traits that stand for each other are named together."""
    world = World("", {"pay.piece_share": 0.0}, {}, TWINS, 300, 4, {"effort.noise": 0.4})
    found = found_in(world, 1)
    said = ("effort.drive", "effort.cost") in found.entangled
    return Check("drive and cost of effort under a time wage are named together", 1.0, float(said))


def coverage(what: str, inside: list[bool]) -> Check:
    """A share that must be 95 %, within four standard errors."""
    error = math.sqrt(0.95 * 0.05 / len(inside))
    return Check(what, 0.95, float(np.mean(inside)), 4 * error, source=f"{len(inside)} tables")


def centre(what: str, truth: float, found: list[Estimate]) -> Check:
    """A mean that must be the truth, as nearly as the estimates say."""
    error = float(np.mean([one.error for one in found])) / math.sqrt(len(found))
    mean = float(np.mean([one.value for one in found]))
    return Check(what, truth, mean, 4 * error + 0.05 * truth)
