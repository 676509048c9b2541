"""Trials of the engine: a campaign and a workforce from which everything is taken but one mechanism."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

import stakhanov as sk
from stakhanov.engine.results import Run

#: Equal, tireless, honest people without peers, aspirations, moods or turnover.
STILL_PEOPLE: dict[str, Any] = {
    "size.workers": 1_000_000,
    "branches": [{"name": "industry", "share": 1.0}],
    "ability.log_sd": 0.0,
    "peers.conformity": 0.0,
    "aspiration.weight": 0.0,
    "honesty.lying_cost": float("inf"),
    "honesty.log_sd": 0.0,
    "honesty.complicity": 0.0,
    "fatigue.effect": 0.0,
    "strain.growth": 0.0,
    "morale.gain": 0.0,
    "morale.loss": 0.0,
    "morale.norm_shock": 0.0,
    "morale.caught": 0.0,
    "trust.norm_shock": 0.0,
    "quits.base": 0.0,
    "accidents.base": 0.0,
    "recruits.skill": 1.0,
}
#: Norms that never move, no guarantee: pay is the piece rate and nothing else.
STILL_RULES: dict[str, Any] = {
    "norms.revision.up": 0.0,
    "norms.revision.down": 0.0,
    "pay.guarantee": 0.0,
    "pay.reference": 10_000,
}
#: Everybody gets the day's pay, whatever the output.
TIME_WAGE: dict[str, Any] = {"pay.piece_share": 0.0, "pay.guarantee": 1.0}
#: People moved by pay alone: output is the ability squared times the rate (elasticity 1).
PAID_ONLY: dict[str, Any] = {"effort.drive": 1e-9, "money.value": 1.0}

Array = NDArray[np.float64]


def trial(
    rules: dict[str, Any] | None = None,
    people: dict[str, Any] | None = None,
    *,
    workers: int = 20_000,
    periods: int = 1,
    seed: int = 1,
    still: bool = True,
) -> Run:
    """Run a trial; `rules` and `people` are put back by address."""
    campaign = sk.load("plain-piece-rate").with_((STILL_RULES if still else {}) | (rules or {}))
    base = {key: STILL_PEOPLE[key] for key in ("size.workers", "branches")}
    workforce = sk.load_workforce("soviet-industry").with_(
        (STILL_PEOPLE if still else base) | (people or {})
    )
    return sk.simulate(
        campaign, workforce, workers=workers, periods=periods, seed=seed, sample="all"
    )


def course(run: Run, measure: str) -> Array:
    """A measure of everybody, period by period."""
    rows = run.series.filter(branch="all", measure=measure).sort("period")
    return rows["value"].to_numpy().astype(np.float64)


def last(run: Run, measure: str) -> float:
    """A measure of everybody in the last period."""
    return float(course(run, measure)[-1])


def outputs(run: Run, kind: str = "true", period: int | None = None) -> Array:
    """Output a shift of everybody in one period, the last unless told; `kind` true or reported."""
    chosen = int(run.series["period"].max()) if period is None else period  # type: ignore[arg-type]
    return run.reports.filter(period=chosen)[kind].to_numpy().astype(np.float64)


def own_norms(up: float, down: float, rate_cut: float = 1.0, scope: str = "own") -> dict[str, Any]:
    """Norms that follow reports every period, by shares of the excess and of the shortfall."""
    revision = {"every": 1, "up": up, "down": down, "basis": "mean", "rate_cut": rate_cut}
    return {"norms.scope": scope, "norms.revision": revision}
