"""Worker-shifts a second: this engine, the same rules in plain NumPy, and a Mesa model of the same step.

Everything runs in one go, each in a process of its own, in turn and several times over, so that memory is its own
and ratios are fair. Writes docs/benchmarks/rivals.md.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time

from benchmarks.measured import (
    add_threads,
    in_processes,
    page,
    peak,
    when_and_where,
)
from stakhanov.foundation.markdown import piped

CAMPAIGNS = ("plain-piece-rate", "metro-1933", "stakhanovite-1935")
ROUNDS = 3
#: what, kind, threads, workers, periods
ROWS = (
    ("this engine", "cpu", 1, 400_000, 12),
    ("this engine", "cpu", 2, 400_000, 12),
    ("NumPy, double", "reference", 1, 20_000, 1),
    ("NumPy, single", "reference-single", 1, 20_000, 1),
    ("Mesa, an agent a worker", "mesa", 1, 500, 1),
)


def measure(campaign: str, kind: str, threads: str, workers: str, periods: str) -> dict[str, float]:
    """Worker-shifts a second and bytes a worker of one rival; what it compiles or loads first is left out."""
    if kind == "mesa":
        return _mesa(campaign, int(workers))
    import stakhanov as sk

    options = {"backend": kind, "threads": int(threads), "sample": 10}
    sk.simulate(campaign, workers=2000, periods=1, **options)
    before = peak()
    run = sk.simulate(campaign, workers=int(workers), periods=int(periods), **options)
    return {"rate": run.per_second, "bytes": (peak() - before) / int(workers)}


def _mesa(campaign: str, workers: int) -> dict[str, float]:
    from benchmarks.mesa_shift import model_of

    model_of(campaign, 20).step()
    before = peak()
    model = model_of(campaign, workers)
    held = (peak() - before) / workers
    began = time.perf_counter()
    for _ in range(5):
        model.step()
    return {"rate": 5 * workers / (time.perf_counter() - began), "bytes": held}


def help_time() -> float:
    """Seconds until help is there."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "stakhanov", "--help"], check=True, capture_output=True)
    return time.perf_counter() - began


def first_period() -> float:
    """Seconds until `stakhanov run` on 100,000 workers tells of its first period, kernels compiled before."""
    here, there = pty.openpty()
    command = [sys.executable, "-m", "stakhanov", "run", "stakhanovite-1935", "--json"]
    began = time.perf_counter()
    run = subprocess.Popen(
        [*command, "--out", f"/tmp/stakhanov-first-{os.getpid()}", "--force"],
        stdout=subprocess.DEVNULL,
        stderr=there,
    )
    said = b""
    while b"period 1 of" not in said and run.poll() is None:
        said += os.read(here, 4096)
    seconds = time.perf_counter() - began
    run.kill()
    run.wait()
    return seconds


def main() -> None:
    """Measure all rivals in turn and write the page."""
    add_threads(1)
    lines = ["# Rates beside rivals", "", when_and_where("rivals.py")]
    lines += ["This engine runs twelve periods, the others one or, with Mesa, five shifts.", ""]
    for campaign in CAMPAIGNS:
        rows = [
            (campaign, kind, threads, workers, periods)
            for _, kind, threads, workers, periods in ROWS
        ]
        found = in_processes("benchmarks.rivals", rows, ROUNDS)
        unit = next(
            one["rate"] for row, one in zip(ROWS, found, strict=True) if row[1] == "reference"
        )
        cells = [
            (
                what,
                threads,
                f"{workers:,}",
                f"{one['rate'] / 1e6:.4g}",
                f"{one['rate'] / unit:.3g}",
                f"{one['bytes']:.0f}",
            )
            for (what, _, threads, workers, _), one in zip(ROWS, found, strict=True)
        ]
        heads = (
            "what",
            "threads",
            "workers",
            "million worker-shifts a second",
            "ratio to NumPy",
            "bytes a worker",
        )
        lines += [f"## `{campaign}`", "", *piped(heads, cells), ""]
    helps, firsts = ([one() for _ in range(5)] for one in (help_time, first_period))
    lines += [
        "## Start-up",
        "",
        f"`--help`: {min(helps):.2f} s (the best of five; median {sorted(helps)[2]:.2f} s). From the command",
        "`stakhanov run stakhanovite-1935` on 100,000 workers to the first period told, kernels compiled before:",
        f"{min(firsts):.2f} s (the best of five; median {sorted(firsts)[2]:.2f} s).",
    ]
    page("rivals.md", lines)


if __name__ == "__main__":
    main()
