"""The site under load on loopback: many readers and a full queue at once. Writes docs/benchmarks/site.md."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.measured import page
from stakhanov.foundation.markdown import piped
from stakhanov.foundation.record import processor

READERS, RUNS, ROUNDS = 200, 20, 6
#: What one reader asks for in a round, one after the other.
PLACES = (
    "/",
    "/static/site.css",
    "/guides/index.html",
    "/guides/soviet-union/stakhanovite-movement.html",
    "/laboratory",
    "/laboratory/plain-piece-rate",
    "/check",
    "/api/v1/campaigns",
    "/api/v1/search?q=norm",
)
#: One visitor may have four runs waiting.
EACH = 4
WISH = {"campaign": "stakhanovite-1935", "workers": 2000, "periods": 24}

#: What came of one round, as `benchmarks.crowd` tells it, and the site's memory after it.
Round = dict[str, Any]


def one_round(url: str, readers: int, seeds: range) -> Round:
    """All readers and all runs at once, out of a process of their own."""
    ends = [(start, min(start + EACH, seeds.stop)) for start in seeds[::EACH]]
    asked = [word for first, end in ends for word in ("--seed", str(first), str(end))]
    command = [sys.executable, "-m", "benchmarks.crowd", url, "--readers", str(readers), *asked]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: Round = json.loads(done.stdout)
    return found


def memory(process: int) -> int:
    """Bytes that a process holds now."""
    if Path("/proc").is_dir():
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, check=True)
    return int(said.stdout) * 1024


@contextlib.contextmanager
def opened() -> Iterator[tuple[str, int]]:
    """A site of its own, as the command opens it: its address and its process."""
    command = [sys.executable, "-m", "stakhanov", "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as site:
        assert site.stdout is not None
        said = ""
        while not said.rstrip().endswith("}"):
            said += site.stdout.readline()
        try:
            yield json.loads(said)["url"], site.pid
        finally:
            site.send_signal(signal.SIGINT)


def measured(rounds: int) -> tuple[int, list[Round]]:
    """Memory before, and every round."""
    with opened() as (url, process):
        # Guides are read and rules compiled before anything is counted.
        first = one_round(url, 1, range(1))
        assert not first["errors"], first["errors"]
        before, found = memory(process), []
        for number in range(rounds):
            seeds = range(1 + number * RUNS, 1 + (number + 1) * RUNS)
            one = {**one_round(url, READERS, seeds), "memory": memory(process)}
            print(
                f"round {number + 1}: {one['lasted']:.1f} s, {one['failed']} errors", one["errors"]
            )
            found.append(one)
    return before, found


def lines(busy: float, before: int, found: list[Round]) -> list[str]:
    """The page."""
    rows = [
        (
            number,
            one["pages"],
            one["runs"],
            one["failed"],
            one["again"],
            f"{one['lasted']:.1f}",
            f"{one['pages'] / one['lasted']:.0f}",
            f"{one['median']:.0f}",
            f"{one['slow']:.0f}",
            f"{one['memory'] / 1e6:.0f}",
        )
        for number, one in enumerate(found, 1)
    ]
    heads = (
        "round", "pages", "runs done", "errors", "asked again", "seconds", "pages a second",
        "median, ms", "slowest of 100, ms", "memory of the site, MB",
    )  # fmt: skip
    last = found[len(found) // 2 :]
    grown = (last[-1]["memory"] - last[0]["memory"]) / 1e6
    return [
        "# The site under load",
        "",
        f"Written by `benchmarks/site.py` on: {processor()}, {os.cpu_count()} cores, shared with other programs: the load over",
        f"the minute before was {busy:.1f}.",
        "",
        f"On loopback, {READERS} readers at once ask for {len(PLACES)} pages each, one after the other: the tour, a style sheet,",
        f"guides, the laboratory and its form, the data check, the JSON interface. Beside them {RUNS // EACH} visitors ask for {EACH} runs each",
        f"of {WISH['workers']:,} workers over {WISH['periods']} periods and wait for them. Readers and visitors are users of Locust {version('locust')}, each with",
        "a connection of their own. Every request is sent once; one whose connection is lost counts as an error, and is then asked again, which is",
        "counted too. Readers, runs and the program that measures share the cores, so waiting times are those of a machine that is full. Locust",
        "rounds times above 100 ms to two digits.",
        "",
        f"Memory before the first round, every page seen once: {before / 1e6:.0f} MB. The last {len(last)} rounds added {grown:+.0f} MB;",
        "finished runs are kept, the last 32 of them, so memory grows until so many are there.",
        "",
        *piped(heads, rows),
    ]


def main() -> None:
    """Measure and write the page; leaves with 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds, busy = parser.parse_args().rounds, os.getloadavg()[0]
    before, found = measured(rounds)
    page("site.md", lines(busy, before, found))
    sys.exit(any(one["failed"] or one["runs"] != RUNS for one in found))


if __name__ == "__main__":
    main()
