"""What a run will need before it starts: memory, disk and time; and what this machine has."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stakhanov.engine.state import BYTES_PER_WORKER
from stakhanov.foundation.problem import Problem

#: Measured on runs of a thousand to 10 million workers, by their largest resident set: bytes a worker at the
#: peak of a period beside the state; what the program takes while it runs, and while it draws the page, when
#: people are gone; a period's books, a report that is kept.
WORKING_BYTES_PER_WORKER = 24
PROGRAM_BYTES = 240_000_000
PAGE_MEMORY_BYTES = 430_000_000
PERIOD_BYTES = 165_000
REPORT_BYTES = 270
#: The same on disk; reports are there twice while the run is under way.
PERIOD_BYTES_ON_DISK = 13_000
REPORT_BYTES_ON_DISK = 30
PAGE_BYTES = 500_000
#: Worker-shifts a second on one core, and seconds of a period in which next to nobody works.
USUAL_RATE = 30_000_000.0
PERIOD_SECONDS = 0.012
MOST_WORKERS = 2**32 - 1
MOST_PERIODS = 100_000
MOST_THREADS = 256


@dataclass(frozen=True)
class Estimate:
    """What a run will need, as far as can be said before it starts."""

    memory_bytes: int
    disk_bytes: int
    worker_shifts: int
    seconds: float


def estimate_of(
    workers: int,
    periods: int,
    shifts_per_period: int,
    *,
    sample: int,
    threads: int | None = None,
    page: bool = True,
) -> Estimate:
    """The needs of a run of so many workers, periods and shifts, keeping so many workers' reports.

    Its page is drawn at the end, or not.
    """
    work = workers * periods * shifts_per_period
    reports = sample * periods
    at_once = min(threads or cores(), cores())
    return Estimate(
        memory_bytes=max(
            PAGE_MEMORY_BYTES * page,
            PROGRAM_BYTES + workers * (BYTES_PER_WORKER + WORKING_BYTES_PER_WORKER),
        )
        + periods * PERIOD_BYTES
        + reports * REPORT_BYTES,
        disk_bytes=PAGE_BYTES
        + workers * BYTES_PER_WORKER
        + periods * PERIOD_BYTES_ON_DISK
        + reports * REPORT_BYTES_ON_DISK,
        worker_shifts=work,
        seconds=work / (USUAL_RATE * at_once) + periods * PERIOD_SECONDS,
    )


def problems_of_size(
    workers: int, periods: int, sample: int | Literal["all"] = 0
) -> Iterator[Problem]:
    """What is wrong with the size of a run, if anything: too small, or more than this machine holds."""
    if workers < 1:
        yield Problem("size.workers", "must be at least 1", str(workers))
    if not 1 <= periods <= MOST_PERIODS:
        yield Problem("periods", f"must lie between 1 and {MOST_PERIODS:,}", f"{periods:,}")
    if workers < 1 or not 1 <= periods <= MOST_PERIODS:
        return
    there = memory_of_machine()
    bare = estimate_of(workers, periods, 1, sample=0).memory_bytes
    if workers > MOST_WORKERS or bare > there:
        room = there - PROGRAM_BYTES - periods * PERIOD_BYTES
        most = max(min(MOST_WORKERS, room // (BYTES_PER_WORKER + WORKING_BYTES_PER_WORKER)), 0)
        must = f"must fit into this machine's memory ({gigabytes(there)}; about {most:,} workers)"
        found = f"{workers:,} workers, which need {gigabytes(bare)}"
        yield Problem("size.workers", must, found)
        return
    kept = workers if sample == "all" else min(sample, workers)
    needed = estimate_of(workers, periods, 1, sample=kept).memory_bytes
    if needed > there:
        most = (there - bare) // (periods * REPORT_BYTES)
        must = f"must fit into this machine's memory ({gigabytes(there)}; about {most:,} workers)"
        found = f"reports of {kept:,} workers, which need {gigabytes(needed)}"
        yield Problem("sample", must, found)


def memory_of_machine() -> int:
    """Bytes of memory that a process may have here: the machine's, or less where a limit is set."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    limits = [limit] if limit != resource.RLIM_INFINITY else []
    for place in ("memory.max", "memory/memory.limit_in_bytes"):
        try:
            limits.append(int(Path("/sys/fs/cgroup", place).read_text(encoding="ascii")))
        except (OSError, ValueError):  # no such group, or no limit
            continue
    return min([physical, *limits])


def cores() -> int:
    """Cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # a system that ties no process to cores
        return os.cpu_count() or 1


def gigabytes(size: int) -> str:
    """A size in words."""
    return f"{size / 1e9:,.1f} GB"
