"""Time and memory against the number of workers and the number of periods. Writes docs/benchmarks/linearity.md."""

from __future__ import annotations

from benchmarks.measured import add_threads, in_processes, page, peak, when_and_where
from stakhanov.foundation.markdown import piped

CAMPAIGN = "stakhanovite-1935"
WORKERS = (10_000, 100_000, 1_000_000, 10_000_000)
PERIODS = (6, 12, 24, 48)
ROUNDS = 2


def measure(workers: str, periods: str, threads: str) -> dict[str, float]:
    """Rate, seconds and memory of one size."""
    import stakhanov as sk
    from stakhanov.engine.state import BYTES_PER_WORKER

    sk.simulate(CAMPAIGN, workers=2000, periods=1, sample=10)
    before = peak()
    run = sk.simulate(
        CAMPAIGN, workers=int(workers), periods=int(periods), threads=int(threads), sample=10
    )
    held = peak()
    return {
        "rate": run.per_second,
        "seconds": run.seconds,
        "peak": held,
        "added": (held - before) / int(workers),
        "state": BYTES_PER_WORKER,
    }


def main() -> None:
    """Measure every size and write the page."""
    add_threads(1)
    sizes = [(workers, 3, 2) for workers in WORKERS]
    lengths = [(100_000, periods, 2) for periods in PERIODS]
    found = in_processes("benchmarks.linearity", sizes + lengths, ROUNDS)
    by_size, by_length = found[: len(sizes)], found[len(sizes) :]
    heads = (
        "million worker-shifts a second",
        "seconds",
        "peak memory, MB",
        "bytes a worker above start-up",
    )

    def cells(one: dict[str, float]) -> tuple[str, ...]:
        return (
            f"{one['rate'] / 1e6:.1f}",
            f"{one['seconds']:.2f}",
            f"{one['peak'] / 1e6:,.0f}",
            f"{one['added']:.0f}",
        )

    lines = [
        "# Linearity",
        "",
        when_and_where("linearity.py"),
        f"Campaign `{CAMPAIGN}`, two threads. A worker's state takes {by_size[0]['state']:.0f} bytes; the rest is what a period",
        "needs and forgets.",
        "",
        "## Workers, three periods",
        "",
        *piped(
            ("workers", *heads),
            [(f"{n:,}", *cells(one)) for n, one in zip(WORKERS, by_size, strict=True)],
        ),
        "",
        "## Periods, 100,000 workers",
        "",
        *piped(
            ("periods", *heads),
            [(n, *cells(one)) for n, one in zip(PERIODS, by_length, strict=True)],
        ),
    ]
    page("linearity.md", lines)


if __name__ == "__main__":
    main()
