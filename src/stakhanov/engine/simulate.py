"""The only door to the engine: one campaign, one workforce, one seed, and out comes a run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from stakhanov.engine.backends.choose import choose
from stakhanov.engine.branching import branch_of, trunk_at
from stakhanov.engine.course import Course, Progress, begun, continued
from stakhanov.engine.folder import claim, interrupted
from stakhanov.engine.inputs import Branch, Inputs, read_inputs
from stakhanov.engine.results import TABLES, Run, digest_of_run, with_units
from stakhanov.engine.world import Backend
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

    `workers` is the size of the sample of the nation at its largest (100,000 unless told; "all" for
    everybody), `periods` the length (the plan's unless told), `sample` how many workers' reports to keep.
    With `out` the run is written there, with checkpoints on the way; `resume` goes on from the last one.
    `branch` is (folder of a run, period): the state at the end of that many periods of that run, lived on
    under this campaign with the same luck.

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
    folder = Path(out) if out is not None else None
    if folder is not None:
        finished = claim(folder, inputs, resume=resume, force=force)
        if finished is not None:
            return finished
    started = time.perf_counter()
    course = _start(inputs, folder, chosen, threads or os.cpu_count() or 1, resume=resume)
    try:
        course.advance(inputs.periods, on_period)
    finally:
        course.world.close()
    run = _finish(course, time.perf_counter() - started)
    return run.save(folder) if folder is not None else run


def _start(
    inputs: Inputs, folder: Path | None, backend: Backend, threads: int, *, resume: bool
) -> Course:
    point = interrupted(folder, inputs) if resume and folder is not None else None
    if point is None and inputs.branch is not None:
        point = trunk_at(inputs.branch, backend, threads)
    if point is None:
        return begun(inputs, folder, backend, threads)
    return continued(inputs, folder, point, backend, threads)


def _finish(course: Course, seconds: float) -> Run:
    course.save()
    tables = {
        "series": course.ledger.series(),
        "histogram": course.ledger.histogram(),
        "records": course.ledger.record_table(),
        "reports": course.sample.table().collect(),
    }
    return Run(
        series=tables["series"],
        histogram=tables["histogram"],
        records=tables["records"],
        reports=tables["reports"],
        measures=with_units(course.ledger.measures()),
        record=_record(course, tables),
        worker_shifts=course.worker_shifts,
        seconds=seconds,
    )


def _record(course: Course, tables: dict[str, pl.DataFrame]) -> dict[str, Any]:
    inputs = course.inputs
    return {
        "digest": digest_of_run(inputs.digest, tables),
        "inputs": inputs.digest,
        **inputs.plain(),
        "peak": inputs.peak,
        "branch": _told(inputs.branch),
        "campaign_digest": inputs.campaign.digest,
        "workforce_digest": inputs.workforce.digest,
        "backend": course.world.backend.name,
        "versions": versions(),
        "machine": machine(),
        "tables": list(TABLES),
    }


def _told(branch: Branch | None) -> dict[str, Any] | None:
    if branch is None:
        return None
    return {"run": str(branch.run), "period": branch.period, "inputs": branch.digest}
