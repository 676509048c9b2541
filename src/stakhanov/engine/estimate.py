"""What a run will need before it starts: memory, disk and time."""

from __future__ import annotations

import os
from dataclasses import dataclass

from stakhanov.engine.state import BYTES_PER_WORKER
from stakhanov.foundation.problem import Problem

#: Measured by benchmarks/linearity.py: bytes a worker at the peak of a period beside the state, and what
#: the program itself takes.
WORKING_BYTES_PER_WORKER = 24
PROGRAM_BYTES = 300_000_000
REPORT_BYTES = 40  # of one report on disk
#: Worker-shifts a second on one core, for the estimate of time; `stakhanov run` tells the true rate.
USUAL_RATE = 30_000_000.0
MOST_WORKERS = 2**32 - 1


@dataclass(frozen=True)
class Estimate:
    """What a run will need, as far as can be said before it starts."""

    memory_bytes: int
    disk_bytes: int
    worker_shifts: int
    seconds: float


def estimate_of(
    workers: int, periods: int, shifts_per_period: int, *, sample: int, threads: int | None = None
) -> Estimate:
    """The needs of a run of so many workers, periods and shifts, keeping so many workers' reports."""
    work = workers * periods * shifts_per_period
    return Estimate(
        memory_bytes=PROGRAM_BYTES + workers * (BYTES_PER_WORKER + WORKING_BYTES_PER_WORKER),
        disk_bytes=workers * BYTES_PER_WORKER + sample * periods * REPORT_BYTES,
        worker_shifts=work,
        seconds=work / (USUAL_RATE * (threads or os.cpu_count() or 1)),
    )


def problems_of_size(workers: int, periods: int) -> list[Problem]:
    """What is wrong with a size, if anything: too small, or more than this machine holds."""
    if workers < 1:
        return [Problem("size.workers", "must be at least 1", str(workers))]
    needed = estimate_of(workers, max(periods, 1), 1, sample=0).memory_bytes
    there = memory_of_machine()
    if workers > MOST_WORKERS or needed > there:
        most = min(
            MOST_WORKERS, (there - PROGRAM_BYTES) // (BYTES_PER_WORKER + WORKING_BYTES_PER_WORKER)
        )
        must = f"must fit into this machine's memory ({gigabytes(there)}; about {most:,} workers)"
        return [
            Problem("size.workers", must, f"{workers:,} workers, which need {gigabytes(needed)}")
        ]
    return []


def memory_of_machine() -> int:
    """Bytes of memory of this machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def gigabytes(size: int) -> str:
    """A size in words."""
    return f"{size / 1e9:,.1f} GB"
