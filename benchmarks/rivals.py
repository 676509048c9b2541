"""Worker-shifts a second: this engine, the same rules in plain NumPy, and a Mesa model of the same step.

Everything runs in one go, each in a process of its own, so that memory is its own and ratios are fair.
Writes docs/benchmarks/rivals.md.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks" / "rivals.md"
CAMPAIGN = "metro-1933"
ROWS = (
    ("this engine, 1 thread", "engine", 1, 200_000, 8),
    ("this engine, 2 threads", "engine", 2, 200_000, 8),
    ("the same rules in NumPy", "numpy", 1, 20_000, 2),
    ("Mesa, one agent a worker", "mesa", 1, 500, 1),
)


def measure(kind: str, threads: int, workers: int, periods: int) -> dict[str, float]:
    """Worker-shifts a second and bytes a worker of one rival, first period excluded where it compiles."""
    if kind == "mesa":
        return mesa(workers)
    import stakhanov as sk

    backend = "cpu" if kind == "engine" else "reference"
    sk.simulate(CAMPAIGN, workers=400, periods=1, backend=backend, threads=1)
    before = peak()
    run = sk.simulate(
        CAMPAIGN, workers=workers, periods=periods, backend=backend, threads=threads, sample=10
    )
    return {"rate": run.per_second, "bytes": (peak() - before) / workers}


def mesa(workers: int) -> dict[str, float]:
    """A Mesa model whose agents take the same step, shift by shift, with the same rule on plain numbers."""
    import mesa as framework
    import numpy as np

    import stakhanov as sk
    from stakhanov.engine.kernels.shift import Ahead, Moment, Moving, Terms, one_shift
    from stakhanov.engine.lower import lower
    from stakhanov.engine.shifts import clock_of, nature_of
    from stakhanov.workforce import load as load_workforce

    rules = lower(sk.load(CAMPAIGN), load_workforce("soviet-industry"), 0)
    nature = nature_of(rules.traits[0], rules.shifts, np.float64)
    clock = clock_of(rules.clock, rules.traits[0].noise, np.float64)
    none, marks = (0.0,) * 4, (0.67, 1.0, 1.1, 1.25)
    ahead = Ahead(
        marks, none, none, none, (0.0, 1.0, 1.25, 1.5, 2.0), (1.0, 1.0, 0.0, 0.0, 0.0), (0.0,) * 5
    )

    class Worker(framework.Agent):
        def __init__(self, model: framework.Model) -> None:
            super().__init__(model)
            self.moving = Moving(0.25, 0.0, 0.0, 1.0)
            self.terms = Terms(1.0, 1.0, 1.0, 25.0, 0.2, 0.2, 0.0, 0.0)

        def step(self) -> None:
            draw = self.model.rng
            luck = (draw.random(), draw.random(), draw.standard_normal())
            near = self.model.mean
            self.moving, _ = one_shift(
                self.moving, self.terms, near, luck, nature, ahead, self.model.now
            )

    class Mine(framework.Model):
        def __init__(self) -> None:
            super().__init__(rng=1)
            self.mean, self.now = 1.0, Moment(*(column[0] for column in clock[:5]))
            for _ in range(workers):
                Worker(self)

    before = peak()
    model = Mine()
    started = time.perf_counter()
    shifts = 5
    for shift in range(shifts):
        model.now = Moment(*(column[shift] for column in clock[:5]))
        model.agents.do("step")
        model.mean = float(np.mean([agent.moving.plan for agent in model.agents]))
    seconds = time.perf_counter() - started
    return {"rate": workers * shifts / seconds, "bytes": (peak() - before) / workers}


def peak() -> int:
    """Most memory that this process ever held, bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def start_up() -> tuple[float, float]:
    """Seconds to show help, and to the end of a first small run from a warm cache; best of three."""

    def best(*arguments: str) -> float:
        times = []
        for _ in range(3):
            started = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
            times.append(time.perf_counter() - started)
        return min(times)

    small = f"import stakhanov as sk; sk.simulate({CAMPAIGN!r}, workers=1000, periods=1)"
    return best("-m", "stakhanov", "--help"), best("-c", small)


def main() -> None:
    """Measure all rivals and write the page."""
    from stakhanov.foundation.record import processor

    found = []
    for name, kind, threads, workers, periods in ROWS:
        command = [sys.executable, __file__, kind, str(threads), str(workers), str(periods)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
        found.append((name, workers, json.loads(done.stdout)))
    reference = next(result["rate"] for name, _, result in found if "NumPy" in name)
    shown, first = start_up()
    lines = [
        "# Rates beside rivals",
        "",
        f"Written by `benchmarks/rivals.py` on: {processor()}. The whole model, campaign",
        f"`{CAMPAIGN}`; Mesa takes the step of the shift only. Machines are shared and noisy:",
        "read the ratios.",
        "",
        "| what | workers | million worker-shifts a second | ratio to NumPy | bytes a worker |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {workers:,} | {result['rate'] / 1e6:.4g} | {result['rate'] / reference:.3g} | "
            f"{result['bytes']:.0f} |"
            for name, workers, result in found
        ),
        "",
        f"Start-up: `--help` {shown:.2f} s; a first small run from a warm cache {first:.2f} s.",
        "",
    ]
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        kind, threads, workers, periods = sys.argv[1], *map(int, sys.argv[2:])
        print(json.dumps(measure(kind, threads, workers, periods)))
    else:
        main()
