"""Row 16: honest workforces raise flags as often as is said, and no more."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
import polars as pl

from stakhanov.evidence import inspect
from stakhanov.evidence.finding import Finding
from stakhanov.evidence.late_norms import late_norms
from stakhanov.evidence.sample import Sample
from stakhanov.evidence.simulated import Truth, simulated
from validation.tables import Check, Table

ABOUT = (
    "Honest workforces of 40 workers over 59 days: smooth fulfilment, norms that wander by themselves, "
    "output counted in whole pieces. For every test the rate of false alarms of 5 % or less must be 5 "
    "%, and that of 1 % or less 1 %, within four standard errors or below; a table in which anything at "
    "all is called unusual must be one in twenty at the most, since nothing is there to be found. Own norms: "
    "norms in whole pieces that take over .3 of an excess and .1 of a shortfall of the worker's own last "
    "report, and know nothing of the next."
)
WORKERS, DAYS, PIECES = 40, 59, 1000
OWN = "late-norms, own norms"


def table(fast: bool) -> Table:
    """Rates of false alarms, by test and of whole tables."""
    tables = 20 if fast else 1000
    rates, flagged = alarms(tables)
    checks = [
        Check(
            f"{test}: false alarms of {level:.0%} or less",
            level,
            float(np.mean(np.array(found) <= level)),
            4 * math.sqrt(level * (1 - level) / len(found)),
            kind="at most",
            source=f"{len(found)} tables",
        )
        for test, found in sorted(rates.items())
        for level in (0.05, 0.01)
    ]
    error = math.sqrt(0.05 * 0.95 / tables)
    whole = Check(
        "tables in which anything is unusual",
        0.05,
        flagged / tables,
        4 * error,
        kind="at most",
        source=f"{tables} tables",
    )
    return Table(16, "Honest reports", ABOUT, (*checks, whole))


def alarms(tables: int) -> tuple[dict[str, list[float]], int]:
    """Rates of false alarms by test, and how many tables had anything unusual."""
    rates: dict[str, list[float]] = defaultdict(list)
    flagged = 0
    for seed in range(tables):
        found = inspect(honest(seed), seed=seed)
        flagged += bool(found.unusual)
        for one in found.findings:
            rates[one.test].append(one.false_alarm)
        rates[OWN] += own_norms(seed)
    return rates, flagged


def own_norms(seed: int) -> list[float]:
    """The rate of late-norms where norms follow each worker's own reports, and nothing else."""
    truth = Truth(up=0.3, down=0.1)
    reports = simulated(truth, workers=WORKERS, periods=DAYS, seed=seed)
    sample = Sample(
        group="all",
        worker=reports["worker"].to_numpy(),
        series=reports["worker"].to_numpy(),
        period=reports["period"].to_numpy(),
        norm=np.round(PIECES * reports["norm"].to_numpy()),
        reported=np.floor(PIECES * reports["reported"].to_numpy()),
        shifts=np.ones(reports.height),
        dated=False,
        seed=seed,
    )
    return [one.false_alarm for one in late_norms(sample) if isinstance(one, Finding)]


def honest(seed: int) -> pl.DataFrame:
    """A workforce that reports what it made, in whole pieces, by day."""
    truth = Truth(norm_noise=0.01, storming=1e-12)
    reports = simulated(truth, workers=WORKERS, periods=DAYS, seed=seed)
    pieces = (PIECES * pl.col("reported")).floor()
    return reports.select("worker", "period", norm=PIECES * pl.col("norm"), reported=pieces)
