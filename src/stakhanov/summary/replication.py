"""What is known of real reports, against what the tests find in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from stakhanov import theory
from stakhanov.evidence import Finding, inspect
from stakhanov.evidence.data_sets import (
    BONUS,
    EFFORT,
    EMERGENCY,
    FLIGHTS,
    GARMENT,
    PIECE,
    DataSet,
    effort,
    emergency,
    flights,
    garment,
)
from stakhanov.evidence.density_edge import edge_densities
from stakhanov.evidence.norm_excess import log_ratio
from stakhanov.evidence.sample import Numbers


@dataclass(frozen=True)
class Row:
    """One thing that is known of a data set: what was expected, what was found, whether it holds."""

    data: str
    what: str
    expected: str
    found: str
    holds: bool


@dataclass(frozen=True)
class Replication:
    """All rows, and the data sets that are not at hand, with the reason."""

    rows: tuple[Row, ...]
    skipped: dict[str, str]

    @property
    def holds(self) -> bool:
        """Whether nothing was lost."""
        return all(row.holds for row in self.rows)

    def plain(self) -> dict[str, Any]:
        """The rows as plain data."""
        return {
            "holds": self.holds,
            "rows": [vars(row) for row in self.rows],
            "skipped": [{"data": name, "reason": why} for name, why in self.skipped.items()],
        }


def replicate(folder: Path | None = None) -> Replication:
    """Look for what is known in every data set that ships or lies in the folder."""
    rows: list[Row] = []
    skipped: dict[str, str] = {}
    for data, known in KNOWN.items():
        place = data.find(folder)
        if place is None:
            skipped[data.name] = (
                f"{data.file} is not at hand: {data.kept_out}; --data DIR says where it is"
            )
        else:
            rows += known(place)
    return Replication(tuple(rows), skipped)


def _garment_rows(place: Path) -> Iterator[Row]:
    table = garment(place)
    found = {(one.test, one.group): one for one in inspect(table, by="group").findings}
    for hall, above, below in (("sewing", 389, 17), ("finishing", 2, 1)):
        own = table.filter(group=hall).select(f=pl.col("reported") / pl.col("norm"))["f"].round(9)
        counts = (_within(own, 1.0, 1.005), _within(own, 0.995, 1.0))
        yield _equal(
            GARMENT, f"team-days of {hall} within 0.5 % above and below", (above, below), counts
        )
    sewing = found["density-jump", "sewing"]
    yield _flagged(GARMENT, sewing, at_least=1.0)
    yield _flagged(GARMENT, found["norm-excess", "sewing"], at_least=1.0)
    yield _quiet(GARMENT, found["density-jump", "finishing"])
    yield _quiet(GARMENT, found["norm-excess", "finishing"])
    best = found["record", "sewing"]
    yield _near(GARMENT, "best report of sewing, in norms", 7.47, best.details["record"], 0.005)
    target = float(table.sort(pl.col("reported") / pl.col("norm"))["norm"][-1])
    yield _near(GARMENT, "the target behind it", 0.07, target, 1e-9)
    down = found["ratchet-down", "sewing"]
    holds = down.low > 0.0
    told = f"{down.estimate:.2f} ({down.low:.2f} to {down.high:.2f})"
    yield Row(GARMENT.name, "norms of sewing come down after a shortfall", "above 0", told, holds)


def _emergency_rows(place: Path) -> Iterator[Row]:
    table = emergency(place)
    share = table["reported"]
    counts = (_within(share, 0.95, 0.955), _within(share, 0.945, 0.95))
    yield _equal(
        EMERGENCY, "provider-months within half a point above and below 95 %", (141, 103), counts
    )
    jump = next(one for one in inspect(table).findings if one.test == "density-jump")
    told = f"{jump.estimate:.2f} ({jump.low:.2f} to {jump.high:.2f})"
    holds = jump.unusual and jump.low > 0.0 and jump.estimate < 1.0
    yield Row(EMERGENCY.name, "a modest jump at 95 %", "unusual, between 0 and 1", told, holds)
    bands = [_within(share, low, low + 0.02) for low in (0.90, 0.92, 0.96)]
    told = ", ".join(map(str, bands))
    falling = bands[0] > bands[1] > bands[2]
    yield Row(
        EMERGENCY.name, "counts fall from 90-92 to 92-94 to 96-98 %", "falling", told, falling
    )


def _flight_rows(place: Path) -> Iterator[Row]:
    found = {one.test: one for one in inspect(flights(place)).findings}
    for test in ("density-jump", "density-slope", "bunching", "norm-excess"):
        yield _quiet(FLIGHTS, found[test])


def _effort_rows(place: Path) -> Iterator[Row]:
    table = effort(place)
    points = {name: _of(table, [name]) for name in table["group"].unique()}
    bonus, piece = _of(table, BONUS), _of(table, PIECE)
    edges = edge_densities(bonus, 2000.0, (414.611276, 364.027566))
    yield _near(EFFORT, "density just below the bonus", 0.000305283, edges.left, 2e-6)
    yield _near(EFFORT, "density just above the bonus", 0.001376179, edges.right, 2e-6)
    for name, arms, ratio in (("bonus", bonus, 2.058), ("piece-rate", piece, 1.027)):
        above, below = (float(((arms >= low) & (arms < low + 50)).sum()) for low in (2000, 1950))
        what = f"log ratio of 50-point strips at 2,000, {name} arms"
        yield _near(EFFORT, what, ratio, log_ratio(above, below)[0], 5e-4)
    chosen = table.filter(pl.col("group").is_in(BONUS))
    found = {one.test: one for one in inspect(chosen).findings}
    yield _flagged(EFFORT, found["density-jump"], at_least=0.5)
    yield from _predictions(points)


def _predictions(points: dict[str, Numbers]) -> Iterator[Row]:
    """The cost of effort fitted to three treatments, and two others predicted."""
    unpaid, low, high = (
        float(points[name].mean()) for name in ("No Payment", "1c PieceRate", "10c PieceRate")
    )
    fit = theory.effort_experiment(
        unpaid, rate_low=0.01, effort_low=low, rate_high=0.10, effort_high=high
    )
    for name, rate in (("4c PieceRate", 0.04), ("Very Low Pay", 0.001)):
        seen = points[name]
        error = float(seen.std(ddof=1)) / math.sqrt(seen.size)
        predicted = float(np.asarray(theory.predicted_effort(rate, fit)))
        holds = abs(predicted - float(seen.mean())) < 2.0 * error
        expected = f"{seen.mean():.1f} +- {2 * error:.1f}"
        what = f"points at {100 * rate:g} cents, predicted from 0, 1 and 10"
        yield Row(EFFORT.name, what, expected, f"{predicted:.1f}", holds)


KNOWN: dict[DataSet, Callable[[Path], Iterator[Row]]] = {
    GARMENT: _garment_rows,
    EMERGENCY: _emergency_rows,
    FLIGHTS: _flight_rows,
    EFFORT: _effort_rows,
}


def _of(table: pl.DataFrame, arms: tuple[str, ...] | list[str]) -> Numbers:
    return table.filter(pl.col("group").is_in(arms))["reported"].to_numpy()


def _equal(data: DataSet, what: str, expected: tuple[int, ...], found: tuple[int, ...]) -> Row:
    wanted, seen = (" and ".join(map(str, counts)) for counts in (expected, found))
    return Row(data.name, what, wanted, seen, expected == found)


def _within(values: pl.Series, low: float, high: float) -> int:
    """How many values lie from one edge up to the other."""
    return values.filter((values >= low) & (values < high)).len()


def _near(data: DataSet, what: str, expected: float, found: float, share: float) -> Row:
    """A published number, met within a share of it."""
    holds = abs(found - expected) <= share * abs(expected)
    return Row(data.name, what, f"{expected:.6g}", f"{found:.6g}", holds)


def _told(finding: Finding) -> str:
    said = f"{finding.estimate:.2f} ({finding.low:.2f} to {finding.high:.2f})"
    return f"{said}, {'unusual' if finding.unusual else 'not unusual'}"


def _flagged(data: DataSet, finding: Finding, *, at_least: float) -> Row:
    holds = finding.unusual and finding.low > at_least
    expected = f"unusual, above {at_least:g}"
    return Row(data.name, _named(finding), expected, _told(finding), holds)


def _quiet(data: DataSet, finding: Finding) -> Row:
    return Row(data.name, _named(finding), "not unusual", _told(finding), not finding.unusual)


def _named(finding: Finding) -> str:
    return finding.test if finding.group == "all" else f"{finding.test}, {finding.group}"
