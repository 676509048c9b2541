"""Locked series: what a few campaigns gave when somebody last looked at them and accepted it.

Results are the same to the bit on one type of processor only. What rounding may do elsewhere is a few units
in the last place of single precision, and a worker in ten thousand flung across a mark; what a changed rule
does is more. The tolerances lie between: about ten times what the reference twins in single and in double
precision differ by from the compiled code in these very runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

import stakhanov as sk

SERIES = Path(__file__).parent / "series"

#: Share of a quantity's own size that rounding may move it by, and the least that is looked at.
RELATIVE, LEAST = 5e-5, 2e-6
#: Workers that rounding may fling across a mark in a period, for shares and rates.
FLUNG = 3
COUNTED = (
    "below_norm_share",
    "at_norm_share",
    "stakhanovite_share",
    "quit_rate",
    "accident_rate",
)
#: One who pads or does not moves the padded share by what one pads, some hundredths of a norm.
PADDED, PAD = "padded_share", 0.03
#: One of the few padded reports found out or not is a large share of them.
OF_FEW = "audited_caught_share"
#: Percentiles are told to a fiftieth of a bin, a bin being one per cent of the reference pay or of a norm-unit.
PERCENTILES = ("pay_p10", "pay_p90", "output_p10", "output_p50", "output_p90")


@dataclass(frozen=True)
class Arm:
    """One campaign at one size."""

    campaign: str
    workforce: str
    workers: int
    periods: int

    @property
    def file(self) -> Path:
        """Where its series is kept."""
        return SERIES / f"{self.campaign}.csv"


ARMS = (
    Arm("stakhanovite-1935", "soviet-industry", 4000, 48),
    Arm("metro-1933", "metro-brigades", 4000, 12),
    Arm("plain-piece-rate", "soviet-industry", 4000, 14),
    Arm("norm-revision-1939", "heavy-machine-building", 4000, 18),
)


def run_of(
    arm: Arm, rules: dict[str, Any] | None = None, people: dict[str, Any] | None = None
) -> pl.DataFrame:
    """Everybody's series, one row a period; with some rules or traits told otherwise."""
    run = sk.simulate(
        sk.load(arm.campaign).held(rules or {}),
        sk.load_workforce(arm.workforce).held(people or {}),
        workers=arm.workers,
        periods=arm.periods,
        seed=1,
    )
    return run.series.filter(branch="all").pivot(on="measure", index="period", values="value")


def kept(arm: Arm) -> pl.DataFrame:
    """The series that was accepted."""
    return pl.read_csv(arm.file, schema_overrides={"period": pl.Int32})


def accept(arm: Arm, series: pl.DataFrame) -> None:
    """Keep a series as the one to compare with."""
    arm.file.parent.mkdir(exist_ok=True)
    numbers = pl.selectors.float().round_sig_figs(10)
    series.with_columns(numbers).write_csv(arm.file)


def tolerance(measure: str, value: float, workers: float) -> float:
    """How far a value may lie from the one accepted."""
    if measure in COUNTED:
        return FLUNG / workers
    if measure == PADDED:
        return FLUNG * PAD / workers
    if measure == OF_FEW:
        return 0.05
    share = 1e-3 if measure in PERCENTILES else RELATIVE
    return LEAST + share * abs(value)


def differences(arm: Arm, series: pl.DataFrame) -> Iterator[str]:
    """What is not as it was accepted, one sentence each."""
    before = kept(arm)
    if before.columns != series.columns or before.height != series.height:
        yield f"{arm.campaign}: must have the measures and periods that were accepted"
        return
    for was, now in zip(before.iter_rows(named=True), series.iter_rows(named=True), strict=True):
        for measure, accepted in was.items():
            apart = abs(now[measure] - accepted)
            allowed = tolerance(measure, accepted, was["workers"])
            if not apart <= allowed:
                yield (
                    f"{arm.campaign}, period {was['period']}, {measure}: must be {accepted:.7g}"
                    f" within {allowed:.1e}; found {now[measure]:.7g}"
                )
