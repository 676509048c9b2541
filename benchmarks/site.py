"""The site under load on loopback: many readers and a full queue at once. Writes docs/benchmarks/site.md."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

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
PATIENCE = 300.0


@dataclass
class Round:
    """What came of one round."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    runs: int = 0
    lasted: float = 0.0
    memory: int = 0


async def read(client: httpx2.AsyncClient, round_: Round) -> None:
    """One reader with a connection and a name of their own."""
    for place in PLACES:
        began = time.perf_counter()
        try:
            answer = await got(client, place)
        except httpx2.HTTPError as error:
            round_.errors.append(f"{place}: {error!r}")
            continue
        round_.seconds.append(time.perf_counter() - began)
        if answer.status_code != 200:
            round_.errors.append(f"{place}: {answer.status_code}")


async def got(client: httpx2.AsyncClient, place: str) -> httpx2.Response:
    """A page; asked for once more where the connection was closed for being idle, as browsers do."""
    try:
        return await client.get(place)
    except (httpx2.ReadError, httpx2.RemoteProtocolError):
        return await client.get(place)


async def ask(client: httpx2.AsyncClient, seeds: range, round_: Round) -> None:
    """One visitor who asks for some runs at once and waits for all of them."""
    await client.get("/")  # gives the visitor a name
    asked = [await client.post("/api/v1/runs", json={**WISH, "seed": seed}) for seed in seeds]
    for answer in asked:
        if answer.status_code != 202:
            round_.errors.append(f"run: {answer.status_code} {answer.text}")
            continue
        place = f"/api/v1/runs/{answer.json()['id']}"
        found = answer.json()
        while found["state"] in ("waiting", "running"):
            await asyncio.sleep(0.5)
            found = (await got(client, place)).json()
        if found["state"] == "done":
            round_.runs += 1
        else:
            round_.errors.append(f"run: {found['state']} {found['problems']}")


async def one_round(url: str, first: int) -> Round:
    """All readers and all runs at once."""
    found = Round()
    many = httpx2.Limits(max_connections=READERS, max_keepalive_connections=READERS)
    began = time.perf_counter()
    async with contextlib.AsyncExitStack() as open_, asyncio.TaskGroup() as group:
        crowd = await open_.enter_async_context(client_of(url, many))
        for _ in range(READERS):
            group.create_task(read(crowd, found))
        for number in range(RUNS // EACH):
            visitor = await open_.enter_async_context(client_of(url))
            seeds = range(first + number * EACH, first + (number + 1) * EACH)
            group.create_task(ask(visitor, seeds, found))
    found.lasted = time.perf_counter() - began
    return found


def client_of(url: str, limits: httpx2.Limits = httpx2.Limits()) -> httpx2.AsyncClient:  # noqa: B008
    """A client for this machine: no proxy, no certificates."""
    return httpx2.AsyncClient(
        base_url=url, timeout=PATIENCE, limits=limits, trust_env=False, verify=False
    )


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
        asyncio.run(warm(url))
        before, found = memory(process), []
        for number in range(rounds):
            one = asyncio.run(one_round(url, 1 + number * RUNS))
            one.memory = memory(process)
            print(
                f"round {number + 1}: {one.lasted:.1f} s, {len(one.errors)} errors", one.errors[:3]
            )
            found.append(one)
    return before, found


async def warm(url: str) -> None:
    """Every page once, so that guides are read and rules compiled before anything is counted."""
    first = Round()
    async with client_of(url) as client:
        await read(client, first)
        await ask(client, range(1), first)
    assert not first.errors, first.errors


def lines(busy: float, before: int, found: list[Round]) -> list[str]:
    """The page."""
    rows = [
        (
            number,
            len(one.seconds),
            one.runs,
            len(one.errors),
            f"{one.lasted:.1f}",
            f"{len(one.seconds) / one.lasted:.0f}",
            f"{1000 * statistics.median(one.seconds):.0f}",
            f"{1000 * statistics.quantiles(one.seconds, n=100)[98]:.0f}",
            f"{one.memory / 1e6:.0f}",
        )
        for number, one in enumerate(found, 1)
    ]
    heads = (
        "round", "pages", "runs done", "errors", "seconds", "pages a second",
        "median, ms", "slowest of 100, ms", "memory of the site, MB",
    )  # fmt: skip
    last = found[len(found) // 2 :]
    grown = (last[-1].memory - last[0].memory) / 1e6
    return [
        "# The site under load",
        "",
        f"Written by `benchmarks/site.py` on: {processor()}, {os.cpu_count()} cores, shared with other programs: the load over",
        f"the minute before was {busy:.1f}.",
        "",
        f"On loopback, {READERS} readers at once ask for {len(PLACES)} pages each, one after the other: the tour, a style sheet,",
        f"guides, the laboratory and its form, the data check, the JSON interface. Beside them {RUNS // EACH} visitors ask for {EACH} runs each",
        f"of {WISH['workers']:,} workers over {WISH['periods']} periods and wait for them. Readers, runs and the program that measures share",
        "the cores, so waiting times are those of a machine that is full.",
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
    sys.exit(any(one.errors or one.runs != RUNS for one in found))


if __name__ == "__main__":
    main()
