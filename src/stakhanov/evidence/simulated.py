"""Reports of simulated workers whose truth is known, to see whether a test finds it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import ndtr, ndtri

from stakhanov.evidence.sample import Numbers

START = datetime.date(2015, 1, 1)


@dataclass(frozen=True)
class Truth:
    """What a simulated workforce does. Everything is off by default: honest reports.

    Fulfilment of a worker follows the law of the plan period: normal around ability over norm, its density
    multiplied by exp(jump + bend (fulfilment - 1)) above the norm. `spread`: log spread of ability; `noise`:
    standard deviation of a report, in norms. `up`, `down`: how much of an excess, of a shortfall, the next
    norm takes over; `norm_noise`: log spread of what else moves norms. `padded`: shortfalls up to this are
    reported as the norm. `storming`: how much more is made in the last third of a month (days are dates then).
    """

    jump: float = 0.0
    bend: float = 0.0
    spread: float = 0.2
    noise: float = 0.12
    centre: float = 1.0
    up: float = 0.0
    down: float = 0.0
    norm_noise: float = 0.0
    padded: float = 0.0
    storming: float = 0.0


def simulated(truth: Truth, *, workers: int, periods: int, seed: int) -> pl.DataFrame:
    """A report table of so many workers and periods; with the true output where reports are padded."""
    luck = np.random.Generator(np.random.Philox(seed))
    ability = truth.centre * np.exp(luck.normal(0.0, truth.spread, workers))
    norm = np.ones(workers)
    days = [START + datetime.timedelta(days=k) for k in range(periods)]
    dated = truth.storming > 0.0
    parts = []
    for period in range(periods):
        pace = 1.0 + truth.storming * (dated and days[period].day > 20)
        true = fulfilments(ability * pace / norm, truth, luck)
        padded = (true < 1.0) & (true >= 1.0 - truth.padded)
        reported = np.where(padded, 1.0, true)
        parts.append(
            pl.DataFrame(
                {
                    "worker": np.arange(workers),
                    "period": [days[period]] * workers if dated else np.full(workers, period),
                    "norm": norm,
                    "reported": reported * norm,
                    "true": true * norm,
                }
            )
        )
        excess = reported - 1.0
        change = truth.up * np.maximum(excess, 0.0) + truth.down * np.minimum(excess, 0.0)
        norm = norm * (1.0 + change + truth.norm_noise * luck.standard_normal(workers))
    return pl.concat(parts)


def fulfilments(centre: Numbers, truth: Truth, luck: np.random.Generator) -> Numbers:
    """Draws from the law of the period, one for every centre: two normal halves joined at the norm."""
    noise = truth.noise
    moved = centre + truth.bend * noise**2
    step = truth.jump + truth.bend * (centre - 1.0) + 0.5 * (truth.bend * noise) ** 2
    under = ndtr((1.0 - centre) / noise)
    over = ndtr((moved - 1.0) / noise)
    below = luck.random(centre.size) * (under + over * np.exp(step)) < under
    share = luck.random(centre.size)
    low = centre + noise * ndtri(share * under)
    high = moved - noise * ndtri(share * over)
    drawn: Numbers = np.where(below, np.minimum(low, np.nextafter(1.0, 0.0)), np.maximum(high, 1.0))
    return drawn
