"""The only door to the engine: one campaign, one workforce, one seed, and out comes a run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from stakhanov.engine.branching import branched
from stakhanov.engine.course import Course, Progress
from stakhanov.engine.folder import claim, resumed
from stakhanov.engine.inputs import Inputs, read_inputs
from stakhanov.engine.results import Run, digest_of_run, with_units
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
) -> Run:
    """Run a campaign on a workforce.

    `workers` is the size of the sample of the nation (100,000 unless told; "all" for everybody),
    `periods` the length (the plan's unless told), `sample` how many workers' reports to keep. With `out`
    the run is written there, with checkpoints on the way; `resume` goes on from the last one. `branch`
    is (folder of a run, period): the state at the end of that many periods of that run, lived on
    under this campaign with the same luck.

    Raises BadInput with every problem of the files, the sizes or the folder; OSError if the disk fails.
    """
    inputs = read_inputs(
        campaign, workforce, workers=workers, periods=periods, seed=seed, sample=sample, branch=branch
    )
    folder = Path(out) if out is not None else None
    if folder is not None:
        finished = claim(folder, inputs, resume=resume, force=force)
        if finished is not None:
            return finished
    started = time.perf_counter()
    course = resumed(folder, inputs) if resume and folder is not None else None
    if course is None:
        course = branched(inputs, folder) if branch is not None else inputs.course(folder)
    course.world.backend = choose(backend)
    course.world.threads = threads or os.cpu_count() or 1
    before = course.worker_shifts
    try:
        course.advance(inputs.periods, on_period)
    except KeyboardInterrupt:
        course.save()
        raise
    finally:
        course.world.close()
    seconds = time.perf_counter() - started
    run = close(course, inputs, course.worker_shifts - before, seconds)
    return run.save(folder) if folder is not None else run
