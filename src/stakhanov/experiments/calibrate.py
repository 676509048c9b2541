"""Calibrate: from a report table to traits of people, by simulated moments on shared luck.

The campaign's rules are known, traits of the workforce are sought: those with which simulated reports have the
moments of the table. Every run has the same luck, so that what differs between two runs is the traits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from stakhanov.evidence.moments import NAMES, Moments, moments_of
from stakhanov.experiments.addresses import held
from stakhanov.experiments.arms import Base
from stakhanov.experiments.identification import Fit, Told, told_by
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.moment_search import Found, choose_moments, idle, search, slopes_at
from stakhanov.experiments.simulated_moments import Numbers, SimulatedMoments
from stakhanov.experiments.store.folder import FolderStore
from stakhanov.experiments.store.nowhere import Nowhere
from stakhanov.experiments.unknowns import USUAL, Unknown, placed, unknowns_over
from stakhanov.foundation import reports
from stakhanov.foundation.problem import BadInput, Problem

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce

#: Unless told, so many workers for one in the table, within these limits and so many reports in all.
TIMES, FEWEST, MOST_REPORTS = 10, 400, 40_000
MOST_PERIODS = 60
#: Moments that are told of an estimate as those it leans on.
LEANS = 3


@dataclass(frozen=True)
class Estimate:
    """A trait as the reports tell it. At an end of its range it has no error."""

    unknown: Unknown
    value: float
    error: float
    low: float
    high: float
    met: str  # the end of the range that it met: low, high or none
    leans_on: tuple[str, ...]  # moments, the weightiest first


@dataclass(frozen=True)
class Compared:
    """A moment of the table beside that of the calibrated workforce."""

    moment: str
    data: float
    error: float  # of the data
    model: float
    apart: float  # model less data, in standard errors of both


@dataclass(frozen=True)
class Calibration:
    """Traits with their errors, what cannot be told apart, and how well the model fits."""

    reports: int
    workers: int
    periods: int
    lots: int
    estimates: tuple[Estimate, ...]
    moments: tuple[Compared, ...]
    hardly: tuple[str, ...]  # addresses that move too little
    entangled: tuple[tuple[str, ...], ...]  # sets of addresses that cannot be told apart
    point: Numbers  # the estimates as shares of their ranges
    covariance: Numbers  # of these shares; none of those that met an end
    fit: Fit
    settled: bool  # the search came to rest
    workforce: Workforce
    base: Base
    runs: int

    @property
    def free(self) -> list[Estimate]:
        """The estimates that met no end of their range."""
        return [one for one in self.estimates if not one.met]

    @property
    def values(self) -> dict[str, float]:
        """Estimates by address."""
        return {one.unknown.address: one.value for one in self.estimates}

    @property
    def correlation(self) -> Numbers:
        """Correlations of the estimates, in their order; none of those that met an end."""
        errors = np.sqrt(np.diag(self.covariance))
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Numbers = self.covariance / np.outer(errors, errors)
        return found

    @property
    def table(self) -> pl.DataFrame:
        """A row for every trait."""
        return pl.DataFrame(
            [
                {
                    "address": one.unknown.address,
                    "value": one.value,
                    "error": one.error,
                    "low": one.low,
                    "high": one.high,
                    "from": one.unknown.low,
                    "to": one.unknown.high,
                    "met": one.met,
                    "leans_on": "; ".join(one.leans_on),
                }
                for one in self.estimates
            ]
        )


def calibrate(
    campaign: Campaign | str | Path,
    source: Any,
    free: Mapping[str, Sequence[float]] | None = None,
    workforce: Workforce | str | Path = "soviet-industry",
    *,
    columns: Mapping[str, str] | None = None,
    group: str | None = None,
    workers: int | None = None,
    periods: int | None = None,
    settle: int = 0,
    seed: int = 1,
    store: Path | str | None = None,
    laboratory: Laboratory | None = None,
) -> Calibration:
    """Traits of the workforce that a report table tells under a campaign's rules.

    `free` has a pair (from, to) by address (unless told, those of drive, spread of ability, noise and worth of
    money that move the reports under these rules);
    `source` and `columns` are those of `foundation.reports.read`, `group` one group of the table. `workers` and
    `periods` are those of the runs, `settle` the periods before the first that counts. Runs are kept in the
    folder `store`, if one is given. Raises BadInput with every problem.
    """
    table = source if isinstance(source, reports.Reports) else reports.read(source, columns)
    data = moments_of(table, group)
    base = sized(Base.of(campaign, workforce, workers=workers, periods=periods), data, settle)
    unknowns = unknowns_over(base, USUAL if free is None else free)
    kept = Nowhere() if store is None else FolderStore(store)
    with laboratory or Laboratory(kept) as room:
        if free is None:
            unknowns = moving(base, data, unknowns, room, seed=seed, settle=settle)
        return calibrated(base, data, unknowns, room, seed=seed, settle=settle)


def sized(base: Base, data: Moments, settle: int) -> Base:
    """The base with runs of a size that suits the table, where none was asked for. Raises BadInput."""
    if settle < 0:
        raise BadInput([Problem("settle", "must be at least 0", str(settle))])
    periods = min(data.periods, MOST_PERIODS) if base.periods is None else base.periods
    room = max(FEWEST, MOST_REPORTS // max(periods, 1))
    workers = min(max(TIMES * data.workers, FEWEST), room)
    return Base(
        base.campaign,
        base.workforce,
        workers=workers if base.workers is None else base.workers,
        periods=periods + settle,
    )


def moving(
    base: Base,
    data: Moments,
    unknowns: Sequence[Unknown],
    room: Laboratory,
    *,
    seed: int = 1,
    settle: int = 0,
) -> list[Unknown]:
    """The unknowns that move a moment at all: the others need not be sought where nobody asked for them."""
    still = idle(SimulatedMoments(base, unknowns, room, seed, settle), data)
    return [one for one in unknowns if one not in still]


def calibrated(
    base: Base,
    data: Moments,
    unknowns: Sequence[Unknown],
    room: Laboratory,
    *,
    seed: int = 1,
    settle: int = 0,
) -> Calibration:
    """Search the traits, then say how sure they are. Raises BadInput."""
    simulated = SimulatedMoments(base, unknowns, room, seed, settle)
    chosen = choose_moments(simulated, data)
    covariance = data.covariance[np.ix_(chosen, chosen)]
    root = 1.0 / np.sqrt(np.diag(covariance))
    found = search(simulated, data, chosen, root)
    model = simulated.at([found.point])[0]
    assert model is not None  # the search prefers points whose reports tell something
    both = covariance + np.nan_to_num(model.covariance[np.ix_(chosen, chosen)])
    misfit = (model.values - data.values)[chosen]
    told, every, within = _told(simulated, found, (chosen, both, misfit, root), data.lots)
    return Calibration(
        reports=data.reports,
        workers=data.workers,
        periods=data.periods,
        lots=data.lots,
        estimates=tuple(_estimates(unknowns, found, told, within, chosen)),
        moments=tuple(_compared(chosen, data, model, both)),
        hardly=tuple(unknowns[place].address for place in every.hardly),
        entangled=tuple(
            tuple(unknowns[place].address for place in some) for some in every.entangled
        ),
        point=found.point,
        covariance=_spread(told.covariance, within, len(unknowns)),
        fit=told.fit,
        settled=found.settled,
        workforce=held(base.campaign, base.workforce, placed(unknowns, found.point.tolist()))[1],
        base=base,
        runs=simulated.runs,
    )


def _told(
    simulated: SimulatedMoments,
    found: Found,
    known: tuple[list[int], Numbers, Numbers, Numbers],
    lots: int,
) -> tuple[Told, Told, list[int]]:
    """What is told of the unknowns that met no end of their range; of all of them; and the places of the first.

    Slopes are taken over steps of the size of the errors, in a second round, for over smaller ones the
    graininess of simulated reports shows and over larger ones the bends.
    """
    chosen, covariance, misfit, root = known
    within = [place for place, end in enumerate(found.met) if not end]
    steps = np.full(len(found.met), 0.02)
    for _ in range(2):
        slopes = slopes_at(simulated, found.point, chosen, steps)
        told = told_by(slopes[:, within], misfit, covariance, root, lots)
        steps[within] = np.clip(0.5 * told.half, 0.01, 0.05)
    return told, told_by(slopes, misfit, covariance, root, lots), within


def _estimates(
    unknowns: Sequence[Unknown], found: Found, told: Told, within: list[int], chosen: list[int]
) -> list[Estimate]:
    estimates = []
    for place, (unknown, share) in enumerate(zip(unknowns, found.point.tolist(), strict=True)):
        value = unknown.at(share)
        if place not in within:
            met = found.met[place]
            estimates.append(Estimate(unknown, value, math.nan, math.nan, math.nan, met, ()))
            continue
        own = within.index(place)
        error = math.sqrt(told.covariance[own, own])
        weightiest = np.argsort(-np.abs(told.leaning[own]))[:LEANS]
        estimates.append(
            Estimate(
                unknown,
                value,
                error * unknown.slope(share),
                *_ends(unknown, share, float(told.half[own])),
                met="",
                leans_on=tuple(NAMES[chosen[moment]] for moment in weightiest),
            )
        )
    return estimates


def _ends(unknown: Unknown, share: float, half: float) -> tuple[float, float]:
    """The interval, as far as the range goes: beyond it nobody looked."""
    return unknown.at(max(share - half, 0.0)), unknown.at(min(share + half, 1.0))


def _compared(chosen: list[int], data: Moments, model: Moments, both: Numbers) -> list[Compared]:
    errors = np.sqrt(np.diag(both))
    return [
        Compared(
            moment=NAMES[place],
            data=float(data.values[place]),
            error=float(np.sqrt(data.covariance[place, place])),
            model=float(model.values[place]),
            apart=float((model.values[place] - data.values[place]) / errors[number]),
        )
        for number, place in enumerate(chosen)
    ]


def _spread(covariance: Numbers, within: list[int], size: int) -> Numbers:
    whole = np.zeros((size, size))
    whole[np.ix_(within, within)] = covariance
    return whole
