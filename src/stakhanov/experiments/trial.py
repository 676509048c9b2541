"""A trial: one run that a question asks for, by what decides its result; and what came out of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

import stakhanov
from stakhanov.foundation.record import digest_of

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.engine.inputs import Branch
    from stakhanov.engine.simulate import OnPeriod
    from stakhanov.workforce import Workforce

#: Folders whose text decides what a run gives.
_DECIDING = ("engine", "campaign", "workforce")
Values = NDArray[np.float64]


@cache
def engine_version() -> str:
    """The version of the program and a digest of the text of its engine: another text, another run."""
    here = Path(stakhanov.__file__).parent
    digest = hashlib.sha256()
    for folder in _DECIDING:
        for path in sorted((here / folder).rglob("*.py")):
            digest.update(path.relative_to(here).as_posix().encode())
            digest.update(path.read_bytes())
    return f"{stakhanov.__version__}+{digest.hexdigest()[:12]}"


@dataclass(frozen=True, eq=False)
class Design:
    """Rules, people and sizes: everything that decides a run but its luck. Equal by digest."""

    campaign: Campaign
    workforce: Workforce
    workers: int
    periods: int
    branch: Branch | None = None
    sample: int | Literal["all"] = 0

    @cached_property
    def digest(self) -> str:
        """Digest of all of it and of the engine that is to run it."""
        return digest_of(self.about())

    def __eq__(self, other: object) -> bool:
        """Whether both would give the same runs."""
        return isinstance(other, Design) and self.digest == other.digest

    def __hash__(self) -> int:
        """By digest."""
        return hash(self.digest)

    def about(self) -> dict[str, Any]:
        """What enters the digest, as plain data."""
        branch = None if self.branch is None else [self.branch.digest, self.branch.period]
        return {
            "engine": engine_version(),
            "campaign": self.campaign.digest,
            "workforce": self.workforce.digest,
            "workers": self.workers,
            "periods": self.periods,
            "branch": branch,
            "sample": self.sample,
        }

    def plain(self) -> dict[str, Any]:
        """Everything in full, for whoever wants to make the run again."""
        whole = {"campaign": self.campaign.plain(), "workforce": self.workforce.plain()}
        return {**self.about(), **whole}


@dataclass(frozen=True, eq=False)
class Trial:
    """A design and a seed: one run. Equal by digest."""

    design: Design
    seed: int

    @cached_property
    def digest(self) -> str:
        """The name of the run in every store."""
        return digest_of([self.design.digest, self.seed])

    def __eq__(self, other: object) -> bool:
        """Whether both would be the same run."""
        return isinstance(other, Trial) and self.digest == other.digest

    def __hash__(self) -> int:
        """By digest."""
        return hash(self.digest)


@dataclass(frozen=True)
class Outcome:
    """What a question may read of a run; series are everybody's, one value a period."""

    measures: Mapping[str, float]
    series: Mapping[str, Values]
    worker_shifts: int = 0
    seconds: float = 0.0  # in the engine
    reports: pl.DataFrame | None = None  # of the sample, where one was asked for

    @cached_property
    def fingerprint(self) -> str:
        """A digest of every bit of what was measured; how long it took does not count."""
        digest = hashlib.sha256()
        for name, value in sorted(self.measures.items()):
            digest.update(f"{name}\0".encode() + np.float64(value).tobytes())
        for name, values in sorted(self.series.items()):
            digest.update(f"{name}\0{len(values)}\0".encode() + values.tobytes())
        return digest.hexdigest()

    def same_as(self, other: Outcome) -> bool:
        """Whether both say the same, to the bit; how long it took does not count."""
        return self.fingerprint == other.fingerprint


def perform(
    trial: Trial, threads: int | None = None, check: Callable[[], None] | None = None
) -> Outcome:
    """Run a trial here and now. `check` is called after every period. Raises what `simulate` raises."""
    from stakhanov.engine.inputs import read_inputs
    from stakhanov.engine.simulate import measure

    design = trial.design
    on_period = None if check is None else lambda _: check()
    if design.sample != 0:
        return _with_reports(trial, threads, on_period)
    inputs = read_inputs(
        design.campaign,
        design.workforce,
        workers=design.workers,
        periods=design.periods,
        seed=trial.seed,
        sample=0,
        branch=design.branch,
    )
    found = measure(inputs, threads=threads, on_period=on_period)
    series = {name: np.array(values) for name, values in found.series.items()}
    return Outcome(found.measures, series, found.worker_shifts, found.seconds)


def _with_reports(trial: Trial, threads: int | None, on_period: OnPeriod | None) -> Outcome:
    """The same with the reports of a sample, for which the whole run is made."""
    from stakhanov.engine.simulate import simulate

    design = trial.design
    branch = design.branch
    run = simulate(
        design.campaign,
        design.workforce,
        workers=design.workers,
        periods=design.periods,
        seed=trial.seed,
        threads=threads,
        sample=design.sample,
        branch=None if branch is None else (branch.run, branch.period),
        on_period=on_period,
    )
    national = run.series.filter(pl.col("branch") == "all")
    series = {
        str(name): rows["value"].to_numpy()
        for (name,), rows in national.group_by("measure", maintain_order=True)
    }
    measures = {name: float(one["value"]) for name, one in run.measures.items()}
    return Outcome(measures, series, run.worker_shifts, run.seconds, run.reports)
