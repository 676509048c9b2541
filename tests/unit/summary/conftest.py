"""Runs made by hand: every number in them is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import pytest

from stakhanov.campaign import checked
from stakhanov.engine.results import Run

PERIODS = 48
SERIES: dict[str, Callable[[int], float]] = {
    "true_output": lambda p: 1.1 * 1.01**p,
    "reported_output": lambda p: 1.2 * 1.01**p,
    "plan": lambda p: 1.2 * 1.1 ** (p / 12),
    "technology": lambda p: 1.005**p,
    "workers": lambda p: 800.0 + 10.0 * p,
    "padded_share": lambda _: 0.02,
    "norm_level": lambda p: 1.005**p,
    "stakhanovite_share": lambda _: 0.25,
    "exposure": lambda p: min(1.0, 0.001 * 2.0 ** max(p - 24, 0)),
    "credibility": lambda p: 1.0 if p < 24 else 0.5,
    "published_level": lambda p: 0.0 if p < 24 else 15.0,
    "aspiration_mean": lambda p: 1.0 if p < 24 else 1.5,
    "effort_mean": lambda p: 1.2 if p < 36 else 1.08,
    "morale_mean": lambda p: 1.0 if p < 24 else 0.9,
    "trust_mean": lambda p: 1.0 if p < 24 else 0.95,
    "strain_mean": lambda _: 0.1,
    "quit_rate": lambda p: 0.07 if p < 36 else 0.09,
    "pay_mean": lambda p: 10000.0 + 100.0 * p,
}


def _series(overrides: Mapping[str, Callable[[int], float]]) -> pl.DataFrame:
    rows = [
        (period, branch, measure, value(period))
        for measure, value in {**SERIES, **overrides}.items()
        for branch in ("all", "coal")
        for period in range(PERIODS)
    ]
    schema = {
        "period": pl.Int32,
        "branch": pl.String,
        "measure": pl.String,
        "value": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _histogram() -> pl.DataFrame:
    """Ten people a period at 55, 65 ... 145 % of the norm, ten points higher from period 24."""
    rows = [
        (period, kind, 55 + 10 * i + (10 if period >= 24 else 0), 1)
        for period in range(PERIODS)
        for kind in ("true", "reported")
        for i in range(10)
    ]
    schema = {"period": pl.Int32, "kind": pl.String, "bin": pl.Int32, "count": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _reports() -> pl.DataFrame:
    """Two workers: one at 100 % and 10,000 kopecks, one at 150 % and 20,000; a cut in period 40."""
    rows = [
        (worker, period, 1.0 if period < 40 else 1.25, reported, pay, "coal", 460_000)
        for period in range(PERIODS)
        for worker, reported, pay in (("a", 1.0, 10_000), ("b", 1.5, 20_000))
    ]
    names = ["worker", "period", "norm", "reported", "pay", "branch", "price"]
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(
        reported=pl.col("reported") * pl.col("norm")
    )


def _records() -> pl.DataFrame:
    rows = [
        (0, 24, "coal", "branch", "7", 2.0, 1.0, 2.0, False, 1),
        (5, 24, "steel", "branch", "8", 3.0, 1.0, 3.0, False, 1),
        (31, 24, "coal", "staged", "x", 15.0, 1.0, 15.0, True, 3),
        (32, 24, "coal", "staged", "y", 30.0, 1.0, 30.0, True, 6),
    ]
    names = [
        "period",
        "shift",
        "branch",
        "contest",
        "worker",
        "output",
        "norm",
        "multiple",
        "staged",
        "crew",
    ]
    return pl.DataFrame(rows, schema=names, orient="row")


def _prizes() -> pl.DataFrame:
    """A premium in every period: 8 winners in coal, 2 in steel; 4 of the 10 had padded."""
    rows = [
        (period, branch, "premium", winners, 1000 * winners, reported, true, padded)
        for period in range(PERIODS)
        for branch, winners, reported, true, padded in (
            ("coal", 8, 2.0, 1.8, 4),
            ("steel", 2, 1.5, 1.5, 0),
        )
    ]
    names = ["period", "branch", "prize", "winners", "amount", "reported", "true", "padded"]
    return pl.DataFrame(rows, schema=names, orient="row")


@pytest.fixture
def made_run() -> Callable[..., Run]:
    """A run of four years from 1933, with publicity from 1935; series may be replaced."""

    def make(
        series: Mapping[str, Callable[[int], float]] | None = None,
        *,
        name: str = "made",
        publicity: bool = True,
        campaign: Mapping[str, Any] | None = None,
    ) -> Run:
        plain: dict[str, Any] = {
            "campaign": {"name": name, "start": "1933-01-01"},
            "publicity": {"esteem": {"threshold": 1.25}},
            "changes": [
                {"at": "1935-01-01", "set": {"publicity.intensity": 1.0 if publicity else 0.0}},
                {"at": "1936-07-01", "set": {"plan.hours": 1.2}},
            ],
            **(campaign or {}),
        }
        return Run(
            series=_series(series or {}),
            histogram=_histogram(),
            records=_records(),
            prizes=_prizes(),
            reports=_reports(),
            measures={},
            record={"campaign": checked(plain).plain()},
        )

    return make
