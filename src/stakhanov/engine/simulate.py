"""The only door to the engine: one campaign, one workforce, one seed, and out comes a run, or its measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import polars as pl

from stakhanov.engine.backends.choose import choose
from stakhanov.engine.branching import Again, branch_of, past_of
from stakhanov.engine.course import Course, Progress, begun, continued
from stakhanov.engine.estimate import MOST_THREADS, cores
from stakhanov.engine.folder import claimed, interrupted
from stakhanov.engine.inputs import Inputs, read_inputs
from stakhanov.engine.results import TABLES, Run, digest_of_run, with_units
from stakhanov.engine.sample import clear
from stakhanov.engine.sight import Watch
from stakhanov.engine.world import Backend
from stakhanov.foundation.measures import MEASURES
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.record import machine, versions

if TYPE_CHECKING:
    from stakhanov.campaign import Campaign
    from stakhanov.workforce import Workforce

OnPeriod = Callable[[Progress], None]


def simulate(
    campaign: Campaign | str | Path,
    workforce: Workforce | str | Path = "soviet-industry",
    *,
    workers: int | Literal["all"] | None = None,
    periods: int | None = None,
    seed: int = 1,
    threads: int | None = None,
    backend: str = "auto",
    sample: int | Literal["all"] = 1000,
    out: Path | str | None = None,
    resume: bool = False,
    force: bool = False,
    branch: tuple[Path | str, int] | None = None,
    on_period: OnPeriod | None = None,
    watched: int = 0,
) -> Run:
    """Run a campaign on a workforce.

    `workers` is the size of the sample of the nation at its largest (100,000 unless told; "all" for
    everybody), `periods` the length (the plan's unless told), `sample` how many workers' reports to keep.
    With `out` the run is written there, with checkpoints on the way; `resume` goes on from the last one.
    `branch` is (folder of a run, period): the state at the end of that many periods of that run, lived on
    under this campaign with the same luck. `on_period` is told where the run stands after each period, with
    what is to be seen of so many `watched` brigades.

    Raises BadInput with every problem of the files, the sizes or the folder; OSError if the disk fails.
    """
    other = branch_of(*branch) if branch is not None else None
    inputs = read_inputs(
        campaign,
        workforce,
        workers=workers,
        periods=periods,
        seed=seed,
        sample=sample,
        branch=other,
    )
    chosen = choose(backend)
    lives = _Lives(inputs, chosen, _at_once(threads), on_period, watched)
    if out is None:
        return _finish(lives.through(None, resume=False))
    folder = Path(out)
    with claimed(folder, inputs, resume=resume, force=force) as finished:
        if finished is not None:
            return finished
        run = _finish(lives.through(folder, resume=resume)).save(folder)
        clear(folder)
        return run


class Measured(NamedTuple):
    """What a run measures: measures of the whole and everybody's series, one value a period."""

    measures: dict[str, float]
    series: dict[str, list[float]]
    worker_shifts: int
    seconds: float


def measure(
    inputs: Inputs,
    *,
    threads: int | None = None,
    backend: str = "auto",
    on_period: OnPeriod | None = None,
) -> Measured:
    """The run that `simulate` would give for the same inputs, without tables, reports and record.

    For those who make many runs and read a few numbers of each. Raises what `simulate` raises.
    """
    lives = _Lives(inputs, choose(backend), _at_once(threads), on_period)
    course = lives.through(None, resume=False)
    measures = course.ledger.measures()
    return Measured(
        measures={name: measures[name] for name in MEASURES},
        series=course.ledger.everybody(),
        worker_shifts=course.worker_shifts,
        seconds=course.seconds,
    )


def _at_once(threads: int | None) -> int:
    """Threads that a run gets: every core unless told. Raises BadInput."""
    if threads is not None and threads < 1:
        raise BadInput([Problem("threads", "must be at least 1", str(threads))])
    return min(threads or cores(), MOST_THREADS)


@dataclass(frozen=True)
class _Lives:
    """A run about to be lived."""

    inputs: Inputs
    backend: Backend
    threads: int
    on_period: OnPeriod | None
    watched: int = 0

    def through(self, folder: Path | None, *, resume: bool) -> Course:
        """From its beginning, or from where it was interrupted, to its end."""
        course = self._start(folder, resume=resume)
        if self.watched:
            course.watch = Watch.of(course.world.state.layout, self.watched)
        try:
            course.advance(self.inputs.periods, self.on_period)
        finally:
            course.world.close()
        course.save()
        return course

    def _start(self, folder: Path | None, *, resume: bool) -> Course:
        inputs = self.inputs
        point = interrupted(folder, inputs) if resume and folder is not None else None
        if point is not None:
            course = continued(inputs, folder, point, self.backend, self.threads)
            course.sample.go_on(point.periods)
            return course
        if inputs.branch is None:
            course = begun(inputs, folder, self.backend, self.threads)
            course.sample.go_on(0)
            return course
        again = Again(self.backend, self.threads, inputs.sample, self.on_period, inputs.periods)
        past = past_of(inputs.branch, again)
        course = continued(inputs, folder, past.point, self.backend, self.threads)
        course.sample.go_on(0)
        course.sample.begin_with(past.reports, past.point.periods)
        course.save()
        return course


def _finish(course: Course) -> Run:
    tables = {
        "series": course.ledger.series(),
        "histogram": course.ledger.histogram(),
        "records": course.ledger.record_table(),
        "prizes": course.ledger.award_table(),
        "reports": course.sample.table().collect(),
    }
    return Run(
        series=tables["series"],
        histogram=tables["histogram"],
        records=tables["records"],
        prizes=tables["prizes"],
        reports=tables["reports"],
        measures=with_units(course.ledger.measures()),
        record=_record(course, tables),
        worker_shifts=course.worker_shifts,
        seconds=course.seconds,
    )


def _record(course: Course, tables: dict[str, pl.DataFrame]) -> dict[str, Any]:
    inputs = course.inputs
    return {
        "digest": digest_of_run(inputs.digest, tables),
        **inputs.told(),
        "campaign_digest": inputs.campaign.digest,
        "workforce_digest": inputs.workforce.digest,
        "backend": course.world.backend.name,
        "versions": versions(),
        "machine": machine(),
        "tables": list(TABLES),
    }
