"""Trials of the engine: a campaign and a workforce from which everything is taken but one mechanism."""

from __future__ import annotations

from typing import Any

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


def last(run: Run, measure: str) -> float:
    """A measure of everybody in the last period."""
    rows = run.series.filter(branch="all", measure=measure).sort("period")
    return float(rows["value"][-1])
