"""A sweep of 1,000 small runs: how much of the time is spent outside the engine.

    python -m benchmarks.sweep            1,000 runs; writes docs/benchmarks/sweep.md
    python -m benchmarks.sweep 100        fewer; only says what it finds

The engine's time is what the runs themselves say they took, period after period; everything else (checking
campaigns, sending and receiving, writing the store, reading what was asked for, starting processes) is outside.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import stakhanov as sk
from benchmarks.measured import page, when_and_where
from stakhanov.experiments.arms import Base
from stakhanov.experiments.executors import Local
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.reading import Reading
from stakhanov.experiments.store import FolderStore
from stakhanov.experiments.sweep import axis_of, swept
from stakhanov.foundation.markdown import piped

CAMPAIGN, ADDRESS = "plain-piece-rate", "norms.revision.up"
SEEDS, WORKERS, PERIODS = 4, 2_000, 24
LARGEST_SHARE = 0.10


def measured(runs: int, processes: int) -> tuple[float, float]:
    """Seconds that a sweep of so many runs takes, and the seconds of them in the engine, per process."""
    base = Base(sk.load(CAMPAIGN), sk.load_workforce("heavy-machine-building"), WORKERS, PERIODS)
    axis = axis_of(f"{ADDRESS}=0:0.5:{runs // SEEDS}")
    with tempfile.TemporaryDirectory() as folder:
        room = Laboratory(FolderStore(Path(folder) / "store"), Local(processes))
        began = time.perf_counter()
        with room:
            swept(base, [axis], room, range(1, SEEDS + 1), [Reading("true_output")])
        seconds = time.perf_counter() - began
    assert room.made == runs // SEEDS * SEEDS
    return seconds, room.engine_seconds / processes


def main() -> int:
    """Warm up, measure with one process and with two, and write; 1 where too much is spent outside."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    sk.simulate(CAMPAIGN, "heavy-machine-building", workers=WORKERS, periods=2)
    rows, worst = [], 0.0
    for processes in sorted({1, min(2, os.cpu_count() or 1)}):
        seconds, engine = measured(runs, processes)
        outside = 1.0 - engine / seconds
        worst = max(worst, outside)
        rows.append((processes, f"{seconds:.1f}", f"{runs / seconds:.1f}", f"{outside:.1%}"))
    lines = [
        f"# A sweep of {runs:,} small runs",
        "",
        when_and_where("sweep.py"),
        "",
        f"Each run: `{CAMPAIGN}`, {WORKERS:,} workers, {PERIODS} periods of 25 shifts; {runs // SEEDS} values of",
        f"`{ADDRESS}`, {SEEDS} seeds, kept in a new store. Starting processes, checking campaigns, sending and",
        f"receiving, writing and reading are outside the engine; the aim is at most {LARGEST_SHARE:.0%}.",
        "",
        *piped(("processes", "seconds", "runs a second", "outside the engine"), rows),
    ]
    if len(sys.argv) == 1:
        page("sweep.md", lines)
    else:
        sys.stdout.write("\n".join(lines) + "\n")
    return int(worst > LARGEST_SHARE)


if __name__ == "__main__":
    sys.exit(main())
